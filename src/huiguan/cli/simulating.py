"""A simulation's outcome in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from huiguan.checkout.queries import SumLine, sum_lines
from huiguan.checkout.values import Mover, SimulationView
from huiguan.cli.terminal import out, say
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text, grouped
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

_WHAT, _REAL, _DRAFT, _MORE = (
    Text(zh="{since} 至 {until}", en="{since} to {until}"),
    Text(zh="实际", en="On record"),
    Text(zh="试算", en="Tried"),
    Text(zh="相差", en="Difference"),
)
_MEMBER, _PAYS, _HOLDS, _TIER = (
    Text(zh="会员", en="Member"),
    Text(zh="多付", en="Pays more"),
    Text(zh="期末多积分", en="Holds more"),
    Text(zh="等级", en="Tier"),
)
_MOVERS = Text(
    zh="{members:count} 位会员中 {movers:count} 位受影响。",
    en="{movers:count} of {members:count} {members:member is|members are} moved.",
)
_REFUSED = Text(zh="{count:count} 笔会被拒绝：{told}", en="{count:count} would be refused: {told}")
_FIRST = Text(zh="相差最大的 {count} 位：", en="The {count} with the largest difference:")
_KEPT = Text(
    zh="第 {number} 号试算，留在后台“章程 → 试算”。", en="Simulation {number}, kept in the console under Rules."
)


def show(view: SimulationView, movers: Sequence[Mover], refused: dict[str, int], rulebook: Programme) -> None:
    """Tables for a person."""
    table = Table(box=None, pad_edge=False)
    table.add_column(say(_WHAT, since=view.since.isoformat(), until=view.until.isoformat()))
    for column in (_REAL, _DRAFT, _MORE):
        table.add_column(say(column), justify="right")
    for line in sum_lines(view, rulebook):
        table.add_row(say(line.title), _amount(line, line.real), _amount(line, line.draft), _signed(line))
    out.print(table)
    out.print(say(_MOVERS, members=view.members, movers=view.movers), markup=False)
    if refused:
        told = ", ".join(f"{code} × {grouped(count)}" for code, count in refused.items())
        out.print(say(_REFUSED, count=view.refusals, told=told), markup=False)
    if movers:
        out.print(say(_FIRST, count=len(movers)), markup=False)
        out.print(_movers(movers, rulebook))
    out.print(say(_KEPT, number=view.number), markup=False)


def _movers(movers: Sequence[Mover], rulebook: Programme) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say(_MEMBER))
    table.add_column(say(_PAYS), justify="right")
    table.add_column(say(_HOLDS), justify="right")
    table.add_column(say(_TIER))
    for each in movers:
        real, tried = (_tier(rulebook, tier) for tier in (each.tier_real, each.tier_draft))
        tier = real if real == tried else f"{real} → {tried}"
        table.add_row(f"{each.member} {each.name}", f"{as_yuan(each.kept)}", f"{each.units:+,}", tier)
    return table


def _tier(rulebook: Programme, tier: str) -> str:
    return tier_ladder.title_of(rulebook, tier)[spoken_language()] if tier else ""


def _amount(line: SumLine, amount: int) -> str:
    return as_yuan(amount) if line.form == "yuan" else grouped(amount)


def _signed(line: SumLine) -> str:
    sign = "+" if line.more > 0 else ""
    return f"{sign}{_amount(line, line.more)}" if line.more else "0"


def plain(view: SimulationView, movers: Sequence[Mover], refused: dict[str, int]) -> dict[str, Any]:
    """For programs: fen as yuan in text, as everywhere."""
    return {
        "simulation": view.number,
        "from": view.since.isoformat(),
        "until": view.until.isoformat(),
        "state": view.state,
        "sales": view.sales,
        "members": view.members,
        "movers": view.movers,
        "refusals": refused,
        "real": view.real,
        "draft": view.draft,
        "seconds": view.seconds,
        "first": [
            {
                "member": each.member,
                "name": each.name,
                "pays_more": as_yuan(each.kept),
                "holds_more": each.units,
                "tier": {"real": each.tier_real, "draft": each.tier_draft},
            }
            for each in movers
        ],
    }
