"""Fields of a draft's forms: `{% load authoring %}`."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from huiguan.kernel.text import Text

register = template.Library()


@register.filter
def field_id(name: str) -> str:
    """A field's id: its name with hyphens, which a selector can name."""
    return name.replace(".", "-")


@register.filter
def wrong_in(errors: Mapping[str, Text], name: str) -> Text | str:
    """What is wrong in a field, '' where nothing is."""
    return errors.get(name, "")


@register.filter
def called(words: str, path: str) -> str:
    """What a blank is called: the words before it, else its parameter's."""
    return words.strip(" ，。：:,.（）()") or path.rpartition(".")[2].replace("_", " ")


@register.filter
def plus_one(rows: object) -> int:
    """One more than there are rows: the empty one at the end."""
    return len(rows) + 1 if isinstance(rows, list | tuple) else 1
