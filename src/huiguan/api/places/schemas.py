"""Places as programs read them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from huiguan.api.schemas import Answer, Both


class PlaceAnswer(Answer):
    """A place of the organisation. `under`: the code of the one above, None for the house."""

    code: str
    kind: Literal["house", "region", "shop"]
    name: Both
    under: str | None
    closed_at: datetime | None


class PlacesPage(Answer):
    items: list[PlaceAnswer]
    next: None
