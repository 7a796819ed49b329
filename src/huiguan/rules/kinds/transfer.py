"""Transfer: points that go from one member to another, as a gift or within a pool of people who share.

A gift takes a least amount, is bounded by the day and by the year, and may ask that both are verified. Points keep the life
they had, or begin anew as if earned at that moment. What somebody did to earn them stays hers: tier, spending and visits
never travel. Points that rest (earned a few days ago) do not travel yet, points that were given do not travel on unless
the clause says so. In a pool whoever needs points gathers them from the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Effect, Reason, Refuse, Tally
from huiguan.rules.facts import LotFact, LotKey, MemberFacts
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import limit
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Whole
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "rewards"
TITLE = Text(zh="积分转赠", en="Points passed on")
Way = Literal["gift", "pool"]
Verified = Literal["identity", "phone"]


class Parameters(Base):
    """`way` gift or pool; the `unit`. A gift is `least` or more; a member gives at most `a_day` and `a_year` (local days,
    calendar years). `life` of what arrives: keep, or new as if earned then. `rest_days` after which points travel;
    `again`: what was given may be given on. `needs` what of both must be verified. A pool has at most `people`."""

    way: Way = "gift"
    unit: Slug
    least: Positive | None = None
    a_day: Positive | None = None
    a_year: Positive | None = None
    life: Literal["keep", "new"] = "keep"
    rest_days: Whole = 0
    again: bool = False
    needs: list[Verified] = []
    people: Positive | None = None


SAYS = {
    "given": Text(zh="转出 {units:points} 分。", en="{units:points} {units:point|points} passed on."),
    "stays": Text(zh="等级、消费和次数不随积分走。", en="Tier, spending and visits stay with who earned them."),
    "life_keep": Text(zh="积分的有效期不变。", en="The points keep the life they had."),
    "life_new": Text(zh="收到的积分从收到时起重新计有效期。", en="What arrives lives anew from that moment."),
    "unverified": Text(zh="{who}的{what}还没有核验。", en="{what} of {who} is not verified yet."),
    "too_few": Text(
        zh="一次至少 {least:points} 分，这里是 {units:points} 分。",
        en="{least:points} {least:point|points} or more at a time; this is {units:points}.",
    ),
    "day": Text(
        zh="每天至多转出 {most:points} 分，今天已转出 {had:points} 分。",
        en="At most {most:points} {most:point|points} a day; {had:points} were passed on today.",
    ),
    "year": Text(
        zh="每年至多转出 {most:points} 分，今年已转出 {had:points} 分。",
        en="At most {most:points} {most:point|points} a year; {had:points} were passed on this year.",
    ),
    "short": Text(
        zh="可以转出的有 {has:points} 分，要 {needs:points} 分，差 {gap:points} 分。",
        en="{gap:points} {gap:point|points} short: {has:points} may be passed on, this takes {needs:points}.",
    ),
    "full": Text(zh="共享的人至多 {people} 位。", en="At most {people} people share."),
    "gathered": Text(
        zh="由共享的人那里取来 {units:points} 分。", en="{units:points} {units:point|points} gathered from who shares."
    ),
}
WHAT = {
    "identity": Text(zh="实名", en="The identity"),
    "phone": Text(zh="手机", en="The phone"),
}
GIVER = Text(zh="转出的会员", en="who gives")
TAKER = Text(zh="收到的会员", en="who receives")


@once
def _clauses(programme: Programme) -> dict[tuple[str, str], Clause]:
    found: dict[tuple[str, str], Clause] = {}
    for clause in programme.of("transfer"):
        found.setdefault((said(clause).way, said(clause).unit), clause)
    return found


def rule(programme: Programme, way: Way, unit: str | None = None) -> Clause | None:
    """The clause by which points of `unit` (the first one's where none is named) are passed on in this way."""
    return next((c for (w, u), c in _clauses(programme).items() if w == way and unit in (None, u)), None)


def said(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def measure(unit: str) -> str:
    """What a local day of the giver counts: units passed on."""
    return f"given:{unit}"


def travelling(clause: Clause, lots: Sequence[LotFact], given: Collection[LotKey], at: datetime) -> tuple[LotFact, ...]:
    """The lots that may be passed on at `at`: usable, rested, and not `given` by another where that stays."""
    rule_, rested = said(clause), at - timedelta(days=said(clause).rest_days)
    return tuple(
        lot
        for lot in lots
        if lot.left > 0
        and (lot.usable_from is None or lot.usable_from <= at)
        and lot.earned_at <= rested
        and (rule_.again or lot.key not in given)
    )


def stops_verified(
    clause: Clause, needs: Sequence[str], who: Sequence[tuple[Text, Collection[str]]]
) -> list[tuple[Reason, str, str, str]]:
    """What must be verified of whom and is not, as reasons with code, rank and field."""
    return [
        (
            Reason(
                clause.id, "unverified", False,
                {"who": {"zh": each.zh, "en": each.en}, "what": {"zh": WHAT[need].zh, "en": WHAT[need].en}},
            ),
            "NotVerified", "standing", "member" if place == 0 else "to",
        )
        for place, (each, has) in enumerate(who)
        for need in needs
        if need not in has
    ]  # fmt: skip


def decide(
    clause: Clause, facts: MemberFacts, units: int, *, has: int, day: date,
    giver: Collection[str] = (), taker: Collection[str] = (),
) -> Decision:  # fmt: skip
    """A gift of `units` by the member of `facts`, of which `has` may travel: what it tallies, why, and what is against
    it. `giver` and `taker`: what of each is verified."""
    rule_ = said(clause)
    stops = stops_verified(clause, rule_.needs, ((GIVER, giver), (TAKER, taker)))
    if rule_.least and units < rule_.least:
        stops.append((_why(clause, "too_few", least=rule_.least, units=units), "AmountTooSmall", "limit", "units"))
    for per, most in (("day", rule_.a_day), ("year", rule_.a_year)):
        had = facts.sum(measure(rule_.unit), *limit.period(per, day))
        if most is not None and had + units > most:
            stops.append((_why(clause, per, most=most, had=had), "LimitReached", "limit", "units"))
    if units > has:
        short = _why(clause, "short", has=has, needs=units, gap=units - has)
        stops.append((short, "BalanceTooLow", "balance", "units"))
    effects: list[Effect] = [
        Refuse(stop.clause, code, rank, field, {"reason": stop}) for stop, code, rank, field in stops
    ]
    told = [Reason(clause.id, say, not stops, {"units": units}) for say in ("given", f"life_{rule_.life}", "stays")]
    return Decision((*effects, Tally(clause.id, measure(rule_.unit), units)), (*(stop for stop, *_ in stops), *told))


def _why(clause: Clause, say: str, **values: int) -> Reason:
    return Reason(clause.id, say, False, values)


_TWICE = Text(zh="“{way}”写了两次。", en="{way} is said twice.")
_OWN = Text(zh="“{key}”只用于{way}。", en="{key} belongs to a {way} only.")
_UNBOUNDED = Text(
    zh="转赠没有每天或每年的上限，积分可能被收集或倒卖。",
    en="Gifts are bounded neither by day nor by year: points may be collected and sold.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each way is said once for a unit, takes what is its own, and a gift is bounded."""
    found: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for clause in clauses:
        rule_ = said(clause)
        if (rule_.way, rule_.unit) in seen:
            found.append(refused(programme, clause, "disagreement", "way", _TWICE, way=rule_.way))
        seen.add((rule_.way, rule_.unit))
        if rule_.way == "gift":
            if rule_.people:
                found.append(refused(programme, clause, "disagreement", "people", _OWN, key="people", way="pool"))
            if not rule_.a_day and not rule_.a_year:
                found.append(unwise(programme, clause, "gives_away", "a_day", _UNBOUNDED))
        else:
            found += [
                refused(programme, clause, "disagreement", key, _OWN, key=key, way="gift")
                for key in ("least", "a_day", "a_year", "life")
                if key in rule_.model_fields_set
            ]
    return found
