"""`huiguan bench`: how fast is the till on this machine?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.table import Table

from huiguan.cli.bench.checkout import bench_checkout
from huiguan.cli.bench.house import USUAL
from huiguan.cli.bench.search import bench_search
from huiguan.cli.bench.simulation import bench_simulation
from huiguan.cli.bench.values import Measured
from huiguan.cli.bench.year_end import bench_year_end
from huiguan.cli.terminal import out, say
from huiguan.kernel.text import Text
from huiguan.rules.shelf import shipped

_COLUMNS = (
    Text(zh="连接", en="Connections"),
    Text(zh="每秒成交", en="Sales a second"),
    Text(zh="p50 毫秒", en="p50 ms"),
    Text(zh="p99 毫秒", en="p99 ms"),
    Text(zh="数据库极限", en="Raw limit"),
    Text(zh="比", en="Ratio"),
)


_YEAR_END = {
    "cleared": Text(zh="清零的账户", en="Accounts cleared"),
    "seconds": Text(zh="秒", en="Seconds"),
    "cleared_per_second": Text(zh="每秒清零", en="Cleared a second"),
    "floor_per_second": Text(zh="纯 SQL 每秒", en="Plain SQL, a second"),
    "times_the_floor": Text(zh="所用时间为纯 SQL 的倍数", en="Times as long as plain SQL"),
    "memory_mib": Text(zh="内存峰值 MiB", en="Memory at most, MiB"),
    "till_p99_ms_before": Text(zh="收银 p99 毫秒，之前", en="Till p99 before, ms"),
    "till_p99_ms_during": Text(zh="收银 p99 毫秒，其间", en="Till p99 meanwhile, ms"),
    "till_p99_ms_worst": Text(zh="收银 p99 毫秒，最差三秒", en="Till p99 in the worst three seconds, ms"),
}


_SIMULATED = {
    "sales": Text(zh="单", en="Sales"),
    "members": Text(zh="会员", en="Members"),
    "movers": Text(zh="受影响", en="Moved"),
    "seconds": Text(zh="秒", en="Seconds"),
    "sales_per_second": Text(zh="每秒", en="Sales a second"),
    "read_plainly_seconds": Text(zh="单是读出来，秒", en="Reading alone, seconds"),
    "times_plain_reading": Text(zh="为单是读的倍数", en="Times as long as reading alone"),
    "memory_mib": Text(zh="内存峰值 MiB", en="Memory at most, MiB"),
}


_SEARCHED = (
    Text(zh="按什么", en="By"),
    Text(zh="次数", en="Searches"),
    Text(zh="找到", en="Found"),
    Text(zh="p50 毫秒", en="p50 ms"),
    Text(zh="p99 毫秒", en="p99 ms"),
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
@click.option("--rulebook", default=USUAL, show_default=True, type=click.Choice(shipped()), help="A shipped rulebook.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def checkout(members: int, seconds: int, connections: list[int], rulebook: str, as_json: bool) -> None:
    """Sales of three lines with tier discount, earning and points, over real HTTP, each answered once it is durable;
    beside it pgbench with the same row writes as one call.

    三行的销售单，含等级折扣、积分与抵现，经真实 HTTP，落盘后才答复；并与 pgbench 以同样的写入量相比。
    """
    measured = bench_checkout(members=members, seconds=seconds, connection_counts=connections, rulebook=rulebook)
    if as_json:
        out.print_json(json.dumps([asdict(each) for each in measured]))
    else:
        out.print(_table(measured))


@command.command("year-end")
@click.option("--members", default=1_000_000, show_default=True, type=click.IntRange(1000, 9_999_999))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def year_end(members: int, as_json: bool) -> None:
    """Every member's points die in one night, beside the same rows written by plain SQL, while a till goes on selling.

    一夜之间全体会员的积分到期；与纯 SQL 写同样的行相比，收银照常进行。
    """
    measured = asdict(bench_year_end(members=members))
    if as_json:
        out.print_json(json.dumps(measured))
        return
    for name, text in _YEAR_END.items():
        out.print(f"{say(text)}  {measured[name]:,}")


@command.command("search")
@click.option("--members", default=1_000_000, show_default=True, type=click.IntRange(1000, 9_999_999))
@click.option("--searches", default=200, show_default=True, type=click.IntRange(1, 10_000), help="Of each kind.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def search(members: int, searches: int, as_json: bool) -> None:
    """Members found by phone, card, name, pinyin, initials and parts of them, at the server, without the network.

    按手机、卡号、姓名、拼音、首字母及其片段找会员，在服务器上量，不计网络。
    """
    measured = bench_search(members=members, searches=searches)
    if as_json:
        out.print_json(json.dumps([asdict(each) for each in measured]))
        return
    table = Table()
    for column in _SEARCHED:
        table.add_column(say(column), justify="right")
    for each in measured:
        table.add_row(each.kind, f"{each.searches}", f"{each.found}", f"{each.p50_ms:,.2f}", f"{each.p99_ms:,.2f}")
    out.print(table)


@command.command("simulation")
@click.option("--sales", default=1_000_000, show_default=True, type=click.IntRange(1000, 10_000_000))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def simulation(sales: int, as_json: bool) -> None:
    """Another rulebook tried on recorded sales by two processes, beside reading the same sales plainly.

    用另一份章程把已有的销售重判一遍（两个进程），与单单读出同样的销售相比。
    """
    measured = asdict(bench_simulation(sales=sales))
    if as_json:
        out.print_json(json.dumps(measured))
        return
    for name, text in _SIMULATED.items():
        out.print(f"{say(text)}  {measured[name]:,}")


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
