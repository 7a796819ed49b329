"""A rulebook with some of its clauses changed, as an example or a rehearsed publication needs it. Pure.

The result is JSON, which is YAML: texts stay texts, so money and rates keep every digit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rehearsal.values import Fault
from huiguan.rules.findings import suggestion
from huiguan.rules.reading import read_tree


def changed(source: str, changes: Mapping[str, Any]) -> str:
    """`source` with `changes`: {clause id: {parameter: value}}. null takes a parameter, or a whole clause, out; a
    clause with a `kind` of its own is put in; a word that is no clause stands above the clauses (zone, units)."""
    if not changes:
        return source
    return _changed(source, json.dumps(changes, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=128)
def _changed(source: str, changes: str) -> str:
    rulebook = dict(_plain(source))
    clauses = {clause["id"]: clause for clause in rulebook["clauses"]}
    for name, change in json.loads(changes).items():
        if "-" not in name:
            rulebook[name] = change
        elif change is None:
            clauses.pop(_known(name, clauses))
        elif "kind" in change and name not in clauses:
            clauses[name] = {"id": name, "number": name, "title": _words(name), "text": _words(name), **change}
        else:
            merged = {**clauses[_known(name, clauses)], **change}
            clauses[name] = {key: value for key, value in merged.items() if value is not None}
    rulebook["clauses"] = list(clauses.values())
    return json.dumps(rulebook, ensure_ascii=False, indent=1)


@lru_cache(maxsize=8)
def _plain(source: str) -> dict[str, Any]:
    """The source without its lines; shared, so nothing in it is edited."""
    root, findings = read_tree(source.encode())
    if root is None or findings or not isinstance(root.value, dict) or "clauses" not in root.value:
        text = findings[0].text if findings else Text(zh="章程读不懂。", en="The rulebook cannot be read.")
        raise Fault(text.zh, text.en)
    plain: dict[str, Any] = root.plain()
    return plain


def _known(name: str, clauses: Mapping[str, Any]) -> str:
    if name not in clauses:
        near = suggestion(name, clauses)
        raise Fault(f"章程里没有 {name} 这一条。{near.zh}", f"The rulebook has no clause {name}.{near.en}")
    return name


def _words(name: str) -> dict[str, str]:
    return {"zh": name, "en": name}
