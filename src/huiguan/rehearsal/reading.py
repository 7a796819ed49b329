"""From a file to examples: YAML documents, or one list of them, read with exact money and the line of every step.

A document without `clause` says what the examples after it in the same file share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from huiguan.kernel.inputs import Input, Word, rule_of
from huiguan.rehearsal.values import UNSAID, Checks, Doer, Example, Fault, Step
from huiguan.rules.findings import suggestion
from huiguan.rules.reading import Node, read_tree

_MARK = re.compile(r"^---[ \t]*(?:#.*)?$", re.MULTILINE)
_LABEL = r"^[a-z][a-z0-9_]*$"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class DoerInput(Input):
    post: Word | None = None
    shop: Word | None = None
    member: Word | None = None
    applicant: Word | None = None
    person: Annotated[str, BeforeValidator(lambda given: str(given))] | None = None
    body: Word | None = None
    seat: Annotated[int, Field(ge=1)] | None = None


class StepInput(Input):
    """A step as written. See docs/examples.md."""

    at: Word | None = None
    do: Word | None = None
    ask: Word | None = None
    label: Annotated[str, Field(pattern=_LABEL)] | None = Field(default=None, alias="as")
    given: dict[str, Any] = Field(default={}, alias="with")
    by: DoerInput | None = None
    expect: Any = None
    exactly: Any = None
    in_order: bool = False
    only: bool = False
    refused: Word | None = None
    because: Annotated[list[Word], BeforeValidator(_listed)] = []
    field: Word | None = None
    each: Annotated[list[Any], Field(min_length=1)] | None = None
    times: Annotated[int, Field(ge=1, le=1000)] = 1
    lint: Any = None
    count: Annotated[int, Field(ge=0)] | None = None


class SharedInput(Input):
    """What the examples of a file have in common."""

    rulebook: Word | None = None
    given: dict[str, Any] = {}
    by: DoerInput | None = None
    parameters: dict[str, Any] = {}
    calendar: dict[str, Any] = {}


class ExampleInput(SharedInput):
    clause: Word
    says: Word
    steps: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=500)]


def read_examples(path: Path, name: str | None = None) -> list[Example | Fault]:
    """The examples of a file, in its order; a Fault in the place of one that cannot be read."""
    try:
        source = path.read_bytes()
    except OSError as trouble:
        return [Fault(f"读不了文件：{trouble.strerror}", f"the file cannot be read: {trouble.strerror}")]
    shared = SharedInput()
    found: list[Example | Fault] = []
    try:
        for node in _documents(source, name or str(path)):
            if isinstance(node.value, dict) and not {"clause", "steps"} & set(node.value):
                shared = _record(SharedInput, node)
            else:
                found.append(_read_one(node, shared, name or str(path)))
    except Fault as fault:
        found.append(fault)
    return found


def _read_one(node: Node, shared: SharedInput, file: str) -> Example | Fault:
    try:
        return _example(node, shared, file)
    except Fault as fault:
        return fault


def _documents(source: bytes, file: str) -> Iterator[Node]:
    """Each document's tree with the lines of the whole file; a list counts as so many documents."""
    text = source.decode("utf-8-sig", errors="replace")
    begins = [0, *(mark.end() for mark in _MARK.finditer(text))]
    ends = [*(mark.start() for mark in _MARK.finditer(text)), len(text)]
    for begin, end in zip(begins, ends, strict=True):
        part = text[begin:end]
        if not re.search(r"^[ \t]*[^#\s]", part, re.MULTILINE):
            continue
        root, findings = read_tree(part.encode(), file, above=text.count("\n", 0, begin))
        if findings or root is None:
            raise Fault(findings[0].text.zh, findings[0].text.en, findings[0].line)
        yield from root.value if isinstance(root.value, list) else [root]


def _example(node: Node, shared: SharedInput, file: str) -> Example:
    given = _record(ExampleInput, node)
    rulebook = given.rulebook or shared.rulebook
    if rulebook is None:
        raise Fault("没有写明章程（rulebook）。", "No rulebook is named.", node.line)
    by = given.by or shared.by
    return Example(
        file=file,
        line=node.line,
        rulebook=rulebook,
        clause=given.clause,
        says=given.says,
        steps=tuple(_step(each) for each in node.value["steps"].value),
        given={**shared.given, **given.given},
        by=_doer(by) if by else Doer(),
        parameters={**shared.parameters, **given.parameters},
        calendar={**shared.calendar, **given.calendar},
    )


def _doer(given: DoerInput) -> Doer:
    return Doer(given.post, given.shop, given.member, given.applicant, given.person, given.body, given.seat)


def _step(node: Node) -> Step:
    given = _record(StepInput, node)
    said = given.model_fields_set
    if (given.do is None) == (given.ask is None):
        raise Fault("一步要么 do，要么 ask。", "A step takes either do or ask.", node.line)
    checks = Checks(
        expect=given.expect if "expect" in said else UNSAID,
        exactly=given.exactly if "exactly" in said else UNSAID,
        in_order=given.in_order,
        only=given.only,
        refused=given.refused,
        because=tuple(given.because),
        field=given.field,
        lint=given.lint if "lint" in said else UNSAID,
        count=given.count,
    )
    if checks.field is not None and checks.refused is None:
        raise Fault("field 只与 refused 同用。", "field goes with refused.", node.line)
    return Step(
        line=node.line,
        name=given.do or given.ask or "",
        asks=given.ask is not None,
        at=given.at,
        given=given.given,
        label=given.label,
        checks=checks,
        by=_doer(given.by) if given.by else None,
        each=tuple(given.each or ()),
        times=given.times,
    )


def _record(record: Any, node: Node) -> Any:
    if not isinstance(node.value, dict):
        raise Fault("这里须是“键: 值”。", "A mapping (key: value) belongs here.", node.line)
    try:
        return record.model_validate(node.plain())
    except ValidationError as wrong:
        raise _fault(record, node, wrong) from None


def _fault(record: Any, node: Node, wrong: ValidationError) -> Fault:
    errors = wrong.errors(include_url=False, include_input=False)
    # A slip of the pen is a key too many and one too few; the first of the two helps.
    first = min(errors, key=lambda error: error["type"] != "extra_forbidden")
    place = ".".join(str(part) for part in first["loc"])
    line = node.line_at(first["loc"])
    if first["type"] == "extra_forbidden":
        near = suggestion(str(first["loc"][-1]), [field.alias or name for name, field in record.model_fields.items()])
        return Fault(f"没有“{place}”这一项。{near.zh}", f"There is no {place}.{near.en}", line)
    rule = rule_of(first)
    return Fault(f"“{place}”{rule.zh}。", f"{place} {rule.en}.", line)
