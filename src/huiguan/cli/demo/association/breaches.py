"""Breaches of the autumn: one nobody has looked at, one criticised, one warned and sent to be trained, one being heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.cases import operations as cases
from huiguan.cases.inputs import DecideMatter
from huiguan.cli.demo.association.moments import Step, at_of
from huiguan.cli.demo.guild import Association
from huiguan.conduct import operations as conduct
from huiguan.conduct.inputs import ProposeMeasures, ReportBreach, StateCase
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read


@dataclass(frozen=True, slots=True)
class Case:
    """A breach of the member at a place in the roll: when it came up, its words; the measure proposed when and why;
    when the committee decided; what the member said when."""

    member: int
    reported: str
    words: str
    measure: str = ""
    proposed: str = ""
    why: str = ""
    decided: str = ""
    pleaded: str = ""
    pleads: str = ""


CASES = (
    Case(3, "11-18 09:30", "未经同意在包装上使用公会标识", "criticism", "11-19 10:00", "初犯，已撤下包装", "11-24 15:00"),
    Case(11, "11-25 11:00", "展会期间散布同业不实言论", "warning", "11-26 10:00", "影响较大，有关人员须培训", "12-01 15:00"),
    Case(
        16, "12-08 09:00", "抽检不合格，通知整改后仍在销售", "suspension", "12-10 10:00", "拒不整改",
        pleaded="12-11 09:40", pleads="问题批次已全部召回，正在换供应商，请求从轻。",
    ),
    Case(7, "12-11 15:20", "产地标注与实际不符，消费者来信反映"),
)  # fmt: skip


@dataclass(slots=True)
class Followed:
    """A case as far as it has come."""

    house: Association
    case: Case
    number: str
    breach: str = ""
    measure: str = ""
    matter: str = ""

    def report(self, at: datetime) -> None:
        day = at.date().isoformat()
        asked = {"member": self.number, "duty": "charter", "on": day, "words": self.case.words}
        self.breach = conduct.report_breach(actor=self._office, at=at, given=read(ReportBreach, asked)).number

    def propose(self, at: datetime) -> None:
        asked = {"breaches": [self.breach], "measures": [self.case.measure], "words": self.case.why}
        (taken,) = conduct.propose_measures(actor=self._office, at=at, given=read(ProposeMeasures, asked))
        self.measure, self.matter = taken.number, taken.matter

    def plead(self, at: datetime) -> None:
        asked = {"measure": self.measure, "words": self.case.pleads}
        conduct.state_case(actor=self._office, at=at, given=read(StateCase, asked))

    def decide(self, at: datetime) -> None:
        verdict = read(DecideMatter, {"matter": self.matter, "stage": "decision", "verdict": "pass"})
        cases.decide_matter(actor=self.house.staff["shenyan"], at=at, given=verdict)

    @property
    def _office(self) -> Actor:
        return self.house.staff["linshuyun"]


def steps_of_breaches(house: Association, numbers: Sequence[str]) -> Iterator[Step]:
    """What was done about each of them, when."""
    for case in CASES:
        told = Followed(house, case, numbers[case.member])
        done = (
            (case.reported, told.report), (case.proposed, told.propose),
            (case.pleaded, told.plead), (case.decided, told.decide),
        )  # fmt: skip
        yield from ((at_of(when), deed) for when, deed in done if when)
