"""What can go wrong, as exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """What was asked is refused, or has failed there. `code` is stable ("OutsideWindow"); `field` names the input at
    fault, `clause` that of the rulebook; `text` says it in zh and en, `detail` in the language asked for."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(told.get("code", ""))
        self.field: str | None = told.get("field")
        self.clause: str | None = told.get("clause")
        self.title = str(told.get("title", ""))
        self.detail = str(told.get("detail", ""))
        self.values: dict[str, Any] = dict(told.get("values") or {})
        self.text: dict[str, str] = dict(told.get("text") or {})
        super().__init__(f"{status} {self.code}: {self.detail}")


class Unreachable(Exception):
    """No answer came, however often it was tried. Whether a write was done is not known: send it again with `key`."""

    def __init__(self, why: str, key: str | None) -> None:
        self.key = key
        super().__init__(why)


class SignatureWrong(Exception):
    """A message that is not from who it says, or from another time."""
