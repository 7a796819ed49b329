"""`huiguan backup`: everything in one file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings

from huiguan.cli.safekeeping.backing_up import Made, back_up
from huiguan.cli.safekeeping.keys import passphrase_to_seal
from huiguan.cli.terminal import out, say, tell, working
from huiguan.foundation.embedded import data_folder, database
from huiguan.kernel.moments import zone
from huiguan.kernel.text import Text

_WORKING = Text(zh="正在备份……", en="Backing up…")
_MADE = Text(zh="已备份到 {file}（{size} MB）", en="Backed up to {file} ({size} MB)")
_WITHOUT_SECRETS = Text(
    zh="备份里没有密钥（secrets/），没有它们就读不了敏感资料：请把那个文件夹另外保管，或改用 --encrypt。",
    en="It does not hold the secrets (secrets/), and without them sealed fields cannot be read: keep that folder apart, "
    "or use --encrypt.",
)
_OPEN_SECRETS = Text(
    zh="备份里有密钥而未加密：谁拿到它，就能读全部资料。",
    en="It holds the secrets and is not encrypted: whoever has it reads everything.",
)
_SAME_DISK = Text(
    zh="它与数据在同一块磁盘上，请再拷到别处。", en="It lies on the same disk as the data; take a copy elsewhere."
)


@click.command("backup", short_help="Back up everything into one file. 备份为一个文件。")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--encrypt", is_flag=True, help="Under a passphrase, asked for twice; holds the secrets too.")
@click.option("--passphrase-file", metavar="FILE", help="The passphrase, in a file; - for standard input. Encrypts.")
@click.option("--with-secrets", is_flag=True, help="The secrets too, readable to whoever has the file.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(target: Path | None, encrypt: bool, passphrase_file: str | None, with_secrets: bool, as_json: bool) -> None:
    """Back up into TARGET (a file, or a folder; `backups` in the data folder where none is named), as of one moment,
    while everything goes on. The file is there whole or not at all, and knows if it was damaged since.

    备份到 TARGET（文件或文件夹；不写则为数据目录里的 backups），取同一时刻的内容，期间照常营业。文件要么完整，要么没有；损坏会被认出。
    """
    passphrase = passphrase_to_seal(passphrase_file) if encrypt or passphrase_file is not None else None
    data = data_folder()
    at = datetime.now(UTC).astimezone(zone(settings.TIME_ZONE))
    with database(tell=tell) as url, working(_WORKING):
        made = back_up(url, data, target, at=at, passphrase=passphrase, with_secrets=with_secrets)
    if as_json:
        click.echo(json.dumps(_plain(made), ensure_ascii=False, indent=1))
    else:
        _show(made, data)


def _plain(made: Made) -> dict[str, object]:
    return {
        "file": str(made.file),
        "bytes": made.size,
        "encrypted": made.encrypted,
        "secrets": made.manifest.secrets,
        "made_at": made.manifest.made_at,
        "program": made.manifest.program,
        "programmes": made.manifest.programmes,
    }


def _show(made: Made, data: Path) -> None:
    out.print(f"✓ {say(_MADE, file=made.file, size=f'{made.size / 1_000_000:,.1f}')}", markup=False)
    if not made.manifest.secrets:
        tell(_WITHOUT_SECRETS)
    elif not made.encrypted:
        tell(_OPEN_SECRETS)
    if made.file.stat().st_dev == data.stat().st_dev:
        tell(_SAME_DISK)
