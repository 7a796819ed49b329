"""`huiguan restore`: a backup put back, and its books proved."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings

from huiguan.cli.safekeeping.containers import is_encrypted
from huiguan.cli.safekeeping.keys import passphrase_to_open
from huiguan.cli.safekeeping.restoring import Restored, put_back
from huiguan.cli.terminal import err, out, say, working
from huiguan.foundation.embedded import data_folder
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.moments import zone
from huiguan.kernel.text import Text

_WORKING = Text(zh="正在恢复……", en="Restoring…")
_RESTORED = Text(
    zh="已恢复：{name}，备份于 {at}，程序 {program}", en="Restored: {name}, backed up at {at}, program {program}"
)
_SOUND = Text(
    zh="账目无误：{memberships:count} 位会员，{journals:count} 笔流水",
    en="The books are sound: {memberships:count} {memberships:membership|memberships}, {journals:count} {journals:journal|journals}",
)
_UNSOUND = Text(
    zh="恢复完成，但账目有 {count:count} 处不符（备份时即如此）：",
    en="It is restored, with {count:count} {count:finding|findings} in its books, as it was backed up:",
)


@click.command("restore", short_help="Put a backup back and prove it. 恢复备份并核账。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passphrase-file", metavar="FILE", help="The passphrase of an encrypted one; - for standard input.")
@click.option("--replace", is_flag=True, help="In the place of what is there, which is kept as a backup first.")
@click.option("--without-key", is_flag=True, help="Even though its sealed fields cannot be read with the key here.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(file: Path, passphrase_file: str | None, replace: bool, without_key: bool, as_json: bool) -> None:
    """Put the backup FILE into this (empty) installation, bring its schema up to this program, and prove its books; ends
    with 1 where they are not sound. A file that was cut or altered, a wrong passphrase, a newer program's backup and an
    installation that is there already are refused before anything is changed.

    把备份 FILE 恢复到这里（须为空），更新数据库结构，然后核账；不符则以 1 退出。文件残缺或被改动、口令不对、来自更新的程序、
    或这里已有安装，都会在改动之前拒绝。
    """
    passphrase = passphrase_to_open(passphrase_file) if passphrase_file or is_encrypted(file) else None
    at = datetime.now(UTC).astimezone(zone(settings.TIME_ZONE))
    with working(_WORKING):
        done = put_back(file, data_folder(), at=at, passphrase=passphrase, replace=replace, without_key=without_key)
    if as_json:
        click.echo(json.dumps(_plain(done), ensure_ascii=False, indent=1))
    else:
        _show(done)
    sys.exit(0 if done.sound else 1)


def _plain(done: Restored) -> dict[str, object]:
    return {
        "made_at": done.manifest.made_at,
        "program": done.manifest.program,
        "programmes": done.manifest.programmes,
        "secrets": done.manifest.secrets,
        "kept": str(done.kept) if done.kept else None,
        "sound": done.sound,
        "counted": done.proof.counted,
        "findings": [finding.as_json() for finding in done.proof.findings],
        "audit": [{"seq": each.seq, "text": {"zh": each.say("zh"), "en": each.say("en")}} for each in done.faults],
    }


def _show(done: Restored) -> None:
    lang = spoken_language()
    name = ", ".join(each[lang] for each in done.manifest.programmes.values())
    at = datetime.fromisoformat(done.manifest.made_at).strftime("%Y-%m-%d %H:%M")
    out.print(f"✓ {say(_RESTORED, name=name, at=at, program=done.manifest.program)}", markup=False)
    if done.sound:
        out.print(f"✓ {say(_SOUND, **done.proof.counted)}", markup=False)
        return
    out.print(f"✗ {say(_UNSOUND, count=len(done.proof.findings) + len(done.faults))}", markup=False)
    for line in [*(each.say(lang) for each in done.proof.findings), *(each.say(lang) for each in done.faults)]:
        err.print(f"  {line}", markup=False)
