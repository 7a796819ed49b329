"""`huiguan draw`: a draw of the mall, drawn again by anybody, without database or network."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from huiguan.cli.terminal import err, out
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.text import Text
from huiguan.rewards import lotteries

_SOUND = Text(
    zh="✓ {draw}：秘密与承诺相符，{tickets:count} 张票重算一遍，中奖的正是这 {winners:count} 张。",
    en="✓ {draw}: the secret is the one committed to; {tickets:count} {tickets:ticket|tickets} drawn again give the same {winners:count} {winners:winner|winners}.",
)
_NO_JSON = Text(zh="这个文件不是 JSON。", en="This file is no JSON.")


@click.group("draw", short_help="A draw of the mall, drawn again. 抽奖复算。")
def command() -> None:
    """Check a draw by its published record.

    凭公布的记录复算一场抽奖。
    """


@command.command("verify", short_help="Draw it again from its record. 凭记录复算。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The faults as a JSON list.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The language of what is said.")
def verify(file: Path, as_json: bool, lang: str | None) -> None:
    """Say whether the record FILE proves itself: the secret is the one committed to, and the tickets give its winners.
    Ends with 1 where it does not.

    记录与承诺不符、或中奖的票算不出来，以 1 结束。
    """
    spoken = lang or spoken_language()
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        faults = lotteries.faults(record) if isinstance(record, dict) else (_NO_JSON,)
    except (ValueError, UnicodeDecodeError):
        record, faults = {}, (_NO_JSON,)
    if as_json:
        out.print_json(json.dumps([{"zh": each.zh, "en": each.en} for each in faults], ensure_ascii=False))
    elif faults:
        for each in faults:
            err.print(f"✗ {each.of(spoken)}", markup=False)
    else:
        told = {"draw": record["draw"], "tickets": len(record["tickets"]), "winners": len(record["winners"])}
        out.print(_SOUND.fill(spoken, **told), markup=False)
    sys.exit(1 if faults else 0)
