"""The sentences of every kind: one wording, read on the rulebook's pages and filled in on its forms."""

from __future__ import annotations

from huiguan.rules.sentences import (
    belonging,
    deciding,
    earning,
    mall,
    packages,
    papers,
    pricing,
    storing,
    telling_members,
)
from huiguan.rules.sentences.wording import Sentence

SENTENCES: dict[str, tuple[Sentence, ...]] = {
    "acceptance": papers.ACCEPTANCE,
    "allocation": mall.ALLOCATION,
    "amendment": belonging.AMENDMENT,
    "assurance": pricing.ASSURANCE,
    "body": deciding.BODY,
    "vote": deciding.VOTE,
    "benefit": pricing.BENEFIT,
    "catalogue": mall.CATALOGUE,
    "coupon": pricing.COUPON,
    "credential": belonging.CREDENTIAL,
    "custody": storing.CUSTODY,
    "discount": pricing.DISCOUNT,
    "dossier": papers.DOSSIER,
    "earn": earning.EARN,
    "eligibility": belonging.ELIGIBILITY,
    "expiry": earning.EXPIRY,
    "grant": pricing.GRANT,
    "limit": mall.LIMIT,
    "multiplier": earning.MULTIPLIER,
    "notice": telling_members.NOTICE,
    "package": packages.PACKAGE,
    "price": pricing.PRICE,
    "profile": belonging.PROFILE,
    "redemption": earning.REDEMPTION,
    "relation": belonging.RELATION,
    "reversal": earning.REVERSAL,
    "scope": belonging.SCOPE,
    "segment": belonging.SEGMENT,
    "stacking": pricing.STACKING,
    "statement": (),
    "tender": storing.TENDER,
    "tier_ladder": belonging.TIER_LADDER,
    "top_up": storing.TOP_UP,
    "watch": belonging.WATCH,
}
