"""The readers of the facts this room owns: rights as rows of a condition. The batch loader is `queries.rights_of`."""

from __future__ import annotations

from huiguan.entitlements.queries import rights_of
from huiguan.rules.selecting import Fragment, Rows

__all__ = ["rights_of", "rights_rows"]

_ROWS = """
(SELECT given.name, given.worth, coalesce(NOT last.restores, false) AS used
 FROM entitlements_right given
 LEFT JOIN LATERAL (
    SELECT restores FROM entitlements_rightuse WHERE membership_id = given.membership_id AND right_id = given.id
    ORDER BY n DESC LIMIT 1
 ) last ON true
 WHERE given.membership_id = {membership}) AS rights WHERE true
"""


def rights_rows(membership: str) -> Rows:
    """The relation `rights` of the membership in the SQL column `membership` of the outer row."""
    return Rows(
        Fragment(_ROWS.format(membership=membership)),
        {
            "right_name": Fragment("rights.name"),
            "right_worth": Fragment("rights.worth"),
            "right_used": Fragment("rights.used"),
        },
    )
