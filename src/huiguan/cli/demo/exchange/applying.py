"""Who applied in the year, and how far each came: conditions, papers, committee, council, signing, fee and margin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huiguan.billing import operations as billing
from huiguan.billing.inputs import AssessDeposit, ReceiveMoney
from huiguan.cases import inputs
from huiguan.cases import operations as cases
from huiguan.cli.demo.association.people import credit_code, person_called
from huiguan.cli.demo.association.sheets import scan
from huiguan.cli.demo.exchange.people import phone
from huiguan.cli.demo.guild import Applicant
from huiguan.documents.values import Upload
from huiguan.kernel.inputs import read

PAPERS = ("form", "profile", "licence", "tax", "org_code", "identity")
_JUDGED = {
    "organisation": {"answer": True, "comment": "三会一层、财务制度齐全"},
    "clients": {"answer": True, "comment": "已有二十家产业客户意向"},
    "knowledge": {"answer": True, "comment": "面谈熟悉延期交收"},
}


Deed = Callable[..., None]


def draft(who: Applicant, at: datetime) -> None:
    _open(who, at, "10000000", submit=False)


def hand_in(who: Applicant, at: datetime, capital: str = "30000000", papers: str = "6") -> None:
    """The form, so many of the six papers, and the undertaking once the file is whole."""
    _open(who, at, capital, submit=True)
    if who.matter is not None and who.matter.state != "open":
        return
    for doc in PAPERS[: int(papers)]:
        name, content = scan("licence" if doc in ("licence", "tax", "org_code") else "form")
        told = {"matter": who.number, "doc": doc, "stamped": True}
        given = read(inputs.AttachDocument, told)
        cases.attach_document(actor=who.herself, at=at, given=given, file=Upload(name, content))
    if papers == "6":
        signed = {"matter": who.number, "acceptance": "undertaking", "edition": "1", "signer": "何山"}
        cases.sign_in_matter(actor=who.herself, at=at, given=read(inputs.SignInMatter, signed))


def review(who: Applicant, at: datetime) -> None:
    told = {"matter": who.number, "stage": "review", "verdict": "pass", "judged": _JUDGED}
    cases.decide_matter(actor=who.house.staff["panyue"], at=at, given=read(inputs.DecideMatter, told))


def give_back(who: Applicant, at: datetime, words: str) -> None:
    told = {"matter": who.number, "stage": "review", "verdict": "return", "reason": words}
    cases.decide_matter(actor=who.house.staff["panyue"], at=at, given=read(inputs.DecideMatter, told))


def vote(who: Applicant, at: datetime, *places: str) -> None:
    for place in places or ("2", "3", "4"):
        told = {"matter": who.number, "stage": "council", "vote": "yes"}
        cases.cast_vote(actor=who.house.councillors[int(place)], at=at, given=read(inputs.CastVote, told))


def sign(who: Applicant, at: datetime) -> None:
    """Signed; from here on the fee is charged and the margin is assessed."""
    given = read(inputs.ConfirmStage, {"matter": who.number, "stage": "signing"})
    cases.confirm_stage(actor=who.herself, at=at, given=given)
    told = {"member": who.member(), "deposit": "margin", "base": "5000000.00"}
    billing.assess_deposit(actor=who.house.staff["jiangheng"], at=at, given=read(AssessDeposit, told))


def pay_fee(who: Applicant, at: datetime) -> None:
    _receive(who, at, "100000.00", {})


def pay_margin(who: Applicant, at: datetime, amount: str = "500000.00") -> None:
    _receive(who, at, amount, {"deposit": "margin"})


def _receive(who: Applicant, at: datetime, amount: str, into: dict[str, Any]) -> None:
    reference = f"JY{at:%m%d}{who.i:02d}{len(into)}"
    told = {"member": who.member(), "amount": amount, "means": "transfer", "reference": reference, **into}
    billing.receive_money(actor=who.house.staff["jiangheng"], at=at, given=read(ReceiveMoney, told))


def _open(who: Applicant, at: datetime, capital: str, *, submit: bool) -> None:
    form = {
        "name": who.name, "phone": phone(500 + who.i), "credit_code": credit_code(700 + who.i), "representative": person_called(who.i),
        "region": "江东", "applicant_type": "company", "registered_in": "中国", "scope": "贵金属现货经营",
        "capital": capital, "area": "420", "experienced": "5", "clean_since": "2021-03-01", "subscribes": "yes",
    }  # fmt: skip
    asked = {"procedure": "joining", "form": form, "submit": submit}
    who.matter = cases.open_matter(actor=who.house.guest, at=at, given=read(inputs.OpenMatter, asked))


Step = tuple[str, Deed, tuple[str, ...]]
APPLICANTS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("承平贵金属有限公司", (
        ("09-01 09:10", hand_in, ()), ("09-10 10:00", review, ()), ("09-15 15:00", vote, ()),
        ("09-18 10:00", sign, ()), ("09-22 09:40", pay_fee, ()), ("09-24 11:20", pay_margin, ()),
    )),
    ("云章贵金属有限公司", (
        ("10-12 09:10", hand_in, ()), ("10-20 10:00", review, ()), ("10-26 15:00", vote, ()),
        ("11-02 10:00", sign, ()), ("11-05 09:40", pay_margin, ()), ("11-10 11:20", pay_fee, ()),
    )),
    ("星原贵金属有限公司", (
        ("11-02 09:10", hand_in, ()), ("11-16 10:00", review, ()), ("11-23 15:00", vote, ()),
        ("12-03 10:00", sign, ()), ("12-09 09:40", pay_fee, ()),
    )),
    ("庆余贵金属有限公司", (
        ("11-04 09:10", hand_in, ()), ("11-17 10:00", review, ()), ("11-24 15:00", vote, ()), ("12-04 10:00", sign, ()),
        ("12-08 14:00", pay_margin, ("120000.00",)),
    )),
    ("渡江贵金属有限公司", (
        ("11-09 09:10", hand_in, ()), ("11-20 10:00", review, ()), ("12-07 15:00", vote, ()),
    )),
    ("方舟贵金属有限公司", (("11-10 09:10", hand_in, ()), ("11-25 10:00", review, ()), ("12-10 15:00", vote, ("2", "3")))),
    ("南岭贵金属有限公司", (("11-30 09:10", hand_in, ()),)),
    ("朝晖贵金属有限公司", (("12-02 09:10", hand_in, ("30000000", "4")),)),
    ("启明贵金属有限公司", (
        ("12-03 09:10", hand_in, ()), ("12-08 16:00", give_back, ("营业执照副本模糊，请重新扫描并加盖公章。",)),
    )),
    ("微澜贵金属有限公司", (("11-18 09:10", hand_in, ("9999999",)),)),
    ("青冈贵金属有限公司", (
        ("10-08 09:10", hand_in, ()), ("10-16 10:00", review, ()), ("10-22 15:00", vote, ()),
    )),
    ("拾光贵金属有限公司", (("12-11 20:10", draft, ()),)),
)  # fmt: skip
