"""`huiguan work`: a worker for what is done after the answer. `huiguan serve` runs one itself."""

from __future__ import annotations

import click

from huiguan.cli.ground import ready_database
from huiguan.foundation.hands import settle_memory
from huiguan.foundation.jobs import work


@click.command("work", short_help="Do waiting jobs. 执行后台任务。")
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 32), help="Jobs at the same time.")
@click.option("--until-idle", is_flag=True, help="Stop when no job waits.")
def command(concurrency: int, until_idle: bool) -> None:
    """Do the jobs that wait, until stopped.

    执行等候中的后台任务（到期、归档、导入等），直到停止。
    """
    with ready_database():
        settle_memory()
        work(concurrency=concurrency, wait=not until_idle)
