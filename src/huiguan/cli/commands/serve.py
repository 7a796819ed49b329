"""`huiguan serve`: the whole installation in one command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from huiguan.cli.serving import serve
from huiguan.cli.serving.certificates import Certificate, certificate_of
from huiguan.cli.serving.lan import code_for, own_addresses, seen_at
from huiguan.cli.terminal import out, say, tell
from huiguan.kernel.text import Text

_READY = Text(zh="会馆已就绪：{address}", en="Huiguan is ready: {address}")
_BESIDE = Text(zh="同一网络里的手机和收银机打开：{address}", en="Phones and tills of the same network open {address}")
_OPEN = Text(
    zh="没有证书：同一网络里的人能看到往来的内容，密码也在内。正式使用请加 --certificate 与 --key。",
    en="There is no certificate: others on this network can read what is sent, passwords too. For real use give "
    "--certificate and --key.",
)
_EXPIRED = Text(zh="证书 {file} 已于 {day} 过期。", en="The certificate {file} expired on {day}.")
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
    serve(
        host="0.0.0.0" if lan and host == _LOOPBACK else host,
        port=port,
        ready=lambda address: _announce(address, beside, given),
        certificate=given,
        hosts=beside,
    )


def _announce(address: str, beside: Sequence[str], certificate: Certificate | None) -> None:
    out.print(say(_READY, address=address), markup=False)
    if not beside:
        return
    name = certificate.own_name if certificate else None
    seen = [seen_at(address, host) for host in ((name,) if name else beside)]
    for each in seen:
        out.print(say(_BESIDE, address=each), markup=False)
    if out.is_terminal:
        out.print(code_for(seen[0]), markup=False, end="")
    if certificate is None:
        tell(_OPEN)
