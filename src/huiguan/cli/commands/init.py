"""`huiguan init`: a real installation from empty."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from huiguan.cli.founding.asking import ask_missing, ask_password
from huiguan.cli.founding.bringing import import_files
from huiguan.cli.founding.options import said_by_options
from huiguan.cli.founding.telling import tell_founded
from huiguan.cli.ground import ready_database
from huiguan.cli.terminal import err, say, tell, working
from huiguan.foundation.clock import now
from huiguan.foundation.embedded import data_folder
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.founding.answers import Answers, answers_in, answers_of, completed
from huiguan.founding.draft import Draft
from huiguan.founding.rulebooks import Choice, choice_of
from huiguan.founding.standing import Standing, refuse_demonstration, refuse_moved_clock, standing
from huiguan.founding.steps import found, prove
from huiguan.identity.refusals import PasswordTooWeak
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme.values import Proof

_GREETING = Text(
    zh="在 {folder} 建立一处会馆安装。Ctrl-C 随时可停，下次接着来。",
    en="Founding an installation in {folder}. Ctrl-C stops; the next time goes on from there.",
)
_GOING_ON = Text(zh="上次没有做完，接着来。", en="The last time was not finished; going on.")
_PROVING = Text(zh="正在用例子验证章程 {rulebook}……", en="Proving the rulebook {rulebook} by its examples…")
_GO = Text(zh="就这样建立吗？", en="Found it so?")
_NOT_FOUNDED = Text(
    zh="没有建立；答案已留着，下次接着来。", en="Nothing was founded; the answers are kept for the next time."
)
_NEEDED = Text(zh="必填：没有终端可问", en="is required: there is no terminal to ask at")
_EMPTY = Text(zh="文件里没有密码", en="holds no password")
_UNREADABLE = Text(zh="读不了：{why}", en="cannot be read: {why}")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("init", short_help="Found a real installation. 建立一处真实的安装。")
@click.option("--answers", type=_FILE, help="Answers in YAML.")
@click.option("--name", help="The organisation's name; 中文/English says both.")
@click.option("--code", help="The organisation's code.")
@click.option("--owner", help="Username of the first owner.")
@click.option("--owner-name", help="The owner's own name.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="The owner's language.")
@click.option("--password-file", metavar="FILE", help="The owner's password, in a file; - for standard input.")
@click.option("--region", "regions", multiple=True, metavar="CODE=NAME", help="A region; may be repeated.")
@click.option("--shop", "shops", multiple=True, metavar="CODE=NAME[@REGION]", help="A shop; may be repeated.")
@click.option("--rulebook", help="A shipped rulebook, or a folder with rulebook.yaml and examples.")
@click.option("--from", "effective_from", metavar="DAY", help="In force from this day; today where not said.")
@click.option("--products", type=_FILE, help="A file of products to import.")
@click.option("--members", type=_FILE, help="A file of members to import.")
@click.option("--sales", type=_FILE, help="A file of past sales to import.")
@click.option("--yes", is_flag=True, help="Leave what may be left open, and do not ask whether it is right.")
@click.option("--json", "as_json", is_flag=True, help="For programs: asks nothing, answers as JSON.")
def command(answers: Path | None, password_file: str | None, yes: bool, as_json: bool, **options: Any) -> None:
    """Found the organisation, its first owner, regions, shops and rulebook in an empty data folder. It asks for what no
    option and no file says. Interrupted, it goes on where it stopped; run again, it changes nothing.

    在空的数据目录里建立机构、第一位店主、大区、门店与章程；选项与文件没有说的，会问。中断后接着来；再运行一次不会改变什么。
    """
    data = data_folder()
    refuse_demonstration(data)
    said = {**(answers_in(answers) if answers else {}), **said_by_options(options)}
    asks = sys.stdin.isatty() and not as_json and password_file != "-"
    with ready_database():
        refuse_moved_clock(data)
        draft = Draft.of(data)
        there = standing((said.get("organisation") or {}).get("code"))
        if there.founded and not draft.found:
            tell_founded(there, already=True, as_json=as_json)
            return
        given, choice = _answered(draft, said, data, asks=asks, open_ones=not yes)
        if asks and not yes and not there.founded and not click.confirm(say(_GO), default=True, err=True):
            tell(_NOT_FOUNDED)
            return
        there = _found(given, choice, _password(password_file, asks=asks), asks=asks)
        imported = import_files(given, draft, asks=asks and not yes, quiet=as_json)
        draft.forget()
    tell_founded(there, already=False, as_json=as_json, imported=imported)


def _answered(
    draft: Draft, said: Mapping[str, Any], data: Path, *, asks: bool, open_ones: bool
) -> tuple[Answers, Choice]:
    """All answers, asked for where somebody can be asked, and the rulebook they name."""
    tell(_GOING_ON) if draft.found else tell(_GREETING, folder=data)
    draft.take(said)
    draft.answers = completed(draft.answers)
    if asks:
        ask_missing(draft, now(), open_ones=open_ones)
    given = answers_of(draft.answers)
    choice = choice_of(given.rulebook)
    if given.effective_from is not None:
        moment_of(given.effective_from, "effective_from", choice.compiled.zone)
    draft.keep()
    return given, choice


def _found(given: Answers, choice: Choice, password: Callable[[], str], *, asks: bool) -> Standing:
    at = now()
    proofs: list[Proof] = []

    def proof() -> Proof:
        if not proofs:
            with working(_PROVING, rulebook=choice.name):
                proofs.append(prove(choice, at))
        return proofs[0]

    while True:
        try:
            return found(given, password=password, choice=choice, proof=proof, at=at)
        except (PasswordTooWeak, InvalidInput) as refusal:
            if not asks or refusal.field != "password":
                raise
            err.print(f"  ✗ {refusal.say(spoken_language())}", markup=False)


def _password(file: str | None, *, asks: bool) -> Callable[[], str]:
    def password() -> str:
        if file is None:
            if not asks:
                raise InvalidInput(field="--password-file", rule=_NEEDED)
            return ask_password()
        try:
            told = sys.stdin.read() if file == "-" else Path(file).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as trouble:
            raise InvalidInput(field="--password-file", rule=Text(**_UNREADABLE.both(why=str(trouble)))) from trouble
        if not told.strip("\r\n"):
            raise InvalidInput(field="--password-file", rule=_EMPTY)
        return told.strip("\r\n")

    return password
