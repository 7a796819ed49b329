"""What is given to look at messages and to move them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input, Word

Number = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]


class MessageNamed(Input):
    """A message by its number."""

    message: Number


class NoteReceipt(Input):
    """What a provider reports of one of its messages, by its own reference."""

    provider: Annotated[str, Field(pattern=r"^[a-z]{2,20}$")]
    reference: Word
    outcome: Literal["accepted", "delivered", "refused"]
    trouble: Annotated[str, Field(max_length=300)] = ""


class PreviewNotice(Input):
    """A notice clause in force, as the member would receive it: with her own name and number, and samples of the rest."""

    clause: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,9}-\d{1,3}[a-z]?$")]
    member: Word
