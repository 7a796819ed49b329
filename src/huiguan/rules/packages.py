"""The packages of a rulebook: the clauses that speak of each, read together. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from huiguan.kernel.moments import add_months, at_day
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.once import once
from huiguan.rules.passes import Allowance
from huiguan.rules.programme import Clause, Programme


@record
class Offer:
    """The clauses of one package read together. `rules`: who says it is taken back, swapped, passed on, shown."""

    name: str
    clause: Clause
    title: Text
    sku: str
    price: int | None
    allowances: tuple[Allowance, ...]
    member_price: tuple[tuple[str, str], ...]  # goods, clause
    rules: tuple[tuple[str, Clause], ...]

    def rule(self, what: str) -> Clause | None:
        return next((clause for name, clause in self.rules if name == what), None)

    @property
    def negotiated(self) -> bool:
        return self.price is None

    def ends(self, at: datetime, programme: Programme) -> datetime | None:
        """When one bought at `at` ends: just before this moment. None: never."""
        day = at.astimezone(programme.zone).date()
        ends = [end for _, clause in self.rules if (end := _end(_of(clause), day)) is not None]
        return at_day(min(ends) + timedelta(days=1), programme.zone) if ends else None


def _end(rule: Any, day: date) -> date | None:
    """The last day of a package bought on `day`."""
    if rule.use_by is not None:
        this: date = rule.use_by.of(day.year)
        return this if day <= this else rule.use_by.of(day.year + 1)
    return add_months(day, rule.months) if rule.months is not None else None


_RULES = ("swap", "refund", "transfer", "shown", "use_by", "months")


@once
def offers(programme: Programme) -> dict[str, Offer]:
    """Every package that is sold, by its name."""
    found: dict[str, Offer] = {}
    for head in programme.of("package"):
        if _of(head).sku is not None:
            name = _of(head).packages[0]
            found.setdefault(name, _offer(programme, name, head))
    return found


def _offer(programme: Programme, name: str, head: Clause) -> Offer:
    mine = [clause for clause in programme.of("package") if name in _of(clause).packages]
    rules = [(what, clause) for clause in mine for what in _RULES if getattr(_of(clause), what)]
    return Offer(
        name=name,
        clause=head,
        title=head.title,
        sku=_of(head).sku or "",
        price=_of(head).price,
        allowances=tuple(allowance for clause in mine for allowance in _allowances(clause)),
        member_price=tuple((sku, clause.id) for clause in mine for sku in _of(clause).member_price),
        rules=tuple(rules),
    )


def _allowances(clause: Clause) -> list[Allowance]:
    rule = _of(clause)
    plain = [Allowance(clause.id, (item,)) for item in rule.freely]
    plain += [Allowance(clause.id, (each.item,), each.times) for each in rule.gives]
    return plain + [
        Allowance(clause.id, tuple(each.of), each.times, clause.id, branch) for branch, each in enumerate(rule.choice)
    ]


@once
def by_sku(programme: Programme) -> dict[str, Offer]:
    """The packages as goods."""
    return {offer.sku: offer for offer in offers(programme).values()}


@once
def things(programme: Programme) -> dict[str, Text]:
    """What is used, by name."""
    return {each.item: each.title for clause in reversed(programme.of("package")) for each in _of(clause).items}


@once
def sold(programme: Programme) -> bool:
    """Whether there are packages at all."""
    return bool(programme.of("package"))


@once
def card_clause(programme: Programme) -> Clause | None:
    """The clause by which the member card is handed out once a package is paid for."""
    return programme.first_of("package", card="after_payment")


def title_of(programme: Programme, name: str, clause: str) -> Text:
    """What a package is called; one that is sold no more as the clause that sold it."""
    offer = offers(programme).get(name)
    return offer.title if offer else programme.clauses[clause].title


def thing_title(programme: Programme, item: str) -> Text:
    return things(programme).get(item) or Text(zh=item, en=item)


def _of(clause: Clause) -> Any:
    return clause.parameters
