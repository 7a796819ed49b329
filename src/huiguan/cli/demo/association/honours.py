"""The year's dues, charged and not all paid yet, and the members the guild honours: one firm, one master, one still judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from huiguan.billing import operations as billing
from huiguan.billing.inputs import ReceiveMoney, RunFee
from huiguan.cases import operations as cases
from huiguan.cases.inputs import DecideMatter
from huiguan.cli.demo.association.moments import Step, at_of
from huiguan.cli.demo.guild import Association
from huiguan.conduct import operations as conduct
from huiguan.conduct.inputs import ProposeAward
from huiguan.kernel.inputs import read

CHARGED, FIRMS = "09-07 09:00", 28
UNPAID = (3, 7, 11, 16, 20, 26, 31, 35)  # places in the roll; those paid on a day of the two weeks after it was charged
PARTLY = (5, 33)


@dataclass(frozen=True, slots=True)
class Praised:
    """The member at a place in the roll: which award, proposed when and why, judged and approved when."""

    member: int
    award: str
    proposed: str
    words: str
    category: str = ""
    judged: str = ""
    approved: str = ""


PRAISED = (
    Praised(
        1, "yearly", "10-12 09:30", "连续三年抽检全优，牵头制定龙井加工规范", "quality", "10-14 15:30", "10-16 10:00"
    ),
    Praised(30, "master", "10-20 10:00", "制茶三十年，带出十一名徒弟", "", "10-22 15:00", "10-26 09:30"),
    Praised(2, "yearly", "12-09 14:00", "为山区茶农办了六期公益培训", "good", "12-11 15:00"),
)


def steps_of_dues(house: Association, numbers: Sequence[str]) -> Iterator[Step]:
    """The fee charged to everybody, and the money that came in."""
    yield at_of(CHARGED), partial(_charge, house)
    for place, number in enumerate(numbers):
        if place not in UNPAID:
            whole, part = ("666.67", "300.00") if place < FIRMS else ("66.67", "30.00")
            amount = part if place in PARTLY else whole
            yield at_of(f"09-{8 + place % 14:02d} 10:{place:02d}"), partial(_receive, house, number, amount)


def _charge(house: Association, at: datetime) -> None:
    billing.run_fee(actor=house.staff["linshuyun"], at=at, given=read(RunFee, {"fee": "dues"}))


def _receive(house: Association, number: str, amount: str, at: datetime) -> None:
    told = {"member": number, "amount": amount, "means": "transfer", "reference": f"CY{at:%m%d}{number}"}
    billing.receive_money(actor=house.staff["linshuyun"], at=at, given=read(ReceiveMoney, told))


@dataclass(slots=True)
class Proposed:
    """A proposal as far as it has come."""

    house: Association
    praised: Praised
    number: str
    matter: str = ""

    def propose(self, at: datetime) -> None:
        asked = {"member": self.number, "award": self.praised.award, "words": self.praised.words}
        asked |= {"category": self.praised.category} if self.praised.category else {}
        given = read(ProposeAward, asked)
        self.matter = conduct.propose_award(actor=self.house.staff["linshuyun"], at=at, given=given).matter

    def judge(self, at: datetime) -> None:
        self._pass("judging", "shenyan", at)

    def approve(self, at: datetime) -> None:
        self._pass("approval", "weisiqi", at)

    def _pass(self, stage: str, by: str, at: datetime) -> None:
        given = read(DecideMatter, {"matter": self.matter, "stage": stage, "verdict": "pass"})
        cases.decide_matter(actor=self.house.staff[by], at=at, given=given)


def steps_of_honours(house: Association, numbers: Sequence[str]) -> Iterator[Step]:
    """What was proposed and what became of it."""
    for praised in PRAISED:
        told = Proposed(house, praised, numbers[praised.member])
        done = ((praised.proposed, told.propose), (praised.judged, told.judge), (praised.approved, told.approve))
        yield from ((at_of(when), deed) for when, deed in done if when)
