"""Everything a batch of sales needs to know, read in two round trips, whatever its size; in three where a price, a shop
or a rulebook is new to this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from huiguan.checkout.catalogue import Priced
from huiguan.checkout.inputs import MemberReference, SaleInput
from huiguan.checkout.lasting import lasting
from huiguan.checkout.storing import (
    answered_keys,
    earlier_sales,
    locking_walk_in_keys,
    walk_in_numbers,
)
from huiguan.checkout.values import SaleView
from huiguan.entitlements import queries as entitlements
from huiguan.foundation.marks import marks_question
from huiguan.foundation.statements import Question, Row, ask_together
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.records import replace
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import operations as ledger
from huiguan.ledger.values import Account, Sealed
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import watch
from huiguan.rules.needs import needs
from huiguan.rules.packages import sold
from huiguan.rules.programme import Programme

YEAR = 400  # local days of measures a sale may look back on: a calendar year, and the ladder's months
LAST = 20  # sales of a member looked back on for another shop

_TRAIL = """
SELECT asked.membership, sold.at, sold.shop_id FROM unnest(%s::bigint[]) AS asked(membership)
CROSS JOIN LATERAL (
    SELECT at, shop_id FROM checkout_sale WHERE membership_id = asked.membership ORDER BY seq DESC LIMIT %s
) AS sold
"""
Reference = tuple[str, str]  # (number | card | phone, as it was given)
Scope = tuple[int, str]  # whose key it is: membership (0: a walk-in) and key


@dataclass(slots=True)
class Known:
    """What was read. `rulebooks` are those published, later ones first; `lapsed` the journals that write down what was
    due when the accounts were locked; `answered` the sales committed before under the same keys; `trails` and `released`
    what a watch asks: each member's last sales by shop, and when a review of hers was last decided in her favour."""

    found: dict[Reference, int]
    shops: dict[str, Shop]
    prices: dict[str, Priced]
    rulebooks: tuple[tuple[datetime, Programme], ...]
    accounts: dict[int, Account] = field(default_factory=dict)
    facts: dict[int, MemberFacts] = field(default_factory=dict)
    lapsed: list[tuple[int, Sealed]] = field(default_factory=list)
    answered: dict[Scope, tuple[bytes, SaleView]] = field(default_factory=dict)
    walk_ins: Iterator[int] = field(default_factory=lambda: iter(()))
    trails: dict[int, list[tuple[datetime, int]]] = field(default_factory=dict)
    released: dict[int, datetime] = field(default_factory=dict)


def read_all(actor: Actor, now: datetime, sales: Sequence[SaleInput], *, lock: bool) -> Known:
    """All that `sales` need. With `lock`, the members' accounts and the walk-ins' keys are locked until the end, each
    in order, and then the keys answered before are looked up."""
    known = _references(actor, sales)
    wanted = sorted({known.found[ref] for given in sales if (ref := buyer_of(given)) and ref in known.found})
    since = min(
        [now.date() - timedelta(days=_days_back(known)), *(_looks_back(given, now) for given in sales if given.at)]
    )
    accounts = (ledger.locking if lock else ledger_facts.accounts_question)(wanted)
    members_asked = member_facts.facts_questions(actor.programme, wanted, since)
    watching = watch_questions((rulebook for _, rulebook in known.rulebooks), wanted)
    packages = packages_question((rulebook for _, rulebook in known.rulebooks), wanted)
    questions: list[Question[Any]] = [*packages, accounts, *members_asked, *watching] if wanted else []
    if lock:
        questions += _keys(actor, sales, known)
    answers = ask_together(questions)
    held = answers.pop(0) if packages else {}
    if wanted:
        known.accounts = answers[0]
        if lock:
            known.accounts, known.lapsed = ledger.lapse_due(known.accounts, at=now, written_at=now)
        told = answers[1 : 1 + len(members_asked)]
        known.facts = member_facts.facts_told(told, at=now, accounts=known.accounts)
        known.facts |= {key: replace(known.facts[key], packages=held[key]) for key in held if key in known.facts}
    if watching:
        known.trails, known.released = answers[1 + len(members_asked) : 1 + len(members_asked) + len(watching)]
    if lock:
        known.answered = earlier_sales(answers[-1])
        known.walk_ins = iter(answers[-2] if _walk_ins(sales) else ())
    return known


def watch_questions(rulebooks: Iterable[Programme], memberships: Sequence[int]) -> list[Question[Any]]:
    """What the watch must know of these members; nothing where no rulebook has one."""
    if not memberships or not any(watch.watched(rulebook) for rulebook in rulebooks):
        return []
    return [Question(_TRAIL, [list(memberships), LAST], _trails), member_facts.released_question(memberships)]


def packages_question(rulebooks: Iterable[Programme], memberships: Sequence[int]) -> list[Question[Any]]:
    """What packages these members hold; nothing where no rulebook sells any."""
    if not memberships or not any(sold(rulebook) for rulebook in rulebooks):
        return []
    return [entitlements.packages_question(memberships)]


def _trails(rows: list[Row]) -> dict[int, list[tuple[datetime, int]]]:
    found: dict[int, list[tuple[datetime, int]]] = {}
    for membership, at, shop in rows:
        found.setdefault(membership, []).append((at, shop))
    return found


def _days_back(known: Known) -> int:
    """How many days of measures are read: a calendar year, more where a rulebook looks back further."""
    return max([YEAR, *(needs(rulebook).days_back + 1 for _, rulebook in known.rulebooks)])


def _references(actor: Actor, sales: Sequence[SaleInput]) -> Known:
    """The first trip: who is meant, and what holds for everybody."""
    programme = actor.programme
    references = {ref for given in sales for ref in references_of(given)}
    phones = {ref for ref in references if ref[0] == "phone"}
    found, marks = ask_together([members.cards_and_numbers(programme, references - phones), marks_question()])
    if phones:
        found |= members.resolve(programme, phones)
    shops = {given.shop for given in sales if given.shop}
    skus = {line.sku for given in sales for line in given.lines}
    holds = lasting(programme, marks, shops, skus)
    return Known(found, holds.shops, holds.prices, holds.rulebooks or ())


def _keys(actor: Actor, sales: Sequence[SaleInput], known: Known) -> list[Question[Any]]:
    """Locks on the keys of walk-ins, who lock no account; numbers for them; and the keys answered before, always
    last."""
    scopes = [scope_of(given, known.found) for given in sales]
    alone = [key for membership, key in scopes if key and not membership]
    return [
        *([locking_walk_in_keys(actor, alone)] if alone else []),
        *([walk_in_numbers(_walk_ins(sales))] if _walk_ins(sales) else []),
        answered_keys(actor, [scope for scope in scopes if scope[1]]),
    ]


def _walk_ins(sales: Sequence[SaleInput]) -> int:
    return sum(1 for given in sales if buyer_of(given) is None)


def scope_of(given: SaleInput, found: dict[Reference, int]) -> Scope:
    return found.get(buyer_of(given) or ("", ""), 0), given.key or ""


def buyer_of(given: SaleInput) -> Reference | None:
    """Who buys, as (kind, value): the member named, else the card shown."""
    if given.member is not None:
        return reference_of(given.member)
    return ("card", given.presented.card) if given.presented.card else None


def references_of(given: SaleInput) -> list[Reference]:
    buyer = buyer_of(given)
    shown = [("card", given.presented.card)] if given.presented.card else []
    return [*([buyer] if buyer else []), *shown]


def reference_of(given: MemberReference) -> Reference | None:
    for kind in ("number", "card", "phone"):
        value = getattr(given, kind)
        if value:
            return kind, value
    return None


def _looks_back(given: SaleInput, now: datetime) -> date:
    """How far back a late sale's measures are read; nonsense is refused later, by field."""
    try:
        day = date.fromisoformat((given.at or "")[:10])
    except ValueError:
        return now.date()
    return date.fromordinal(max(1, day.toordinal() - 1 - YEAR))
