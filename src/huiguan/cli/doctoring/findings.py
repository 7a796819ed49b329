"""One line of the doctor's answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from huiguan.kernel.text import Text

State = Literal["ok", "warn", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at (`check`, a stable name), how it is, what was found, and what to do where it is not well."""

    check: str
    state: State
    found: Text
    advice: Text | None = None

    def as_json(self, lang: str) -> dict[str, str | None]:
        return {
            "check": self.check,
            "state": self.state,
            "found": self.found.of(lang),
            "advice": self.advice.of(lang) if self.advice else None,
        }


def ok(check: str, zh: str, en: str) -> Finding:
    return Finding(check, "ok", Text(zh=zh, en=en))


def warn(check: str, found: Text, advice: Text) -> Finding:
    return Finding(check, "warn", found, advice)


def wrong(check: str, found: Text, advice: Text | None = None) -> Finding:
    return Finding(check, "wrong", found, advice)
