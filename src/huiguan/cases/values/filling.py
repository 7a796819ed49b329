"""What an applicant fills in, signs and has others say for her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiguan.documents.values import SignedView
from huiguan.kernel.text import Text
from huiguan.rules.kinds.profile import Field


@dataclass(frozen=True, slots=True)
class FormPart:
    """The fields a clause of the procedure asks for."""

    clause: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormTold:
    """A matter's form: its parts in order, and every answer so far."""

    number: str
    procedure: str
    title: Text
    state: str
    revision: int
    parts: tuple[FormPart, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AcceptanceTold:
    """Something to be signed: its words in this `edition`, whether it `stands` and the sentence that says so; `first`:
    before the matter is handed in, else for `stage`; `own`: the applicant is among those who sign, `due`: and has not yet;
    who has `signed`, the first first."""

    acceptance: str
    edition: str
    clause: str
    title: Text
    words: Text
    stands: bool
    said: Text
    first: bool
    stage: str
    own: bool
    template: str | None = None
    due: bool = False
    signed: tuple[SignedView, ...] = ()


@dataclass(frozen=True, slots=True)
class SigningTold:
    """Something signed in a matter, for whoever reads it: its words in this `edition`, whether it `stands`, who `signed`, the
    first first, who is still `awaited` in words; `mine`: the asking person may sign for the house now."""

    acceptance: str
    edition: str
    clause: str
    title: Text
    words: Text
    stands: bool
    signed: tuple[SignedView, ...]
    awaited: tuple[Text, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class InvitationTold:
    """A recommender who was asked, for the `matter` of `applicant`. `state`: waiting, answered, over (the matter has gone
    on without her). `contact` as it may be shown."""

    id: int
    matter: str
    procedure: Text
    clause: str
    stage: Text
    applicant: str
    name: str
    contact: str
    made_at: datetime
    until: datetime | None
    state: str
    recommends: bool | None = None
    words: str = ""
    answered_at: datetime | None = None
