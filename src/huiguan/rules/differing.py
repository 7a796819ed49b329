"""What two sources of a rulebook differ in: clause by clause, in what they do, in what they say, or only in the writing.

Both are compared as they are written, so a source that cannot be run yet is compared as well, as long as it can be read.
Clauses are known by their ids: one that moved is not one taken out and another put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from huiguan.rules.reading import Node, read_tree

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# What a clause says to people; everything else is what it does.
TEXTS = frozenset({"title", "text", "source", "number"})
_CLAUSES = "clauses"
_COMPARABLE = 40_000_000  # lines of one times lines of the other: some 6,000 each; the longest rulebook has 640
_AROUND = 3  # lines shown before and after a changed one


@dataclass(frozen=True, slots=True)
class Change:
    """One value: `path` dotted within its clause, list items counted from 1 ("rungs.2.name"); None where there is none."""

    path: str
    before: str | None
    after: str | None
    line: int = 0

    @property
    def of_text(self) -> bool:
        """Whether this is only told to people and does nothing."""
        return self.path.partition(".")[0] in TEXTS


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that is `what`: added, removed or changed. `line` in the later source, in the earlier one where removed."""

    id: str
    what: str
    line: int
    changes: tuple[Change, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether it does something else than before, and does not merely say it otherwise."""
        return self.what != CHANGED or any(not change.of_text for change in self.changes)


@dataclass(frozen=True, slots=True)
class Difference:
    """`head`: what stands above the clauses; `moved`: ids whose place changed; `comments`: the writing differs and
    nothing else; `readable` false: one of the two cannot be read as YAML, and only the lines tell."""

    clauses: tuple[ClauseChange, ...] = ()
    head: tuple[Change, ...] = ()
    moved: tuple[str, ...] = ()
    comments: bool = False
    readable: bool = True

    @property
    def none(self) -> bool:
        return self.readable and not (self.clauses or self.head or self.moved or self.comments)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either source. `mark`: '+', '-', ' ', or '…' where lines alike are left out; numbers count from 1."""

    mark: str
    text: str
    before: int | None = None
    after: int | None = None


def difference(before: str, after: str) -> Difference:
    """What `after` changes in `before`."""
    old, new = (_tree(source) for source in (before, after))
    if old is None or new is None:
        return Difference(readable=before == after)
    ours, theirs = _by_id(old), _by_id(new)
    clauses = tuple(_clauses(ours, theirs))
    head = tuple(_changes(_head(old), _head(new), ""))
    moved = _moved(list(ours), list(theirs))
    same = not (clauses or head or moved)
    return Difference(clauses, head, moved, comments=same and before != after)


def _tree(source: str) -> Node | None:
    root, _ = read_tree(source.encode(errors="surrogatepass"))
    return root if root is not None and isinstance(root.value, dict) else None


def _head(root: Node) -> Node:
    return Node(root.line, {key: node for key, node in root.value.items() if key != _CLAUSES})


def _by_id(root: Node) -> dict[str, Node]:
    """The clauses by id; one without an id, or with another's, by its place."""
    listed = root.value.get(_CLAUSES)
    found: dict[str, Node] = {}
    for place, node in enumerate(listed.value if listed and isinstance(listed.value, list) else [], 1):
        named = node.value.get("id") if isinstance(node.value, dict) else None
        name = str(named.value) if named is not None and named.value else f"#{place}"
        found[name if name not in found else f"{name} #{place}"] = node
    return found


def _clauses(before: Mapping[str, Node], after: Mapping[str, Node]) -> Iterator[ClauseChange]:
    for name, node in after.items():
        if name not in before:
            yield ClauseChange(name, ADDED, node.line)
            continue
        changes = tuple(_changes(before[name], node, ""))
        if changes:
            yield ClauseChange(name, CHANGED, node.line, changes)
    for name, node in before.items():
        if name not in after:
            yield ClauseChange(name, REMOVED, node.line)


def _changes(before: Node, after: Node, path: str) -> Iterator[Change]:
    """Every value that differs, as deep as both sides are built alike."""
    old, new = before.value, after.value
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _change(old.get(key), new.get(key), _joined(path, key))
    elif isinstance(old, list) and isinstance(new, list) and _deep(old + new):
        for place in range(max(len(old), len(new))):
            pair = [each[place] if place < len(each) else None for each in (old, new)]
            yield from _change(pair[0], pair[1], _joined(path, str(place + 1)))
    elif plain(before) != plain(after):
        yield Change(path, plain(before), plain(after), after.line)


def _change(old: Node | None, new: Node | None, path: str) -> Iterator[Change]:
    if old is not None and new is not None:
        yield from _changes(old, new, path)
    elif new is not None:
        yield Change(path, None, plain(new), new.line)
    elif old is not None:
        yield Change(path, plain(old), None, old.line)


def _deep(items: list[Node]) -> bool:
    """Whether a list holds records: those are compared one by one, a list of words as a whole."""
    return any(isinstance(item.value, dict) for item in items)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def plain(node: Node) -> str:
    """A value on one line, as one would write it."""
    return _plain(node.value)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(node.value)}" for key, node in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_plain(node.value) for node in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return " ".join(str(value).split())


def _moved(before: list[str], after: list[str]) -> tuple[str, ...]:
    """Of the clauses both have, those that stand elsewhere now; as few as tell the new order."""
    old, new = ([each for each in ids if each in other] for ids, other in ((before, set(after)), (after, set(before))))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {new[at] for block in blocks for at in range(block.b, block.b + block.size)}
    return tuple(each for each in new if each not in kept)


def lines(before: str, after: str) -> tuple[Line, ...]:
    """Both sources line by line: what was taken out and put in, a few lines around it, and where others are left out."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) * len(new) > _COMPARABLE:  # comparing takes the product of both in the worst case
        return (*(Line("-", text, before=n) for n, text in enumerate(old, 1)),
                *(Line("+", text, after=n) for n, text in enumerate(new, 1)))  # fmt: skip
    told: list[Line] = []
    shown = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        if group[0][3] > shown:
            told.append(Line("…", ""))
        for what, a, b, c, d in group:
            if what == "equal":
                told += [Line(" ", old[a + n], a + n + 1, c + n + 1) for n in range(b - a)]
                continue
            told += [Line("-", old[n], before=n + 1) for n in range(a, b)]
            told += [Line("+", new[n], after=n + 1) for n in range(c, d)]
        shown = group[-1][4]
    if told and shown < len(new):
        told.append(Line("…", ""))
    return tuple(told)
