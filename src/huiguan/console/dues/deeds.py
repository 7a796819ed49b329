"""A deed on dues: its form, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiguan.console.acting import Acting, refused_field
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.design.values import Words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

Typed = Mapping[str, str]
MEANS = (
    ("transfer", Text(zh="银行转账", en="Bank transfer")),
    ("cash", Text(zh="现金", en="Cash")),
    ("terminal", Text(zh="收款终端", en="Terminal")),
)
REASON = Field("reason", Text(zh="原因", en="Why"))
REFERENCE = Field("reference", Text(zh="流水号或小票号", en="Bank's or slip's number"), needed=False)
AMOUNT = Field("amount", Text(zh="金额（元）", en="Amount (yuan)"), "decimal")
_NAMES = {
    "amount": Text(zh="金额", en="Amount"), "reason": Text(zh="原因", en="Why"), "base": Text(zh="基数", en="Figure"),
    "day": Text(zh="到账日", en="Day"), "key": Text(zh="记作", en="Known as"), "part": Text(zh="比例", en="Part"),
    "quantity": Text(zh="数量", en="Quantity"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """`done`: what is said once it is done, with what the operation answered."""

    title: Words
    act: Words
    fields: Callable[[Acting, str], Sequence[Field]]
    do: Callable[[Acting, str, Typed, str | None], Text]
    says: Words = ""
    power: str = "bill"


def form_of(
    deed: Deed,
    name: str,
    now: Acting,
    number: str,
    href: str,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> DeedForm:
    values = typed or {}
    fields = [
        Field(f.name, f.label, f.kind, f.choices, values.get(f.name, f.value), f.needed, f.hint)
        for f in deed.fields(now, number)
    ]
    return DeedForm(
        name=name, title=deed.title, act=deed.act, fields=fields, href=href, key=new_key(), says=deed.says,
        open=refusal is not None, wrong=(refusal.field or "").partition(".")[0] if refusal else "",
        refused=refused_field(refusal, now, _NAMES) if refusal else None,
    )  # fmt: skip


def asked_of(typed: Typed, *names: str) -> dict[str, Any]:
    """What was filled in; a blank left empty says nothing. Money may be written with ¥ and commas."""
    told = {name: typed.get(name, "").strip() for name in names}
    for name in ("amount", "base"):
        if told.get(name):
            told[name] = told[name].replace(",", "").lstrip("¥￥")
    return {name: value for name, value in told.items() if value}


def forms(
    deeds: Mapping[str, Deed], now: Acting, number: str, base: str, typed: Typed | None = None,
    refusal: Refusal | None = None, tried: str = "",
) -> list[DeedForm]:  # fmt: skip
    """The deeds that can be done now; `tried` with what was typed and why it was refused."""
    told = []
    for name, deed in deeds.items():
        if now.actor.may(deed.power) and deed.fields(now, number):
            mine = name == tried
            told.append(
                form_of(deed, name, now, number, f"{base}{name}", typed if mine else None, refusal if mine else None)
            )
    return told
