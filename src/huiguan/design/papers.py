"""Papers that stand alone: a receipt as a document of its own, its sheet inside where a program takes it away."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

_SHEET = Path(__file__).parent / "static" / "design" / "receipt.css"
_TONGUES = {"zh": "zh-hans", "en": "en"}


@cache
def _sheet() -> str:
    return _SHEET.read_text(encoding="utf-8")


def receipt_document(receipt: Any, *, narrow: bool, lang: str) -> str:
    """The receipt as one HTML file that needs no other, in `lang` (zh or en); `narrow` for paper of 58 mm."""
    with override(_TONGUES[lang]):
        context = {"receipt": receipt, "narrow": narrow, "style": mark_safe(_sheet())}
        return render_to_string("design/receipt.html", context) + ""  # a plain string: it leaves the house
