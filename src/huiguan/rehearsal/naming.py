"""What came out of earlier steps, by name: `$li` is the member's number, `$sale` the sale's id, `$sale.paid` a part.

Inside a longer text a name stands in braces: `profile.${field}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from huiguan.rehearsal.values import Fault

_NAME = re.compile(r"\$([a-z][a-z0-9_]*)((?:\.[A-Za-z0-9_]+)*)")
_WITHIN = re.compile(r"\$\{([^}]*)\}")
# What an answer is called by others, the first of these it has.
_OWN = ("number", "member", "code")


class Names:
    """Answers of earlier steps by their label."""

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        self._known: dict[str, Any] = dict(known or {})
        self._words: set[str] = set()

    def all(self) -> dict[str, Any]:
        """Every answer, by label."""
        return dict(self._known)

    def put(self, label: str, answer: Any) -> None:
        self._known[label] = answer
        self._words.discard(label)

    def say(self, name: str, value: Any) -> None:
        """A word of `each`: it stands for itself, whatever it looks like."""
        self._known[name] = value
        self._words.add(name)

    def filled(self, value: Any, line: int) -> Any:
        """`value` with every `$name` in it replaced."""
        if isinstance(value, Mapping):
            return {self.filled(key, line): self.filled(each, line) for key, each in value.items()}
        if isinstance(value, list):
            return [self.filled(each, line) for each in value]
        if isinstance(value, str) and value.startswith("$") and not value.startswith("${"):
            return self._value(value, line)
        if isinstance(value, str):
            return _WITHIN.sub(lambda found: str(self._value(f"${found.group(1)}", line)), value)
        return value

    def _value(self, written: str, line: int) -> Any:
        found = _NAME.fullmatch(written)
        if found is None or found.group(1) not in self._known:
            raise Fault(f"前面没有 {written} 这个名字。", f"No step before is called {written}.", line)
        answer = self._known[found.group(1)]
        parts = [part for part in found.group(2).split(".") if part]
        if not parts:
            return answer if found.group(1) in self._words else called(answer)
        for part in parts:
            answer = _part(answer, part, written, line)
        return answer


def called(answer: Any) -> Any:
    """What an answer goes by where it is named alone: a sale or return by its id, a member by her number."""
    if not isinstance(answer, Mapping):
        return answer
    if answer.get("id"):
        return answer["id"]
    return next((answer[key] for key in _OWN if key in answer), answer)


def _part(answer: Any, part: str, written: str, line: int) -> Any:
    if isinstance(answer, Mapping) and part in answer:
        return answer[part]
    if isinstance(answer, list) and part.isdecimal() and int(part) < len(answer):
        return answer[int(part)]
    if isinstance(answer, list):
        for item in answer:
            if isinstance(item, Mapping) and item.get("name") == part:
                return item
    raise Fault(f"{written} 里没有 {part}。", f"There is no {part} in {written}.", line)
