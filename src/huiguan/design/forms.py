"""A member's form out of the rulebook's own fields. What is wrong is said by the rooms below; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language

from huiguan.design import lists, markup
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.kinds.profile import Field, Part, form
from huiguan.rules.listed import Row
from huiguan.rules.programme import Programme

HINTS = {
    "phone": Text(zh="11 位手机号", en="11 digits"),
    "date": Text(zh="写作 1990-05-05", en="As 1990-05-05"),
    "measurements": Text(zh="写作 88/66/90", en="As 88/66/90"),
    "card": Text(zh="卡上印的，可扫", en="As printed on the card; scan it"),
}
MODES = {"phone": "tel", "number": "decimal", "date": "numeric"}
LONG = frozenset({"introduction", "scope", "experience", "reason", "grounds", "statement", "plan", "words"})
SEALED = Text(zh="已封存；填写即更换", en="Sealed; what is written here replaces it")
FORM_DATE = "form_date"


class Written(forms.CharField):
    """Taken as it was written. `required` is how its label reads; whether it must be there is the rulebook's to say."""

    def clean(self, value: Any) -> Any:
        return value


class Chosen(forms.ChoiceField):
    """One of a few, taken as it was chosen."""

    def clean(self, value: Any) -> Any:
        return value


class ProfileForm(forms.Form):
    """The rulebook's fields in its order. `within` stands before their names where a page has other fields of the same
    names. A form whose button only adds or removes a row of a list is `reshaped`: it is shown again and nothing else."""

    use_required_attribute = False

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        data: Any = None,
        initial: Mapping[str, str] | None = None,
        sealed: Iterable[str] = (),
        within: str = "",
    ) -> None:
        self.within = within
        super().__init__(data=data, initial=dict(initial or {}))
        hidden = frozenset(sealed)
        self.lists = {field.name: field for field in fields if field.type == "list"}
        for field in fields:
            self.fields[field.name] = _control(field, sealed=field.name in hidden)
        self.reshaped = False
        self.cells: dict[str, dict[tuple[int, str], str]] = {name: {} for name in self.lists}
        self.rows = {name: self._rows(name) for name in self.lists}

    def add_prefix(self, field_name: str) -> str:
        return f"{self.within}.{field_name}" if self.within else field_name

    def answers(self) -> dict[str, str]:
        """What was written, by field; a list as the text of its rows."""
        plain = {name: str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields}
        return {**plain, **{name: lists.answer(rows) for name, rows in self.rows.items()}}

    def refuse(self, refusals: Iterable[Refusal]) -> list[Refusal]:
        """Say each refusal beside the field it names, in a list beside the part; those that name none are given back."""
        self.is_valid()
        elsewhere = []
        for refusal in refusals:
            name = (refusal.field or "").removeprefix("profile.").removeprefix("form.")
            head, _, place = name.partition(".")
            if head not in self.fields:
                elsewhere.append(refusal)
                continue
            self.add_error(head, _said(refusal))
            n, _, part = place.partition(".")
            if head in self.lists and n.isdecimal() and part:
                self.cells[head][int(n), part] = _said(refusal)
        return elsewhere

    def list_shown(self, name: str) -> lists.ListShown:
        """A list of the form, to be drawn."""
        field = self.lists[name]
        rows = [row for row in self.rows[name] if self.reshaped or lists.filled(row)]
        return lists.shown(field, self.add_prefix(name), rows, self.cells[name], _control)

    def _rows(self, name: str) -> list[Row]:
        if not self.is_bound:
            return lists.as_typed(self.initial.get(name))
        rows = lists.typed_rows(self.data, self.add_prefix(name), self.lists[name])
        again = lists.reshaped(rows, self.add_prefix(name), str(self.data.get(lists.RESHAPE, "")))
        self.reshaped = self.reshaped or again is not None
        return rows if again is None else again


def _said(refusal: Refusal) -> str:
    rule = refusal.values.get("rule")
    return markup.plain(rule) if isinstance(rule, Text) else refusal.say(get_language() or "zh")


def _control(field: Part, *, sealed: bool = False) -> forms.Field:
    title = Text(zh=field.title.zh, en=field.title.en)
    hint: Text | str = SEALED if sealed else HINTS.get(field.type, "")
    shared: dict[str, Any] = {"label": title, "help_text": hint, "required": field.required and not sealed}
    if isinstance(field, Field) and field.type == "list":
        return lists.Listed(listed=field, **shared)
    if field.type == "choice":
        named = [(each.value, markup.plain(Text(zh=each.title.zh, en=each.title.en))) for each in field.choices]
        return Chosen(choices=[("", "—"), *named], **shared)
    attrs = {"autocomplete": "off", "spellcheck": "false"}
    if field.type in MODES:
        attrs["inputmode"] = MODES[field.type]
    if field.type == "text" and field.name in LONG:
        return Written(widget=forms.Textarea(attrs={"rows": "4", "maxlength": "2000"}), **shared)
    return Written(widget=forms.TextInput(attrs=attrs), **shared)


def fields_of(rulebook: Programme, *, but: Iterable[str] = ()) -> tuple[Field, ...]:
    """The rulebook's fields without those named by type or name."""
    left_out = frozenset(but)
    return tuple(field for field in form(rulebook)[1] if field.name not in left_out and field.type not in left_out)


def profile_clause(rulebook: Programme) -> str | None:
    """The clause that lists the fields."""
    clause, _ = form(rulebook)
    return clause.id if clause else None
