"""`huiguan serve`: the whole installation in one command."""

from __future__ import annotations

import click

from huiguan.cli.serving import serve
from huiguan.cli.terminal import out, say
from huiguan.kernel.text import Text


@click.command("serve", short_help="Run the installation. 启动服务。")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HUIGUAN_HOST", help="Address to answer on.")
@click.option(
    "--port", default=0, show_default=True, envvar="HUIGUAN_PORT", type=click.IntRange(0, 65535), help="0: a free one."
)
def command(host: str, port: int) -> None:
    """Start the database, the web process and the worker; stop them all with Ctrl-C.

    启动数据库、网页与后台任务；按 Ctrl-C 全部停止。
    """
    serve(host=host, port=port, ready=_announce)


def _announce(address: str) -> None:
    out.print(say(Text(zh="会馆已就绪：{address}", en="Huiguan is ready: {address}"), address=address), markup=False)
