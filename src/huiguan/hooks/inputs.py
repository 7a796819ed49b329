"""What is given to keep subscriptions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input

HookName = Annotated[str, Field(min_length=1, max_length=80)]
Url = Annotated[str, Field(min_length=1, max_length=500)]
EventTypes = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=60)]
MessageId = Annotated[str, Field(min_length=1, max_length=60)]


class Subscribe(Input):
    """Where a program wants to be told, and of what (`types`; none: of everything it may read). `client`: the name of
    the program, for people; a program subscribes itself. `begin`: with what happens from now on, or the oldest kept."""

    name: HookName
    url: Url
    types: EventTypes = []
    client: Annotated[str, Field(max_length=120)] | None = None
    begin: Literal["now", "oldest"] = "now"


class ChangeHook(Input):
    """What is not given stays."""

    hook: int
    name: HookName | None = None
    url: Url | None = None
    types: EventTypes | None = None


class HookNamed(Input):
    hook: int


class ResumeHook(Input):
    """Deliver again: `begin` with what is waiting, or with what happens from now on."""

    hook: int
    begin: Literal["waiting", "now"] = "waiting"


class Resend(Input):
    """Send the event with this id once more."""

    hook: int
    event: MessageId
