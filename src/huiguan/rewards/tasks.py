"""What the worker does for the mall: auctions and draws are closed within a minute of their moment."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.jobs import nightly
from huiguan.programme import queries as programmes
from huiguan.rewards.closing import run_due


@nightly("rewards.run_due", cron="* * * * *")
def run_minute(at: datetime) -> None:
    """What fell due in every programme's mall."""
    for programme in programmes.programmes():
        run_due(programme=programme.id, at=at)
