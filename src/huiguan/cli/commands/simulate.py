"""`huiguan simulate`: what would another rulebook have made of recorded months?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SimulateInput
from huiguan.cli.choosing import chosen_programme
from huiguan.cli.ground import ready_database
from huiguan.cli.simulating import plain, show
from huiguan.cli.terminal import counting
from huiguan.foundation import clock
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.rules.compiling import compile_rulebook

_WORKING = Text(zh="正在试算……", en="Judging again…")
_MOST = 20


@click.command("simulate", short_help="Try a rulebook on recorded months. 用已有的销售试算章程。")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "since", metavar="DAY", help="The first day, as 2026-03-01.")
@click.option("--until", metavar="DAY", help="The last day, included.")
@click.option("--version", type=click.IntRange(1), help="A published version instead of FILE.")
@click.option("--draft", type=click.IntRange(1), help="A draft instead of FILE.")
@click.option("--programme", "code", metavar="CODE", help="The programme, where there are several.")
@click.option("--movers", "most", default=_MOST, show_default=True, type=click.IntRange(0, 1000), help="Shown at most.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 16), help="For many sales.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option("--part", hidden=True, help="The work of one process of several.")
def command(
    file: Path | None,
    since: str | None,
    until: str | None,
    version: int | None,
    draft: int | None,
    code: str | None,
    most: int,
    processes: int,
    as_json: bool,
    part: str | None,
) -> None:
    """Judge every member's recorded sales from one day to another again by the rulebook in FILE, and name who is moved.
    Nothing on the books changes; the outcome stays in the console under Rules, until it is deleted there.

    用 FILE 里的章程把一段日子里会员的销售重判一遍，列出谁受影响。账上什么都不变；结果留在后台“章程 → 试算”里，可删。
    """
    if part is not None:
        number, place, of = map(int, part.split(","))
        checkout.work_on_part(number, place, of)
        return
    if since is None or until is None or (file is None) == (version is None and draft is None):
        raise click.UsageError("FILE, or --version, or --draft; --from and --until")
    asked = {"version": version, "draft": draft, "from": since, "until": until}
    if file is not None:
        asked |= {"source": file.read_text(encoding="utf-8"), "title": file.name}
    given = read(SimulateInput, {name: value for name, value in asked.items() if value is not None})
    with ready_database():
        actor, at = system(chosen_programme(code).id, "huiguan simulate"), clock.now()
        begun = checkout.start_simulation(actor=actor, at=at, given=given, by_worker=False)
        with counting(_WORKING) as report:
            checkout.run_simulation(begun.number, processes=processes, clock=clock.now, report=report)
        view, movers = queries.simulation(actor, begun.number), queries.movers(actor, begun.number, limit=most)
        refused = queries.refusal_counts(actor, begun.number)
        if as_json:
            click.echo(json.dumps(plain(view, movers, refused), ensure_ascii=False, indent=1))
        else:
            show(view, movers, refused, compile_rulebook(queries.simulated_source(actor, begun.number)))
