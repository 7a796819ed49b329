"""`huiguan where B55-14`: a clause in its rulebook, its kind, its test, its examples and its page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from huiguan.cli.columns import padded
from huiguan.cli.terminal import out, say
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.coverage import row
from huiguan.rules.explaining import label
from huiguan.rules.findings import suggestion
from huiguan.rules.kinds.assurance import GUARANTEES
from huiguan.rules.shelf import ShelvedClause, all_shelved, place

_RULEBOOK = Text(zh="章程", en="rulebook")
_KIND = Text(zh="类型", en="kind")
_TEST = Text(zh="测试", en="test")
_EXAMPLE = Text(zh="例子", en="example")
_PAGE = Text(zh="说明页", en="page")
_PROOF = Text(zh="证明", en="proof")
_WAITS = Text(zh="等待", en="waits for")


class ClauseUnknown(Refusal):
    """No shipped rulebook has a clause of this id."""

    text = Text(zh="随产品提供的章程里没有条款 {given}。{near}", en="No shipped rulebook has a clause {given}.{near}")
    status = 404
    rank = "existence"


@click.command("where", short_help="Find a clause: rulebook, kind, test, examples, page. 查一条条款。")
@click.argument("clause", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(clause: str, as_json: bool) -> None:
    """Say where the clause ID stands, which kind runs it, and what proves it.

    查条款 ID 写在哪里，由哪个类型执行，用什么证明。
    """
    shelved = _found(clause)
    places = _places(shelved)
    if as_json:
        click.echo(json.dumps({**row(shelved), "places": places}, ensure_ascii=False, indent=1))
        return
    for line in _lines(shelved, places):
        out.print(line, markup=False)


def _found(given: str) -> ShelvedClause:
    known = {each.clause.id: each for each in all_shelved()}
    found = known.get(given.upper())
    if found is None:
        raise ClauseUnknown(field="id", given=given, near=suggestion(given.upper(), known))
    return found


def _places(shelved: ShelvedClause) -> dict[str, Any]:
    """Where everything about a clause stands, as paths from the root of the checkout."""
    clause = shelved.clause
    module = Path(str(clause.module.__file__))
    places: dict[str, Any] = {
        "rulebook": f"{place(shelved.file)}:{clause.line}",
        "kind": place(module),
        "test": f"tests/rules/kinds/test_{clause.kind}.py",
        "examples": [f"{place(path)}:{line}" for path, line in shelved.examples],
        "page": f"docs/kinds/{clause.kind}.md",
    }
    if clause.kind == "assurance":
        places["proof"] = GUARANTEES[clause.parameters.guarantee].test  # type: ignore[attr-defined]
    return places


def _lines(shelved: ShelvedClause, places: dict[str, Any]) -> list[str]:
    clause, lang = shelved.clause, spoken_language()
    listed = [(_RULEBOOK, places["rulebook"]), (_KIND, f"{clause.kind}  {places['kind']}"), (_TEST, places["test"])]
    listed += [(_PROOF, places["proof"])] if "proof" in places else []
    listed += [(_EXAMPLE, example) for example in places["examples"]]
    listed.append((_PAGE, places["page"]))
    if clause.waits_for is not None:
        listed.append((_WAITS, clause.waits_for))
    head = f"{clause.id}  {label(shelved.programme, clause.id, lang)}  {clause.title.of(lang)}"
    return [head, f"  {clause.text.of(lang)}", "", *(f"  {padded(say(what), 11)}{said}" for what, said in listed)]
