"""Who owes what, by how long: asked by the house's screens, by exit and by whatever waits for a payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.billing.dues.charges import by_member, demand_house, moves_of, open_charges, stands, views_of
from huiguan.billing.models import Charge
from huiguan.billing.values.dues import ChargeView
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes

AGES: tuple[tuple[str, int, Text], ...] = (
    ("not_due", 0, Text(zh="未到期", en="Not due yet")),
    ("d30", 30, Text(zh="逾期 1–30 天", en="1–30 days late")),
    ("d90", 90, Text(zh="逾期 31–90 天", en="31–90 days late")),
    ("older", 10**6, Text(zh="逾期 90 天以上", en="More than 90 days late")),
)


@dataclass(frozen=True, slots=True)
class Age:
    """What is owed of one age: `owed` fen on `charges` charges of `members` members."""

    name: str
    title: Text
    owed: int
    charges: int
    members: int


@dataclass(frozen=True, slots=True)
class Aged:
    """All that is owed, by age; `lines` of one age, or of all, what was due longest first."""

    ages: tuple[Age, ...]
    owed: int
    overdue: int
    lines: tuple[ChargeView, ...]


def aged(actor: Actor, at: datetime, *, age: str = "", fee: str = "", limit: int = 200) -> Aged:
    """What is owed by how long it was due. Takes `bill` or `audit`."""
    demand_house(actor)
    today = local_day(at, programmes.programme_at(actor.programme, at).zone)
    rows = [row for row in open_charges(actor.programme) if fee in ("", row.fee)]
    moves = moves_of(rows)
    sorted_in: dict[str, list[tuple[int, int]]] = {name: [] for name, _, _ in AGES}
    shown: list[Charge] = []
    for row in rows:
        owed_now = stands(row, moves[row.pk], today).owed
        name = _age((today - row.due).days)
        sorted_in[name].append((row.membership_id, owed_now))
        if age in ("", name) and len(shown) < limit:
            shown.append(row)
    ages = tuple(
        Age(
            name,
            title,
            sum(each for _, each in sorted_in[name]),
            len(sorted_in[name]),
            len({key for key, _ in sorted_in[name]}),
        )
        for name, _, title in AGES
    )
    called = members.called(actor.programme, {row.membership_id for row in shown})
    total = sum(each.owed for each in ages)
    return Aged(ages, total, total - ages[0].owed, tuple(views_of(shown, called, today, moves)))


@dataclass(frozen=True, slots=True)
class Ower:
    """A member who owes `owed` fen on `charges` charges, the first of them due on `due`."""

    member: str
    name: str
    owed: int
    charges: int
    due: date


def owers(actor: Actor, at: datetime, limit: int = 100) -> tuple[Ower, ...]:
    """Who owes, whoever owes most first. Takes `bill` or `audit`."""
    demand_house(actor)
    today = local_day(at, programmes.programme_at(actor.programme, at).zone)
    rows = open_charges(actor.programme)
    moves, theirs = moves_of(rows), by_member(rows)
    sums = {key: sum(stands(row, moves[row.pk], today).owed for row in each) for key, each in theirs.items()}
    most = sorted((key for key in sums if sums[key]), key=lambda key: (-sums[key], key))[:limit]
    called = members.called(actor.programme, most)
    return tuple(Ower(*called[key], sums[key], len(theirs[key]), min(row.due for row in theirs[key])) for key in most)


def _age(days: int) -> str:
    return next(name for name, until, _ in AGES if days <= until)


def owed(programme: int, memberships: Sequence[int], at: datetime) -> dict[int, int]:
    """{membership: fen owed at `at`, due or not, fines included}; those who owe nothing are 0."""
    rulebook = programmes.ruling_at(programme, at)
    told = dict.fromkeys(memberships, 0)
    if rulebook is None:
        return told
    today = local_day(at, rulebook.zone)
    rows = open_charges(programme, list(memberships))
    moves = moves_of(rows)
    for row in rows:
        told[row.membership_id] += stands(row, moves[row.pk], today).owed
    return told


def unpaid_fees(programme: int, membership: int, at: datetime) -> tuple[str, ...]:
    """The names of fees of which something is open, each once: what a stage that waits for payment asks."""
    today = local_day(at, programmes.programme_at(programme, at).zone)
    rows = open_charges(programme, [membership])
    moves = moves_of(rows)
    return tuple(dict.fromkeys(row.fee for row in rows if stands(row, moves[row.pk], today).owed))
