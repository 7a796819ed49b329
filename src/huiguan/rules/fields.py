"""The fields a form may have, each with its type, and lists of rows that have parts. Pure."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from huiguan.rules.findings import Fault
from huiguan.rules.listed import MOST, ROW
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base

Type = Literal[
    "text", "choice", "date", "phone", "card", "number", "measurements", "id_number", "credit_code", "email", "list"
]
ONCE = ("id_number", "credit_code", "email", "text")  # the types of fields that may belong to one person alone


class Choice(Base):
    """One answer of a choice: the word kept, and what people read."""

    value: Slug
    title: Bilingual


class Part(Base):
    """One part of every row of a list, or what a field is by itself. `sensitive` is sealed and shown only to those who may
    reveal it."""

    name: Slug
    title: Bilingual
    type: Type = "text"
    required: bool = False
    sensitive: bool = False
    choices: list[Choice] = []

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise Fault(
                "选项（choices）只用于、且必须用于 choice 类型", "choices go with the type choice, and only with it"
            )
        return self


class Field(Part):
    """One field of the form. `once`: what is written in it is one person's alone. A list has `parts`, and
    where anything is filled in at `least` so many rows and at `most`."""

    once: bool = False
    parts: list[Part] = []
    least: Positive | None = None
    most: Positive | None = None

    @model_validator(mode="after")
    def _list_fits(self) -> Self:
        if (self.type == "list") != bool(self.parts):
            raise Fault(
                "各行的内容（parts）只用于、且必须用于 list 类型", "parts go with the type list, and only with it"
            )
        if self.type != "list" and (self.least or self.most):
            raise Fault("least、most 只用于 list 类型", "least and most go with the type list")
        if self.type == "list" and self.sensitive:
            raise Fault("在各行的内容（parts）里写 sensitive", "say under parts which of them is sensitive")
        if (self.least or 0) > (self.most or MOST) or (self.most or 0) > MOST:
            raise Fault(f"行数须从少到多，至多 {MOST} 行", f"least comes before most, and {MOST} rows are the most")
        if self.once and self.type not in ONCE:
            raise Fault(
                "once 用于证件号、信用代码、邮箱和文字（手机、卡号本来就唯一）",
                "once goes with id_number, credit_code, email and text (phones and cards are one person's anyhow)",
            )
        return self

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        names = [part.name for part in self.parts]
        if len(set(names)) < len(names) or ROW in names:
            raise Fault("各行的内容名称不能重复，也不能叫 row", "parts have names of their own, and none is called row")
        if any(part.type in ("list", "card") for part in self.parts):
            raise Fault("list 里不能再有 list 或卡号", "a list holds no list and no card")
        return self

    @property
    def hidden(self) -> tuple[str, ...]:
        """The parts of a row that are sensitive."""
        return tuple(part.name for part in self.parts if part.sensitive)

    @property
    def sealed(self) -> bool:
        """Whether anything of it is kept sealed."""
        return self.sensitive or bool(self.hidden)
