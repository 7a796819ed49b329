"""Eligibility: what somebody must have done or be to become a member, and what a member must have before she is given
something, and what joining may never go by.

"Eighteen or over" is judged by the birthday on the form, on the day of joining. "Any purchase makes a member" asks for the receipt of one purchase of at least so much; several do not add up, unless a clause says so: "800 yuan within 90 days" is another way in. "The
entry gift only for a full profile" names the grant and what it needs: what is not met is told as a reason, not a
refusal: the card is issued, the gift waits. "Neither sex nor age decides who may be a member" binds the other clauses: one
that lets joining go by it is refused when the rulebook is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from huiguan.kernel.moments import whole_years
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Fault, Finding, suggestion
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.rowing import SAYS as ROWS_SAY
from huiguan.rules.rowing import Counted, list_faults
from huiguan.rules.rowing import counted as counted

ROOM = "members"
Trait = Literal["sex", "age", "ethnicity", "nationality", "religion"]
# The fields of a form that tell it, whatever the rulebook calls them.
TOLD_BY: Mapping[Trait, frozenset[str]] = {
    "sex": frozenset({"sex", "gender"}),
    "age": frozenset({"age", "birthday", "birth_date"}),
    "ethnicity": frozenset({"ethnicity", "race"}),
    "nationality": frozenset({"nationality", "citizenship"}),
    "religion": frozenset({"religion", "belief"}),
}
VERIFIED: Mapping[str, Mapping[str, str]] = {
    "identity": {"zh": "实名", "en": "the identity"},
    "phone": {"zh": "手机", "en": "the phone"},
}
TITLE = Text(zh="资格", en="Eligibility")


class Parameters(Base):
    """`purchase`: joining takes one receipt of at least so much, of the `same_day` where that is said; or receipts that come
    `together` to so much, of the `days` that end with the day of joining. `age_from`, `age_to`: whole years, both included, on the
    day of joining. `staff: never`: nobody on the staff joins. `grants` the
    names of the grants governed, `uses` what else; `needs` what must be true of the member, or verified of her.
    `blind_to`: what no clause may let joining go by. `count`: how many rows of a list in the form are as they should be."""

    purchase: Yuan | None = None
    same_day: bool = False
    together: Yuan | None = None
    days: Positive | None = None
    age_from: Positive | None = None
    age_to: Positive | None = None
    staff: Literal["never"] | None = None
    uses: list[Literal["card", "points"]] = []
    grants: list[Slug] = []
    needs: list[Literal["profile_complete", "identity", "phone"]] = []
    blind_to: list[Trait] = []
    count: Counted | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.together is None) != (self.days is None):
            raise Fault("累计金额（together）与天数（days）须一起写", "together and days go together")
        if self.together is not None and self.purchase is not None:
            raise Fault("一笔和累计是两种途径，分两条写", "one purchase and several together are two clauses")
        return self


SAYS = {
    "complete": Text(zh="资料已填齐，可以领取。", en="The profile is complete; the gift may be given."),
    "incomplete": Text(
        zh="资料还没填齐，补齐后才能领取。", en="The profile is incomplete; the gift comes once it is complete."
    ),
    "bought": Text(zh="凭一笔 {amount:yuan} 的消费入会。", en="Joined on a purchase of {amount:yuan}."),
    "too_little": Text(
        zh="入会须有一笔满 {least:yuan} 的消费，最大的一笔是 {most:yuan}。",
        en="Joining takes one purchase of at least {least:yuan}; the largest is {most:yuan}.",
    ),
    "bought_together": Text(
        zh="{days} 天内累计消费 {total:yuan}，可以入会。",
        en="Joined on {total:yuan} together within {days} {days:day|days}.",
    ),
    "too_little_together": Text(
        zh="{days} 天内须累计消费 {least:yuan}，现有 {total:yuan}。",
        en="Within {days} {days:day|days} {least:yuan} together lead in; there are {total:yuan}.",
    ),
    "no_purchase": Text(
        zh="消费过才能入会：请写明单据和金额（至少 {least:yuan}）。",
        en="Joining takes a purchase: name its receipt and amount ({least:yuan} or more).",
    ),
}
SAYS |= {
    **ROWS_SAY,
    "staff": Text(zh="内部员工不办会员卡。", en="Members of the staff cannot be members."),
    "of_age": Text(zh="入会时 {age} 岁。", en="{age} {age:year|years} old on joining."),
    "too_young": Text(
        zh="须年满 {years} 岁，现为 {age} 岁。", en="Joining takes {years} {years:year|years}; {age} is too young."
    ),
    "too_old": Text(
        zh="限 {years} 岁以下（含），现为 {age} 岁。", en="Joining is for those up to {years}; {age} is over."
    ),
    "age_unknown": Text(zh="入会看年龄：请填写生日。", en="Joining goes by age: a birthday is needed."),
    "unverified": Text(zh="{what}核验过才能用积分。", en="Points are used once this is verified: {what}."),
    "invalid": Text(
        zh="登记资料不全，登记无效，补齐之前不能使用会员卡。",
        en="The registration is incomplete and so invalid; the card cannot be used until it is completed.",
    ),
}
_UNKNOWN = Text(zh="没有名为 {name} 的赠券条款。{near}", en="No grant clause is named {name}.{near}")


def decide(programme: Programme, grant: str, facts: MemberFacts) -> Decision:
    """Whether `grant` may be given: a reason that is not `given` stands against it."""
    for clause in programme.of("eligibility"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if grant in parameters.grants and "profile_complete" in parameters.needs:
            complete = facts.profile_complete
            return Decision(
                reasons=(Reason(clause.id, "complete" if complete else "incomplete", complete, {"grant": grant}),)
            )
    return NOTHING


def joining(programme: Programme, purchases: Iterable[tuple[int, int]]) -> Decision:
    """Whether somebody with receipts of these amounts (fen; how many days before the day of joining) may join. Clauses on
    purchases are ways beside each other: the reason of the first that leads in, or a refusal with all of them."""
    bought = tuple(purchases)
    told = []
    for clause in programme.of("eligibility"):
        reason = _bought(clause, bought)
        if reason is not None and reason.given:
            return Decision(reasons=(reason,))
        told += [reason] if reason is not None else []
    if not told:
        return NOTHING
    first = told[0]
    return Decision((Refuse(first.clause, "PurchaseNeeded", "limit", "receipts", {"reason": first}),), tuple(told))


def _bought(clause: Clause, bought: tuple[tuple[int, int], ...]) -> Reason | None:
    """What a clause says of these receipts; None where it asks for none."""
    rule: Parameters = clause.parameters  # type: ignore[assignment]
    if rule.purchase is not None:
        amounts = [amount for amount, before in bought if before == 0 or not rule.same_day]
        told = {"least": rule.purchase, "most": max(amounts, default=0)}
        if amounts and told["most"] >= rule.purchase:
            return Reason(clause.id, "bought", True, {"amount": told["most"], "least": rule.purchase})
        return Reason(clause.id, "too_little" if amounts else "no_purchase", False, told)
    if rule.together is not None:
        days = rule.days or 0
        total = sum(amount for amount, before in bought if 0 <= before < days)
        told = {"total": total, "least": rule.together, "days": days}
        return Reason(clause.id, "bought_together" if total >= rule.together else "too_little_together",
                      total >= rule.together, told)  # fmt: skip
    return None


def of_age(programme: Programme, birthday: date | None, day: date) -> Decision:
    """Whether somebody born on `birthday` may join on local `day`: a reason, or a refusal."""
    for clause in programme.of("eligibility"):
        given: Parameters = clause.parameters  # type: ignore[assignment]
        if given.age_from is None and given.age_to is None:
            continue
        age = None if birthday is None else whole_years(birthday, day)
        if age is None:
            return _no_age(clause, "age_unknown")
        if given.age_from is not None and age < given.age_from:
            return _no_age(clause, "too_young", age=age, years=given.age_from)
        if given.age_to is not None and age > given.age_to:
            return _no_age(clause, "too_old", age=age, years=given.age_to)
        return Decision(reasons=(Reason(clause.id, "of_age", True, {"age": age}),))
    return NOTHING


def _no_age(clause: Clause, say: str, **values: int) -> Decision:
    reason = Reason(clause.id, say, False, values)
    return Decision((Refuse(clause.id, "NotOfAge", "limit", "profile.birthday", {"reason": reason}),), (reason,))


def not_staff(programme: Programme, *, works_here: bool) -> Decision:
    """Whether somebody may join who works here, or does not."""
    clause = programme.first_of("eligibility", staff="never")
    if clause is None or not works_here:
        return NOTHING
    reason = Reason(clause.id, "staff", False, {})
    return Decision((Refuse(clause.id, "StaffCannotJoin", "permission", "phone", {"reason": reason}),), (reason,))


@once
def _using(programme: Programme) -> Clause | None:
    clauses = programme.of("eligibility")
    return next((c for c in clauses if "card" in c.parameters.uses and c.parameters.needs), None)  # type: ignore[attr-defined]


@once
def _using_points(programme: Programme) -> tuple[tuple[Clause, str], ...]:
    """What must be verified before points are used, each with its clause."""
    clauses = [clause for clause in programme.of("eligibility") if "points" in clause.parameters.uses]  # type: ignore[attr-defined]
    return tuple((c, need) for c in clauses for need in c.parameters.needs if need in VERIFIED)  # type: ignore[attr-defined]


def asks_verified(programme: Programme) -> bool:
    """Whether the rulebook asks for anything to be verified before points are used."""
    return bool(_using_points(programme))


def using_points(programme: Programme, verified: Collection[str], field: str = "member") -> Decision:
    """Whether a member may use her points: not while what a clause needs verified of her is not. `field` is what a refusal
    names."""
    for clause, need in _using_points(programme):
        if need not in verified:
            reason = Reason(clause.id, "unverified", False, {"what": VERIFIED[need]})
            return Decision((Refuse(clause.id, "NotVerified", "standing", field, {"reason": reason}),), (reason,))
    return NOTHING


def using(programme: Programme, facts: MemberFacts) -> Decision:
    """Whether a member may use her card: not while what the clause needs is missing."""
    clause = _using(programme)
    if clause is None or facts.profile_complete:
        return NOTHING
    reason = Reason(clause.id, "invalid", False, {})
    return Decision((Refuse(clause.id, "RegistrationInvalid", "standing", "member", {"reason": reason}),), (reason,))


_GOES_BY = Text(
    zh="{other} 让入会看这一项，而本章程不许以此为限制：{trait}。",
    en="{other} lets joining go by this, and these rules forbid it: {trait}.",
)
TRAITS: Mapping[Trait, Text] = {
    "sex": Text(zh="性别", en="sex"),
    "age": Text(zh="年龄", en="age"),
    "ethnicity": Text(zh="民族、种族", en="ethnicity"),
    "nationality": Text(zh="国籍", en="nationality"),
    "religion": Text(zh="宗教信仰", en="religion"),
}


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Every grant named must exist; what joining may not go by, no clause lets it go by."""
    names = {clause.parameters.name for clause in programme.of("grant")}  # type: ignore[attr-defined]
    found = [
        refused(programme, clause, "unknown_grant", "grants", _UNKNOWN, name=name, near=suggestion(name, names))
        for clause in clauses
        for name in clause.parameters.grants  # type: ignore[attr-defined]
        if name not in names
    ]
    found += [finding for clause in clauses for finding in list_faults(programme, clause)]
    return found + [
        refused(programme, clause, "goes_by", "blind_to", _GOES_BY, other=other.id, trait=TRAITS[trait])
        for clause in clauses
        for trait in clause.parameters.blind_to  # type: ignore[attr-defined]
        for other in _going_by(programme, trait)
    ]


def _going_by(programme: Programme, trait: Trait) -> Iterator[Clause]:
    """The clauses by which joining goes by it: limits of age, and what a procedure demands or counts its places by."""
    limits = ("age_from", "age_to", "age_under")
    if trait == "age":
        for clause in (*programme.of("eligibility"), *programme.of("member_type")):
            if any(getattr(clause.parameters, key, None) is not None for key in limits):
                yield clause
    for clause in programme.of("procedure"):
        given = clause.parameters
        asked = {*(each.field for each in given.demands), *(each.by for each in given.quota)}  # type: ignore[attr-defined]
        if asked & TOLD_BY[trait]:
            yield clause
