"""What the worker does for coupons."""

from __future__ import annotations

from huiguan.entitlements.batches import MAKE, make_codes
from huiguan.foundation.jobs import job


@job(MAKE)
def make(batch: int) -> None:
    """The codes of a batch that are still to be made."""
    make_codes(batch=batch)
