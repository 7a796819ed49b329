"""What the trading members owed in the year: the inspection, the fee, margin, reports of changes; what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from huiguan.billing import operations as billing
from huiguan.billing.inputs import AssessDeposit, ReceiveMoney, RunFee
from huiguan.cases import inputs
from huiguan.cases import operations as cases
from huiguan.cli.demo.association.moments import Step, at_of
from huiguan.cli.demo.guild import Association
from huiguan.conduct import operations as conduct
from huiguan.conduct import queries as breaches
from huiguan.conduct.inputs import NoteEvent, ProposeMeasures
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import RecordEncumbrance

# Places in the roll: who was not inspected, who did not pay, whose margin is how large and whether it came.
MISSED, UNPAID = (9, 17), (9, 13)
MARGINS = ((0, "8000000.00", True), (1, "12000000.00", True), (2, "5000000.00", True), (3, "6000000.00", True),
           (4, "9000000.00", False), (5, "4000000.00", True))  # fmt: skip
# Reports: place, event, the day it happened, when it was handed in, words, what of the file changes, whether it was accepted.
REPORTS: tuple[tuple[int, str, str, str, str, dict[str, str], bool], ...] = (
    (2, "representative", "2026-05-18", "05-25 10:00", "股东会选举新任董事长", {"representative": "许景行"}, True),
    (6, "capital", "2026-06-01", "06-08 10:00", "减资，已登报", {"capital": "9000000"}, True),
    (8, "branch", "2026-07-06", "07-24 10:00", "设立姑苏分公司", {}, True),
    (11, "particulars", "2026-11-30", "12-09 10:00", "营业场所迁至滨江路", {"area": "280"}, False),
    (14, "dispute", "2026-12-04", "12-10 15:30", "与客户的买卖合同纠纷已立案", {"amount": "860000"}, False),
)
# Events the house learned of: place, event, day, when it was noted, how; nothing was reported of them yet.
NOTED = (
    (12, "team", "2026-11-16", "11-23 09:00", "工商公示：总经理变更"),
    (16, "contact", "2026-12-07", "12-10 11:00", "来电得知业务联系人已离职"),
    (19, "punished", "2026-12-08", "12-11 09:20", "监管部门公告立案调查"),
)


def steps(house: Association, numbers: Sequence[str]) -> Iterator[Step]:
    """What was done, when."""
    yield at_of("01-05 09:00"), partial(_run_fee, house)
    for place, number in enumerate(numbers):
        if place not in UNPAID:
            yield at_of(f"03-{2 + place:02d} 10:00"), partial(_receive, house, number, "20000.00", {})
        if place not in MISSED:
            yield at_of(f"03-{2 + place:02d} 14:00"), partial(_inspect, house, number)
    for place, base, paid in MARGINS:
        yield at_of("11-02 10:00"), partial(_assess, house, numbers[place], base)
        if paid:
            amount = f"{int(float(base)) // 10}.00"
            yield at_of("11-06 10:00"), partial(_receive, house, numbers[place], amount, {"deposit": "margin"})
    for place, event, day, when, words, changed, accepted in REPORTS:
        told = {"event": event, "happened_on": day, "words": words, **changed}
        yield at_of(when), partial(_report, house, numbers[place], told, accepted)
    for place, event, day, when, words in NOTED:
        noted = {"member": numbers[place], "obligation": "reports", "event": event, "on": day, "words": words}
        yield at_of(when), partial(_note, house, noted)
    yield at_of("04-08 10:00"), partial(_propose, house, numbers[MISSED[0]])
    yield at_of("10-19 09:30"), partial(_leave, house, numbers[21])
    yield at_of("12-09 16:20"), partial(_publish, house, numbers[1])


def _run_fee(house: Association, at: datetime) -> None:
    billing.run_fee(actor=house.staff["jiangheng"], at=at, given=read(RunFee, {"fee": "management"}))


def _receive(house: Association, number: str, amount: str, into: dict[str, Any], at: datetime) -> None:
    reference = f"{number}-{at:%m%d}"
    told = {"member": number, "amount": amount, "means": "transfer", "reference": reference, **into}
    billing.receive_money(actor=house.staff["jiangheng"], at=at, given=read(ReceiveMoney, told))


def _assess(house: Association, number: str, base: str, at: datetime) -> None:
    given = read(AssessDeposit, {"member": number, "deposit": "margin", "base": base})
    billing.assess_deposit(actor=house.staff["jiangheng"], at=at, given=given)


def _inspect(house: Association, number: str, at: datetime) -> None:
    form = {"capital": "20000000", "staff": "18", "words": "经营平稳，无重大变化"}
    asked = {"procedure": "inspection", "form": form, "submit": True}
    made = cases.open_matter(actor=house.member(number), at=at, given=read(inputs.OpenMatter, asked))
    told = {"matter": made.number, "stage": "review", "verdict": "pass"}
    cases.decide_matter(actor=house.staff["songzhi"], at=at, given=read(inputs.DecideMatter, told))


def _report(house: Association, number: str, form: dict[str, str], accepted: bool, at: datetime) -> None:
    asked = {"procedure": "reporting", "form": form, "submit": True}
    made = cases.open_matter(actor=house.member(number), at=at, given=read(inputs.OpenMatter, asked))
    if accepted:
        told = {"matter": made.number, "stage": "acceptance", "verdict": "pass"}
        cases.decide_matter(actor=house.staff["yanqing"], at=at, given=read(inputs.DecideMatter, told))


def _note(house: Association, noted: dict[str, str], at: datetime) -> None:
    conduct.note_event(actor=house.staff["yanqing"], at=at, given=read(NoteEvent, noted))


def _propose(house: Association, number: str, at: datetime) -> None:
    """Who was not inspected puts it right: proposed by the member office, decided by compliance."""
    office = house.staff["songzhi"]
    (broken,) = [each for each in breaches.breaches(office, at, member=number) if each.duty == "inspection"]
    asked = {"breaches": [broken.number], "measures": ["rectification"], "words": "首次未参加年检，限期补办"}
    (taken,) = conduct.propose_measures(actor=office, at=at, given=read(ProposeMeasures, asked))
    verdict = {"matter": taken.matter, "stage": "decision", "verdict": "pass"}
    cases.decide_matter(actor=house.staff["yanqing"], at=at, given=read(inputs.DecideMatter, verdict))


def _leave(house: Association, number: str, at: datetime) -> None:
    """Two of its clients are still to be moved."""
    for ref, said in (("K-101", "客户 K-101 待转移"), ("K-102", "客户 K-102 待销户")):
        told = {"member": number, "kind": "client", "ref": ref, "said": said}
        members.record_encumbrance(actor=house.staff["songzhi"], at=at, given=read(RecordEncumbrance, told))
    asked = {"procedure": "leaving", "form": {"letter": "母公司业务调整"}, "submit": True}
    cases.open_matter(actor=house.member(number), at=at, given=read(inputs.OpenMatter, asked))


def _publish(house: Association, number: str, at: datetime) -> None:
    form = {"name": "新春投资者讲座海报", "medium": "江东晚报"}
    asked = {"procedure": "publicity", "form": form, "submit": True}
    cases.open_matter(actor=house.member(number), at=at, given=read(inputs.OpenMatter, asked))
