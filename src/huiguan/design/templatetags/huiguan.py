"""The words templates may use: `{% load huiguan %}`. Each wraps `design.markup`; none holds a rule or does a sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import forms, template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from huiguan.design import markup
from huiguan.design.lists import Listed
from huiguan.design.saying import way_back
from huiguan.design.values import (
    ClauseRef,
    Climb,
    Cursor,
    Entry,
    Figure,
    FoundGroup,
    Lot,
    Mark,
    Refused,
    Slip,
    Stair,
    Why,
)
from huiguan.kernel.text import Text

register = template.Library()

FILTERS: dict[str, Callable[..., Any]] = {
    "told": markup.told,
    "yuan": markup.money,
    "plain_yuan": markup.column,
    "points": markup.points,
    "signed": markup.signed,
    "signed_yuan": markup.signed_money,
    "discount": markup.discount,
    "rate": markup.rate,
    "day": markup.day,
    "monthday": markup.month_day,
    "longday": markup.long_day,
    "moment": markup.moment,
    "clock": markup.clock,
    "ending": markup.ending,
    "masked_phone": markup.masked_phone,
    "clause_name": markup.clause_name,
    "percent": markup.percent,
    "by_unit": markup.by_unit,
    "way_back": way_back,
}
for _name, _filter in FILTERS.items():
    register.filter(_name, _filter)


@register.simple_tag
def say(zh: str, en: str, **values: Any) -> SafeString:
    """One sentence in both languages, the active one shown: `{% say "共 {n} 单" "{n} sales" n=count %}`.

    The sentence is the template's own and may hold markup; values are said by their spec (`{due:yuan}`) and escaped.
    """
    return markup.filled(Text(zh=zh, en=en), values)


@register.simple_tag
def marked(sentence: Text, values: Mapping[str, Any]) -> SafeString:
    """A sentence with its figures underlined, as a slip tells it."""
    return markup.filled(sentence, values, mark=True)


@register.simple_tag
def clause(ref: ClauseRef | str | None) -> SafeString:
    """`{% clause ref %}` -> 第 (四)1 条 / Clause (4)1, a link where its address is known."""
    return markup.clause(ref)


@register.simple_tag
def clauses(refs: Sequence[ClauseRef | str]) -> SafeString:
    return mark_safe(" ".join(markup.clause(ref) for ref in refs))


@register.simple_tag
def page_language() -> str:
    """The document's `lang`."""
    return "en" if markup.tongue() == "en" else "zh-Hans"


@register.simple_tag
def qr(text: str) -> SafeString:
    """`text` as a QR code."""
    return markup.qr(text)


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    return markup.icon(name, kind)


@register.simple_tag(takes_context=True)
def when(context: Context, value: datetime | date | None) -> SafeString:
    """A ledger's moment, short within the year of the frame's own moment."""
    frame = context.get("frame")
    return markup.ledger_moment(value, frame.at if frame else None)


@register.inclusion_tag("design/parts/figures.html")
def figures(cells: Sequence[Figure], label: Any = "") -> dict[str, Any]:
    return {"cells": cells, "label": label}


@register.inclusion_tag("design/parts/mark.html")
def mark(value: Mark) -> dict[str, Any]:
    return {"mark": value}


@register.inclusion_tag("design/parts/why.html")
def why(value: Why | None) -> dict[str, Any]:
    return {"why": value}


@register.inclusion_tag("design/parts/stairs.html")
def stairs(steps: Sequence[Stair], total: Stair | None = None) -> dict[str, Any]:
    return {"steps": steps, "total": total}


@register.inclusion_tag("design/parts/lots.html")
def lots(parts: Sequence[Lot], unit: str = "points") -> dict[str, Any]:
    """A balance as a bar; what ends soonest is hatched, at the left, dated."""
    whole = sum(part.amount for part in parts) or 1
    left, bars = Fraction(0), []
    for part in parts:
        share = Fraction(part.amount, whole)
        bars.append({"lot": part, "left": left, "width": share})
        left += share
    return {"bars": bars, "unit": unit}


@register.inclusion_tag("design/parts/climb.html")
def climb(value: Climb) -> dict[str, Any]:
    return {"climb": value}


@register.inclusion_tag("design/parts/progress.html")
def progress(done: int, total: int, label: Any = "", aside: Any = "") -> dict[str, Any]:
    """Waiting over two seconds: count, time left, errors so far."""
    return {"done": done, "total": total, "share": Fraction(done, total or 1), "label": label, "aside": aside}


@register.inclusion_tag("design/parts/slip.html")
def slip(value: Slip) -> dict[str, Any]:
    return {"slip": value}


@register.inclusion_tag("design/parts/ledger.html", takes_context=True)
def ledger(context: Context, entries: Sequence[Entry], label: Any = "") -> dict[str, Any]:
    return {"entries": entries, "label": label, "frame": context.get("frame")}


@register.inclusion_tag("design/parts/refusal.html")
def refusal(value: Refused) -> dict[str, Any]:
    return {"refused": value}


@register.inclusion_tag("design/parts/cursor.html")
def cursor(value: Cursor) -> dict[str, Any]:
    return {"cursor": value}


@register.inclusion_tag("design/parts/found.html")
def found(groups: Sequence[FoundGroup], query: str = "") -> dict[str, Any]:
    return {"groups": groups, "query": query}


@register.inclusion_tag("design/parts/field.html")
def field(bound: forms.BoundField, label: Any = "", says: Any = "", css: str = "") -> dict[str, Any]:
    """A form field as the house draws it: label above, underline, one sentence below that turns plum when wrong."""
    hint_id = f"{bound.auto_id}_says"
    if isinstance(bound.field, Listed):
        form: Any = bound.form  # a ProfileForm: nothing else has lists
        told = form.list_shown(bound.name)
        loose = [each for each in bound.errors if each not in form.cells[bound.name].values()]
        return {"bound": bound, "label": label or bound.label, "hint_id": hint_id, "list": told, "css": css,
                "says": says or told.says, "errors": loose}  # fmt: skip
    attrs: dict[str, Any] = {"aria-describedby": hint_id}
    boxed = isinstance(bound.field.widget, forms.CheckboxInput)
    if not boxed:
        attrs["class"] = f"in {bound.field.widget.attrs.get('class', '')}".strip()
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "hint_id": hint_id,
        "says": says or bound.help_text,
        "css": css,
        "boxed": boxed,
        "errors": bound.errors,
    }


@register.inclusion_tag("design/parts/choices.html", takes_context=True)
def choices(context: Context) -> dict[str, Any]:
    """The switches of language and light, which a page carries wherever it is."""
    request = context.get("request")
    theme = request.COOKIES.get("huiguan_theme", "system") if request else "system"
    return {
        "request": request,
        "tongue": markup.tongue(),
        "theme": theme,
        "here": request.get_full_path() if request else "/",
    }
