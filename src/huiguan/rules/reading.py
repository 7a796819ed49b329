"""A rulebook file as a tree that knows its lines.

Only the plain part of YAML is read: mappings, lists, text, whole numbers, true, false and null. Everything with a
point stays text as it was written, so money and rates are never floats. Anchors and aliases are refused, so a file can
neither loop nor grow while it is read; tags, second documents, doubled keys and deep nesting are refused as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from huiguan.kernel.text import Text
from huiguan.rules.findings import REFUSE, Finding, filled

LARGEST = 1_000_000  # bytes; the longest rulebook known has some 60,000
DEEPEST = 16
_BEGINS, _ENDS = MappingStartEvent | SequenceStartEvent, MappingEndEvent | SequenceEndEvent
_COLON = "\ue000"  # a private sign that means nothing by itself
_BETWEEN_DIGITS = re.compile(r"(?<=\d):(?=\d)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}

_SAYS = {
    "too_large": Text(zh="文件超过 1 MB，不是章程。", en="The file is larger than 1 MB; that is no rulebook."),
    "not_utf8": Text(
        zh="文件不是 UTF-8 编码（第 {byte} 个字节读不懂）。请另存为 UTF-8。",
        en="The file is not UTF-8 (byte {byte} cannot be read). Save it as UTF-8.",
    ),
    "control_character": Text(zh="文件里有看不见的控制字符。", en="The file holds an invisible control character."),
    "not_yaml": Text(zh="这里写得不合 YAML：{problem}", en="This is not YAML: {problem}"),
    "tab": Text(zh="缩进请用空格，不要用制表符（Tab）。", en="Indent with spaces, not with tabs."),
    "alias": Text(
        zh="章程不用 & 和 * 引用，请把内容写全。", en="A rulebook has no & anchors and * aliases; write it out."
    ),
    "tag": Text(zh="章程不用 ! 标签。", en="A rulebook has no ! tags."),
    "second_document": Text(
        zh="一个文件只写一份章程（多了一个 ---）。", en="One file holds one rulebook; take out ---."
    ),
    "double_key": Text(
        zh="“{key}”写了两次（先在第 {first} 行）。", en="{key} is written twice (first in line {first})."
    ),
    "odd_key": Text(zh="冒号前须是一个词。", en="Before a colon stands one word."),
    "too_deep": Text(
        zh="层数太多，章程至多 {most} 层。", en="Nested too deeply; a rulebook has at most {most} {most:level|levels}."
    ),
    "empty": Text(zh="文件是空的。", en="The file is empty."),
}


@dataclass(slots=True)
class Node:
    """A value and the line it starts on. `value`: text, int, bool, None, a dict of nodes, or a list of nodes."""

    line: int
    value: Any

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def line_at(self, path: tuple[str | int, ...]) -> int:
        """The line of the nearest node on the way to `path`."""
        node = self
        for part in path:
            inner = node.value
            if isinstance(inner, dict) and str(part) in inner:
                node = inner[str(part)]
            elif isinstance(inner, list) and isinstance(part, int) and part < len(inner):
                node = inner[part]
        return node.line


@dataclass(slots=True)
class _Open:
    """A mapping or list not yet closed; `key` is the mapping's key waiting for its value."""

    node: Node
    key: str | None = None
    awaits_key: bool = True


@dataclass(slots=True)
class _Reader:
    """Builds the tree event by event, without recursion. `above`: lines of the file before what is read."""

    file: str
    above: int = 0
    findings: list[Finding] = field(default_factory=list)
    root: Node | None = None
    open: list[_Open] = field(default_factory=list)
    documents: int = 0

    def find(self, code: str, line: int, **values: Any) -> None:
        self.findings.append(Finding(REFUSE, code, filled(_SAYS[code], **values), line=line, file=self.file))

    def take(self, event: Any) -> bool:
        """Take one event in; False where reading on would be of no use."""
        line = self.above + event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.find("second_document", line)
            return self.documents == 1
        if isinstance(event, AliasEvent):
            self.find("alias", line)
            self._place(Node(line, None))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.open.pop()
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            return self._begin(event, line)
        return True

    def _begin(self, event: Any, line: int) -> bool:
        if event.anchor:
            self.find("alias", line)
        if event.tag:
            self.find("tag", line)
        if isinstance(event, ScalarEvent):
            text = _whole_characters(event.value)
            if text is None or _CONTROL.search(text):
                self.find("control_character", line)
                text = ""
            self._place(Node(line, scalar_of(event, text)), written=text)
            return True
        node = Node(line, {} if isinstance(event, MappingStartEvent) else [])
        self._place(node)
        self.open.append(_Open(node))
        if len(self.open) > DEEPEST:
            self.find("too_deep", line, most=DEEPEST)
            return False
        return True

    def _place(self, node: Node, written: str | None = None) -> None:
        """Put a node where it belongs: the root, a list's end, a mapping's key or that key's value."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif parent.awaits_key:
            self._key(parent, node, written)
        else:
            self._value(parent, node)

    def _key(self, parent: _Open, node: Node, written: str | None) -> None:
        parent.awaits_key = False
        parent.key = written or None
        if not written:
            self.find("odd_key", node.line)
        elif written in parent.node.value:
            self.find("double_key", node.line, key=written, first=parent.node.value[written].line)
            parent.key = None

    def _value(self, parent: _Open, node: Node) -> None:
        parent.awaits_key = True
        if parent.key is not None:
            parent.node.value[parent.key] = node


def _whole_characters(text: str) -> str | None:
    """Characters escaped as two halves put together; None where a half stands alone."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def scalar_of(event: ScalarEvent, text: str) -> Any:
    """A plain word as null, true, false or a whole number; everything else is the text as written."""
    if event.style or not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text


def read_tree(source: bytes, file: str = "rulebook.yaml", above: int = 0) -> tuple[Node | None, list[Finding]]:
    """The file's tree and all that is wrong with its writing. The tree is None where nothing can be made of it.
    `source` may be a part of the file, which has `above` lines before it."""
    reader = _Reader(file, above)
    text = _decoded(source, reader)
    if text is None:
        return None, reader.findings
    try:
        for event in events_of(text):
            if not reader.take(event):
                return None, reader.findings
    except MarkedYAMLError as wrong:
        reader.findings.append(_syntax(wrong, reader))
        return None, reader.findings
    except YAMLError:
        reader.find("control_character", 0)
        return None, reader.findings
    if reader.root is None or reader.root.value is None:
        reader.find("empty", 0)
        return None, reader.findings
    return reader.root, reader.findings


def events_of(text: str) -> Iterator[Any]:
    """The file as events: the parser, not the loader, so nothing is constructed, nothing expanded.

    The C parser is ten times faster; what it cannot read is read again by the other, whose faults say more. Neither goes on
    below the depth at which reading stops: a line of brackets would keep them busy for minutes.

    The C parser takes a time of day inside braces (`{at: 2026-03-02 10:00}`) for a mistake, as YAML 1.1 did. The colon
    between two digits, which never divides anything, stands behind a sign of its own while it reads.
    """
    events: list[Any] = []
    depth = 0
    hidden = text if _COLON in text else _BETWEEN_DIGITS.sub(_COLON, text)
    try:
        for event in YAML(typ="safe", pure=False).parse(hidden):
            if hidden is not text and isinstance(event, ScalarEvent):
                event.value = event.value.replace(_COLON, ":")
            events.append(event)
            depth += isinstance(event, _BEGINS) - isinstance(event, _ENDS)
            if depth > DEEPEST:
                break
    except YAMLError:
        return iter(YAML(typ="safe", pure=True).parse(text)) if depth <= DEEPEST else iter(events)
    return iter(events)


def _decoded(source: bytes, reader: _Reader) -> str | None:
    if len(source) > LARGEST:
        reader.find("too_large", 0)
        return None
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        reader.find("not_utf8", reader.above + source[: wrong.start].count(b"\n") + 1, byte=wrong.start + 1)
        return None


def _syntax(wrong: MarkedYAMLError, reader: _Reader) -> Finding:
    mark = wrong.problem_mark or wrong.context_mark
    problem = str(wrong.problem or wrong.context or "")
    tab = "'\\t'" in problem or "\\t" in problem
    text = _SAYS["tab"] if tab else filled(_SAYS["not_yaml"], problem=problem)
    line = reader.above + mark.line + 1 if mark else 0
    return Finding(REFUSE, "tab" if tab else "not_yaml", text, line=line, file=reader.file)
