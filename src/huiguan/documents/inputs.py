"""What comes in about papers, templates and signatures."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from huiguan.kernel.inputs import Input, Line, Word
from huiguan.kernel.moments import day_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Number = Annotated[str, Field(pattern=r"^D\d{6,18}$")]
Holder = Annotated[str, Field(pattern=r"^[a-z]+:\d{1,18}$")]


def _day(value: Any) -> Any:
    """A day; a fault is raised as pydantic's own, so that it is told under the field's full name."""
    if value in (None, ""):
        return None
    try:
        return value if isinstance(value, date) else day_of(value, "")
    except InvalidInput as wrong:
        rule: Text = wrong.values["rule"]
        raise PydanticCustomError("refused", "{en}", {"zh": rule.zh, "en": rule.en}) from None


Day = Annotated[date | None, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Blankable = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,39})?$")]
Short = Annotated[str, Field(max_length=40)]
_BACKWARDS = Text(zh="不能早于签发日期", en="cannot come before the day of issue")


class PaperTold(Input):
    """What is told of a paper. `period` is the fiscal year it is of ("2025"), `whose` the role of the person it is
    about, `part` which part of several, `pair` a word it shares with its companion."""

    form: Literal["", "original", "duplicate", "copy"] = ""
    number: Annotated[str, Field(max_length=60)] = ""
    issuer: Annotated[str, Field(max_length=120)] = ""
    issued: Day = None
    expires: Day = None
    period: Annotated[str, Field(max_length=20)] = ""
    whose: Blankable = ""
    part: Blankable = ""
    pair: Short = ""
    stamped: bool = False
    scan: bool = False

    def model_post_init(self, _: Any) -> None:
        if self.issued is not None and self.expires is not None and self.expires < self.issued:
            raise InvalidInput(field="expires", rule=_BACKWARDS)


class UploadDocument(PaperTold):
    """A paper `doc` of `holder`; of `document` a new version. `paper`: the paper itself was received, there need be no
    file."""

    holder: Holder
    doc: Name
    document: Number | None = None
    paper: bool = False


class JudgeDocument(Input):
    """What a reviewer finds of a paper's newest version; `why` is read by whoever handed it in."""

    document: Number
    verdict: Literal["pass", "fail", "unclear"]
    why: Annotated[str, Field(max_length=500)] = ""


class SeeOriginal(Input):
    """The original of the newest version was looked at, at this `place`."""

    document: Number
    place: Word


class ReceiveCopies(Input):
    """So many copies on paper are there now, for this `dossier` (a word of the room that asks for it)."""

    document: Number
    dossier: Annotated[str, Field(min_length=1, max_length=100)]
    copies: Annotated[int, Field(ge=0, le=1000)]


class WithdrawDocument(Input):
    document: Number
    reason: Line = ""


class KeepTemplate(Input):
    """A template of this name; a further one is its next edition."""

    name: Name
    title_zh: Word
    title_en: Word


class WithdrawTemplate(Input):
    name: Name


class SignAcceptance(Input):
    """`holder` signs the acceptance in this `edition`, as `role`, under the name `signer`; `about` is a sale or a matter,
    where it is not the membership itself; signed on paper, the scan is the `document`."""

    holder: Holder
    acceptance: Name
    edition: Annotated[str, Field(min_length=1, max_length=20)]
    role: Literal["member", "guide", "house"] = "member"
    signer: Word
    way: Literal["online", "paper"] = "online"
    about: Annotated[str, Field(max_length=80)] = ""
    document: Number | None = None
