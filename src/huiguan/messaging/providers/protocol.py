"""What a provider can do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from huiguan.messaging.values import Answer, Letter


class Provider(Protocol):
    """Carries letters of one or more channels. `asks`: it can be asked what became of a letter."""

    name: str
    asks: bool

    def send(self, letter: Letter) -> Answer:
        """Give it the letter. It raises nothing: whatever goes wrong is an answer. UNCLEAR where it may have been taken."""

    def ask(self, letter: Letter, reference: str, wall: datetime) -> Answer:
        """What became of a letter given before, by its key or the provider's own reference. NEVER only where it is sure
        that it never had it."""


Providers = Mapping[str, Provider]  # by channel
