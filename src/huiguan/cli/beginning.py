"""`huiguan rulebook new`: a rulebook's file begun from a shipped one."""

from __future__ import annotations

import re
from pathlib import Path

import click

from huiguan.cli.terminal import out, say
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.founding.answers import both
from huiguan.founding.rulebooks import Choice, choice_of, choices
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.editing import clauses_in, head_rewritten, rewritten
from huiguan.rules.sentences.summing_up import in_short

_CHOOSE = Text(zh="随产品带来的章程，选一份最像的：", en="The rulebooks that come along; choose the nearest:")
_USE = Text(zh="写作 huiguan rulebook new 名字 --out 文件", en="Write huiguan rulebook new NAME --out FILE")
_WRITTEN = Text(
    zh="已写成 {file}：{clauses:count} 条。空着的数有 {gaps:count} 处，默认值在文件里标着 missing。",
    en="{file} is written: {clauses:count} {clauses:clause|clauses}; gaps with a default, marked missing in the file: {gaps:count}.",
)
_NEXT = Text(
    zh="在文件里改，或在控制台的章程草案里用表单改；改好再发布。",
    en="Edit the file, or open it as a draft in the console and fill in its forms; then publish it.",
)


class FileInTheWay(Refusal):
    text = Text(
        zh="已经有 {given}，没有动它；换一个名字。",
        en="There is a {given} already, left as it is; choose another name.",
    )


@click.command("new", short_help="A file begun from a template. 从样本起一份文件。")
@click.argument("template", required=False, metavar="[TEMPLATE]")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; otherwise it is printed."
)
@click.option("--name", help="Its name in the file: small letters, digits, hyphens.")
@click.option("--title", help="Its title, '中文/English'.")
@click.option("--zone", help="Whose days count, such as Asia/Shanghai.")
@click.option("--shop", "shops", multiple=True, help="A shop's code; none is every shop.")
def new(
    template: str | None,
    out: Path | None,
    name: str | None,
    title: str | None,
    zone: str | None,
    shops: tuple[str, ...],
) -> None:
    """Begin a rulebook from TEMPLATE; without one, the templates are listed.

    从样本 TEMPLATE 起一份章程；不写样本则列出可选的。
    """
    if template is None:
        _list()
        return
    source = begun(choice_of(template), name, title, zone, shops)
    if out is None:
        click.echo(source, nl=False)
        return
    _write(out, source)


def begun(
    choice: Choice,
    name: str | None = None,
    title: str | None = None,
    zone: str | None = None,
    shops: tuple[str, ...] = (),
) -> str:
    """A template's file with what was said put in. Refuses RulebookRefused where that cannot be run."""
    changes = {"rulebook": name, "title": both(title) if title else None, "zone": zone}
    source = head_rewritten(choice.source, {key: value for key, value in changes.items() if value is not None})
    for clause, plain in clauses_in(source).items():
        if plain["kind"] == "scope" and shops:
            codes = [code for shop in shops for code in re.split(r"[,，、\s]+", shop) if code]
            source = rewritten(source, clause, {**plain, "shops": codes})
    compile_rulebook(source)
    return source


def _write(file: Path, source: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="") as made:
            made.write(source)
    except FileExistsError:
        raise FileInTheWay(field="--out", given=str(file)) from None
    compiled = compile_rulebook(source)
    gaps = sum(1 for clause in compiled.clauses.values() if clause.missing)
    lang = spoken_language()
    out.print(_WRITTEN.fill(lang, file=str(file), clauses=len(compiled.clauses), gaps=gaps), markup=False)
    out.print(_NEXT.of(lang), markup=False)


def _list() -> None:
    lang = spoken_language()
    out.print(say(_CHOOSE), markup=False)
    for choice in choices():
        out.print(f"\n{choice.name}  {choice.title.of(lang)}", markup=False)
        for term in in_short(choice.compiled):
            out.print(f"  · {term.text.fill(lang, **term.values)}", markup=False)
    out.print(f"\n{say(_USE)}", markup=False)
