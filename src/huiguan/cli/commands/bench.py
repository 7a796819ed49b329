"""`huiguan bench`: how fast is the till on this machine?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.table import Table

from huiguan.cli.bench.checkout import bench_checkout
from huiguan.cli.bench.values import Measured
from huiguan.cli.terminal import out, say
from huiguan.kernel.text import Text

_COLUMNS = (
    Text(zh="连接", en="Connections"),
    Text(zh="每秒成交", en="Sales a second"),
    Text(zh="p50 毫秒", en="p50 ms"),
    Text(zh="p99 毫秒", en="p99 ms"),
    Text(zh="数据库极限", en="Raw limit"),
    Text(zh="比", en="Ratio"),
)


@click.group("bench", short_help="Measure. 压测。")
def command() -> None:
    """Measure this machine on a throw-away data folder. 在临时数据目录上压测本机。"""


def _counts(context: click.Context, parameter: click.Parameter, value: str) -> list[int]:
    try:
        counts = [int(each) for each in value.split(",")]
    except ValueError:
        raise click.BadParameter("1,8,32") from None
    if not counts or not all(1 <= each <= 256 for each in counts):
        raise click.BadParameter("1 – 256")
    return counts


@command.command("checkout")
@click.option("--members", default=1_000_000, show_default=True, type=click.IntRange(1000, 9_999_999))
@click.option("--seconds", default=10, show_default=True, type=click.IntRange(1, 600), help="For each measurement.")
@click.option("--connections", default="1,8,32", show_default=True, callback=_counts, help="Counts, with commas.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def checkout(members: int, seconds: int, connections: list[int], as_json: bool) -> None:
    """Sales of three lines with tier discount, earning and points, over real HTTP, each answered once it is durable;
    beside it pgbench with the same row writes as one call.

    三行的销售单，含等级折扣、积分与抵现，经真实 HTTP，落盘后才答复；并与 pgbench 以同样的写入量相比。
    """
    measured = bench_checkout(members=members, seconds=seconds, connection_counts=connections)
    if as_json:
        out.print_json(json.dumps([asdict(each) for each in measured]))
    else:
        out.print(_table(measured))


def _table(measured: list[Measured]) -> Table:
    table = Table()
    for column in _COLUMNS:
        table.add_column(say(column), justify="right")
    for each in measured:
        table.add_row(
            f"{each.connections}",
            f"{each.requests_per_second:,.0f}",
            f"{each.p50_ms:,.2f}",
            f"{each.p99_ms:,.2f}",
            f"{each.limit_per_second:,.0f}",
            f"{each.ratio:.2f}",
        )
    return table
