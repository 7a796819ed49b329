"""What there is only so much of: taken one by one, never more than there is, whoever asks at once.

A pool is one counter: taking is a single statement that finds room or does nothing. How much there is, whoever takes
says: it stands in the rulebook in force, and raising it there lets more be taken at once.
"""

from __future__ import annotations

from django.db import connection

_OPEN = """
INSERT INTO entitlements_pool (programme_id, name, span, shop_id, taken) VALUES (%s, %s, %s, %s, 0) ON CONFLICT DO NOTHING
"""
_TAKE = """
UPDATE entitlements_pool SET taken = taken + %s
WHERE programme_id = %s AND name = %s AND span = %s AND shop_id = %s AND taken + %s <= %s RETURNING taken
"""
_BACK = """
UPDATE entitlements_pool SET taken = taken - %s
WHERE programme_id = %s AND name = %s AND span = %s AND shop_id = %s AND taken >= %s RETURNING taken
"""
_TAKEN = "SELECT name, span, shop_id, taken FROM entitlements_pool WHERE programme_id = %s AND name = ANY(%s)"


def take_from_pool(*, programme: int, name: str, of: int, span: str = "", shop: int = 0, amount: int = 1) -> bool:
    """Take `amount` from a pool of `of`; False, and nothing taken, where so much is not left. Inside the caller's
    transaction: it waits for others who take from the same pool."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [programme, name, span, shop])
        cursor.execute(_TAKE, [amount, programme, name, span, shop, amount, of])
        return cursor.fetchone() is not None


def return_to_pool(*, programme: int, name: str, span: str = "", shop: int = 0, amount: int = 1) -> None:
    """Give back what was taken; no more than was."""
    with connection.cursor() as cursor:
        cursor.execute(_BACK, [amount, programme, name, span, shop, amount])


def taken_of(programme: int, names: list[str]) -> dict[tuple[str, str, int], int]:
    """How many were taken, by (name, span, shop); shop 0 is anywhere."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [programme, names])
        return {(name, span, shop): taken for name, span, shop, taken in cursor.fetchall()}
