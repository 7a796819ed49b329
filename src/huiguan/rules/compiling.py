"""From a rulebook's file to a `Programme`: every clause read into its kind's record, every reference resolved.

Everything wrong is found in one go. What cannot be run refuses the whole file; warnings let it pass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType, ModuleType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from huiguan.kernel.inputs import rule_of
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules import linting
from huiguan.rules.findings import REFUSE, Fault, Finding, filled, suggestion
from huiguan.rules.heads import Head, Meta
from huiguan.rules.kinds import KINDS
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.reading import Node, read_tree

_SAYS = {
    "not_a_mapping": Text(zh="这里应写“词: 内容”。", en="Here stands a list of word: value."),
    "unknown_key": Text(zh="没有“{key}”这一项。{near}", en="There is no {key} here.{near}"),
    "missing_key": Text(zh="缺“{key}”。", en="{key} is missing."),
    "wrong_value": Text(zh="“{key}”{rule}", en="{key}: {rule}"),
    "unknown_kind": Text(zh="没有“{kind}”这种条款。{near}", en="There is no kind {kind}.{near}"),
    "id_twice": Text(
        zh="条款号 {id} 用了两次（先在第 {first} 行）。", en="The id {id} is used twice (first in line {first})."
    ),
    "no_clauses": Text(zh="章程里没有条款（clauses）。", en="The rulebook has no clauses."),
}


class RulebookRefused(Refusal):
    """The rulebook cannot be run. `values["findings"]`: all findings as JSON, refusals and warnings."""

    text = Text(zh="章程有 {count} 处不能运行。{first}", en="The rulebook cannot be run; faults: {count}. {first}")
    status = 422
    rank = "input"

    def __init__(self, *, findings: tuple[Finding, ...], field: str | None = "source") -> None:
        refused = [finding for finding in findings if finding.level == REFUSE]
        first = Text(zh=refused[0].told("zh"), en=refused[0].told("en"))
        super().__init__(
            field=field,
            clause=refused[0].clause,
            count=len(refused),
            first=first,
            findings=[finding.as_dict() for finding in findings],
        )
        self.findings = findings


def compile_rulebook(source: str | bytes, file: str = "rulebook.yaml") -> Programme:
    """The rulebook in `source` (text or UTF-8 bytes) ready to run. Raises RulebookRefused with all findings.

    `file` is only the name told in findings. The digest is the SHA-256 of the bytes.
    """
    return _compiled(_bytes(source), file)


def check_source(source: str | bytes, file: str = "rulebook.yaml") -> tuple[Finding, ...]:
    """All that is wrong or unwise in `source`, in the file's order; empty where nothing is."""
    return _Compiler(file).compile(_bytes(source))[1]


def examined(source: str | bytes, file: str = "rulebook.yaml") -> tuple[Programme | None, tuple[Finding, ...]]:
    """What of a source can be read, and all that is wrong or unwise in it: for those who look at one half written. It
    is run only where no finding refuses it."""
    return _Compiler(file).compile(_bytes(source))


def _bytes(source: str | bytes) -> bytes:
    # Half a character pair is no text; it is let through here to be answered as wrong encoding by the reader.
    return source.encode(errors="surrogatepass") if isinstance(source, str) else source


@lru_cache(maxsize=128)
def _compiled(source: bytes, file: str) -> Programme:
    # A Programme is immutable, so every caller may share the one made first.
    programme, findings = _Compiler(file).compile(source)
    if programme is None or any(finding.level == REFUSE for finding in findings):
        raise RulebookRefused(findings=findings)
    return programme


class _Compiler:
    """One compilation: collects findings while it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def compile(self, source: bytes) -> tuple[Programme | None, tuple[Finding, ...]]:
        root, self.findings = read_tree(source, self.file)
        if root is None:
            return None, self._sorted()
        head = self._record(Head, root, (), None, leave=("clauses",))
        clauses, whole = self._clauses(root)
        programme = self._programme(head, clauses, source) if clauses else None
        if programme is not None:
            self.findings += linting.lint(programme, whole=whole)
        return (programme if head is not None else None), self._sorted()

    def _sorted(self) -> tuple[Finding, ...]:
        return tuple(sorted(self.findings, key=lambda finding: (finding.line, finding.level)))

    def _find(self, code: str, line: int, clause: str | None = None, path: str = "", **values: Any) -> None:
        self.findings.append(Finding(REFUSE, code, filled(_SAYS[code], **values), clause, line, self.file, path))

    def _programme(self, head: Head | None, clauses: dict[str, Clause], source: bytes) -> Programme:
        by_kind: dict[str, list[Clause]] = {}
        for clause in clauses.values():
            if clause.waits_for is None:
                by_kind.setdefault(clause.kind, []).append(clause)
        return Programme(
            name=head.rulebook if head else "",
            title=head.title if head else Text(zh="", en=""),
            zone_name=head.zone if head else "UTC",
            clauses=MappingProxyType(clauses),
            by_kind=MappingProxyType({kind: tuple(each) for kind, each in by_kind.items()}),
            digest=hashlib.sha256(source).hexdigest(),
            source=head.source if head else None,
            units=MappingProxyType(head.units if head else {}),
            chapters=MappingProxyType(head.chapters if head else {}),
            file=self.file,
        )

    def _clauses(self, root: Node) -> tuple[dict[str, Clause], bool]:
        """The clauses that can be read, by id, and whether these are all."""
        listed = root.value.get("clauses") if isinstance(root.value, dict) else None
        if listed is None or not isinstance(listed.value, list) or not listed.value:
            self._find("no_clauses", listed.line if listed else root.line)
            return {}, False
        clauses: dict[str, Clause] = {}
        for node in listed.value:
            clause = self._clause(node)
            if clause is not None and clause.id in clauses:
                self._find("id_twice", clause.line, clause.id, "id", id=clause.id, first=clauses[clause.id].line)
            elif clause is not None:
                clauses[clause.id] = clause
        return clauses, len(clauses) == len(listed.value)

    def _clause(self, node: Node) -> Clause | None:
        if not isinstance(node.value, dict):
            self._find("not_a_mapping", node.line)
            return None
        id = self._said(node, "id")
        module = self._kind(node, id)
        own = tuple(Meta.model_fields)
        meta = self._record(Meta, node, (), id, leave=tuple(key for key in node.value if key not in own))
        parameters = self._parameters(module, node, id) if module else None
        if meta is None or module is None or parameters is None:
            return None
        return Clause(
            **{name: getattr(meta, name) for name in own},
            parameters=parameters,
            module=module,
            line=node.line,
            lines=MappingProxyType({key: each.line for key, each in node.value.items()}),
        )

    def _parameters(self, module: ModuleType, node: Node, id: str | None) -> Any:
        # A kind may want a clause's own word too: a coupon is called what its clause is called.
        wanted = module.Parameters.model_fields
        return self._record(module.Parameters, node, tuple(key for key in Meta.model_fields if key not in wanted), id)

    def _said(self, node: Node, key: str) -> str | None:
        found = node.value.get(key)
        return str(found.value) if found is not None and isinstance(found.value, str | int) else None

    def _kind(self, node: Node, id: str | None) -> ModuleType | None:
        kind = self._said(node, "kind")
        if kind in KINDS:
            return KINDS[kind]
        if kind is not None:
            near = suggestion(kind, KINDS)
            self._find("unknown_kind", node.line_at(("kind",)), id, "kind", kind=kind, near=near)
        return None

    def _record(
        self, record: type[Any], node: Node, skip: tuple[str, ...], clause: str | None, leave: tuple[str, ...] = ()
    ) -> Any:
        """`node` as a `record`, its keys in `skip` and `leave` left out; None and findings where it cannot be."""
        if not isinstance(node.value, dict):
            self._find("not_a_mapping", node.line, clause)
            return None
        given = {key: each.plain() for key, each in node.value.items() if key not in skip and key not in leave}
        lacking = [key for key in record.calls_for(given) if given.get(key) is None]
        for key in lacking:
            self._find("missing_key", node.line, clause, key, key=key)
        try:
            read = record.model_validate(given)
            return None if lacking else read
        except ValidationError as wrong:
            for error in wrong.errors(include_url=False, include_input=False):
                self._tell(record, node, clause, error)
            return None

    def _tell(self, record: type[BaseModel], node: Node, clause: str | None, error: Mapping[str, Any]) -> None:
        path = _path(node, error["loc"])
        key, line, dotted = str(path[-1]) if path else "", node.line_at(path), ".".join(str(part) for part in path)
        if error["type"] == "extra_forbidden":
            known = keys_of(record) | (set(Meta.model_fields) if clause else set())
            self._find("unknown_key", line, clause, dotted, key=key, near=suggestion(key, known))
        elif error["type"] == "missing":
            self._find("missing_key", line, clause, dotted, key=key)
        else:
            fault = error.get("ctx", {}).get("error")
            rule = fault.text if isinstance(fault, Fault) else rule_of(error)
            self._find("wrong_value", line, clause, dotted, key=dotted, rule=rule)


def _path(node: Node, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of a validation's location that is in the file: the names of union branches are left out."""
    path: list[str | int] = []
    here: Node | None = node
    for part in loc:
        if here is None:
            break
        inner = here.value
        if isinstance(inner, dict) and str(part) in inner:
            here = inner[str(part)]
        elif isinstance(inner, list) and isinstance(part, int):
            here = inner[part] if part < len(inner) else None
        elif isinstance(inner, dict) and part == loc[-1]:
            here = None  # a key that should be there and is not
        else:
            continue
        path.append(part)
    return tuple(path)


def keys_of(record: type[BaseModel]) -> set[str]:
    """All keys of a record and of the records inside it, for near misses."""
    names: set[str] = set()
    for name, field in record.model_fields.items():
        names.add(field.alias or name)
        for inner in _records_in(field.annotation):
            names |= keys_of(inner)
    return names


def _records_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [record for part in get_args(annotation) for record in _records_in(part)]
