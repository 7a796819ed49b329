"""What came over the desk in the autumn: applications in every stage, an appeal, and two who would lecture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huiguan.cases import inputs
from huiguan.cases import operations as cases
from huiguan.cli.demo.association.people import credit_code, person_called, phone
from huiguan.cli.demo.association.sheets import scan
from huiguan.cli.demo.guild import Applicant
from huiguan.documents.values import Upload
from huiguan.kernel.inputs import read

_JUDGED = {
    "sound": {"answer": True, "comment": "章程、账目齐全"},
    "repute": {"answer": True, "comment": "近三年无处罚记录"},
}


Deed = Callable[..., None]


def draft(who: Applicant, at: datetime, words: str) -> None:
    _open(who, at, words, submit=False)


def hand_in(who: Applicant, at: datetime, words: str) -> None:
    """The form, and of a firm its papers."""
    _open(who, at, words, submit=True)
    if who.sort == "firm":
        paper(who, at, "form")
        paper(who, at, "licence")


def hand_in_short(who: Applicant, at: datetime, words: str) -> None:
    """The form and one paper of two: the licence is still missing."""
    _open(who, at, words, submit=True)
    paper(who, at, "form")


def paper(who: Applicant, at: datetime, doc: str) -> None:
    """One of a firm's papers."""
    told = {"matter": who.number, "doc": doc, "stamped": doc == "form"}
    told |= {"number": credit_code(who.i)} if doc == "licence" else {}
    file = Upload(*scan(doc))
    cases.attach_document(actor=who.herself, at=at, given=read(inputs.AttachDocument, told), file=file)


def review(who: Applicant, at: datetime) -> None:
    _decide(who, at, "linshuyun", "first_review", "pass", remark="材料齐全")


def turn_down(who: Applicant, at: datetime, words: str) -> None:
    _decide(who, at, "linshuyun", "first_review", "refuse", reason=words)


def give_back(who: Applicant, at: datetime, words: str) -> None:
    _decide(who, at, "gaoyuan", "first_review", "return", reason=words)


def correct(who: Applicant, at: datetime, name: str, value: str) -> None:
    """One answer changed, and handed in again."""
    given = read(inputs.SaveMatter, {"matter": who.number, "form": {name: value}})
    cases.save_matter(actor=who.herself, at=at, given=given)
    cases.submit_matter(actor=who.herself, at=at, given=read(inputs.NameMatter, {"matter": who.number}))


def agree(who: Applicant, at: datetime, *signers: str) -> None:
    for signer in signers or ("shenyan", "taoran"):
        _decide(who, at, signer, "committee", "pass", judged=_JUDGED)


def reject(who: Applicant, at: datetime, words: str) -> None:
    _decide(who, at, "shenyan", "committee", "refuse", reason=words)


def fetch(who: Applicant, at: datetime) -> None:
    """The pledge is signed and the certificate fetched: from then on a member."""
    signed = {"matter": who.number, "acceptance": "pledge", "edition": "1", "signer": who.name}
    cases.sign_in_matter(actor=who.herself, at=at, given=read(inputs.SignInMatter, signed))
    _decide(who, at, "gaoyuan", "collection", "pass", remark="会员证当面交付")


def oppose(who: Applicant, at: datetime, words: str) -> None:
    said = {"matter": who.number, "words": words, "name": "邻近茶农", "contact": phone(900)}
    cases.object_to_notice(actor=who.house.guest, at=at, given=read(inputs.ObjectToNotice, said))


def withdraw(who: Applicant, at: datetime, words: str) -> None:
    given = read(inputs.WithdrawMatter, {"matter": who.number, "reason": words})
    cases.withdraw_matter(actor=who.herself, at=at, given=given)


def appeal(who: Applicant, at: datetime, words: str) -> None:
    assert who.matter is not None
    asked = {
        "procedure": "joining_appeal", "submit": True, "follows": who.number, "code": who.matter.code,
        "form": {"name": who.name, "grounds": words},
    }  # fmt: skip
    cases.open_matter(actor=who.house.guest, at=at, given=read(inputs.OpenMatter, asked))


def lecture(who: Applicant, at: datetime, subject: str) -> None:
    asked = {"procedure": "lecturer", "submit": True, "form": {"name": who.name, "subject": subject}}
    who.matter = cases.open_matter(actor=who.house.guest, at=at, given=read(inputs.OpenMatter, asked))


def recommend(who: Applicant, at: datetime, recommender: str, words: str) -> None:
    """Asked by a link, and answered by it."""
    given = read(inputs.InviteRecommender, {"matter": who.number, "name": recommender})
    invited = cases.invite_recommender(actor=who.house.staff["linshuyun"], at=at, given=given)
    answer = read(inputs.AnswerInvitation, {"token": invited.token, "recommends": True, "words": words})
    cases.answer_invitation(actor=who.house.guest, at=at, given=answer)


def interview(who: Applicant, at: datetime) -> None:
    """Eighty-eight points of a hundred."""
    judged = {"knowledge": {"points": 54}, "speech": {"points": 34}}
    _decide(who, at, "linshuyun", "interview", "pass", judged=judged)


def vote(who: Applicant, at: datetime, place: str) -> None:
    """Somebody of the council votes yes, from afar with her consent."""
    told = {
        "matter": who.number, "stage": "appointment", "vote": "yes", "remote": True,
        "consent": "短信回复同意聘任",
    }  # fmt: skip
    cases.cast_vote(actor=who.house.councillors[int(place)], at=at, given=read(inputs.CastVote, told))


def _open(who: Applicant, at: datetime, words: str, *, submit: bool) -> None:
    form = {
        "name": who.name, "member_type": who.sort, "phone": phone(500 + who.i), "email": f"apply{who.i}@example.com",
        "contact": who.name if who.sort == "person" else "周禾", "introduction": words,
    }  # fmt: skip
    if who.sort == "firm":
        form |= {
            "credit_code": credit_code(who.i),
            "representative": person_called(who.i),
            "capital": f"{50 + 10 * who.i}",
        }
    asked = {"procedure": "joining", "form": form, "submit": submit}
    who.matter = cases.open_matter(actor=who.house.guest, at=at, given=read(inputs.OpenMatter, asked))


def _decide(who: Applicant, at: datetime, by: str, stage: str, verdict: str, **words: Any) -> None:
    given = read(inputs.DecideMatter, {"matter": who.number, "stage": stage, "verdict": verdict, **words})
    cases.decide_matter(actor=who.house.staff[by], at=at, given=given)
