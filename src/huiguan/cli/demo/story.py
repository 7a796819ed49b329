"""A year at the tills, told day by day through the public bulk operations. Same seed, same year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import ReturnInput, SaleInput
from huiguan.checkout.values import SaleView
from huiguan.cli.demo.goods import Piece
from huiguan.cli.demo.house import CLERKS, SHOPS, House
from huiguan.cli.demo.people import Person, people
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, RecordOpening
from huiguan.members.values import EnrolledMember
from huiguan.nightly.operations import run_due

SEED = 20261212
FIRST, LAST = date(2025, 12, 13), date(2026, 12, 12)
ZONE = ZoneInfo("Asia/Shanghai")
OPENS = datetime(2026, 12, 12, 14, 30, tzinfo=ZONE)  # the moment at which the demonstration begins
CODES = tuple(code for code, *_ in SHOPS)


Hero = Callable[[Actor, date, datetime, str | None, dict[str, str]], str | None]


@dataclass(slots=True)
class _Known:
    """What the story remembers of a member: her number, her coupon, her points."""

    number: str
    voucher: str | None
    points: int = 0
    visits: int = 0
    birthday_used: bool = False


@dataclass(slots=True)
class Story:
    """The year being told."""

    house: House
    random: Random
    crowd: list[Person]
    known: dict[int, _Known] = field(default_factory=dict)
    visits: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))
    bills: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))
    sold: int = 0

    def tell(self, progress: Callable[[date, int], None], hero: Hero) -> None:
        """Live through the year; `progress` hears each day and the sales so far, `hero` tells her own part."""
        number: str | None = None
        state: dict[str, str] = {}
        self._bring_old_members()
        self._plan_visits()
        joiners: dict[date, list[int]] = defaultdict(list)
        for i, person in enumerate(self.crowd):
            if person.joined >= FIRST:
                joiners[person.joined].append(i)
        day = FIRST
        while day <= LAST:
            closing = moment(day, 22) if day < LAST else OPENS
            self._enrol(day, joiners[day], closing)
            self._sell(day, closing)
            number = hero(self.house.actor, day, closing, number, state)
            if day < LAST:
                run_due(self.house.programme, moment(day + timedelta(days=1), 0))
            progress(day, self.sold)
            day += timedelta(days=1)

    def _bring_old_members(self) -> None:
        old = [i for i, person in enumerate(self.crowd) if person.joined < FIRST]
        at = moment(FIRST, 8)
        given = [self._form(self.crowd[i], moment(self.crowd[i].joined, 11)) for i in old]
        answers = members.enrol_members(actor=self.house.actor, at=at, given=given, carried_over=True)
        for i, answer in zip(old, answers, strict=True):
            if isinstance(answer, EnrolledMember):
                self.known[i] = _Known(answer.number, None, visits=1)
        for i in old[:400]:
            self._opening(i, at)

    def _opening(self, i: int, at: datetime) -> None:
        """Points brought over from the till before this one, with the bill that earned them."""
        person, points = self.crowd[i], 2 * self.random.randint(4, 60)
        earned = max(person.joined, date(2025, 1, 10) + timedelta(days=self.random.randint(0, 330)))
        bill = f"{CODES[person.home]}0-{earned:%y%m%d}-{i:04d}"
        opening = {
            "member": self.known[i].number, "bill": bill, "points": points,
            "earned_at": moment(earned, 15).isoformat(),
            "spend": [{"day": earned.isoformat(), "amount": f"{points * 50}.00"}],
        }  # fmt: skip
        members.record_opening(actor=self.house.actor, at=at, given=read(RecordOpening, opening))
        self.known[i].points = points

    def _form(self, person: Person, joined: datetime) -> EnrolMember:
        return read(
            EnrolMember,
            {
                "name": person.name, "phone": person.phone, "card": person.card, "shop": CODES[person.home],
                "at": joined.isoformat(), "form_date": joined.date().isoformat(),
                "profile": {**person.profile, "birthday": person.birthday.isoformat()},
            },
        )  # fmt: skip

    def _plan_visits(self) -> None:
        days = (LAST - FIRST).days
        for i, person in enumerate(self.crowd):
            if person.joined >= FIRST:
                self.visits[person.joined].append(i)
            since = max(0, (person.joined - FIRST).days + 1)
            expected = person.pace * (days - since) / 365
            for _ in range(round(expected + self.random.random() - 0.5)):
                self.visits[FIRST + timedelta(days=self.random.randint(since, days))].append(i)

    def _enrol(self, day: date, joiners: list[int], closing: datetime) -> None:
        given = [self._form(self.crowd[i], moment(day, 10, self.random.randint(0, 59))) for i in joiners]
        if not given:
            return
        answers = members.enrol_members(actor=self.house.actor, at=closing, given=given)
        for i, answer in zip(joiners, answers, strict=True):
            if isinstance(answer, EnrolledMember):
                coupon = next((right.code for right in answer.rights), None)
                self.known[i] = _Known(answer.number, coupon)

    def _sell(self, day: date, closing: datetime) -> None:
        buyers: list[int | None] = [i for i in self.visits[day] if i in self.known]
        buyers += [None] * self.random.randint(2, 6)
        hours = (closing - moment(day, 10)).seconds // 60 - 70
        times = sorted(self.random.randint(0, hours) for _ in buyers)
        self.random.shuffle(buyers)
        sales = [self._sale(day, i, moment(day, 11) + timedelta(minutes=m)) for i, m in zip(buyers, times, strict=True)]
        answers = checkout.commit_sales(actor=self.house.actor, at=closing, sales=sales)
        for i, answer in zip(buyers, answers, strict=True):
            if isinstance(answer, SaleView):
                self.sold += 1
                self._remember(i, answer)
                if self.random.random() < 0.025:
                    self._return(answer, closing)

    def _remember(self, i: int | None, sale: SaleView) -> None:
        if i is None:
            return
        known = self.known[i]
        known.points = sale.document["balance"].get("points", 0)
        known.visits += 1
        if sale.document["rights"]:
            known.voucher = None
        if "birthday" in sale.document["counted"]:
            known.birthday_used = True

    def _return(self, sale: SaleView, closing: datetime) -> None:
        line = self.random.randrange(len(sale.document["lines"])) + 1
        given = {"sale": sale.id, "lines": [{"line": line, "quantity": 1}], "reason": "尺码不合"}
        try:
            view = checkout.return_sale(actor=self.house.actor, at=closing, given=read(ReturnInput, given))
        except Refusal:
            return
        for person in self.known.values():
            if person.number == sale.member:
                person.points = view.balance.get("points", 0)

    def _sale(self, day: date, i: int | None, at: datetime) -> SaleInput:
        shop = CODES[self.crowd[i].home] if i is not None and self.random.random() < 0.9 else self.random.choice(CODES)
        self.bills[shop, day] += 1
        till = self.random.randint(1, 2)
        given: dict[str, Any] = {
            "shop": shop,
            "clerk": self.random.choice(CLERKS[shop]),
            "at": at.isoformat(),
            "number": f"{shop}{till}-{day:%m%d}-{self.bills[shop, day]:04d}",
            "key": f"story-{shop}-{day}-{self.bills[shop, day]}",
            "lines": [{"sku": piece.sku, "quantity": 1} for piece in self._basket()],
        }
        if i is not None:
            given |= self._member_part(day, i)
        return read(SaleInput, given)

    def _basket(self) -> list[Piece]:
        pieces = self.house.pieces
        weights = [1_000_000 // (piece.price + 40_000) for piece in pieces]
        return self.random.choices(pieces, weights, k=self.random.choices((1, 2, 3), (60, 30, 10))[0])

    def _member_part(self, day: date, i: int) -> dict[str, Any]:
        person, known = self.crowd[i], self.known[i]
        part: dict[str, Any] = {"member": known.number, "presented": "card" if self.random.random() < 0.96 else "phone"}
        if known.visits == 0 or part["presented"] == "phone":
            return part
        if person.birthday.month == day.month and not known.birthday_used and self.random.random() < 0.7:
            part["benefits"] = ["birthday"]
        if known.voucher and self.random.random() < 0.7:
            part["vouchers"] = [known.voucher]
        elif day.month in (6, 12) and known.points >= 20 and self.random.random() < 0.5:
            part["points"] = min(known.points, 100)
        return part


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def begin(house: House, random: Random, count: int) -> Story:
    """The story with its crowd, not yet told."""
    return Story(house, random, people(random, count, FIRST, LAST))
