"""The rulebook in the README is one, and does what the README says it does; both languages show the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huiguan.rules.compiling import check_source
from tests.checkout.world import World, moment

ROOT = Path(__file__).parents[2]
LANGUAGES = ("README.md", "README.zh-CN.md")


def rulebook(name: str) -> str:
    (source,) = re.findall(r"```yaml\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    return source


def test_both_languages_show_the_same_rulebook() -> None:
    assert rulebook(LANGUAGES[0]) == rulebook(LANGUAGES[1])
    assert check_source(rulebook(LANGUAGES[0])) == ()


@pytest.mark.django_db
def test_it_does_what_the_readme_says() -> None:
    world = World.found(source=rulebook("README.md"), profile={})
    li = world.enrol("2025-03-01 10:00")
    price = {"sku": "PIN", "kind": "list", "since": "2026-01-01"}
    told = (ROOT / "README.md").read_text(encoding="utf-8")

    def buy(day: str, amount: str, **more):
        world.price(**{**price, "since": day}, amount=amount)
        sale = world.sell(f"{day} 12:00", "PIN", member=li.number, **more)
        assert f"¥{amount[:1] + ',' + amount[1:] if len(amount) > 6 else amount}" in told
        return sale

    first = buy("2026-05-10", "1023.50")
    assert (first.paid, first.document["earned"]) == (102350, {"points": 102})
    assert first.document["tier"] == {"before": "reader", "after": "bibliophile"}
    second = buy("2026-06-01", "200.00", points=50)
    assert (second.paid, second.document["earned"]) == (18525, {"points": 19})
    assert [reason.values["gap"] for reason in second.reasons if reason.say == "next"] == [975]
    back = world.give_back("2026-06-03 12:00", second.id)
    assert (back.refund, back.given_back, back.taken_back) == (18525, {"points": 50}, {"points": 19})
    assert world.points(li, "2026-06-04 12:00") == 102
    third = buy("2026-12-05", "100.00")
    assert (third.paid, third.document["earned"]) == (9500, {"points": 9})
    assert world.points(li, "2026-12-31 23:59:59") == 111
    assert world.points(li, "2027-01-01 00:00:00") == 9
    assert third.document["expires"] == {"points": moment("2028-01-01 00:00").isoformat()}
