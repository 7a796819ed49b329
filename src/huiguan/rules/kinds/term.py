"""Term: how long a membership lasts, when it begins, what grace there is after it, and what renewing does.

"Twelve months from the day of joining, thirty days of grace": the first moment of the anniversary is the end; during the
grace the member is still one and may renew without a break; after it she is not. Renewed in time, the new term follows
the old; renewed late, it begins on the day. A membership may run to a fixed day of the year, or for life. Approved today,
it may open only some days later. It may also last for as long as a fee is paid: to the last day that was paid for.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import model_validator

from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.kinds import member_type
from huiguan.rules.parameters import DayOfYear, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="会籍期限", en="How long it lasts")


class Parameters(Base):
    """For members of `types`, all where none is named: so many `days` or `months`, up to the next `until` of a year, or for
    `lifetime`, or for as long as the fee `paid` is paid; none of them: no word of an end. It opens `opens_after` whole days after the day of approval. `grace` days after the end she is still a
    member. Renewed no sooner than `renew_from` days before the end. `freeze`: while it is stopped the term `stands`, or `runs`. A gap of at most
    `gap` days leaves the day since when she is a member as it is."""

    types: list[Slug] = []
    days: Positive | None = None
    months: Positive | None = None
    until: DayOfYear | None = None
    lifetime: bool = False
    paid: Slug | None = None
    opens_after: Positive | None = None
    grace: Positive | None = None
    renew_from: Positive | None = None
    freeze: Literal["stands", "runs"] | None = None
    gap: Positive | None = None

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        said = [
            each for each in (self.days, self.months, self.until, self.lifetime or None, self.paid) if each is not None
        ]
        if len(said) > 1:
            raise Fault("天数、月数、截止日、终身、随费只能写一样", "say one of days, months, until, lifetime and paid")
        if self.paid and (self.renew_from or self.freeze == "stands"):
            raise Fault(
                "随费的会籍交费即续，不写续期和停用期间不走", "paid for, it is renewed by paying and runs while stopped"
            )
        if not said and (self.grace or self.renew_from):
            raise Fault("没有期限，就没有宽限和续期", "without an end there is neither grace nor renewal")
        return self


SAYS = {
    "runs": Text(zh="会籍到{until:day}（含）。", en="The membership runs up to and including {until:day}."),
    "for_life": Text(zh="终身会籍。", en="A membership for life."),
    "opens": Text(zh="已批准，{on:day}零点起生效。", en="Approved; in effect from the first moment of {on:day}."),
    "opened": Text(zh="{on:day}零点起生效。", en="In effect from the first moment of {on:day}."),
    "grace": Text(
        zh="会籍已于{until:day}届满，宽限到{last:day}，其间待遇照旧。",
        en="The membership ended on {until:day}; in grace up to {last:day}, with everything as before.",
    ),
    "lapsed": Text(
        zh="会籍{until:day}届满没有续期，{last:day}之后失效。",
        en="Not renewed after its end on {until:day}; lapsed after {last:day}.",
    ),
    "renewed": Text(zh="续期到{until:day}（含）。", en="Renewed up to and including {until:day}."),
    "follows": Text(zh="接着原来的会籍算。", en="It follows the former term without a break."),
    "anew": Text(zh="上一期已失效，从当天重新算。", en="The last term had lapsed; this one begins on the day."),
    "too_early": Text(
        zh="{until:day}届满，{first:day}起才能续期。",
        en="It ends on {until:day} and may be renewed from {first:day} on.",
    ),
    "by_paying": Text(zh="会籍随会费走，交费即续期。", en="It lasts as long as its fee is paid: paying renews it."),
    "no_end": Text(zh="这种会籍没有期限，不用续期。", en="This membership has no end; there is nothing to renew."),
}
_NO_FEE = Text(zh="没有叫 {name} 的费用。", en="No fee is named {name}.")
_NO_PERIOD = Text(
    zh="{name} 没有写明交到哪天（every 写周期，或写 gives）。",
    en="{name} does not say until when it is paid for (every with a period, or gives).",
)
_ONE_EACH = Text(zh="会员种类 {name} 的期限写了两次。", en="The term of {name} is said twice.")


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def term(programme: Programme, type: str) -> Clause | None:
    """The clause on how long members of the type belong; one that names the type before one for all."""
    clauses = programme.of("term")
    named = next((clause for clause in clauses if type in rule(clause).types), None)
    return named or next((clause for clause in clauses if not rule(clause).types), None)


def ends(clause: Clause, begun: date, zone: ZoneInfo) -> datetime | None:
    """The first moment after a term that begins on local day `begun`; None: it has no end."""
    given = rule(clause)
    if given.days is not None:
        return at_day(begun + timedelta(days=given.days), zone)
    if given.months is not None:
        return at_day(add_months(begun, given.months), zone)
    if given.until is not None:
        last = given.until.of(begun.year)
        last = last if last >= begun else given.until.of(begun.year + 1)
        return at_day(last + timedelta(days=1), zone)
    if given.paid is not None:
        return at_day(begun + timedelta(days=1), zone)
    return None


def paid_to(clause: Clause, begun: date, until: date | None, zone: ZoneInfo) -> datetime:
    """The first moment after a term that lasts as long as it is paid: behind the last day paid for, `until`; with nothing
    paid behind the local day on which it began."""
    return at_day(max(begun, until or begun) + timedelta(days=1), zone)


def opens(clause: Clause | None, approved: datetime, zone: ZoneInfo) -> datetime | None:
    """When a membership approved at a moment takes effect; None: at once."""
    waits = rule(clause).opens_after if clause is not None else None
    return at_day(local_day(approved, zone) + timedelta(days=waits), zone) if waits else None


def lapses(clause: Clause, end: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The first moment after the grace that follows a term's end."""
    if end is None:
        return None
    return at_day(local_day(end, zone) + timedelta(days=rule(clause).grace or 0), zone)


def renewal(clause: Clause, end: datetime | None, lapse: datetime | None, at: datetime, zone: ZoneInfo) -> Reason:
    """Whether a term that ends so may be renewed at `at`: a reason that is not given stands against it."""
    if rule(clause).paid is not None:
        return Reason(clause.id, "by_paying", False, {})
    if end is None:
        return Reason(clause.id, "no_end", False, {})
    first = rule(clause).renew_from
    opened = at_day(local_day(end, zone) - timedelta(days=first), zone) if first is not None else None
    if opened is not None and at < opened:
        told = {"until": last_day(end, zone), "first": local_day(opened, zone).isoformat()}
        return Reason(clause.id, "too_early", False, told)
    return Reason(clause.id, "anew" if lapse is not None and lapse <= at else "follows", True, {})


def unbroken(clause: Clause, lapse: datetime | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody who comes back at `at` counts as a member all along."""
    if lapse is None or at < lapse:
        return True
    return (local_day(at, zone) - local_day(lapse, zone)).days < (rule(clause).gap or 0)


def last_day(end: datetime, zone: ZoneInfo) -> str:
    """The last whole day before a moment, as the member is told it."""
    return (local_day(end, zone) - timedelta(days=1)).isoformat()


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Every type named is there, and has one term."""
    found: list[Finding] = []
    seen: set[str] = set()
    for clause in clauses:
        given = rule(clause)
        found += member_type.strangers(programme, clause, given.types)
        found += _unpaid(programme, clause, given.paid)
        for name in given.types:
            if name in seen:
                found.append(refused(programme, clause, "term_twice", "types", _ONE_EACH, name=name))
            seen.add(name)
    return found


def _unpaid(programme: Programme, clause: Clause, name: str | None) -> list[Finding]:
    """A fee that there is, and that says until when it is paid for."""
    if name is None:
        return []
    fee = programme.first_of("fee", name=name)
    if fee is None:
        return [refused(programme, clause, "unknown_fee", "paid", _NO_FEE, name=name)]
    given = fee.parameters
    if given.every in ("asked", "once") and given.gives is None:  # type: ignore[attr-defined]
        return [refused(programme, clause, "no_period", "paid", _NO_PERIOD, name=name)]
    return []
