"""What holds for everybody and seldom changes: shops, prices, rulebooks; kept in the process under their marks.

A batch asks for the marks with its first questions, and reads again what has changed since, or was never asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiguan.checkout.catalogue import Priced, prices_question
from huiguan.foundation.statements import Question, ask_together
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

PLACES, CATALOGUE, RULEBOOKS = "places", "catalogue", "rulebooks"
_MOST = 50_000  # products kept of one programme; then they are forgotten and read again
Stamps = tuple[str | None, ...]


@dataclass(slots=True)
class Lasting:
    """Of one programme: `shops` by code, `prices` by SKU, the rulebooks published, later ones first."""

    stamps: Stamps
    shops: dict[str, Shop] = field(default_factory=dict)
    prices: dict[str, Priced] = field(default_factory=dict)
    rulebooks: tuple[tuple[datetime, Programme], ...] | None = None


_kept: dict[int, Lasting] = {}


def rulebooks_kept(programme: int) -> tuple[tuple[datetime, Programme], ...]:
    """The rulebooks as last read, which may have changed since; none where they were never read."""
    known = _kept.get(programme)
    return (known.rulebooks if known else None) or ()


def lasting(programme: int, marks: Mapping[str, str], shops: Iterable[str], skus: Iterable[str]) -> Lasting:
    """What is known of these shops, products and the rulebooks; those that do not exist are left out."""
    stamps = tuple(marks.get(what) for what in (PLACES, CATALOGUE, RULEBOOKS))
    known = _kept.get(programme)
    if known is None or known.stamps != stamps or None in stamps or len(known.prices) > _MOST:
        known = _kept[programme] = Lasting(stamps)
    _complete(programme, known, shops, skus)
    return known


def _complete(programme: int, known: Lasting, shops: Iterable[str], skus: Iterable[str]) -> None:
    unknown_shops = {code for code in shops if code not in known.shops}
    unknown_skus = {sku for sku in skus if sku not in known.prices}
    rulebooks = known.rulebooks
    if rulebooks is not None and not unknown_shops and not unknown_skus:
        return
    asked: tuple[Question[Any], ...] = (
        identity.shops_question(programme, unknown_shops),
        prices_question(programme, unknown_skus),
        programmes.timeline_question(programme),
    )
    found_shops, found_prices, known.rulebooks = ask_together(asked)
    known.shops |= found_shops
    known.prices |= found_prices
