"""`huiguan rulebook new`: a file begun from a shipped rulebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from huiguan.cli.beginning import FileInTheWay, new
from huiguan.founding.rulebooks import RulebookUnknown
from huiguan.rules.compiling import RulebookRefused, compile_rulebook
from huiguan.rules.shelf import shipped, source_of


def run(*words: str) -> str:
    answer = CliRunner().invoke(new, list(words), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_without_a_template_they_are_listed() -> None:
    told = run()
    assert all(name in told for name in shipped())


@pytest.mark.parametrize("name", shipped())
def test_a_template_as_it_is(name: str) -> None:
    assert run(name) == source_of(name).decode()


def test_a_file_with_what_was_said_in_it(tmp_path: Path) -> None:
    file = tmp_path / "danning.yaml"
    run(
        "designer-wear",
        "--out",
        str(file),
        "--name",
        "danning",
        "--title",
        "澹宁会员章程/Danning",
        "--shop",
        "HB",
        "--shop",
        "S2",
    )
    made = compile_rulebook(file.read_text(encoding="utf-8"))
    assert (made.name, made.title.zh, made.title.en) == ("danning", "澹宁会员章程", "Danning")
    assert made.clauses["B55-01"].parameters.shops == ["HB", "S2"]  # type: ignore[attr-defined]
    with pytest.raises(FileInTheWay):
        run("designer-wear", "--out", str(file))
    assert "danning" in file.read_text(encoding="utf-8")


def test_what_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(RulebookUnknown):
        run("nothing")
    for wrong in (("--name", "Not A Name"), ("--zone", "Nowhere/Land")):
        with pytest.raises(RulebookRefused):
            run("designer-wear", "--out", str(tmp_path / "x.yaml"), *wrong)
    assert not (tmp_path / "x.yaml").exists()
