"""Watch: use of a card that is not like its holder's, looked at by a person before it goes on.

"More than five purchases a day, two shops within the hour, an amount ten times her usual one: the card is frozen": each
clause names one or more such patterns, what happens to the card (it is frozen, or the use is only noted), and what
becomes of the purchase that showed the pattern: it stands, or it is refused. Either way a review is opened, which a
person decides. Who was looked at and released is not stopped again for the same pattern on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, OpenReview, Reason, Refuse
from huiguan.rules.facts import MemberFacts, Sale
from huiguan.rules.findings import Finding
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Rate
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "checkout"
TITLE = Text(zh="异常用卡", en="Unusual use")
MOST_MINUTES = 1440
LONGEST = 399  # local days a mean looks back on at most: what the till reads of a member anyway


class OwnMean(Base):
    """An amount of `times` the mean of her purchases over the last `days` before the day, of which there must be at
    least `purchases`: of the first few nobody knows what is usual."""

    times: Rate
    days: Annotated[Positive, Field(le=LONGEST)]
    purchases: Positive = 3


class Parameters(Base):
    """`a_day`: more purchases than that on one local day; `shops_within`: two shops within fewer than so many minutes;
    `own_mean`: an amount far above her own. `then` the card is frozen or the use only noted; the `sale` stands or is
    refused. `release` what must be shown to whoever lifts the freeze."""

    a_day: Positive | None = None
    shops_within: Annotated[Positive, Field(le=MOST_MINUTES)] | None = None
    own_mean: OwnMean | None = None
    then: Literal["freeze", "note"]
    sale: Literal["stands", "refused"] = "stands"
    release: list[Literal["id"]] = []


SAYS = {
    "a_day": Text(
        zh="这是当天第 {number} 单，一天至多 {most} 单。",
        en="This is purchase number {number} of the day; {most} a day are usual.",
    ),
    "shops": Text(
        zh="{minutes} 分钟前在 {other} 买过；{within} 分钟之内在两家店用卡，须先复核。",
        en="Used at {other} {minutes} {minutes:minute|minutes} ago; two shops within {within} {within:minute is|minutes are} looked at first.",
    ),
    "mean": Text(
        zh="本单 {amount:yuan}，达到本人近 {days} 天均单 {mean:yuan} 的 {times} 倍。",
        en="{amount:yuan} is {times} {times:time|times} the mean of the member's last {days} {days:day|days}, {mean:yuan}, or more.",
    ),
}
REFUSALS = dict.fromkeys(SAYS, ("UnusualUse", "limit"))


@record
class Trail:
    """Where else the member bought shortly before or after: (moment, shop's code). `released_at`: when a review of
    hers was last decided in her favour."""

    elsewhere: tuple[tuple[datetime, str], ...] = ()
    released_at: datetime | None = None


@once
def watched(programme: Programme) -> bool:
    """Whether any use is watched at all."""
    return bool(programme.of("watch"))


@once
def minutes(programme: Programme) -> int:
    """How many minutes around a purchase its clauses look at; 0: at none."""
    return max((_of(clause).shops_within or 0 for clause in programme.of("watch")), default=0)


def release_papers(programme: Programme) -> tuple[Clause, tuple[str, ...]] | None:
    """The clause that says what must be shown before a freeze is lifted; None where nothing."""
    for clause in programme.of("watch"):
        if _of(clause).release:
            return clause, tuple(_of(clause).release)
    return None


def decide(programme: Programme, facts: MemberFacts, sale: Sale, amount: int, trail: Trail) -> Decision:
    """What is unusual about a purchase of `amount` fen: reviews to be opened, refusals, reasons. `facts` is the member
    before it."""
    released = trail.released_at
    if released is not None and released.astimezone(programme.zone).date() == sale.day and released <= sale.at:
        return NOTHING
    reviews: list[OpenReview | Refuse] = []
    reasons: list[Reason] = []
    for clause in programme.of("watch"):
        rule = _of(clause)
        for say, values in _patterns(rule, facts, sale, amount, trail):
            reason = Reason(clause.id, say, False, values)
            reasons.append(reason)
            reviews.append(OpenReview(clause.id, rule.then == "freeze", reason))
            if rule.sale == "refused":
                reviews.append(Refuse(clause.id, "UnusualUse", "limit", "member", {"reason": reason}))
    return Decision(tuple(reviews), tuple(reasons)) if reasons else NOTHING


def _patterns(
    rule: Parameters, facts: MemberFacts, sale: Sale, amount: int, trail: Trail
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The patterns of one clause this purchase shows, with their figures."""
    number = facts.days.get(sale.day, {}).get("visits", 0) + 1
    if rule.a_day is not None and number > rule.a_day:
        yield "a_day", {"number": number, "most": rule.a_day}
    if rule.shops_within is not None:
        within = timedelta(minutes=rule.shops_within)
        near = [(abs(sale.at - at), shop) for at, shop in trail.elsewhere if abs(sale.at - at) < within]
        if near:
            gap, other = min(near)
            yield "shops", {"minutes": gap // timedelta(minutes=1), "other": other, "within": rule.shops_within}
    if rule.own_mean is not None:
        yield from _far_above(rule.own_mean, facts, sale, amount)


def _far_above(mean: OwnMean, facts: MemberFacts, sale: Sale, amount: int) -> Iterator[tuple[str, dict[str, Any]]]:
    first, last = sale.day - timedelta(days=mean.days), sale.day - timedelta(days=1)
    spend, visits = facts.sum("spend", first, last), facts.sum("visits", first, last)
    if visits >= mean.purchases and spend > 0 and amount * visits >= mean.times * spend:
        told = {"amount": amount, "days": mean.days, "mean": spend // visits, "times": str(mean.times)}
        yield "mean", told


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_EMPTY = Text(
    zh="没有写明什么算异常：a_day、shops_within、own_mean 至少写一项。",
    en="What is unusual is not said: give a_day, shops_within or own_mean.",
)
_LOW = Text(
    zh="均单的 {times} 倍就是平常的单：须大于 1。",
    en="{times} {times:time|times} the mean is a usual amount: more than 1.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A watch looks at something, and at nothing ordinary."""
    found: list[Finding] = []
    for clause in clauses:
        rule = _of(clause)
        if rule.a_day is None and rule.shops_within is None and rule.own_mean is None:
            found.append(refused(programme, clause, "watches_nothing", "then", _EMPTY))
        elif rule.own_mean is not None and rule.own_mean.times <= 1:
            found.append(refused(programme, clause, "ordinary", "own_mean", _LOW, times=str(rule.own_mean.times)))
    return found
