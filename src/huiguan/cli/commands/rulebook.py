"""`huiguan rulebook`: a rulebook kept as a file, checked, compared, laid before a second person, published."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from huiguan.cli.beginning import new
from huiguan.cli.ground import ready_database
from huiguan.cli.keeping import acting_as, lay_before, put_in_force
from huiguan.cli.terminal import out, tell
from huiguan.foundation.clock import now
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.text import Text
from huiguan.programme.values import STATES
from huiguan.rules import shelf
from huiguan.rules.compiling import check_source
from huiguan.rules.differing import ADDED, CHANGED, REMOVED, ClauseChange, Difference, difference
from huiguan.rules.findings import REFUSE

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="The language of what is said.")
_AS = click.option("--as", "username", required=True, metavar="USERNAME", help="Who does it: a person on the staff.")
_PROGRAMME = click.option("--programme", "code", default=None, help="Its code, where there are several.")
_SOUND = Text(zh="没有不能运行的地方。", en="Nothing that could not be run.")
_MARKS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}
_MOVED = Text(zh="只换了位置：{ids}", en="moved only: {ids}")
_COMMENTS = Text(zh="只改了注释和排版。", en="Only comments and layout differ.")
_NOTHING = Text(zh="一字不差。", en="Not a letter differs.")
_UNREADABLE = Text(zh="有一份不是能读的 YAML。", en="One of the two is no YAML that can be read.")
_LAID = Text(
    zh="草案 {number} 第 {revision} 稿，{state}；例证 {passed:count} / {examples:count}。",
    en="Draft {number}, revision {revision}, {state}; {passed:count} of {examples:count} {examples:example|examples} agree.",
)
_PUBLISHED = Text(zh="第 {number} 版，自 {at:moment} 生效。", en="Version {number}, in force from {at:moment}.")
_RUN = Text(zh="例证 {done:count} / {total:count}", en="examples {done:count} / {total:count}")


@click.group("rulebook", short_help="A rulebook kept as a file. 以文件保存的章程。")
def command() -> None:
    """Check, compare, draft and publish a rulebook that is kept as a file.

    检查、比较、起草、发布以文件保存的章程。
    """


command.add_command(new)


@command.command("lint", short_help="Everything wrong or unwise in FILE. 检查。")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
@_LANG
def lint(file: Path, as_json: bool, lang: str | None) -> None:
    """Tell everything that is wrong or unwise in FILE, at once, with line and clause. Ends with 1 where it cannot be run.

    一次说出 FILE 里所有不能运行、值得再看的地方，注明行号和条款；不能运行即以 1 退出。
    """
    lang = lang or spoken_language()
    found = check_source(file.read_bytes(), file.name)
    if as_json:
        click.echo(json.dumps([each.as_dict() for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            out.print(f"{'✗' if each.level == REFUSE else '△'} {each.told(lang)}", markup=False)
    wrong = any(each.level == REFUSE for each in found)
    if not (as_json or wrong):
        out.print(f"✓ {_SOUND.of(lang)}", markup=False)
    sys.exit(1 if wrong else 0)


@command.command("diff", short_help="What B changes in A. 比较。")
@click.argument("a")
@click.argument("b")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_LANG
def diff(a: str, b: str, as_json: bool, lang: str | None) -> None:
    """Tell what B changes in A, clause by clause. Each is a file, or the name of a rulebook that comes along.

    逐条说出 B 改了 A 的什么。两者是文件，或自带章程的名字。
    """
    lang = lang or spoken_language()
    found = difference(_source(a), _source(b))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    for line in _told(found, lang):
        out.print(line, markup=False)


def _source(name: str) -> str:
    if not Path(name).is_file() and name in shelf.shipped():
        return shelf.source_of(name).decode()
    if not Path(name).is_file():
        raise click.BadParameter(f"{name}: no such file, nor one of {', '.join(shelf.shipped())}")
    return Path(name).read_text(encoding="utf-8-sig", errors="replace")


def _told(found: Difference, lang: str) -> list[str]:
    if not found.readable:
        return [_UNREADABLE.of(lang)]
    if found.none or found.comments:
        return [(_COMMENTS if found.comments else _NOTHING).of(lang)]
    lines = [f"~ {each.path}: {each.before} → {each.after}" for each in found.head]
    for clause in found.clauses:
        lines += _clause(clause)
    if found.moved:
        lines.append(_MOVED.fill(lang, ids=", ".join(found.moved)))
    return lines


def _clause(clause: ClauseChange) -> list[str]:
    lines = [f"{_MARKS[clause.what]} {clause.id}"]
    return lines + [f"    {each.path}: {_value(each.before)} → {_value(each.after)}" for each in clause.changes]


def _value(said: str | None) -> str:
    return "—" if said is None else said


@command.command("draft", short_help="Lay FILE before a second person. 提交草案。")
@click.argument("file", type=_FILE)
@_AS
@click.option("--title", default=None, help="What it is for; default: the file's name.")
@click.option("--draft", "number", type=click.IntRange(1), default=None, help="Another revision of this draft.")
@_PROGRAMME
def draft(file: Path, username: str, title: str | None, number: int | None, code: str | None) -> None:
    """Save FILE as a draft, run its examples and submit it. A second person approves it in the console.

    把 FILE 存成草案，跑完例证，提交核准；由另一人在控制台核准。
    """
    with ready_database():
        at = now()
        actor = acting_as(username, code, at)
        known = lay_before(
            actor, at, _text(file), title=title or file.name[:120], draft=number, report=_Telling().so_far
        )
    assert known.proof is not None
    proof = known.proof.proof
    told = {"number": known.number, "revision": known.revision, "state": STATES[known.state]}
    out.print(f"✓ {_LAID.fill(spoken_language(), **told, passed=proof.passed, examples=proof.examples)}", markup=False)


class _Telling:
    """How far the examples are, said now and then."""

    def __init__(self) -> None:
        self.said = 0

    def so_far(self, done: int, total: int) -> None:
        if done >= self.said + 50 or (done == total and done):
            self.said = done
            tell(_RUN, done=done, total=total)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")


@command.command("publish", short_help="Publish FILE once it is approved. 发布。")
@click.argument("file", type=_FILE)
@_AS
@click.option("--from", "begins", default=None, help="When it takes effect; default: as soon as it may.")
@click.option("--resolution", default="", help="Which resolution passed it, where the version in force asks.")
@_PROGRAMME
def publish(file: Path, username: str, begins: str | None, resolution: str, code: str | None) -> None:
    """Publish the approved draft that has the very text of FILE.

    发布与 FILE 一字不差、已经核准的草案。
    """
    with ready_database():
        at = now()
        made = put_in_force(acting_as(username, code, at), at, _text(file), begins, resolution)
    said = _PUBLISHED.fill(spoken_language(), number=made.number, at=made.effective_from.isoformat())
    out.print(f"✓ {said}", markup=False)
