"""What identity does by night."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.jobs import nightly, wall_clock
from huiguan.identity.operations import forget_ended


@nightly("identity.forget_ended", cron="45 3 * * *")
def forget(at: datetime) -> None:
    """Sessions, links and half sign-ins live on the wall's clock, however far the domain's was moved."""
    forget_ended(wall=wall_clock())
