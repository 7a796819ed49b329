"""`huiguan demo`: a fictional brand with a year of sales, served on a loopback port, with a clock that can be moved."""

from __future__ import annotations

import click

from huiguan.cli.demo.house import PASSWORD
from huiguan.cli.demo.loading import ensure_told, mark_as_demo
from huiguan.cli.serving import serve
from huiguan.cli.terminal import out, say
from huiguan.kernel.text import Text

ACCOUNTS = (
    ("shenlingyi", Text(zh="澹宁 · 店主 沈令仪", en="Danning: owner, Shen Lingyi")),
    ("hezhiwei", Text(zh="湖滨店店长 贺知微", en="shop manager at Lakeside, He Zhiwei")),
    ("zhouhe", Text(zh="湖滨店店员 周禾", en="clerk at Lakeside, Zhou He")),
    ("linxia", Text(zh="邻里生活馆 · 店主 林夏", en="Neighbourhood Shop: owner, Lin Xia")),
    ("qiaomai", Text(zh="桂雨巷店店员 乔麦", en="clerk at Guiyu Lane, Qiao Mai")),
    ("chengguanlan", Text(zh="临安茶业同业公会 · 会长 程观澜", en="Lin'an Tea Guild: president, Cheng Guanlan")),
    ("linshuyun", Text(zh="公会会员部 林书蕴", en="the guild's member office, Lin Shuyun")),
    ("shenyan", Text(zh="公会会员委员会 沈砚", en="the guild's member committee, Shen Yan")),
    ("weisiqi", Text(zh="公会秘书长 韦思齐", en="the guild's secretary general, Wei Siqi")),
    ("guhongyuan", Text(zh="贵金属交易所 · 总经理 顾鸿远", en="Metals exchange: chief executive, Gu Hongyuan")),
    ("songzhi", Text(zh="交易所会员部 宋知", en="the exchange's member office, Song Zhi")),
    ("panyue", Text(zh="交易所审查委员会 潘越", en="the exchange's review committee, Pan Yue")),
)


@click.command("demo", short_help="A fictional brand with a year of sales. 演示：一个虚构品牌的一年。")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HUIGUAN_HOST", help="Address to answer on.")
@click.option("--port", default=0, show_default=True, envvar="HUIGUAN_PORT", type=click.IntRange(0, 65535))
@click.option("--members", default=5000, show_default=True, type=click.IntRange(50, 100_000), help="How many members.")
def command(host: str, port: int, members: int) -> None:
    """Load the demonstration (the first time only) and serve it; stop with Ctrl-C. What was done stays.

    载入演示数据（仅第一次）并启动服务；按 Ctrl-C 停止。做过的都留着。
    """
    mark_as_demo()
    serve(host=host, port=port, before=lambda: ensure_told(members), ready=_announce)


def _announce(address: str) -> None:
    lines = [
        say(Text(zh="会馆演示已就绪：{address}", en="The Huiguan demonstration is ready: {address}"), address=address)
    ]
    lines.append(
        say(Text(zh="口令都是 {password}，账号：", en="Every password is {password}. Accounts:"), password=PASSWORD)
    )
    lines += [f"  {username:<12} {say(who)}" for username, who in ACCOUNTS]
    lines.append(say(Text(zh="会员自己的页面：{address}m/", en="The members' own pages: {address}m/"), address=address))
    lines.append(say(Text(zh="按 Ctrl-C 停止。", en="Ctrl-C stops it.")))
    for line in lines:
        out.print(line, markup=False)
