"""A million members, quickly: people and cards made inside the database, ledgers folded here and copied in.

Each member holds a card and an opening lot of points. The journals are folded by the ledger's own arithmetic, so the
books prove like any others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection, transaction

from huiguan.cli.bench.house import House
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, LotTerms, Movement, Sealed, house_address, member_address
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import expiry

OPENING = 200  # points each member begins with
CHUNK = 20_000
Teller = Callable[[int], None]
_NULL = "\\N"
_encode = msgspec.json.Encoder().encode

_PEOPLE = """
INSERT INTO parties_party (id, programme_id, kind, name, pinyin, letters, initials, created_at)
SELECT n, %(programme)s, 'person', '会员' || n, 'hui yuan ' || n, 'huiyuan' || n, 'hy' || n, %(joined)s
FROM generate_series(%(first)s, %(last)s) n
"""
_MEMBERS = """
INSERT INTO members_membership (id, programme_id, party_id, number, joined_at, entered_at, joined_shop_id, form_date,
    entered_late, standing, standing_since, tier, tier_since, birthday, profile_complete)
SELECT n, %(programme)s, n, 'BM' || lpad(n::text, 7, '0'), %(joined)s, %(joined)s, %(shop)s, %(joined)s::date,
    false, 'active', %(joined)s, %(tier)s, %(joined)s, NULL, true
FROM generate_series(%(first)s, %(last)s) n
"""
_CHANGES = """
INSERT INTO members_change (membership_id, seq, programme_id, what, before, after, at, written_at, clause, cause,
    "values", actor)
SELECT n, nextval('members_change_seq'), %(programme)s, what, '', after, %(joined)s, %(joined)s, '', 'enrolment', '{}',
    'system:0'
FROM generate_series(%(first)s, %(last)s) n, (VALUES ('standing', 'active'), ('tier', %(tier)s)) AS w(what, after)
"""
_CARDS = """
INSERT INTO members_card (membership_id, seq, programme_id, number, status, issued_at, entered_at, entered_late,
    issued_shop_id, replaced_by, clause, carried_over)
SELECT n, 1, %(programme)s, 'BC' || lpad(n::text, 7, '0'), 'active', %(joined)s, %(joined)s, false, %(shop)s, '', '', true
FROM generate_series(%(first)s, %(last)s) n
"""
_COPIES = {
    "ledger_account": "membership_id, programme_id, seq, head, units, next_due, written_at",
    "ledger_journal": "membership_id, seq, programme_id, at, written_at, cause_kind, cause_ref, actor, previous, hash",
    "ledger_transfer": "membership_id, seq, n, programme_id, unit, debit, credit, amount",
    "ledger_lot": "membership_id, seq, n, programme_id, unit, amount, earned_at, expires_at, clause",
}


def number_of(member: int) -> str:
    return f"BM{member:07d}"


def card_of(member: int) -> str:
    return f"BC{member:07d}"


def load(house: House, count: int, told: Teller, *, earned_at: datetime | None = None) -> None:
    """Members 1 to `count`, in chunks; `told` hears how many there are. Their points were earned at `earned_at`, a few
    days ago where none is given."""
    earned_at = earned_at or house.now - timedelta(days=5)
    joined = earned_at - timedelta(days=400 if house.usual else 100)  # no newcomer, and no card whose year is over
    for first in range(1, count + 1, CHUNK):
        last = min(first + CHUNK - 1, count)
        with transaction.atomic():
            _insert(house, first, last, joined)
            _copy(house, first, last, joined, earned_at)
        told(last)
    with connection.cursor() as cursor:
        for table in ("parties_party", "members_membership"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, count])
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def insert_memberships(house: House, first: int, last: int, joined: datetime) -> None:
    """Memberships and cards of the persons `first` to `last`, inside the caller's transaction; without books."""
    _run((_MEMBERS, _CHANGES, _CARDS), house, first, last, joined)


def _insert(house: House, first: int, last: int, joined: datetime) -> None:
    _run((_PEOPLE, _MEMBERS, _CHANGES, _CARDS), house, first, last, joined)


def _run(statements: tuple[str, ...], house: House, first: int, last: int, joined: datetime) -> None:
    given: dict[str, Any] = {
        "programme": house.actor.programme,
        "shop": house.shop,
        "tier": house.tier,
        "joined": joined,
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, given)


def _copy(house: House, first: int, last: int, joined: datetime, earned_at: datetime) -> None:
    rows: dict[str, list[str]] = {table: [] for table in _COPIES}
    for account, sealed in _opened(house, range(first, last + 1), joined, earned_at):
        for table, line in _lines(account, sealed):
            rows[table].append(line)
    with connection.cursor() as cursor:
        for table, columns in _COPIES.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write("".join(rows[table]))


def _opened(house: House, members: range, joined: datetime, earned_at: datetime) -> Iterator[tuple[Account, Sealed]]:
    """Each member's account with its opening points, and the journal that brought them."""
    rulebook = programmes.programme_at(house.actor.programme, house.now)
    until, clause = expiry.expires_at(rulebook, "points", earned_at, joined)
    terms = LotTerms(earned_at=earned_at, expires_at=until, clause=clause)
    for member in members:
        move = Movement(
            unit="points",
            amount=OPENING,
            debit=house_address("points", "opening"),
            credit=member_address(member, "points"),
            opens=terms,
        )
        journal = Journal(at=earned_at, cause=("opening", f"B{member}"), actor="system:0", movements=(move,))
        yield fold(Account(member, house.actor.programme), journal, written_at=earned_at)


def _lines(account: Account, sealed: Sealed) -> Iterator[tuple[str, str]]:
    m, p, journal = account.membership, account.programme, sealed.journal
    at = sealed.written_at.isoformat()
    due = _text(account.next_due)
    yield "ledger_account", f"{m}\t{p}\t{account.seq}\t\\\\x{account.head.hex()}\t{_units(account)}\t{due}\t{at}\n"
    kind, ref = journal.cause
    yield (
        "ledger_journal",
        f"{m}\t{sealed.seq}\t{p}\t{at}\t{at}\t{kind}\t{ref}\t{journal.actor}\t\\\\x\t\\\\x{sealed.hash.hex()}\n",
    )
    for n, unit, debit, credit, amount, _ in sealed.rows.transfers:
        yield "ledger_transfer", f"{m}\t{sealed.seq}\t{n}\t{p}\t{unit}\t{debit}\t{credit}\t{amount}\n"
    for n, unit, amount, earned, _, expires, clause in sealed.rows.lots:
        yield (
            "ledger_lot",
            f"{m}\t{sealed.seq}\t{n}\t{p}\t{unit}\t{amount}\t{earned.isoformat()}\t{_text(expires)}\t{clause or _NULL}\n",
        )


def _units(account: Account) -> str:
    """The account's units as its row keeps them; nothing is held."""
    told = {
        name: {
            "balance": state.balance,
            "held": state.held,
            "lots": [(*lot.key, lot.left, lot.earned_at, lot.expires_at, lot.usable_from) for lot in state.lots],
        }
        for name, state in account.units.items()
    }
    return _encode(told).decode()


def _text(moment: datetime | None) -> str:
    return _NULL if moment is None else moment.isoformat()
