"""Acceptance: what somebody signs, in which edition of its words, and what must wait until it is signed.

"Each member signs the pledge to keep the rules when joining": until then nothing is opened for her. "The agreement holds
once both sides have signed": one signature is not enough. Words that change take a new edition, which is signed anew; what
was signed stays as it was. "A record of a purchase counts once the buyer and the assistant have signed it": until then it
brings no units and moves no tier; signed later, it counts from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.findings import Finding
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "documents"
TITLE = Text(zh="签署与承诺", en="Pledges and signatures")
Signer = Literal["member", "guide", "house"]
Before = Literal["activation", "card", "submission", "counting"]


class Parameters(Base):
    """`acceptance` is its name; it is signed by each of `signs`. `words` are what is signed, the clause's own text where
    there are none, in this `edition`; on paper the `template`. Nothing named in `before` happens until then (`counting`:
    what a purchase earns and counts; it may be signed up to `within` days after its own); a new edition is signed anew,
    unless `again` says never."""

    acceptance: Slug
    edition: Annotated[str, BeforeValidator(str), Field(pattern=r"^[\w.-]{1,20}$")] = "1"
    signs: Annotated[list[Signer], Field(min_length=1)] = ["member"]
    words: Bilingual | None = None
    template: Slug | None = None
    before: list[Before] = []
    within: Positive | None = None
    again: Literal["new_edition", "never"] = "new_edition"


SAYS = {
    "signed": Text(zh="{title}（{edition} 版）已签。", en="{title} (edition {edition}) is signed."),
    "unsigned": Text(zh="{title}还没有签：{lacking:list}。", en="{title} is not signed yet by {lacking:list}."),
    "outdated": Text(
        zh="{title}有了新的 {edition} 版，签的还是 {signed} 版，请重新签。",
        en="{title} has a new edition {edition}; edition {signed} was signed. It is to be signed anew.",
    ),
    "purchase_signed": Text(
        zh="这一单已签（{signed:list}），作数。", en="The record is signed by {signed:list}: it counts."
    ),
    "purchase_open": Text(
        zh="这一单还没有签（{lacking:list}），暂不积分，也不计消费；签了才作数。",
        en="The record is not signed yet by {lacking:list}: it earns nothing and counts for nothing until it is.",
    ),
    "purchase_open_until": Text(
        zh="这一单还没有签（{lacking:list}），暂不积分，也不计消费；{until:day}前（含当天）补签才作数。",
        en="The record is not signed yet by {lacking:list}: it earns and counts for nothing unless it is by {until:day}.",
    ),
    "purchase_too_late": Text(
        zh="补签到{until:day}为止，这一单不再作数。",
        en="It could be signed until {until:day}; this purchase does not count any more.",
    ),
}
SIGNERS = {
    "member": Text(zh="会员", en="the member"),
    "guide": Text(zh="导购", en="the guide"),
    "house": Text(zh="本会", en="the house"),
}


@record
class Signature:
    """Who signed what: the acceptance, its edition, and as whom (a word of `signs`)."""

    acceptance: str
    edition: str
    role: str


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def clause_of(programme: Programme, name: str) -> Clause | None:
    """The clause of an acceptance."""
    return programme.first_of("acceptance", acceptance=name)


def words(clause: Clause) -> Text:
    """What is signed."""
    return _of(clause).words or clause.text


def signed_by_member(clause: Clause) -> bool:
    """Whether the member, or whoever would be one, signs it."""
    return "member" in _of(clause).signs


def template(clause: Clause) -> str | None:
    """The template it is signed on where it goes by paper."""
    return _of(clause).template


def editions(programme: Programme) -> dict[str, tuple[Clause, str]]:
    """The acceptances there are, by name: the clause, and the edition in force."""
    return {_of(clause).acceptance: (clause, _of(clause).edition) for clause in programme.of("acceptance")}


def awaited(clause: Clause, signatures: Iterable[Signature]) -> list[str]:
    """Who has not signed it yet in an edition that counts, as words of `signs`."""
    rule = _of(clause)
    own = [each for each in signatures if each.acceptance == rule.acceptance]
    good = {each.role for each in own if each.edition == rule.edition or rule.again == "never"}
    return [role for role in rule.signs if role not in good]


def standing(clause: Clause, signatures: Iterable[Signature]) -> Reason:
    """Whether everybody signed who must: signed, unsigned (by whom), or signed in an edition that is no more."""
    rule = _of(clause)
    own = [each for each in signatures if each.acceptance == rule.acceptance]
    lacking = awaited(clause, own)
    values: dict[str, Any] = {"title": _both(clause.title), "edition": rule.edition}
    if not lacking:
        return Reason(clause.id, "signed", True, values)
    former = {each.role: each.edition for each in own}
    if all(role in former for role in rule.signs):
        return Reason(clause.id, "outdated", False, values | {"signed": former[lacking[0]]})
    return Reason(clause.id, "unsigned", False, values | {"lacking": [_both(SIGNERS[role]) for role in lacking]})


def needed(programme: Programme, before: Before) -> tuple[Clause, ...]:
    """The acceptances without which this does not happen."""
    return tuple(clause for clause in programme.of("acceptance") if before in _of(clause).before)


def decide(programme: Programme, before: Before, signatures: Iterable[Signature]) -> Decision:
    """Whether this may happen with these signatures: the reasons, and a refusal where one is not signed."""
    signed = tuple(signatures)
    reasons = tuple(standing(clause, signed) for clause in needed(programme, before))
    if not reasons:
        return NOTHING
    open_ = next((reason for reason in reasons if not reason.given), None)
    if open_ is None:
        return Decision(reasons=reasons)
    return Decision((Refuse(open_.clause, "AcceptanceNeeded", "standing", None, {"reason": open_}),), reasons)


def _both(text: Text) -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}


_COUNTED_BY_TWO = Text(
    zh="购物记录由会员和导购签（member、guide），不由 house 签。",
    en="The record of a purchase is signed by the member and the guide, not by the house.",
)
_NO_DAYS = Text(
    zh="within 只说购物记录补签的期限，须有 before: counting。",
    en="within says until when purchases are signed: it takes before: counting.",
)
_TWICE = Text(zh="{name} 已由 {other} 规定。", en="{name} is already governed by {other}.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each acceptance has one clause; purchases are signed at the till, by the member and the guide."""
    first: dict[str, str] = {}
    found = [
        refused(programme, clause, "overlap", "acceptance", _TWICE, name=_of(clause).acceptance, other=other)
        for clause in clauses
        if (other := first.setdefault(_of(clause).acceptance, clause.id)) != clause.id
    ]
    for clause in clauses:
        counting = "counting" in _of(clause).before
        if counting and "house" in _of(clause).signs:
            found.append(refused(programme, clause, "disagreement", "signs", _COUNTED_BY_TWO))
        if _of(clause).within is not None and not counting:
            found.append(refused(programme, clause, "disagreement", "within", _NO_DAYS))
    return found
