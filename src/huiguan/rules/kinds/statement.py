"""Statement: text that declares and does nothing.

Purposes and principles are statements, and so is a clause whose room does not exist yet: it is kept word for word,
marked with the room it waits for, and never pretends to act.
"""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.parameters import Parameters as Base

ROOM = "programme"
TITLE = Text(zh="说明", en="Statement")


class Parameters(Base):
    """A statement has none."""


SAYS: dict[str, Text] = {}
