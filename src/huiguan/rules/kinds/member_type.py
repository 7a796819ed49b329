"""Member type: which sorts of members there are, who may be one, which rights they have, and what a birthday changes.

"Ordinary members are eighteen or over; youth members are under eighteen and become ordinary on their birthday; honorary
members are named by the house, at any age, and do not apply themselves." A person's form differs from an
organisation's, so a clause of the profile may be for certain types alone. A type may waive what others must meet.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from huiguan.kernel.moments import add_months, whole_years
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.findings import Fault, Finding, suggestion
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="会员种类", en="Sorts of members")
Right = Literal["benefits", "activities", "services", "business", "vote", "suggest", "document", "data"]


class Parameters(Base):
    """The `type`, what it is called, and whether it is `of` persons or organisations. `apply`: by oneself, or by
    nomination alone. `age_from`, `age_under`: whole years on the day of joining. At `turns_at` years it `becomes` another type.
    `waives` checks others must pass: age, staff, purchase, or a field of the form by its name. `rights` it has, all where none is
    named. It enters on the rung `tier`, the ladder's first where none is named."""

    type: Slug
    called: Bilingual
    of: Literal["person", "organisation"] = "person"
    apply: Literal["self", "nomination"] = "self"
    age_from: Positive | None = None
    age_under: Positive | None = None
    turns_at: Positive | None = None
    becomes: Slug | None = None
    waives: list[Slug] = []
    rights: list[Right] = []
    tier: Slug | None = None

    @model_validator(mode="after")
    def _turns_into_something(self) -> Self:
        if (self.turns_at is None) != (self.becomes is None):
            raise Fault("turns_at 与 becomes 须一起写", "turns_at and becomes go together")
        return self


SAYS = {
    "of_type": Text(zh="以{called}入会。", en="Joins as: {called}."),
    "nominated": Text(
        zh="{called}由本会提名认定，不接受本人申请。",
        en="{called}: named by the house, not on one's own application.",
    ),
    "too_young": Text(zh="{called}须年满 {years} 岁，现为 {age} 岁。", en="{called}: from {years} {years:year|years} on; {age} is too young."),
    "too_old": Text(zh="{called}须未满 {years} 岁，现为 {age} 岁。", en="{called}: under {years} {years:year|years}; {age} is too old."),
    "age_unknown": Text(zh="{called}看年龄：请填写生日。", en="{called}: goes by age, a birthday is needed."),
    "turned": Text(zh="{on:day}满 {years} 岁，转为{called}。", en="{years} {years:year|years} old on {on:day}: {called} from then on."),
    "unknown": Text(zh="没有这种会员：{given}。可以是：{known:list}。", en="There is no such sort of member: {given}. There are: {known:list}."),
}  # fmt: skip
_UNKNOWN = Text(zh="没有名为 {name} 的会员种类。{near}", en="No sort of member is named {name}.{near}")
_TWICE = Text(zh="会员种类 {name} 写了两次。", en="The sort of member {name} is written twice.")
_ORGANISATION = Text(zh="“{key}”只用于自然人。", en="{key} is said of persons.")


@once
def types(programme: Programme) -> dict[str, Clause]:
    """The clauses of the sorts of members by their name, in the file's order; none where the rulebook knows but one."""
    return {clause.parameters.type: clause for clause in programme.of("member_type")}  # type: ignore[attr-defined]


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def entry(programme: Programme, *, organisation: bool | None = None) -> str:
    """The type of whoever names none: the first anybody may apply for; '' where there are none."""
    for name, clause in types(programme).items():
        given = rule(clause)
        if given.apply == "self" and (organisation is None or (given.of == "organisation") == organisation):
            return name
    return ""


def called(programme: Programme, name: str) -> dict[str, str]:
    """What a type is called, in both languages; its word where the rulebook knows it no more."""
    clause = types(programme).get(name)
    return {"zh": name, "en": name} if clause is None else rule(clause).called.both()


def is_organisation(programme: Programme, name: str) -> bool:
    clause = types(programme).get(name)
    return clause is not None and rule(clause).of == "organisation"


def waived(programme: Programme, name: str) -> frozenset[str]:
    """What members of the type need not meet."""
    clause = types(programme).get(name)
    return frozenset(rule(clause).waives) if clause is not None else frozenset()


def rights(programme: Programme, name: str) -> frozenset[str] | None:
    """The rights of the type; None: all there are."""
    clause = types(programme).get(name)
    return frozenset(rule(clause).rights) or None if clause is not None else None


def decide(programme: Programme, name: str, birthday: date | None, day: date, *, itself: bool) -> Decision:
    """Whether somebody born on `birthday` may join as `name` on local `day`; `itself`: on her own application."""
    known = types(programme)
    if not known:
        return NOTHING
    clause = known.get(name)
    if clause is None:
        first = next(iter(known.values()))
        return _refused(first, "unknown", "NoSuchType", "type", given=name, known=list(known))
    given, said = rule(clause), called(programme, name)
    if itself and given.apply == "nomination":
        return _refused(clause, "nominated", "NotByApplication", "type", called=said)
    if given.of == "person" and (given.age_from or given.age_under):
        age = None if birthday is None else whole_years(birthday, day)
        if age is None:
            return _refused(clause, "age_unknown", "NotOfAge", "profile.birthday", called=said)
        if given.age_from and age < given.age_from:
            told = {"age": age, "years": given.age_from}
            return _refused(clause, "too_young", "NotOfAge", "profile.birthday", called=said, **told)
        if given.age_under and age >= given.age_under:
            told = {"age": age, "years": given.age_under}
            return _refused(clause, "too_old", "NotOfAge", "profile.birthday", called=said, **told)
    return Decision(reasons=(Reason(clause.id, "of_type", True, {"called": said}),))


def _refused(clause: Clause, say: str, code: str, field: str, **values: object) -> Decision:
    reason = Reason(clause.id, say, False, values)
    return Decision((Refuse(clause.id, code, "limit", field, {"reason": reason}),), (reason,))


def turn(programme: Programme, name: str, birthday: date | None) -> tuple[date, str, Clause] | None:
    """The birthday on which somebody of the type becomes another, which, and by which clause; None: never."""
    clause = types(programme).get(name)
    years = rule(clause).turns_at if clause is not None else None
    if clause is None or years is None or birthday is None:
        return None
    day = add_months(birthday, 12 * years)
    if whole_years(birthday, day) < years:  # born on 29 February: a year older on 1 March of common years
        day = date(day.year, 3, 1)
    return day, str(rule(clause).becomes), clause


def type_on(programme: Programme, name: str, birthday: date | None, day: date) -> str:
    """The type on local `day` of somebody written down as `name`, written down or not."""
    for _ in types(programme):
        due = turn(programme, name, birthday)
        if due is None or due[0] > day:
            break
        name = due[1]
    return name


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each type once; what it becomes is there; ages are of persons."""
    found: list[Finding] = []
    counted = Counter(rule(clause).type for clause in clauses)
    names = set(counted)
    for clause in clauses:
        given = rule(clause)
        if counted[given.type] > 1:
            found.append(refused(programme, clause, "type_twice", "type", _TWICE, name=given.type))
        if given.becomes and given.becomes not in names:
            near = suggestion(given.becomes, names)
            found.append(refused(programme, clause, "unknown_type", "becomes", _UNKNOWN, name=given.becomes, near=near))
        if given.of == "organisation":
            keys = [key for key in ("age_from", "age_under", "turns_at") if getattr(given, key)]
            found += [refused(programme, clause, "not_a_person", key, _ORGANISATION, key=key) for key in keys]
    return found


def strangers(programme: Programme, clause: Clause, names: list[str], path: str = "types") -> list[Finding]:
    """Types a clause of another kind names that are not there."""
    known = set(types(programme))
    return [
        refused(programme, clause, "unknown_type", path, _UNKNOWN, name=name, near=suggestion(name, known))
        for name in names
        if name not in known
    ]
