"""`huiguan draw verify`: anybody draws again."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from huiguan.cli.commands.draw import command
from huiguan.rewards import lotteries


def record() -> dict[str, object]:
    secret = "ab" * 32
    tickets = [(n, lotteries.word_of("c", n, "M1", "t")) for n in range(1, 8)]
    winners = lotteries.drawn(secret, tickets, [(1, 1), (2, 2)])
    return {
        "format": lotteries.FORMAT, "draw": "D1", "closed": "2026-06-18T20:00:00+08:00",
        "committed": lotteries.commitment(secret), "secret": secret,
        "prizes": [{"grade": 1, "item": "CUP", "pieces": 1}, {"grade": 2, "item": "TEA", "pieces": 2}],
        "tickets": [{"n": n, "word": word} for n, word in tickets], "tickets_digest": lotteries.digest_of(tickets),
        "winners": [{"grade": each.grade, "n": each.n, "word": each.word} for each in winners],
    }  # fmt: skip


def run(tmp_path: Path, told: object, *more: str) -> tuple[int, str]:
    file = tmp_path / "record.json"
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    done = CliRunner().invoke(command, ["verify", str(file), *more])
    return done.exit_code, done.output


def test_a_sound_record_proves_itself(tmp_path: Path) -> None:
    code, told = run(tmp_path, record(), "--lang", "en")
    assert code == 0
    assert "7 tickets drawn again give the same 3 winners" in " ".join(told.split())
    assert run(tmp_path, record(), "--json") == (0, "[]\n")


def test_another_winner_is_found(tmp_path: Path) -> None:
    touched = record()
    touched["winners"] = list(reversed(touched["winners"]))  # type: ignore[call-overload]
    assert run(tmp_path, touched, "--json")[0] == 1
    for broken in ("no json", "[]", "{}"):
        assert run(tmp_path, broken)[0] == 1
