"""Finding examples, running them all, and telling how each came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from huiguan.kernel.text import Text
from huiguan.rehearsal.reading import read_examples
from huiguan.rehearsal.running import Runner
from huiguan.rehearsal.values import Example, Fault, NoExamples, Outcome
from huiguan.rules import shelf
from huiguan.rules.compiling import RulebookRefused

_PASSED = Text(zh="", en="")


def example_files(paths: Iterable[Path]) -> list[Path]:
    """The YAML files under `paths`, rulebooks themselves left out; NoExamples for a path without any."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(each for each in path.rglob("*.y*ml") if each.name != shelf.RULEBOOK)
        files = [path] if path.is_file() else [each for each in inside if each.suffix in (".yaml", ".yml")]
        if not files:
            raise NoExamples(field="path", path=str(path))
        found += files
    return list(dict.fromkeys(found))


def shipped_examples() -> list[Path]:
    """The folders of examples of every shipped rulebook that has any."""
    return [folder for name in shelf.shipped() if (folder := shelf.shelf() / name / "examples").is_dir()]


def number_of_examples(files: Iterable[Path]) -> int:
    """How many outcomes `rehearse` will give for these files; what cannot be read counts as it fails."""
    return sum(1 for path in files for _ in read_examples(path, shelf.place(path)))


def rehearse(
    files: Iterable[Path], *, source: str | None = None, clauses: frozenset[str] = frozenset()
) -> Iterator[Outcome]:
    """Run the examples of `files`, in order, on this process's database, which is left as it was but for programmes.

    Each is run under `source`, or under the rulebook it names: the nearest `rulebook.yaml` above it that bears the
    name, else the shipped one. `clauses`: only examples of these, where any are named.
    """
    runner = Runner()
    for path in files:
        name = shelf.place(path)
        for each in read_examples(path, name):
            if isinstance(each, Fault):
                yield Outcome(name, each.line, "", "", False, _where(each))
            elif not clauses or each.clause in clauses:
                yield _outcome(each, path, source, runner)


def _outcome(example: Example, path: Path, source: str | None, runner: Runner) -> Outcome:
    message = _PASSED
    try:
        runner.play(example, source if source is not None else _source_of(path.parent, example.rulebook))
    except Fault as fault:
        message = _where(fault)
    except RulebookRefused as refusal:
        message = Text(zh=refusal.say("zh"), en=refusal.say("en"))
    except Exception as trouble:  # one broken example must not hide the others
        message = Text(zh=f"程序出错：{trouble!r}", en=f"the program failed: {trouble!r}")
    return Outcome(example.file, example.line, example.clause, example.says, message == _PASSED, message)


def _where(fault: Fault) -> Text:
    if not fault.line:
        return fault.text
    return Text(zh=f"第 {fault.line} 行 {fault.text.zh}", en=f"line {fault.line}: {fault.text.en}")


@cache
def _source_of(folder: Path, name: str) -> str:
    """The rulebook `name` as seen from `folder`."""
    for above in (folder.absolute(), *folder.absolute().parents):
        near = above / shelf.RULEBOOK
        if near.is_file():
            source = near.read_text(encoding="utf-8")
            if f"\nrulebook: {name}\n" in f"\n{source}":
                return source
    try:
        return shelf.source_of(name).decode()
    except KeyError:
        known = ", ".join(shelf.shipped())
        raise Fault(
            f"没有章程 {name}（自带的有：{known}）。", f"there is no rulebook {name} (shipped: {known})"
        ) from None
