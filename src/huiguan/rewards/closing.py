"""What falls due in the mall, in its order: kept pieces and orders nobody paid for, flash sales, auctions, draws."""

from __future__ import annotations

from datetime import datetime

from huiguan.rewards.bidding import close_auctions
from huiguan.rewards.drawing import draw_due
from huiguan.rewards.flashing import close_flashes
from huiguan.rewards.undoing import end_what_lapsed


def run_due(*, programme: int, at: datetime) -> int:
    """Write down everything of the mall that fell due until `at`; how many things. Running it again changes nothing."""
    return (
        end_what_lapsed(programme, at)
        + close_flashes(programme, at)
        + close_auctions(programme=programme, at=at)
        + draw_due(programme=programme, at=at)
        + end_what_lapsed(programme, at)  # of what these brought
    )
