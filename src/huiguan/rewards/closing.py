"""What falls due in the mall, in its order: kept pieces and orders nobody paid for, flash sales, auctions, draws."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.statements import hot_rows
from huiguan.rewards import bidding, drawing, flashing, undoing, waiting

# Whether any of the below has work, as each says it: on most nights none has, and one question is enough.
_ANYTHING = " UNION ALL ".join(f"SELECT 1 {each}" for each in (
    undoing.LATE, waiting.LAPSED, flashing.OVER, bidding.OVER, drawing.OVER,
)) + " LIMIT 1"  # fmt: skip


def run_due(*, programme: int, at: datetime) -> int:
    """Write down everything of the mall that fell due until `at`; how many things. Running it again changes nothing."""
    if not hot_rows(_ANYTHING, {"programme": programme, "at": at}):
        return 0
    return (
        undoing.end_what_lapsed(programme, at)
        + flashing.close_flashes(programme, at)
        + bidding.close_auctions(programme=programme, at=at)
        + drawing.draw_due(programme=programme, at=at)
        + undoing.end_what_lapsed(programme, at)  # of what these brought
    )
