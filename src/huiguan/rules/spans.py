"""Where every value of a rulebook's file stands: the tree once more, with characters instead of lines.

`reading` judges the writing; this is for a file that was found good, so that one value can be written anew and all the
rest of it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from huiguan.rules.reading import events_of, scalar_of

SCALAR, MAPPING, LIST = "scalar", "mapping", "list"


@dataclass(slots=True)
class Span:
    """A value in characters `start` to before `end`. `flow`: written in brackets; `style`: the quote of a text, '|' or
    '>' of a folded one. A mapping has `keys` beside its `parts`, each a Span too."""

    start: int
    end: int
    shape: str
    value: Any = None
    flow: bool = False
    style: str = ""
    keys: list[Span] = field(default_factory=list)
    parts: list[Span] = field(default_factory=list)

    def plain(self) -> Any:
        """The value as plain data."""
        if self.shape == MAPPING:
            return {str(key.value): part.plain() for key, part in zip(self.keys, self.parts, strict=True)}
        return [part.plain() for part in self.parts] if self.shape == LIST else self.value

    def entries(self) -> dict[str, tuple[Span, Span]]:
        """A mapping's keys and values by their word."""
        return {str(key.value): (key, part) for key, part in zip(self.keys, self.parts, strict=True)}


def spans_of(text: str) -> Span | None:
    """The root of `text`, which holds no aliases and no second document; None where it is empty."""
    return next(_built(text, events_of(text)), None)


def _built(text: str, events: Iterator[Any]) -> Iterator[Span]:
    """Each value as it closes; the root is the first without an opener around it."""
    open_spans: list[Span] = []
    for event in events:
        if isinstance(event, ScalarEvent):
            closed = _scalar(text, event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            shape = MAPPING if isinstance(event, MappingStartEvent) else LIST
            open_spans.append(Span(event.start_mark.index, -1, shape, flow=bool(event.flow_style)))
            continue
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            closed = open_spans.pop()
            # What stands in lines ends with its last value: the parser's own end is the next word of the file.
            last = closed.parts[-1].end if closed.parts else closed.start
            closed.end = event.end_mark.index if closed.flow else last
        else:
            continue
        if not open_spans:
            yield closed
            return
        _place(open_spans[-1], closed)


def _place(parent: Span, child: Span) -> None:
    into = parent.keys if parent.shape == MAPPING and len(parent.keys) == len(parent.parts) else parent.parts
    into.append(child)


def _scalar(text: str, event: ScalarEvent) -> Span:
    start, end = event.start_mark.index, event.end_mark.index
    # A key is its word as written: the reader, too, takes `12:` for the text "12".
    style = event.style or ""
    if style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    return Span(start, end, SCALAR, scalar_of(event, event.value), style=style)
