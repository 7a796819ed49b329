"""`huiguan prove`: are the books sound?"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta

import click
from django.conf import settings
from rich.table import Table

from huiguan.cli.ground import ready_database
from huiguan.cli.terminal import out, say, working
from huiguan.foundation.auditing import Break, every_break
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.moments import at_day, end_of_day_text, moment_of, zone
from huiguan.kernel.text import Text
from huiguan.ledger.proof import Proof, prove
from huiguan.programme.queries import programme

_WORKING = Text(zh="正在核账……", en="Proving the books…")
_SOUND = Text(zh="账目无误，操作记录链完整。", en="The books are sound, the audit chain is whole.")
_CHAIN = Text(zh="操作记录：{what}", en="Audit: {what}")
_UNSOUND = Text(zh="发现 {count} 处：", en="{count} {count:finding|findings}:")
_AS_OF = Text(zh="以 {at} 为准。", en="As of {at}.")
_COUNTED: dict[str, Text] = {
    "memberships": Text(zh="会员", en="memberships"),
    "journals": Text(zh="流水", en="journals"),
    "transfers": Text(zh="转账", en="transfers"),
    "lots": Text(zh="批次", en="lots"),
    "uses": Text(zh="批次使用", en="lot uses"),
    "holds": Text(zh="预留", en="holds"),
    "measures": Text(zh="计量日", en="measured days"),
    "seals": Text(zh="封账日", en="sealed days"),
}
_OUTSTANDING = Text(zh="会员共有 {unit}（计划 {programme}）", en="{unit} held by members (programme {programme})")


@click.command("prove", short_help="Prove the books. 核账。")
@click.option("--at", "at_text", metavar="DATE", help="As the books stood on a day (its end) or at a moment.")
@click.option("--programme", "code", metavar="CODE", help="One programme only.")
@click.option("--most", default=1000, show_default=True, type=click.IntRange(1), help="Findings to show at most.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(at_text: str | None, code: str | None, most: int, as_json: bool) -> None:
    """Make every balance, lot, measure and seal again from history, walk the audit chain, and name each line that differs.

    由流水重算全部余额、批次、计量与封账，走一遍操作记录链，逐行指出不符之处。有不符时退出码为 1。
    """
    at = _moment(at_text) if at_text else None
    with ready_database(), working(_WORKING):
        only = programme(code).id if code else None
        proof = prove(only, at=at, most=most)
        faults = every_break(only, most)
    if as_json:
        click.echo(json.dumps(_plain(proof, faults), ensure_ascii=False, indent=2))
    else:
        _show(proof, faults)
    sys.exit(0 if proof.sound and not faults else 1)


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last instant, when what ends with the day is still there."""
    here = zone(settings.TIME_ZONE)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return moment_of(text, "at", here)
    return at_day(day + timedelta(days=1), here) - timedelta(microseconds=1)


def _plain(proof: Proof, faults: list[Break]) -> dict[str, object]:
    return {
        "sound": proof.sound and not faults,
        "at": proof.at.isoformat() if proof.at else None,
        "counted": proof.counted,
        "outstanding": [{"programme": key, "unit": unit, "amount": held} for key, unit, held in proof.outstanding],
        "findings": [finding.as_json() for finding in proof.findings],
        "audit": [{"seq": each.seq, "text": {"zh": each.say("zh"), "en": each.say("en")}} for each in faults],
    }


def _show(proof: Proof, faults: list[Break]) -> None:
    if proof.at is not None:
        out.print(say(_AS_OF, at=end_of_day_text(proof.at, zone(settings.TIME_ZONE))))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for name, text in _COUNTED.items():
        table.add_row(say(text), f"{proof.counted[name]:,}")
    for key, unit, held in proof.outstanding:
        table.add_row(say(_OUTSTANDING, unit=unit, programme=key), f"{held:,}")
    out.print(table)
    told = [finding.say(spoken_language()) for finding in proof.findings]
    told += [_CHAIN.fill(spoken_language(), what=fault.say(spoken_language())) for fault in faults]
    if not told:
        out.print(f"[green]✓[/] {say(_SOUND)}")
        return
    out.print(f"[red]✗[/] {say(_UNSOUND, count=len(told))}")
    for each in told:
        out.print(f"  {each}", markup=False)
