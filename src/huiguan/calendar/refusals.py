"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class YearNotOwn(Refusal):
    """The year is announced nationally, or by nobody: there is nothing of the house's to take back."""

    text = Text(
        zh="{year} 年不是本机构宣布的，无从撤回。", en="{year} was not announced by the house; nothing to take back."
    )
