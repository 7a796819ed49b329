"""One amount laid beside every rung, worked out by hand."""

from __future__ import annotations

from huiguan.checkout.queries import Sampled, sampled
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.shelf import source_of
from tests.rules.buying import moment

AT = moment("2026-06-15 12:00")


def test_a_thousand_yuan_in_each_shipped_rulebook() -> None:
    def rows(name: str) -> tuple[Sampled, ...]:
        return sampled(compile_rulebook(source_of(name)), amount=100_000, at=AT)

    # 950.00 paid fills nine hundreds, 900.00 nine as well: 2 points each, a yuan a point.
    assert rows("designer-wear") == (
        Sampled("points_card", 95_000, {"points": 18}, 1_800),
        Sampled("diamond_card", 90_000, {"points": 18}, 1_800),
    )
    # A point for every yuan, each worth a yuan; no rungs.
    assert rows("phone-vip") == (Sampled("", 100_000, {"points": 1_000}, 100_000),)
    # 950 / 40, 880 / 30, 850 / 20, cut down to whole points.
    assert rows("apparel-cards") == (
        Sampled("registered", 100_000, {}, 0),
        Sampled("ordinary", 95_000, {"points": 23}, 2_300),
        Sampled("gold", 88_000, {"points": 29}, 2_900),
        Sampled("diamond", 85_000, {"points": 42}, 4_200),
    )
    assert rows("supermarket") == (Sampled("", 100_000, {"points": 1_000}, 0),)
