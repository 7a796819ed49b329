"""Samples of what an occasion makes known, for a look at a message before anything has happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text, moment
from huiguan.rules.kinds import notice, tier_ladder
from huiguan.rules.letters import KNOWN
from huiguan.rules.programme import Programme

_WORDS: Mapping[str, Any] = {
    "card": "6688 0001",
    "shop": Text(zh="总店", en="Main shop"),
    "sale": "S-000123",
    "paid": 47850,
    "refund": 6000,
    "fee": Text(zh="年度会费", en="Yearly dues"),
    "owed": 100000,
    "due": "2027-03-31",
    "receipt": "R2027-000012",
    "bonus": 5000,
    "wallet": 52850,
    "points": 478,
    "balance": 1280,
    "gift": Text(zh="保温杯", en="a thermos"),
    "coupon": Text(zh="生日券", en="Birthday coupon"),
    "code": "K7M2-9QXR",
    "worth": 2000,
    "reason": Text(zh="一天之内用了 6 次。", en="Used six times in a day."),
    "release": Text(zh="请携身份证件到门店办理", en="please bring an identity paper to the shop"),
    "standing": Text(zh="暂停", en="Suspended"),
    "type": Text(zh="普通会员", en="Ordinary member"),
    "type_before": Text(zh="青年会员", en="Youth member"),
    "tail": "0001",
    "letter": Text(
        zh="您的入会申请（M000001）在“初审”已通过。", en="Your application (M000001) passed “first review”."
    ),
    "matter": "M000001",
    "procedure": Text(zh="入会申请", en="Application"),
    "applicant": Text(zh="清泉茶业有限公司", en="Clear Spring Tea"),
    "link": "https://example.com/m/cy/recommend/••••••",
    "until": "2026-03-24 24:00",
    "paper": Text(zh="营业执照", en="Business licence"),
}


def sample_of(occasion: str, rulebook: Programme, at: datetime) -> dict[str, Any]:
    """The occasion's own variables as they might be."""
    rungs = tier_ladder.rungs(rulebook)
    tiers = [Text(zh=rung.title.zh, en=rung.title.en) for rung in rungs] or [Text(zh="会员", en="Member")]
    known = {**_WORDS, "tier": tiers[-1], "tier_before": tiers[0], "moment": moment(at.astimezone(rulebook.zone))}
    clause = next(iter(notice.noticed(rulebook, occasion)), None)
    known["days"] = getattr(clause.parameters, "before", None) or 0 if clause else 0
    told = {name: known[name] for name in KNOWN[occasion] if name in known}
    if occasion in notice.DAILY:
        told["day"] = local_day(at, rulebook.zone) + timedelta(days=known["days"])
    return told
