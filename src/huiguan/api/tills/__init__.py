"""The tills' own entry: POST /api/v1/sales and /sales/batch, answered before Django's request cycle.

It reads what the other entrances read, calls the same operation, and answers the same; it only gathers requests that
arrive while the last batch is being written into the next one, so that they share one read, one write and one commit.
"""

from huiguan.api.tills.application import PATHS, Tills

__all__ = ["PATHS", "Tills"]
