"""The clock's page: where it may go, how far it is, what the last move brought."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from huiguan.console.acting import Acting
from huiguan.console.clock.moving import last_move, under_way, zone_of
from huiguan.console.clock.pages import ClockPage, Happened, MovedRow, Preset
from huiguan.console.wording import coupon_title, main_unit, unit_title
from huiguan.design.values import Figure, Refused, Words
from huiguan.entitlements import queries as entitlements
from huiguan.foundation.errands import Errand
from huiguan.kernel.moments import local_day, month_end
from huiguan.kernel.text import Text, either, grouped
from huiguan.ledger import queries as ledger
from huiguan.members import queries as members
from huiguan.programme import queries as programmes

SHOWN = 40
OPENS = 9  # o'clock
_CLEARS = Text(zh="将有 {n:points} {unit}清零", en="Of the {unit}, {n:points} will be cleared")
_NOTHING = Text(zh="没有{unit}清零", en="No {unit} are cleared")


def clock_page(now: Acting, refused: Refused | None = None, typed: str = "") -> ClockPage:
    """The page as it is; while the clock moves, only how far."""
    moving = under_way(now)
    if moving is not None:
        to = datetime.fromisoformat(moving.given["to"])
        return ClockPage(now.at, (), (moving.done, moving.total), to)
    last = last_move(now)
    happened = _happened(now, last) if last is not None else None
    return ClockPage(now.at, presets(now), happened=happened, refused=refused, typed=typed)


def presets(now: Acting) -> list[Preset]:
    """The moments one press goes to, with what is cleared until then."""
    today = local_day(now.at, zone_of(now))
    chosen = [
        (Text(zh="明天早上", en="Tomorrow morning"), today + timedelta(days=1)),
        (Text(zh="月底过后", en="After the month's end"), month_end(today) + timedelta(days=1)),
        (Text(zh="过了新年", en="After the new year"), date(today.year + 1, 1, 1)),
        (Text(zh="到了六月", en="Next June"), date(today.year + (today.month >= 6), 6, 1)),
    ]
    by_day = {day: label for label, day in chosen}  # of two that fall together, the later name
    return [_preset(now, by_day[day], day) for day in sorted(by_day)]


def _preset(now: Acting, label: Text, day: date) -> Preset:
    at = datetime(day.year, day.month, day.day, OPENS, tzinfo=zone_of(now))
    return Preset(label, at, at.strftime("%Y-%m-%dT%H:%M"), _brings(now, at))


def _brings(now: Acting, at: datetime) -> Words:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    unit = main_unit(rulebook)
    if unit is None or not now.actor.may("audit"):
        return ""
    due = sum(each.due for each in ledger.totals(actor=now.actor, at=at) if each.unit == unit)
    title = unit_title(rulebook, unit)
    return Text(**(_CLEARS.both(n=due, unit=title) if due else _NOTHING.both(unit=title)))


def _happened(now: Acting, move: Errand) -> Happened:
    """What the books say of the time that was jumped over."""
    since, to = (datetime.fromisoformat(move.given[name]) for name in ("since", "to"))
    expired = ledger.expired_between(actor=now.actor, since=since, until=to)
    granted = entitlements.granted_between(now.actor.programme, since, to)
    touched = list(dict.fromkeys([*expired, *(membership for membership, *_ in granted)]))
    unit = main_unit(programmes.programme_at(now.actor.programme, now.at)) or ""
    cleared = sum(units.get(unit, 0) for units in expired.values())
    worth = sum(each for *_, each in granted)
    figures = [
        Figure(
            Text(zh="过了", en="Nights"), (move.answer or {}).get("nights", 0), "points", Text(zh="夜", en="passed")
        ),
        Figure(Text(zh="清零积分", en="Points cleared"), cleared, "points", _people(len(expired))),
        Figure(
            Text(zh="发出的券", en="Coupons given"), len(granted), "points", _people(len({each[0] for each in granted}))
        ),
        Figure(Text(zh="券面合计", en="Worth of coupons"), worth, "money"),
    ]
    return Happened(since, to, figures, _rows(now, touched[:SHOWN], expired, granted, unit), len(touched))


def _people(count: int) -> Text:
    return Text(zh=f"{grouped(count)} 位会员", en=f"{grouped(count)} {either(count, 'member', 'members')}")


def _rows(
    now: Acting,
    touched: list[int],
    expired: dict[int, dict[str, int]],
    granted: tuple[tuple[int, str, str, int], ...],
    unit: str,
) -> list[MovedRow]:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    names = members.names(now.actor, touched)
    accounts = ledger.accounts(actor=now.actor, memberships=touched)
    coupons: dict[int, list[tuple[Words, int]]] = {}
    for membership, clause, name, worth in granted:
        coupons.setdefault(membership, []).append((coupon_title(rulebook, name, clause), worth))
    rows = []
    for membership in touched:
        number, name = names[membership]
        account = accounts.get(membership)
        rows.append(
            MovedRow(
                number=number,
                name=name,
                href=f"/members/{number}/",
                expired=expired.get(membership, {}).get(unit, 0),
                coupons=coupons.get(membership, ()),
                points=account.unit(unit).balance if account else 0,
            )
        )
    return rows
