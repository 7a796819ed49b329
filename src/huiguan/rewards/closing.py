"""What falls due in the mall, in its order: kept pieces, flash sales, auctions, draws, orders nobody paid for."""

from __future__ import annotations

from datetime import datetime

from huiguan.rewards.bidding import close_auctions
from huiguan.rewards.drawing import draw_due
from huiguan.rewards.flashing import close_flashes
from huiguan.rewards.undoing import cancel_unpaid
from huiguan.rewards.waiting import pass_on_due


def run_due(*, programme: int, at: datetime) -> int:
    """Write down everything of the mall that fell due until `at`; how many things. Running it again changes nothing."""
    return (
        pass_on_due(programme, at)
        + close_flashes(programme, at)
        + close_auctions(programme=programme, at=at)
        + draw_due(programme=programme, at=at)
        + cancel_unpaid(programme, at)
    )
