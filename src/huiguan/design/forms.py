"""A member's form out of the rulebook's own fields. What is wrong is said by the rooms below; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language

from huiguan.design import markup
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.kinds.profile import Field, form
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
    """The rulebook's fields in its order."""

    use_required_attribute = False

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        data: Any = None,
        initial: Mapping[str, str] | None = None,
        sealed: Iterable[str] = (),
    ) -> None:
        super().__init__(data=data, initial=dict(initial or {}))
        hidden = frozenset(sealed)
        for field in fields:
            self.fields[field.name] = _control(field, sealed=field.name in hidden)

    def answers(self) -> dict[str, str]:
        """What was written, by field."""
        return {name: str(self.data.get(name, "")).strip() for name in self.fields}

    def refuse(self, refusals: Iterable[Refusal]) -> list[Refusal]:
        """Say each refusal beside the field it names; those that name none are given back."""
        self.is_valid()
        elsewhere = []
        for refusal in refusals:
            name = (refusal.field or "").removeprefix("profile.").removeprefix("form.")
            if name in self.fields:
                self.add_error(name, _said(refusal))
            else:
                elsewhere.append(refusal)
        return elsewhere


def _said(refusal: Refusal) -> str:
    rule = refusal.values.get("rule")
    return markup.plain(rule) if isinstance(rule, Text) else refusal.say(get_language() or "zh")


def _control(field: Field, *, sealed: bool) -> forms.Field:
    title = Text(zh=field.title.zh, en=field.title.en)
    hint: Text | str = SEALED if sealed else HINTS.get(field.type, "")
    shared: dict[str, Any] = {"label": title, "help_text": hint, "required": field.required and not sealed}
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
