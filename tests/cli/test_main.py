"""The command line's frame: commands found by their modules, refusals said, languages chosen."""

from __future__ import annotations

import json
import pkgutil
import sys

import click
import pytest
from click.testing import CliRunner

from huiguan.cli import commands, main
from huiguan.kernel.refusals import NotFound, Refusal


def test_every_module_of_commands_is_a_command_with_words_in_both_languages() -> None:
    context = click.Context(main.huiguan)
    names = main.huiguan.list_commands(context)
    assert len(names) == len(list(pkgutil.iter_modules(commands.__path__)))
    for name in names:
        command = main.huiguan.get_command(context, name)
        assert command is not None and command.name == name
        assert any("一" <= letter <= "鿿" for letter in command.get_short_help_str(200)), name


def test_help_lists_them() -> None:
    answer = CliRunner().invoke(main.huiguan, ["--help"])
    assert answer.exit_code == 0
    for name in ("serve", "work", "doctor"):
        assert f"\n  {name} " in answer.output


def test_an_unknown_command_is_refused() -> None:
    answer = CliRunner().invoke(main.huiguan, ["no-such-command"])
    assert answer.exit_code == 2
    assert "No such command 'no-such-command'" in answer.output


def _refuse(refusal: Refusal, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    def run(**given: object) -> None:
        raise refusal

    monkeypatch.setattr(main.huiguan, "main", run)
    monkeypatch.setattr(sys, "argv", ["huiguan", *arguments])
    with pytest.raises(SystemExit) as ended:
        main.main()
    return int(str(ended.value.code))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_CN.UTF-8", "✗ 没有这个会员：8。\n"),
        ("en_GB.UTF-8", "✗ No such member: 8.\n"),
        ("C", "✗ No such member: 8.\n"),
    ],
)
def test_a_refusal_is_a_sentence(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    what = "会员" if language.startswith("zh") else "member"
    assert _refuse(NotFound(what=what, given="8"), monkeypatch) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", said)


def test_a_refusal_is_a_problem_for_programs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _refuse(NotFound(what="member", given="8", field="member"), monkeypatch, "x", "--json") == 1
    told = capsys.readouterr()
    problem = json.loads(told.out)
    assert (problem["code"], problem["status"], problem["field"]) == ("NotFound", 404, "member")
    assert told.err == ""
