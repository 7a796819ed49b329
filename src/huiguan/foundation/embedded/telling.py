"""Saying what goes on, in the language of the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from huiguan.kernel.text import Text

Teller = Callable[[Text], None]


def spoken_language() -> str:
    """'zh' where the environment's language (LC_ALL, LC_MESSAGES, LANG) is Chinese, else 'en'."""
    code = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if code.lower().startswith("zh") else "en"


def tell_on_terminal(text: Text) -> None:
    """Say it on the error channel; what a command answers stays clean for programs."""
    print(text.of(spoken_language()), file=sys.stderr, flush=True)
