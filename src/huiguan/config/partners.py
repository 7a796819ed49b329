"""The talk with partners, on the worker's clock: what is to be sent or asked about is looked for every second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiguan.foundation.clock import now
from huiguan.foundation.jobs import watch
from huiguan.rewards.operations import talk_to_partners


@watch("config.partners")
def look(clock: Callable[[], datetime]) -> bool:
    """One round; whether there was anything to do."""
    return bool(talk_to_partners(at=now(), wall=clock()))
