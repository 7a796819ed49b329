"""The post, on the worker's clock: what is to be sent is looked for every second, on the domain's clock and the wall's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from huiguan.foundation.clock import now
from huiguan.foundation.jobs import watch
from huiguan.messaging.operations import send_messages
from huiguan.messaging.queries import providers_of


@watch("config.letters")
def look(clock: Callable[[], datetime]) -> bool:
    """One round of the post; whether there was anything to do."""
    return bool(send_messages(providers=providers_of(settings.HUIGUAN_MESSAGES), at=now(), clock=clock))
