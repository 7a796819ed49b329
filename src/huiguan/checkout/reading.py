"""Everything a batch of sales needs to know, read in one round trip, whatever its size; in two where a price, a shop
or a rulebook is new to this process, in one more where a member is named by her phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from huiguan.checkout.catalogue import Priced
from huiguan.checkout.inputs import MemberReference, SaleInput
from huiguan.checkout.lasting import lasting, rulebooks_kept
from huiguan.checkout.storing import (
    answered_keys,
    earlier_sales,
    locking_walk_in_keys,
    walk_in_numbers,
)
from huiguan.checkout.values import SaleView
from huiguan.entitlements import queries as entitlements
from huiguan.foundation.marks import marks_question
from huiguan.foundation.statements import Question, Row, ask_together, listed
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.records import record, replace
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


@record
class _Reach:
    """How much is read of each member, as the rulebooks ask: the first local day of her measures, whether the watch's
    trails and the packages she holds."""

    since: date
    watched: bool
    packaged: bool


def read_all(
    actor: Actor,
    now: datetime,
    sales: Sequence[SaleInput],
    *,
    lock: bool,
    meanwhile: Callable[[], None] | None = None,
) -> Known:
    """All that `sales` need; `meanwhile` is done while it is read. With `lock`, the members' accounts and the walk-ins'
    keys are locked until the end, each in order, and then the keys answered before are looked up.

    How much is asked follows the rulebooks this process read last; what they have become since is asked with it, and
    where that reaches further, all is asked once more.
    """
    programme = actor.programme
    phones = {ref for given in sales for ref in references_of(given) if ref[0] == "phone"}
    held = members.resolve(programme, phones) if phones else {}
    rulebooks = rulebooks_kept(programme)
    while True:
        reach = _reach(rulebooks, now, sales)
        known = _told(actor, now, sales, held, reach, lock=lock, meanwhile=meanwhile)
        if known.rulebooks is rulebooks or _reach(known.rulebooks, now, sales) == reach:
            return known
        rulebooks = known.rulebooks


def _reach(rulebooks: Sequence[tuple[datetime, Programme]], now: datetime, sales: Sequence[SaleInput]) -> _Reach:
    books = [rulebook for _, rulebook in rulebooks]
    back = max([YEAR, *(needs(rulebook).days_back + 1 for rulebook in books)])
    since = min([now.date() - timedelta(days=back), *(_looks_back(given, now) for given in sales if given.at)])
    return _Reach(since, any(map(watch.watched, books)), any(map(sold, books)))


def _told(
    actor: Actor,
    now: datetime,
    sales: Sequence[SaleInput],
    held: dict[Reference, int],
    reach: _Reach,
    *,
    lock: bool,
    meanwhile: Callable[[], None] | None,
) -> Known:
    """One trip: who is meant, what holds for everybody, the members' accounts and facts, and, with `lock`, the keys."""
    programme = actor.programme
    buyers = [buyer_of(given) for given in sales]
    others = {ref for given in sales for ref in references_of(given)} - set(buyers)
    who, wanted, each = members.buyers_question(programme, buyers, others, held)
    asked: dict[str, Question[Any]] = {"found": who, "marks": marks_question()}
    if any(buyers):
        asked["accounts"] = (ledger.locking if lock else ledger_facts.accounts_question)(wanted)
        facts = member_facts.facts_questions(programme, wanted, reach.since)
        asked |= {f"facts {n}": question for n, question in enumerate(facts)}
        asked |= watch_questions(wanted) if reach.watched else {}
        asked |= {"packages": entitlements.packages_question(wanted)} if reach.packaged else {}
    if lock:
        asked |= _keys(actor, sales, each)
    told = dict(zip(asked, ask_together(list(asked.values()), meanwhile=meanwhile), strict=True))
    skus = {line.sku for given in sales for line in given.lines}
    holds = lasting(programme, told["marks"], {given.shop for given in sales if given.shop}, skus)
    known = Known(told["found"], holds.shops, holds.prices, holds.rulebooks or ())
    if any(buyers):
        _told_of_members(known, told, now, lock=lock)
    if lock:
        known.answered = earlier_sales(told["answered"])
        known.walk_ins = iter(told.get("walk-ins", ()))
    return known


def _told_of_members(known: Known, told: Mapping[str, Any], now: datetime, *, lock: bool) -> None:
    known.accounts = told["accounts"]
    if lock:
        known.accounts, known.lapsed = ledger.lapse_due(known.accounts, at=now, written_at=now)
    answers = [answer for name, answer in told.items() if name.startswith("facts")]
    known.facts = member_facts.facts_told(answers, at=now, accounts=known.accounts)
    packages = told.get("packages", {})
    known.facts |= {m: replace(known.facts[m], packages=packages[m]) for m in packages if m in known.facts}
    known.trails, known.released = told.get("trails", {}), told.get("released", {})


def watch_questions(memberships: Iterable[int]) -> dict[str, Question[Any]]:
    """What the watch must know of these members."""
    return {
        "trails": Question(_TRAIL, [listed(memberships), LAST], _trails),
        "released": member_facts.released_question(memberships),
    }


def _trails(rows: list[Row]) -> dict[int, list[tuple[datetime, int]]]:
    found: dict[int, list[tuple[datetime, int]]] = {}
    for membership, at, shop in rows:
        found.setdefault(membership, []).append((at, shop))
    return found


def _keys(actor: Actor, sales: Sequence[SaleInput], each: list[int]) -> dict[str, Question[Any]]:
    """Locks on the keys of walk-ins, who lock no account; numbers for them; and the keys answered before."""
    alone = [given.key for given in sales if given.key and buyer_of(given) is None]
    return {
        **({"locks": locking_walk_in_keys(actor, alone)} if alone else {}),
        **({"walk-ins": walk_in_numbers(_walk_ins(sales))} if _walk_ins(sales) else {}),
        "answered": answered_keys(actor, each, [given.key or "" for given in sales]),
    }


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
