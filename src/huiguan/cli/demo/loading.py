"""Telling the story once: all of it or none. A half-told one (the machine went off) is thrown away and told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from huiguan.cli.demo.association import house as association
from huiguan.cli.demo.association.telling import tell as tell_autumn
from huiguan.cli.demo.exchange import house as exchange
from huiguan.cli.demo.exchange.telling import tell as tell_exchange
from huiguan.cli.demo.hero import tell_hero
from huiguan.cli.demo.house import found
from huiguan.cli.demo.neighbourhood import house as neighbourhood
from huiguan.cli.demo.neighbourhood.days import tell
from huiguan.cli.demo.neighbourhood.parts import PARTS
from huiguan.cli.demo.story import FIRST, LAST, OPENS, SEED, begin, moment
from huiguan.cli.terminal import counting, err, say, working
from huiguan.cli.terminal import tell as report
from huiguan.foundation.clock import move_clock
from huiguan.foundation.databases import migrate
from huiguan.foundation.embedded import data_folder
from huiguan.kernel.moments import month_end
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.values import Proof
from huiguan.rehearsal.proving import prove_source
from huiguan.rules.shelf import shelf, source_of

_TELLING, _TOLD = "telling", "told"


class NotADemonstration(Refusal):
    """The data folder or database already holds a real installation."""

    text = Text(
        zh="这里已有一处真实的安装，不会改成演示。请用另一个 HUIGUAN_DATA 文件夹。",
        en="A real installation lives here; it is not turned into a demonstration. Use another HUIGUAN_DATA folder.",
    )


def _marker() -> Path:
    return data_folder() / "demo"


def mark_as_demo() -> None:
    """From here on this process and its children know that the clock may be moved. The file itself comes later."""
    settings.HUIGUAN_DEMO = True


def ensure_told(members: int) -> None:
    """Tell the story unless it has been told here."""
    state = _marker().read_text(encoding="utf-8").strip() if _marker().exists() else ""
    if state == _TOLD:
        return
    if state == _TELLING:
        report(Text(zh="上次载入没有完成，重新开始。", en="The last load was not finished; starting over."))
        _empty()
    elif programmes.programmes():
        raise NotADemonstration()
    _marker().parent.mkdir(parents=True, exist_ok=True)
    _marker().write_text(_TELLING, encoding="utf-8")
    _tell(members)
    _marker().write_text(_TOLD, encoding="utf-8")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    migrate()


def _tell(members: int) -> None:
    """The four houses, whose examples are rehearsed two at a time beside the telling."""
    at = moment(FIRST, 7)
    with ThreadPoolExecutor(max_workers=2) as beside:
        with counting(Text(zh="正在演练章程的例证", en="Rehearsing the rulebook's examples")) as report:
            dn = beside.submit(_proved, "designer-wear", at, report)
            ll, cy, jy = (
                beside.submit(_proved, name, at)
                for name in (neighbourhood.RULEBOOK, association.RULEBOOK, exchange.RULEBOOK)
            )
            proved = dn.result()
        _tell_of_the_brand(at, members, *proved)
        with working(Text(zh="邻里生活馆的十周……", en="Ten weeks at the neighbourhood shop…")):
            tell(neighbourhood.found(at, *ll.result()), Random(SEED), PARTS)
        with working(Text(zh="茶业公会的一个秋天……", en="An autumn at the tea guild…")):
            tell_autumn(association.found(at, *cy.result()))
        with working(Text(zh="贵金属交易所的一年……", en="A year at the metals exchange…")):
            tell_exchange(exchange.found(at, *jy.result()))
    move_clock(to=OPENS)


def _proved(rulebook: str, at: datetime, report: Callable[[int, int], None] | None = None) -> tuple[str, Proof]:
    """A rulebook of the shelf and its proof. Runs in a process of its own and touches no connection of this one."""
    source = source_of(rulebook).decode()
    return source, prove_source(source, shelf() / rulebook / "examples", at=at, report=report)


def _tell_of_the_brand(at: datetime, members: int, source: str, proof: Proof) -> None:
    random = Random(SEED)
    house = found(random, at, source, proof)
    with _heard() as heard:
        begin(house, random, members).tell(heard, tell_hero)


@contextmanager
def _heard() -> Iterator[Callable[[date, int], None]]:
    """What hears of each day told: a bar on a terminal, a line a month elsewhere."""
    title = say(Text(zh="讲述一年的生意", en="Telling a year of sales"))
    if not err.is_terminal:
        err.print(f"{title}…", markup=False)
        yield _month_by_month
        return
    shown = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[shown]}"), TimeRemainingColumn())
    with Progress(*shown, console=err, transient=True) as progress:
        task = progress.add_task(title, total=(LAST - FIRST).days + 1, shown="")
        yield lambda day, sold: progress.update(task, advance=1, shown=f"{day} · {sold}")


def _month_by_month(day: date, sold: int) -> None:
    if day == month_end(day) or day == LAST:
        report(Text(zh="  {day}：已售 {sold} 单", en="  {day}: {sold} sales"), day=day.isoformat(), sold=sold)
