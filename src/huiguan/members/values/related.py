"""Who somebody is to a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RelatedTold:
    """Somebody is `role` to a member from `since` up to and with `until`; `other`: their own member number, or their name
    where they are known and no member; None where nobody said who they are."""

    role: str
    name: str
    since: date
    until: date | None = None
    primary: bool = False
    phone: str = ""
    email: str = ""
    note: str = ""
    other: str | None = None
    id: int = 0
