"""Plain data written as a rulebook's file writes it: figures bare, words bare where they may be, else in quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from huiguan.rules.reading import read_tree


def flow(value: Any) -> str:
    """A value on one line: `{since: points_card, reach: 10000.00}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any, *, within_flow: bool = True, like: str = "") -> str:
    """A figure or a text; `like`: the quote the text before it had, which it keeps."""
    if value is None or isinstance(value, bool | int):
        return "null" if value is None else str(value).lower()
    text = str(value)
    if like == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    bare = like != '"' and _reads(f"[{text}]" if within_flow else f"k: {text}", [text] if within_flow else {"k": text})
    return text if bare else json.dumps(text, ensure_ascii=False)


def _reads(line: str, as_what: Any) -> bool:
    """Whether the bare words read back as nothing but themselves."""
    if "\n" in line or "#" in line:
        return False
    root, findings = read_tree(line.encode(errors="surrogatepass"))
    return root is not None and not findings and root.plain() == as_what


def lines(key: str, value: Any, indent: int) -> list[str]:
    """An entry of a mapping in lines: rows of a list one below another, all else on the line of its key."""
    space = " " * indent
    if isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(each, Mapping) for each in value):
        return [f"{space}{key}:", *(f"{space}  - {flow(each)}" for each in value)]
    if isinstance(value, Mapping) and value and all(isinstance(each, Mapping) for each in value.values()):
        return [f"{space}{key}:", *(f"{space}  {scalar(str(inner))}: {flow(each)}" for inner, each in value.items())]
    if isinstance(value, Mapping | list):
        return [f"{space}{key}: {flow(value)}"]
    return [f"{space}{key}: {scalar(value, within_flow=False)}"]
