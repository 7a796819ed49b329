"""What the redemption clauses of one unit come to when they are read together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiguan.rules.effects import Reason
from huiguan.rules.once import once
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.windows import Months, Window


@dataclass(frozen=True, slots=True)
class Terms:
    """The clauses of one unit read together, each part with the clause it comes from."""

    unit: str
    clause: str
    ways: tuple[str, ...]
    worth: int
    window: Window | None
    rewards: dict[int, tuple[Clause, Any]]  # by units
    not_on: dict[str, Clause]  # order -> who says so
    shown: dict[str, Clause]  # paper -> who asks for it
    said: dict[str, Clause]  # parameter -> the first clause that has it

    def stop(self, name: str, say: str, **values: Any) -> Reason:
        return Reason(self.said[name].id, say, False, {"unit": self.unit, **values})

    def value(self, name: str) -> Any:
        """What the clauses say of a parameter; None where they are silent."""
        clause = self.said.get(name)
        return getattr(clause.parameters, name) if clause else None


@dataclass(frozen=True, slots=True)
class Presence:
    """Who stands at the counter, with which papers, and whether it is that of the shop that issued the card."""

    in_person: bool = True
    shown: frozenset[str] = frozenset()
    at_issuing_shop: bool = False


@once
def _all_terms(programme: Programme) -> dict[str, Terms]:
    units = dict.fromkeys(clause.parameters.unit for clause in programme.of("redemption"))  # type: ignore[attr-defined]
    read = (_terms(programme, unit) for unit in units)
    return {rule.unit: rule for rule in read if rule is not None}


def terms(programme: Programme, unit: str | None = None) -> Terms | None:
    """The redemption terms of `unit`, or of the first unit that has any."""
    known = _all_terms(programme)
    return known.get(unit) if unit is not None else next(iter(known.values()), None)


def _terms(programme: Programme, unit: str) -> Terms | None:
    clauses = [c for c in programme.of("redemption") if c.parameters.unit == unit]  # type: ignore[attr-defined]
    said: dict[str, Clause] = {}
    for clause in clauses:
        for name in type(clause.parameters).model_fields:
            if getattr(clause.parameters, name) not in (None, [], {}, False) or (name == "own_sale" and _own(clause)):
                said.setdefault(name, clause)
    rewards = {each.units: (c, each) for c in clauses for each in c.parameters.rewards}  # type: ignore[attr-defined]
    main = said.get("ways") or said.get("rewards")
    if main is None:
        return None
    ways: tuple[str, ...] = tuple(main.parameters.ways)  # type: ignore[attr-defined]
    ways += ("coupon",) if rewards and "coupon" not in ways else ()
    worth: int = said["worth"].parameters.worth if "worth" in said else 0  # type: ignore[attr-defined]
    return Terms(
        unit=unit,
        clause=main.id,
        ways=ways,
        worth=worth,
        window=_window(said),
        rewards=dict(sorted(rewards.items())),
        not_on={order: clause for clause in reversed(clauses) for order in clause.parameters.not_on},  # type: ignore[attr-defined]
        shown={paper: clause for clause in reversed(clauses) for paper in clause.parameters.shown},  # type: ignore[attr-defined]
        said=said,
    )


def _own(clause: Clause) -> bool:
    return clause.parameters.own_sale is False  # type: ignore[attr-defined]


def _window(said: dict[str, Clause]) -> Window | None:
    if "months" in said:
        limits: Any = said["months"].parameters
        return Months(said["months"].id, tuple(sorted(limits.months)), limits.times)
    return said["last_days"].parameters.last_days.window(said["last_days"].id) if "last_days" in said else None  # type: ignore[attr-defined]
