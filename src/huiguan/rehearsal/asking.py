"""What an example may ask: each question by its public name, and how its answer reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huiguan.checkout import inputs as tills
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sold
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from huiguan.members import queries as members
from huiguan.messaging import operations as post
from huiguan.messaging import queries as messaging
from huiguan.programme import queries as programmes
from huiguan.rehearsal import coupons
from huiguan.rehearsal.doing import Given, answer_told, sale_input, sale_told, with_shop
from huiguan.rehearsal.life import QUERIES as LIFE
from huiguan.rehearsal.mall import MALL
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told

Question = Callable[[Stage, Actor, Given], Any]
UNIT = "points"
_MESSAGE = ("occasion", "clause", "channel", "masked", "subject", "text", "at", "due_at", "member")
_CLAUSE = ("id", "kind", "number", "title", "text", "missing", "waits_for")


def _at(stage: Stage, given: Given) -> datetime:
    """The moment a question is about: `at`, or the step's own."""
    written = given.pop("at", None)
    return moment_of(written, "at", stage.world.zone) if written is not None else stage.now


def _member(given: Given) -> str:
    if "member" not in given:
        raise InvalidInput(field="member", rule=Text(zh="必填", en="is required"))
    return str(given.pop("member"))


def _done(given: Given) -> None:
    """Nothing asked may be left over: a word nobody reads would prove nothing."""
    for name in given:
        raise InvalidInput(field=name, rule=Text(zh="没有这个字段", en="no such field"))


def _balances(stage: Stage, actor: Actor, given: Given) -> Any:
    membership, at = stage.membership(_member(given)), _at(stage, given)
    _done(given)
    return ledger.balances_at(actor=actor, membership=membership, at=at)


def _lots(stage: Stage, actor: Actor, given: Given) -> Any:
    membership, at, unit = stage.membership(_member(given)), _at(stage, given), given.pop("unit", UNIT)
    _done(given)
    return told(ledger.lots_at(actor=actor, membership=membership, unit=unit, at=at))


def _entries(stage: Stage, actor: Actor, given: Given) -> Any:
    membership, unit = stage.membership(_member(given)), given.pop("unit", UNIT)
    _done(given)
    return told(ledger.entries(actor=actor, membership=membership, unit=unit))


def _member_page(stage: Stage, actor: Actor, given: Given) -> Any:
    ref, at = _member(given), _at(stage, given)
    _done(given)
    return told(members.member(actor, ref, at))


def _standing(stage: Stage, actor: Actor, given: Given) -> Any:
    ref, at = _member(given), _at(stage, given)
    _done(given)
    return told(members.standing(actor, ref, at))


def _of_life(query: Callable[[Actor, str, datetime], Any]) -> Question:
    """A question about one member's life."""

    def asked(stage: Stage, actor: Actor, given: Given) -> Any:
        ref, at = _member(given), _at(stage, given)
        _done(given)
        return answer_told(stage, query(actor, ref, at))

    return asked


def _rights(stage: Stage, actor: Actor, given: Given) -> Any:
    ref, at = _member(given), _at(stage, given)
    _done(given)
    held = members.rights(actor, ref, at)
    return [
        {**told(each.right), "state": each.state, "steps": told(each.steps), "outside": each.outside} for each in held
    ]


def _cards(stage: Stage, actor: Actor, given: Given) -> Any:
    ref, at = _member(given), _at(stage, given)
    _done(given)
    return told(members.cards(actor, ref, at))


def _users(stage: Stage, actor: Actor, given: Given) -> Any:
    """Who may use a member's account."""
    ref, at = _member(given), _at(stage, given)
    _done(given)
    return told(members.authorised_users(actor, ref, at))


def _waiting_cards(stage: Stage, actor: Actor, given: Given) -> Any:
    """Cards not opened for use yet."""
    at = _at(stage, given)
    _done(given)
    return told(members.waiting_cards(actor, at))


def _reviews(stage: Stage, actor: Actor, given: Given) -> Any:
    """What waits for somebody to look; `decided: true` what was decided."""
    at, decided = _at(stage, given), bool(given.pop("decided", False))
    _done(given)
    return told(members.reviews(actor, at, decided=decided))


def _changes(stage: Stage, actor: Actor, given: Given) -> Any:
    ref = _member(given)
    _done(given)
    return told(members.changes(actor, ref))


def _members(stage: Stage, actor: Actor, given: Given) -> Any:
    """Members found by `text`: number, card, phone or its tail, name, pinyin, initials."""
    text = str(given.pop("text", ""))
    _done(given)
    return told(members.find(actor, text))


def _segment(stage: Stage, actor: Actor, given: Given) -> Any:
    """Everybody inside the segment `name`; with `member`, whether she is, and why."""
    name, at = str(given.pop("name", "")), _at(stage, given)
    ref = str(given.pop("member")) if "member" in given else None
    _done(given)
    if ref is None:
        return list(members.segment(actor, name, at))
    reason = members.in_segment(actor, ref, name, at)
    return {"inside": reason.given, "reasons": stage.reasons([reason])}


def _profile_faults(stage: Stage, actor: Actor, given: Given) -> Any:
    code, at = given.pop("shop", None), _at(stage, given)
    _done(given)
    shop = identity.shop(stage.world.programme, code).id if code is not None else None
    return told(members.profile_faults(actor, at, shop=shop))


def _messages(stage: Stage, actor: Actor, given: Given) -> Any:
    """What was said to `member`, or to everybody, the newest first; of one `occasion` where it is named."""
    ref = str(given.pop("member")) if "member" in given else None
    occasion = given.pop("occasion", None)
    _done(given)
    post.follow_feed(programme=stage.world.programme, wall=stage.now)
    found = messaging.messages(actor, member=ref, occasion=occasion)
    return [{name: told(getattr(each, name)) for name in _MESSAGE} for each in found]


def _sale(stage: Stage, actor: Actor, given: Given) -> Any:
    reference = str(given.pop("sale", ""))
    _done(given)
    answer = sale_told(stage, sold.sale(actor, reference))
    returns = [told(each) for each in sold.returns_of(actor, reference)]
    return {**answer, "returns": returns, "left": sold.left_of(actor, reference)}


def _sales(stage: Stage, actor: Actor, given: Given) -> Any:
    """The sales of a `member` or a `shop`, newest first."""
    membership = stage.membership(given.pop("member")) if "member" in given else None
    shop = identity.shop(stage.world.programme, str(given.pop("shop"))).id if "shop" in given else None
    _done(given)
    return [sale_told(stage, each) for each in sold.sales(actor, membership=membership, shop=shop)]


def _quote(stage: Stage, actor: Actor, given: Given) -> Any:
    return sale_told(stage, checkout.quote_sale(actor=actor, at=stage.now, given=sale_input(stage, given)))


def _return_preview(stage: Stage, actor: Actor, given: Given) -> Any:
    asked = read(tills.ReturnInput, with_shop(stage, tills.ReturnInput, given))
    return answer_told(stage, checkout.preview_return(actor=actor, at=stage.now, given=asked))


def _redemptions(stage: Stage, actor: Actor, given: Given) -> Any:
    membership = stage.membership(_member(given))
    _done(given)
    return told(sold.redemptions(actor, membership))


def _packages(stage: Stage, actor: Actor, given: Given) -> Any:
    """Packages held, newest first; `left` says of each thing how often it can be used again, null as often as one likes."""
    ref, at = _member(given), _at(stage, given)
    _done(given)
    return [
        {**told(each), "left": {item: one.left if one.open else 0 for one in each.remaining for item, _ in one.items}}
        for each in sold.packages(actor, ref, at)
    ]


def _offers(stage: Stage, actor: Actor, given: Given) -> Any:
    """The packages that are sold."""
    at = _at(stage, given)
    _done(given)
    return told(sold.packages_on_offer(actor, at))


def _referrals(stage: Stage, actor: Actor, given: Given) -> Any:
    """Who brought a member, and whom she brought; `code` is the one she gives to friends."""
    ref, at = _member(given), _at(stage, given)
    _done(given)
    found = members.referrals(actor, ref, at)
    rows = [{**told(each), "reasons": stage.reasons(each.reasons)} for each in found]
    return {"code": members.referral_code(actor, ref), "referrals": rows}


def _prove(stage: Stage, actor: Actor, given: Given) -> Any:
    _done(given)
    proof = prove(stage.world.programme)
    return {"sound": proof.sound, "findings": told(proof.findings)}


def _clause(stage: Stage, actor: Actor, given: Given) -> Any:
    """A clause of the rulebook in force as a member reads it, by `id`."""
    name, at = str(given.pop("id", "")), _at(stage, given)
    _done(given)
    clause = programmes.rulebook(actor, at).compiled.clauses.get(name)
    return None if clause is None else {each: told(getattr(clause, each)) for each in _CLAUSE}


def _versions(stage: Stage, actor: Actor, given: Given) -> Any:
    _done(given)
    return told(programmes.versions(actor))


def _wallet(stage: Stage, actor: Actor, given: Given) -> Any:
    """What a member has stored."""
    ref, at = _member(given), _at(stage, given)
    _done(given)
    return told(sold.wallet(actor, ref, at))


def _outstanding(stage: Stage, actor: Actor, given: Given) -> Any:
    """All that is stored, beside what the law allows."""
    at = _at(stage, given)
    _done(given)
    return answer_told(stage, sold.outstanding(actor, at)) | {
        "findings": stage.reasons(list(sold.outstanding(actor, at).findings))
    }


QUESTIONS: dict[str, Question] = {
    "balances": _balances,
    "lots": _lots,
    "entries": _entries,
    "member": _member_page,
    "members": _members,
    "messages": _messages,
    "standing": _standing,
    **{name: _of_life(query) for name, query in LIFE.items()},
    "rights": _rights,
    "weighing": coupons.weighed,
    "coupon_offers": coupons.offers,
    "batches": coupons.batches,
    "cards": _cards,
    "changes": _changes,
    "users": _users,
    "waiting_cards": _waiting_cards,
    "reviews": _reviews,
    "segment": _segment,
    "profile_faults": _profile_faults,
    "sale": _sale,
    "sales": _sales,
    "outstanding": _outstanding,
    "quote": _quote,
    "return_preview": _return_preview,
    "redemptions": _redemptions,
    "referrals": _referrals,
    "packages": _packages,
    "package_offers": _offers,
    "prove": _prove,
    "clause": _clause,
    "versions": _versions,
    **MALL,
    "wallet": _wallet,
}
