"""/members/{member}: who looked at her data, who outside may be told and was told, a former member's data erased."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named
from huiguan.api.schemas import Answer, Both
from huiguan.copies import operations as copies
from huiguan.copies.inputs import TakeCopy
from huiguan.design.sending import archive_answer
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.visits import inputs, operations, queries

router = Router(tags=["members"])


class LookAnswer(Answer):
    """Somebody looked at what lies sealed; `herself` where it was the member."""

    at: datetime
    by: str
    what: Both
    herself: bool


class LooksPage(Answer):
    items: list[LookAnswer]
    next: None = None


class SharedAnswer(Answer):
    """Whether a member agrees that `recipient` is told of her, in which words, by which paper."""

    recipient: str
    given: bool
    words: Both
    paper: str
    at: datetime


class SharedPage(Answer):
    items: list[SharedAnswer]
    next: None = None


class ConsentAnswer(Answer):
    what: str
    given: bool
    at: datetime


class DisclosureAnswer(Answer):
    """Somebody outside was told `fields`; `basis`: consent, or law with its `ground`."""

    id: int
    recipient: str
    purpose: str
    fields: list[str]
    basis: str
    ground: str
    at: datetime
    by: str


class DisclosuresPage(Answer):
    items: list[DisclosureAnswer]
    next: None = None


class ErasedAnswer(Answer):
    """So many values of the form, files of papers, devices."""

    number: str
    at: datetime
    values: int
    papers: int
    devices: int


class ErasedApplicationAnswer(Answer):
    """The matters that were emptied, and how many files of papers went."""

    numbers: list[str]
    at: datetime
    papers: int


class ErasedHoldersAnswer(Answer):
    """How many former holders of the membership were forgotten."""

    holders: int


class DueAnswer(Answer):
    """A former member, from when on her data is erased, what still ties her: nobody who is tied is erased."""

    number: str
    left_at: datetime
    erased_from: datetime | None
    tied_by: list[str]


class DuePage(Answer):
    items: list[DueAnswer]
    next: None = None


@router.get(
    "/members/{member}/looks",
    **described(name="looks", gives=LooksPage, does=Text(zh="谁看过会员的封存资料与材料", en="Who looked at what of a member lies sealed")),
)  # fmt: skip
def looks(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    found = queries.looks(actor_of(request), moment_asked(at), member)
    return answer({"items": [named(LookAnswer, each) for each in found], "next": None})


@router.get(
    "/members/{member}/sharing",
    **described(name="shared", gives=SharedPage, does=Text(zh="会员同意向谁提供资料", en="To whom a member agreed")),
)
def sharing(request: HttpRequest, member: str) -> HttpResponse:
    found = queries.shared(actor_of(request), member)
    return answer({"items": [named(SharedAnswer, each) for each in found], "next": None})


@router.post(
    "/members/{member}/sharing",
    **described(
        name="agree_to_share", takes=inputs.AgreeToShare, fixed=("member",), gives=ConsentAnswer, status=201, write=True,
        does=Text(zh="登记会员同意或撤回对外提供", en="A member agrees, or no more, to be shared with somebody"),
    ),
)  # fmt: skip
def agree(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.agree_to_share, given(request, inputs.AgreeToShare, member=member), ConsentAnswer)


@router.get(
    "/members/{member}/disclosures",
    **described(name="disclosures", gives=DisclosuresPage, does=Text(zh="资料对外提供记录", en="Who was told of a member")),
)  # fmt: skip
def disclosures(request: HttpRequest, member: str) -> HttpResponse:
    found = queries.disclosures(actor_of(request), member)
    return answer({"items": [{**named(DisclosureAnswer, e), "fields": list(e.fields)} for e in found], "next": None})


@router.post(
    "/members/{member}/disclosures",
    **described(
        name="record_disclosure", takes=inputs.RecordDisclosure, fixed=("member",), gives=DisclosureAnswer, status=201,
        write=True, does=Text(zh="登记一次对外提供", en="Record that somebody is told of a member"),
    ),
)  # fmt: skip
def disclose(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, inputs.RecordDisclosure, member=member)
    return done(request, operations.record_disclosure, asked, DisclosureAnswer)


@router.get(
    "/members/{member}/copy",
    **described(
        name="copy_member", gives=None, media="application/zip",
        does=Text(zh="留存的会员数据副本，留痕", en="All that is kept of a member, to take away; who took it is kept"),
    ),
)  # fmt: skip
def copy(request: HttpRequest, member: str, reason: str = "") -> HttpResponse:
    asked = read(TakeCopy, {"member": member, "reason": reason})
    write = partial(copies.copy_member, actor=actor_of(request), at=now(), given=asked, wall=wall_clock())
    return archive_answer(f"{asked.member}.zip", lambda out: write(out=out))


@router.post(
    "/members/{member}/erasure",
    **described(
        name="erase_member", takes=inputs.EraseMember, fixed=("member",), gives=ErasedAnswer, status=201, write=True,
        does=Text(zh="删除已离开会员的资料", en="Erase a former member's data"),
    ),
)  # fmt: skip
def erase(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.erase_member, given(request, inputs.EraseMember, member=member), ErasedAnswer)


@router.post(
    "/members/{member}/former-holders/erasure",
    **described(
        name="erase_former_holders", takes=inputs.EraseHolder, fixed=("member",), gives=ErasedHoldersAnswer, status=201,
        write=True, does=Text(zh="删除会籍前任持有人的资料", en="Erase who held a membership before its holder now"),
    ),
)  # fmt: skip
def erase_holders(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, inputs.EraseHolder, member=member)
    return did(request, operations.erase_former_holders, asked, lambda made: {"holders": made})


@router.post(
    "/matters/{matter}/erasure",
    **described(
        name="erase_application", takes=inputs.EraseApplication, fixed=("matter",), gives=ErasedApplicationAnswer,
        status=201, write=True,
        does=Text(zh="删除没有成为会员的申请人的资料", en="Erase the data of an applicant who became no member"),
    ),
)  # fmt: skip
def erase_application(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, inputs.EraseApplication, matter=matter)
    return done(request, operations.erase_application, asked, ErasedApplicationAnswer)


@router.get(
    "/erasures-due",
    **described(
        name="due_to_erase", gives=DuePage, does=Text(zh="到期将删除的资料", en="Whose data a night would erase")
    ),
)
def due(request: HttpRequest, at: str | None = None) -> HttpResponse:
    found = queries.due_to_erase(actor_of(request), moment_asked(at))
    return answer({"items": [{**named(DueAnswer, e), "tied_by": list(e.tied_by)} for e in found], "next": None})
