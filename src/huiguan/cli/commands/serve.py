"""`huiguan serve`: the whole installation in one command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from huiguan.cli.serving import serve
from huiguan.cli.serving.certificates import Certificate, certificate_of
from huiguan.cli.serving.lan import code_for, names_beside, own_addresses, seen_at
from huiguan.cli.terminal import out, say, tell
from huiguan.foundation.embedded import data_folder
from huiguan.founding.claims import new_code
from huiguan.founding.standing import to_be_founded
from huiguan.kernel.text import Text

_READY = Text(zh="会馆已就绪：{address}", en="Huiguan is ready: {address}")
_BESIDE = Text(zh="同一网络里的手机和收银机打开：{address}", en="Phones and tills of the same network open {address}")
_OPEN = Text(
    zh="没有证书：同一网络里的人能看到往来的内容，密码也在内。正式使用请加 --certificate 与 --key。",
    en="There is no certificate: others on this network can read what is sent, passwords too. For real use give "
    "--certificate and --key.",
)
_EXPIRED = Text(zh="证书 {file} 已于 {day} 过期。", en="The certificate {file} expired on {day}.")
_SET_UP = Text(
    zh="这里还没有机构。在浏览器里建立：{address}\n开通码（只有看得到它的人能建立，用一次）：{code}",
    en="Nothing is founded here yet. Found it in a browser: {address}\nSet-up code, for whoever can read it, once: {code}",
)
_LOOPBACK = "127.0.0.1"


@click.command("serve", short_help="Run the installation. 启动服务。")
@click.option("--host", default=_LOOPBACK, show_default=True, envvar="HUIGUAN_HOST", help="Address to answer on.")
@click.option(
    "--port", default=0, show_default=True, envvar="HUIGUAN_PORT", type=click.IntRange(0, 65535), help="0: a free one."
)
@click.option("--lan", is_flag=True, envvar="HUIGUAN_LAN", help="For the devices of the same network, with a QR code.")
@click.option("--certificate", envvar="HUIGUAN_CERTIFICATE", metavar="FILE", help="Answer over TLS with it (PEM).")
@click.option("--key", envvar="HUIGUAN_CERTIFICATE_KEY", metavar="FILE", help="The certificate's private key (PEM).")
def command(host: str, port: int, lan: bool, certificate: str | None, key: str | None) -> None:
    """Start the database, the web process and the worker; stop them all with Ctrl-C.

    启动数据库、网页与后台任务；按 Ctrl-C 全部停止。
    """
    given = certificate_of(certificate, key)
    beside = own_addresses() if lan else ()
    if given is not None and given.ends < datetime.now(UTC):
        tell(_EXPIRED, file=given.file, day=given.ends.date().isoformat())
    codes: list[str] = []
    serve(
        host="0.0.0.0" if lan and host == _LOOPBACK else host,
        port=port,
        ready=lambda address: _announce(address, beside, given, codes),
        before=lambda: codes.extend(_set_up_code()),
        certificate=given,
        hosts=beside,
    )


def _set_up_code() -> list[str]:
    """A fresh code where nothing is founded yet: who reads it here may found it in the browser."""
    return [new_code(data_folder())] if to_be_founded() else []


def _announce(address: str, beside: Sequence[str], certificate: Certificate | None, codes: Sequence[str] = ()) -> None:
    out.print(say(_READY, address=address), markup=False)
    for code in codes:
        out.print(say(_SET_UP, address=f"{address}setup/?code={code}", code=code), markup=False)
    if not beside:
        return
    seen = [seen_at(address, host) for host in names_beside(certificate, beside)]
    for each in seen:
        out.print(say(_BESIDE, address=each), markup=False)
    if out.is_terminal:
        out.print(code_for(seen[0]), markup=False, end="")
    if certificate is None:
        tell(_OPEN)
