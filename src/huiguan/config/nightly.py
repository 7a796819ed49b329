"""The night, on the worker's clock."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.jobs import nightly
from huiguan.nightly.operations import run_all_due, run_due

__all__ = ["run_due"]


@nightly("config.run_due")
def run_night(at: datetime) -> None:
    """What fell due in every programme of the installation."""
    run_all_due(at)
