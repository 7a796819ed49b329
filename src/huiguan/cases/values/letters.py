"""What applicants are told, as other rooms and entrances see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """Exactly what the applicant receives, in both languages."""

    subject: Text
    text: Text


@dataclass(frozen=True, slots=True)
class LetterTold:
    """A letter as it was written: its number in the matter, what it told (a word of `cases.letters`), when."""

    n: int
    told: str
    subject: Text
    text: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterToCarry:
    """A letter with whom it is for: her name, and the phone and mailbox of her own answers, in clear; for whoever
    carries it."""

    letter: LetterTold
    matter: str
    title: Text
    name: str
    phone: str | None
    email: str | None
