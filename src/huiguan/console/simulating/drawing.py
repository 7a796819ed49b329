"""Simulations as pages: the list and its form, the sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

from huiguan.checkout import queries as checkout
from huiguan.checkout.values import SimulationView
from huiguan.console.acting import Acting, refused
from huiguan.console.simulating.pages import (
    Bars,
    BarTable,
    Fault,
    RunPage,
    RunRow,
    Source,
    StartPage,
    SumRow,
    Tab,
)
from huiguan.console.wording import main_unit, text_of, unit_title
from huiguan.design.values import Cursor, Figure, Words
from huiguan.identity import queries as identity
from huiguan.kernel.moments import local_day, month_start
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, grouped
from huiguan.programme import queries as programmes
from huiguan.rules.compiling import RulebookRefused, compile_rulebook
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

ASKING = ("write_rulebook", "approve_rulebook", "publish")
HERE = "/rulebook/simulations/"
PAGE = 20
_FILE = Text(zh="一个文件", en="A file")
_SHOPS, _TIERS, _MONTHS = (
    Text(zh="按门店", en="By shop"),
    Text(zh="按等级", en="By tier"),
    Text(zh="按月", en="By month"),
)
_NO_TIER, _GONE = Text(zh="无等级", en="No tier"), Text(zh="此前的单", en="Sales of before")


def may_start(now: Acting) -> bool:
    return any(now.actor.may(power) for power in ASKING)


def start_page(now: Acting, asked: Mapping[str, str], wrong: Refusal | None = None) -> StartPage:
    """All simulations, newest first, and the form; `asked` is what it was filled in with, the last month where nothing."""
    before = asked.get("before", "")
    found = checkout.simulations(now.actor, before=int(before) if before.isdecimal() else None, limit=PAGE + 1)
    shown = found[:PAGE]
    after = f"{HERE}?before={shown[-1].number}" if len(found) > PAGE else ""
    zone = programmes.programme_at(now.actor.programme, now.at).zone
    last = month_start(local_day(now.at, zone)) - timedelta(days=1)
    return StartPage(
        runs=[run_row(each) for each in shown],
        sources=_sources(now, asked.get("source", "")),
        since=asked.get("from") or month_start(last).isoformat(),
        until=asked.get("until") or last.isoformat(),
        may_start=may_start(now),
        refused=refused(wrong, now) if wrong else None,
        faults=_faults(wrong),
        cursor=Cursor(len(shown), None, HERE if before else "", after) if after or before else None,
    )


def _sources(now: Acting, chosen: str) -> list[Source]:
    """Drafts that are still open, versions, a file; the first is chosen where nothing is."""
    known: list[tuple[str, Words]] = []
    if may_start(now):
        drafts = (each for each in programmes.drafts(now.actor) if each.version is None)
        known += [(f"draft:{each.number}", _draft(each.number, each.title)) for each in drafts]
    known += [(f"version:{each.number}", _version(each.number)) for each in programmes.versions(now.actor)]
    known.append(("file", _FILE))
    chosen = chosen if chosen in dict(known) else known[0][0]
    return [Source(value, label, value == chosen) for value, label in known]


def _draft(number: int, title: str) -> Text:
    return Text(zh=f"草案 {number}：{title}", en=f"Draft {number}: {title}")


def _version(number: int) -> Text:
    return Text(zh=f"第 {number} 版", en=f"Version {number}")


def _faults(wrong: Refusal | None) -> list[Fault]:
    if not isinstance(wrong, RulebookRefused):
        return []
    faults = (each for each in wrong.findings if each.level == "refuse")
    return [Fault(each.line, each.clause or "", each.text) for each in faults][:50]


def run_row(view: SimulationView) -> RunRow:
    what: Words = _FILE
    if view.kind == "version":
        what = _version(view.of or 0)
    elif view.kind == "draft":
        what = Text(zh=f"草案 {view.of}", en=f"Draft {view.of}")
    return RunRow(
        number=view.number,
        href=f"{HERE}{view.number}/",
        title=view.title,
        what=what,
        since=view.since,
        until=view.until,
        state=view.state,
        done=view.done,
        total=view.sales,
        movers=view.movers,
        asked_at=view.asked_at,
        by=view.by,
    )


def tabs(view: SimulationView, current: str) -> list[Tab]:
    here = f"{HERE}{view.number}/"
    return [
        Tab(Text(zh="合计", en="Sums"), here, None, current == "sums"),
        Tab(Text(zh="受影响的会员", en="Members moved"), f"{here}movers/", view.movers, current == "movers"),
        Tab(Text(zh="会被拒绝的", en="Refused"), f"{here}refusals/", view.refusals, current == "refusals"),
    ]


def tried(now: Acting, view: SimulationView) -> Programme:
    """The rulebook that was tried."""
    return compile_rulebook(checkout.simulated_source(now.actor, view.number))


def unit_of(rulebook: Programme) -> tuple[str, Text]:
    """The unit the figures are told in, and its name."""
    unit = main_unit(rulebook) or "points"
    return unit, unit_title(rulebook, unit)


def run_page(now: Acting, number: int) -> RunPage:
    """One simulation: how far, or what it came to."""
    view = checkout.simulation(now.actor, number)
    rulebook = tried(now, view)
    here, under_way = f"{HERE}{number}/", not view.ended
    lines = checkout.sum_lines(view, rulebook)
    return RunPage(
        run=run_row(view),
        tabs=tabs(view, "sums"),
        figures=() if under_way else _figures(view, rulebook),
        sums=[SumRow(line.title, line.form, line.real, line.draft, line.more) for line in lines],
        tables=() if under_way else [table for table in _tables(now, view, rulebook) if table.rows],
        poll_href=f"{here}state" if under_way else "",
        may_start=may_start(now),
        seconds=view.seconds,
        members=view.members,
        source_href=f"{here}source",
        unit=unit_of(rulebook)[1],
    )


def _figures(view: SimulationView, rulebook: Programme) -> list[Figure]:
    lines = {line.name: line for line in checkout.sum_lines(view, rulebook)}
    unit, title = unit_of(rulebook)
    paid, worth = lines["kept"].more, lines.get(f"worth:{unit}")
    of = Text(zh=f"共 {grouped(view.members)} 位", en=f"of {grouped(view.members)}")
    here = f"{HERE}{view.number}/"
    return [
        Figure(Text(zh="受影响的会员", en="Members moved"), view.movers, "points", of, f"{here}movers/"),
        Figure(Text(zh="实收相差", en="Paid, difference"), paid, "signed_money", _share(paid, lines["kept"].real)),
        Figure(
            Text(zh=f"期末{title.zh}折合相差", en=f"What {title.en} held are worth, difference"),
            worth.more if worth else 0,
            "signed_money",
            _share(worth.more, worth.real) if worth else "",
        ),
        Figure(
            Text(zh="会被拒绝", en="Refused"),
            view.refusals,
            "points",
            Text(zh="按当时的要求", en="as they were asked for"),
            f"{here}refusals/",
        ),
    ]


def _share(more: int, whole: int) -> Words:
    """The difference as a share of what was: a tenth of a per cent, below one a hundredth."""
    if not whole or not more:
        return ""
    hundredths = round(abs(Fraction(10_000 * more, whole)))
    sign = "−" if (more < 0) != (whole < 0) else "+"
    told = f"{hundredths / 100:.2f}" if hundredths < 100 else f"{round(Fraction(hundredths, 10)) / 10:.1f}"
    return f"{sign}{told} %"


def _tables(now: Acting, view: SimulationView, rulebook: Programme) -> list[BarTable]:
    ids = [int(name.partition(":")[2]) for name in checkout.cells_of(view, "shop")]
    shops = {str(key): shop.name for key, shop in identity.shops_by_id(now.actor.programme, ids).items()}
    tiers: dict[str, Words] = {}
    for name in checkout.cells_of(view, "tier"):
        tier = name.partition(":")[2]
        tiers[tier] = text_of(tier_ladder.title_of(rulebook, tier)) if tier else _NO_TIER
    months: dict[str, Words] = {
        name.partition(":")[2]: name.partition(":")[2] for name in checkout.cells_of(view, "month")
    }
    rungs = [rung.tier for rung in tier_ladder.rungs(rulebook)]
    ordered = dict(sorted(tiers.items(), key=lambda each: rungs.index(each[0]) if each[0] in rungs else 99))
    return [
        BarTable(_MONTHS, _bars(view, rulebook, "month", months)),
        BarTable(_TIERS, _bars(view, rulebook, "tier", ordered), members=True),
        BarTable(_SHOPS, _bars(view, rulebook, "shop", dict(shops))),
    ]


def _bars(view: SimulationView, rulebook: Programme, kind: str, labels: Mapping[str, Words]) -> list[Bars]:
    unit, _ = unit_of(rulebook)
    rows = [_row(view, rulebook, f"{kind}:{name}", label, unit) for name, label in labels.items()]
    most_kept = max((amount for row in rows for amount in row.kept), default=0) or 1
    most_issued = max((amount for row in rows for amount in row.issued), default=0) or 1
    return [
        Bars(row.label, row.sales, row.kept, row.issued, row.members, _against(row.kept, most_kept), _against(row.issued, most_issued))
        for row in rows
    ]  # fmt: skip


def _against(pair: tuple[int, int], most: int) -> tuple[Fraction, Fraction]:
    return Fraction(max(0, pair[0]), most), Fraction(max(0, pair[1]), most)


def _row(view: SimulationView, rulebook: Programme, cell: str, label: Words, unit: str) -> Bars:
    lines: dict[str, Any] = {line.name: line for line in checkout.sum_lines(view, rulebook, cell)}

    def both(name: str) -> tuple[int, int]:
        line = lines.get(name)
        return (line.real, line.draft) if line else (0, 0)

    return Bars(label, both("sales"), both("kept"), both(f"issued:{unit}"), both("members"))
