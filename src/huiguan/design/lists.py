"""A list inside a form: its rows as small forms of their own, with buttons that add and remove one, with and without
scripts; and a list as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from huiguan.design import markup
from huiguan.kernel.text import Text
from huiguan.rules.kinds.profile import Field, Part
from huiguan.rules.listed import MASK, MOST, ROW, Row, RowChange, rows_of, written

RESHAPE = "reshape"  # the button that was pressed: contacts.add, contacts.drop.2
_KEPT = Text(
    zh="显示为 •••••• 的已封存；改写即更换", en="What shows as •••••• is sealed; what is written there replaces it"
)
_ROWS = Text(zh="至多 {most} 行", en="{most} {most:row|rows} at most")


class Listed(forms.Field):
    """The rows of a list, taken as they were written."""

    def __init__(self, *, listed: Field, **shared: Any) -> None:
        super().__init__(**shared)
        self.listed = listed

    def clean(self, value: Any) -> Any:
        return value


class RowForm(forms.Form):
    """One row: its parts, named `contacts.2.mobile`."""

    use_required_attribute = False

    def __init__(
        self, controls: Mapping[str, forms.Field], prefix: str, values: Row, faults: Mapping[str, str]
    ) -> None:
        super().__init__(prefix=prefix, data={f"{prefix}.{name}": value for name, value in values.items()})
        self.fields.update(controls)
        self.row_number = values.get(ROW, "")  # which row it was, where parts of it are hidden
        self.is_valid()
        for name, said in faults.items():
            if name in self.fields:
                self.add_error(name, said)

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}.{field_name}"


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list as its form shows it: the rows, an empty one to copy, whether one more fits."""

    name: str
    rows: Sequence[tuple[int, RowForm]]
    blank: RowForm
    room: bool
    most: int
    says: Text | str


def typed_rows(data: Mapping[str, Any], name: str, field: Field) -> list[Row]:
    """The rows of a list as a form sent them, one in each place, parts in the list's order; blank ones too."""
    found: dict[int, Row] = {}
    known = [*(part.name for part in field.parts), ROW]
    for key in data:
        place = re.fullmatch(rf"{re.escape(name)}\.(\d{{1,3}})\.(\w+)", key)
        if place is not None and place[2] in known:
            found.setdefault(int(place[1]), {})[place[2]] = str(data.get(key, "")).strip()
    return [{part: found[n][part] for part in known if part in found[n]} for n in sorted(found)][: MOST + 1]


def reshaped(rows: list[Row], name: str, pressed: str) -> list[Row] | None:
    """The rows after a button was pressed; None where it was no button of this list."""
    if pressed == f"{name}.add":
        return [*rows, {}]
    gone = re.fullmatch(rf"{re.escape(name)}\.drop\.(\d{{1,3}})", pressed)
    return None if gone is None else [row for n, row in enumerate(rows, 1) if n != int(gone[1])]


def answer(rows: Sequence[Row]) -> str:
    """What a form's rows say, rows with nothing in them left out; which row a hidden part belongs to only where it moved."""
    return written(_lean(n, row) for n, row in enumerate(filter(filled, rows), 1))


def filled(row: Row) -> bool:
    """Whether anything stands in a row."""
    return any(value for part, value in row.items() if part != ROW)


def _lean(n: int, row: Row) -> Row:
    moved = MASK in row.values() and row.get(ROW) not in (None, "", str(n))
    return {part: value for part, value in row.items() if value and (part != ROW or moved)}


def as_typed(text: str | None) -> list[Row]:
    """The rows of a kept list as a form begins with them; where parts of it are hidden, each knows which it is."""
    rows = rows_of(text)
    return [{**row, ROW: str(n)} if MASK in row.values() else dict(row) for n, row in enumerate(rows, 1)]


def shown(
    field: Field, name: str, rows: Sequence[Row], faults: Mapping[tuple[int, str], str], control: Any
) -> ListShown:
    """A list drawn: at least one row where something must be filled in, or many where the clause wants many."""
    least = max(field.least or 0, 1 if field.required else 0)
    drawn = [*rows, *({} for _ in range(least - len(rows)))]

    def row(n: object, values: Row, wrong: Mapping[str, str]) -> RowForm:
        return RowForm({part.name: control(part) for part in field.parts}, f"{name}.{n}", values, wrong)

    forms_ = [
        (n, row(n, values, {part: said for (place, part), said in faults.items() if place == n}))
        for n, values in enumerate(drawn, 1)
    ]
    most = field.most or MOST
    sealed = any(MASK in values.values() for values in rows)
    says = _KEPT if sealed else Text(**_ROWS.both(most=most)) if field.most else ""
    return ListShown(name, forms_, row("0", {}, {}), len(drawn) < most, most, says)


def read(field: Field, told: object) -> SafeString:
    """A list as people read it: a line for each row, its first part in front."""
    rows = rows_of(told)
    return format_html(
        '<span class="listed" role="list">{}</span>',
        format_html_join(
            "", '<span class="listed-line" role="listitem">{}</span>', ((line(field, row),) for row in rows)
        ),
    )


def line(field: Field, row: Mapping[str, str]) -> SafeString:
    """One row: 林一 · 手机 13800000001 · 职务 经理."""
    told = [(part, _said(part, row[part.name])) for part in field.parts if row.get(part.name)]
    first = format_html("<b>{}</b>", told[0][1]) if told else SafeString("")
    rest = ((markup.plain(Text(zh=part.title.zh, en=part.title.en)), value) for part, value in told[1:])
    return first + format_html_join("", ' <span class="listed-part"><i>{}</i> {}</span>', rest)


def plainly(field: Field, told: object) -> str:
    """A list in words alone, a row behind another."""
    rows = ([_said(part, row[part.name]) for part in field.parts if row.get(part.name)] for row in rows_of(told))
    return "；".join(" ".join(row) for row in rows)


def changed(field: Field, changes: Sequence[RowChange]) -> list[tuple[SafeString | str, SafeString | str]]:
    """What became of the rows that differ: each as it was and as it is, '' where it is new or gone."""
    return [
        (line(field, each.before) if each.before else "", line(field, each.after) if each.after else "")
        for each in changes
    ]


def _said(part: Part, value: str) -> str:
    choice = next((each for each in part.choices if each.value == value), None)
    return markup.plain(Text(zh=choice.title.zh, en=choice.title.en)) if choice else value
