"""Numbers of chapters and clauses as each language writes them: `{% load rulebook %}`."""

from __future__ import annotations

from django import template

from huiguan.design.markup import tongue
from huiguan.rules.explaining import western

register = template.Library()


@register.filter
def numbered(number: str) -> str:
    """'(四)1' in Chinese, '(4)1' in English."""
    return number if tongue() == "zh" else western(number)
