"""Ten weeks at the neighbourhood shop, told day by day through the public operations. Same seed, same weeks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import SaleInput
from huiguan.cli.demo.neighbourhood.house import CLERKS, GOODS, SHOPS, Neighbourhood
from huiguan.cli.demo.people import GIVEN, SURNAMES
from huiguan.cli.demo.story import LAST, OPENS, moment
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember
from huiguan.nightly.operations import run_due

FIRST = date(2026, 10, 4)
PEOPLE = 60
SHOPS_OF = tuple(code for code, *_ in SHOPS)


@dataclass(slots=True)
class Told:
    """What has been told so far: who acts, whose programme, the members' numbers in the order they joined."""

    programme: int
    actor: Actor
    random: Random
    numbers: list[str] = field(default_factory=list)


Part = Callable[[Told, date, datetime], None]


def tell(house: Neighbourhood, random: Random, parts: tuple[Part, ...]) -> None:
    """Live through the weeks; every part hears of each day, with the moment at which it closes, after its sales."""
    told = Told(house.programme, house.actor, random)
    joins = sorted(random.choices(range((LAST - FIRST).days - 6), k=PEOPLE - 12))
    day = FIRST
    while day <= LAST:
        closing = moment(day, 22) if day < LAST else OPENS
        joining = 12 if day == FIRST else joins.count((day - FIRST).days)
        _enrol(told, day, closing, joining)
        _sell(told, day, closing)
        for part in parts:
            part(told, day, closing)
        if day < LAST:
            run_due(told.programme, moment(day + timedelta(days=1), 0))
        day += timedelta(days=1)


def _enrol(told: Told, day: date, closing: datetime, count: int) -> None:
    given = [_form(told, len(told.numbers) + i, moment(day, 9, i)) for i in range(count)]
    answers = members.enrol_members(actor=told.actor, at=closing, given=given) if given else []
    for answer in answers:
        assert isinstance(answer, EnrolledMember), answer
        told.numbers.append(answer.number)


def _form(told: Told, i: int, joined: datetime) -> EnrolMember:
    random = told.random
    birthday = date(1958, 1, 1) + timedelta(days=random.randint(0, 365 * 46))
    given = {
        "name": random.choice(SURNAMES) + random.choice(GIVEN), "phone": f"1991{i:07d}",
        "shop": random.choices(SHOPS_OF, weights=(65, 35))[0], "at": joined.isoformat(),
        "form_date": joined.date().isoformat(), "profile": {"birthday": birthday.isoformat()},
    }  # fmt: skip
    return read(EnrolMember, given)


def _sell(told: Told, day: date, closing: datetime) -> None:
    random = told.random
    buyers: list[str | None] = random.choices(told.numbers, k=random.randint(4, 9))
    buyers += [None] * random.randint(1, 4)
    random.shuffle(buyers)
    hours = (closing - moment(day, 10)).seconds // 60 - 30
    times = sorted(random.randint(0, hours) for _ in buyers)
    sales = [
        _sale(told, f"{day:%m%d}-{i:03d}", buyer, moment(day, 10) + timedelta(minutes=minutes))
        for i, (buyer, minutes) in enumerate(zip(buyers, times, strict=True), 1)
    ]
    checkout.commit_sales(actor=told.actor, at=closing, sales=sales)


def _sale(told: Told, bill: str, buyer: str | None, at: datetime) -> SaleInput:
    random = told.random
    shop = random.choices(SHOPS_OF, weights=(65, 35))[0]
    skus = random.sample([sku for sku, *_ in GOODS], k=random.choices((1, 2, 3, 4), (35, 35, 20, 10))[0])
    given: dict[str, Any] = {
        "shop": shop, "clerk": CLERKS[shop], "at": at.isoformat(), "number": f"{shop}1-{bill}", "key": f"ll-{bill}",
        "lines": [{"sku": sku, "quantity": 1} for sku in skus],
    }  # fmt: skip
    return read(SaleInput, given | ({"member": buyer, "presented": "phone"} if buyer else {}))
