"""One value of a text written anew: what is the same stays, character by character.

Everything is a list of cuts (from, to, what comes there), so that a change of one figure touches that figure alone:
comments, order, quotes, indents and blank lines around it are never written again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from huiguan.rules.scribing import flow, lines, scalar
from huiguan.rules.spans import LIST, MAPPING, SCALAR, Span

Cut = tuple[int, int, str]


def cut_into(text: str, cuts: Sequence[Cut]) -> str:
    """The text with all cuts made; of two at one place, the first comes first."""
    made, at = [], 0
    for start, end, new in sorted(cuts, key=lambda cut: (cut[0], cut[1])):
        made += [text[at:start], new]
        at = end
    return "".join([*made, text[at:]])


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are the same and of one type: 1 is not true, and not the text "1"."""
    return _canonical(one) == _canonical(other)


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Splicer:
    """Cuts for one text."""

    text: str

    @property
    def ending(self) -> str:
        """How lines end here."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def cuts(self, span: Span, wanted: Any, *, within_flow: bool = False) -> Iterator[Cut]:
        """What must be cut so that `span` reads as `wanted`."""
        if same(span.plain(), wanted):
            return
        mapping = span.shape == MAPPING and isinstance(wanted, Mapping) and wanted and span.parts
        listed = span.shape == LIST and isinstance(wanted, list) and wanted and span.parts
        if (mapping or listed) and span.flow:
            yield span.start, span.end, self._flow(span, wanted)
        elif mapping:
            yield from self._block_mapping(span, wanted)
        elif listed:
            yield from self._block_list(span, wanted)
        else:
            yield self._whole(span, wanted, within_flow)

    def _whole(self, span: Span, wanted: Any, within_flow: bool) -> Cut:
        """The value replaced as one: a figure, a text, or what changes its shape."""
        plain = isinstance(wanted, Mapping | list)
        new = flow(wanted) if plain else scalar(wanted, within_flow=within_flow, like=span.style)
        if span.shape == SCALAR or span.flow:
            empty = span.start == span.end and not self.text[: span.start].endswith(" ")
            return span.start, span.end, f" {new}" if empty else new
        # A value in lines begins below its key: the one on its key's line takes their place.
        start = len(self.text[: span.start].rstrip(" \r\n")) if self._begins_line(span.start) else span.start
        return start, span.end, f" {new}" if start < span.start else new

    # ── in brackets ──

    def _flow(self, span: Span, wanted: Any) -> str:
        """The brackets with what is wanted between them; neighbours that stay neighbours keep what is between them."""
        old = self._flow_parts(span)
        new = self._flow_wanted(span, wanted)
        head, tail = self.text[span.start : old[0][0]], self.text[old[-1][1] : span.end]
        made, before = [head], None
        for words, place in new:
            if before is not None:
                next_door = place is not None and before[1] is not None and place == before[1] + 1
                made.append(self.text[old[place - 1][1] : old[place][0]] if next_door and place else ", ")
            made.append(words)
            before = (words, place)
        return "".join([*made, tail])

    def _flow_parts(self, span: Span) -> list[tuple[int, int]]:
        starts = span.keys if span.shape == MAPPING else span.parts
        return [(first.start, last.end) for first, last in zip(starts, span.parts, strict=True)]

    def _flow_wanted(self, span: Span, wanted: Any) -> list[tuple[str, int | None]]:
        """Each wanted part as it will read, and which part of before it is."""
        if span.shape == MAPPING:
            places = {str(key.value): place for place, key in enumerate(span.keys)}
            return [
                (self._flow_entry(span, places[key], value), places[key])
                if key in places
                else (f"{scalar(key)}: {flow(value)}", None)
                for key, value in wanted.items()
            ]
        told: list[tuple[str, int | None]] = []
        for old, new in _paired(span.plain(), wanted):
            if new is None:
                continue
            kept = old if old is not None else _found(span.plain(), wanted[new])
            words = flow(wanted[new]) if kept is None else self._part(span.parts[kept], wanted[new])
            told.append((words, old))
        return told

    def _flow_entry(self, span: Span, place: int, value: Any) -> str:
        key, part = span.keys[place], span.parts[place]
        return self.text[key.start : part.start] + self._part(part, value)

    def _part(self, part: Span, value: Any) -> str:
        """A part with the cuts inside it made."""
        cuts = [(s - part.start, e - part.start, new) for s, e, new in self.cuts(part, value, within_flow=True)]
        return cut_into(self.text[part.start : part.end], cuts)

    # ── in lines ──

    def _block_mapping(self, span: Span, wanted: Mapping[str, Any]) -> Iterator[Cut]:
        entries = span.entries()
        indent = self._column(span.keys[0].start)
        for name, (key, part) in entries.items():
            if name not in wanted:
                yield self._without(span, key, part)
            else:
                yield from self.cuts(part, wanted[name])
        after = span.start
        for name, value in wanted.items():
            if name in entries:
                after = entries[name][1].end
            else:
                yield self._after(after, lines(name, value, indent))

    def _without(self, span: Span, key: Span, part: Span) -> Cut:
        if self.text[self._line(key.start) : key.start].strip():  # the first of an item stands behind its dash
            following = span.keys[span.keys.index(key) + 1]
            return key.start, following.start, ""
        return self._line(key.start), self._next_line(part.end), ""

    def _block_list(self, span: Span, wanted: list[Any]) -> Iterator[Cut]:
        items = span.plain()
        indent = " " * (self._column(span.start) if span.start != span.parts[0].start else 0)
        after: int | None = None
        for old, new in _paired(items, wanted):
            if new is None and old is not None:
                yield self._line(span.parts[old].start), self._next_line(span.parts[old].end), ""
                continue
            if old is None and new is not None:
                row = self._row(span, items, wanted[new], indent)
                yield self._before(span.start, row) if after is None else self._after(after, row)
            elif old is not None and new is not None:
                yield from self.cuts(span.parts[old], wanted[new])
            after = span.parts[old].end if old is not None else after

    def _row(self, span: Span, items: list[Any], value: Any, indent: str) -> list[str]:
        """A new row; one that was elsewhere in the list comes as it was written there."""
        moved = _found(items, value)
        if moved is None:
            return [f"{indent}- {flow(value)}"]
        part = span.parts[moved]
        return self.text[self._line(part.start) : self._next_line(part.end)].splitlines()

    def _after(self, end: int, rows: list[str]) -> Cut:
        """Lines put below the one that holds the character before `end`."""
        place = self._next_line(end)
        whole = place == 0 or self.text[place - 1 : place] == "\n"
        told = "".join(f"{row}{self.ending}" for row in rows)
        return (place, place, told) if whole else (place, place, self.ending + told.removesuffix(self.ending))

    def _before(self, start: int, rows: list[str]) -> Cut:
        place = self._line(start)
        return place, place, "".join(f"{row}{self.ending}" for row in rows)

    # ── places ──

    def _line(self, at: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def _column(self, at: int) -> int:
        return at - self._line(at)

    def _begins_line(self, at: int) -> bool:
        return not self.text[self._line(at) : at].strip()


def _paired(old: list[Any], new: list[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Places of the old list beside those of the new: the same, one changed into the other, gone, come."""
    matcher = SequenceMatcher(None, [_canonical(each) for each in old], [_canonical(each) for each in new], False)
    for _, first, last, begin, end in matcher.get_opcodes():
        for step in range(max(last - first, end - begin)):
            yield (
                first + step if first + step < last else None,
                begin + step if begin + step < end else None,
            )


def _found(items: list[Any], value: Any) -> int | None:
    return next((place for place, each in enumerate(items) if same(each, value)), None)
