"""What the worker does for stored value: what members paid from afar is stored within a minute."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.stored.paying import store_paid
from huiguan.foundation.jobs import nightly
from huiguan.programme import queries as programmes


@nightly("checkout.store_paid", cron="* * * * *")
def store_minute(at: datetime) -> None:
    """What was paid in every programme."""
    for programme in programmes.programmes():
        store_paid(programme=programme.id, at=at)
