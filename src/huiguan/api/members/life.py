"""/members/{member}: how long a membership lasts, why it stands as it does, how it ends, what ties it to the house."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named, told_reasons
from huiguan.api.schemas import Answer, Both, ReasonAnswer, Yuan
from huiguan.foundation.clock import now
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members
from huiguan.members.values import EncumbranceTold

router = Router(tags=["members"])


class LifeAnswer(Answer):
    """Where a membership stands and why. `next`: what it turns to of itself; `opens`: the rights open now;
    `stands_against`: what must be cleared before it may end."""

    standing: str
    title: Both
    since: datetime
    clause: str | None
    why: Both
    type: str
    type_title: Both
    member_since: datetime
    ends_at: datetime | None
    lapses_at: datetime | None
    next: str | None
    next_at: datetime | None
    opens: list[str]
    stands_against: list[ReasonAnswer]
    reasons: list[ReasonAnswer]


class TermAnswer(Answer):
    """How long it runs. `ends_at`: the first moment after the term, null where it has none."""

    member: str
    standing: str
    since: datetime
    opens_at: datetime | None
    ends_at: datetime | None
    lapses_at: datetime | None
    reasons: list[ReasonAnswer]


class ExitAnswer(Answer):
    """A membership that ends at `exits_at`, or has ended where that is null."""

    member: str
    standing: str
    ground: str
    exits_at: datetime | None
    barred_until: datetime | None
    reasons: list[ReasonAnswer]


class EncumbranceAnswer(Answer):
    """Something to be cleared before the membership ends."""

    kind: str
    ref: str
    said: str
    amount: Yuan | None
    opened_at: datetime
    clause: str | None
    cleared_at: datetime | None
    how: str


class RelationAnswer(Answer):
    """Somebody is `role` to the member from `since` up to and with `until`; `primary` of the contacts; `other`: their own
    member number, or their name where they are known and no member."""

    id: int
    role: str
    name: str
    since: date
    until: date | None
    primary: bool
    phone: str
    email: str
    note: str
    other: str | None


class RelationsPage(Answer):
    items: list[RelationAnswer]
    next: str | None


class EncumbrancesPage(Answer):
    items: list[EncumbranceAnswer]
    next: None = None


class MarkAnswer(Answer):
    """A dated fact written down by another part of the house; it holds until just before `until`."""

    name: str
    value: str
    since: datetime
    until: datetime | None
    clause: str | None
    cause: str


class MarksPage(Answer):
    items: list[MarkAnswer]
    next: None = None


@router.get(
    "/members/{member}/life",
    **described(
        name="standing_why", gives=LifeAnswer,
        does=Text(zh="会籍现状、依据、权利与期限", en="Standing, why, rights and term of a membership"),
    ),
)  # fmt: skip
def life(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    actor, when = actor_of(request), moment_asked(at)
    found = queries.standing_why(actor, member, when)
    told = named(LifeAnswer, found)
    told["opens"] = list(found.opens)
    for name in ("reasons", "stands_against"):
        told[name] = told_reasons(actor, when, told[name])
    return answer(told)


@router.post(
    "/members/{member}/renewals",
    **described(
        name="renew_membership", gives=TermAnswer, status=201, write=True,
        does=Text(zh="续期", en="Renew a membership"),
    ),
)  # fmt: skip
def renew(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.renew_membership, read(inputs.RenewMembership, {"member": member}), TermAnswer)


@router.post(
    "/members/{member}/freeze",
    **described(
        name="freeze_membership", takes=inputs.FreezeMembership, fixed=("member",), gives=TermAnswer, status=201,
        write=True, does=Text(zh="停用会籍", en="Stop a membership"),
    ),
)  # fmt: skip
def freeze(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.freeze_membership, given(request, inputs.FreezeMembership, member=member), TermAnswer)


@router.delete(
    "/members/{member}/freeze",
    **described(name="thaw_membership", gives=TermAnswer, write=True, does=Text(zh="恢复会籍", en="Take it up again")),
)
def thaw(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.thaw_membership, read(inputs.ThawMembership, {"member": member}), TermAnswer, 200)


@router.put(
    "/members/{member}/type",
    **described(
        name="change_type", takes=inputs.ChangeType, fixed=("member",), gives=TermAnswer, write=True,
        does=Text(zh="改会员种类", en="Change the sort of member"),
    ),
)  # fmt: skip
def change_type(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.change_type, given(request, inputs.ChangeType, member=member), TermAnswer, 200)


@router.post(
    "/members/{member}/exit",
    **described(
        name="end_membership", takes=inputs.EndMembership, fixed=("member",), gives=ExitAnswer, status=201, write=True,
        does=Text(zh="办理退出", en="End a membership"),
    ),
)  # fmt: skip
def end(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.end_membership, given(request, inputs.EndMembership, member=member), ExitAnswer)


@router.delete(
    "/members/{member}/exit",
    **described(name="withdraw_exit", gives=ExitAnswer, write=True, does=Text(zh="撤回退出", en="Take a notice back")),
)
def withdraw(request: HttpRequest, member: str, reason: str) -> HttpResponse:
    asked = read(inputs.WithdrawExit, {"member": member, "reason": reason})
    return done(request, members.withdraw_exit, asked, ExitAnswer, 200)


@router.post(
    "/members/{member}/readmission",
    **described(
        name="readmit_member", takes=inputs.ReadmitMember, fixed=("member",), gives=ExitAnswer, status=201, write=True,
        does=Text(zh="重新入会", en="Take a former member in again"),
    ),
)  # fmt: skip
def readmit(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.readmit_member, given(request, inputs.ReadmitMember, member=member), ExitAnswer)


@router.get(
    "/members/{member}/encumbrances",
    **described(
        name="encumbrances", gives=EncumbrancesPage,
        does=Text(zh="退出前须了结的事项", en="What must be cleared before a membership ends"),
    ),
)  # fmt: skip
def encumbrances(request: HttpRequest, member: str, cleared: bool = False) -> HttpResponse:
    found = queries.encumbrances(actor_of(request), member, cleared=cleared)
    return answer({"items": [_tie(each) for each in found], "next": None})


@router.post(
    "/members/{member}/encumbrances",
    **described(
        name="record_encumbrance", takes=inputs.RecordEncumbrance, fixed=("member",), gives=EncumbranceAnswer,
        status=201, write=True, does=Text(zh="登记待了结", en="Note something to be cleared"),
    ),
)  # fmt: skip
def record(request: HttpRequest, member: str) -> HttpResponse:
    return _tied(request, members.record_encumbrance, given(request, inputs.RecordEncumbrance, member=member), 201)


@router.delete(
    "/members/{member}/encumbrances/{kind}/{ref}",
    **described(
        name="clear_encumbrance", gives=EncumbranceAnswer, write=True, does=Text(zh="了结一项", en="Clear one")
    ),
)
def clear(request: HttpRequest, member: str, kind: str, ref: str, how: str) -> HttpResponse:
    asked = read(inputs.ClearEncumbrance, {"member": member, "kind": kind, "ref": ref, "how": how})
    return _tied(request, members.clear_encumbrance, asked, 200)


@router.get(
    "/members/{member}/relations",
    **described(
        name="relations", gives=RelationsPage,
        does=Text(zh="法定代表人、联系人、分支机构等", en="Legal representative, contacts, branches of a member"),
    ),
)  # fmt: skip
def relations(request: HttpRequest, member: str, former: bool = False) -> HttpResponse:
    found = queries.relations(actor_of(request), member, now(), former=former)
    return answer({"items": [named(RelationAnswer, each) for each in found], "next": None})


@router.post(
    "/members/{member}/relations",
    **described(
        name="add_relation", takes=inputs.AddRelation, fixed=("member",), gives=RelationAnswer, status=201, write=True,
        does=Text(zh="登记一条关系", en="Somebody is this to a member"),
    ),
)  # fmt: skip
def relate(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.add_relation, given(request, inputs.AddRelation, member=member), RelationAnswer)


@router.delete(
    "/members/{member}/relations/{relation}",
    **described(name="end_relation", gives=RelationAnswer, write=True, does=Text(zh="关系终止", en="A relation ends")),
)
def unrelate(request: HttpRequest, member: str, relation: int, until: str | None = None) -> HttpResponse:
    asked = read(inputs.EndRelation, {"member": member, "relation": relation, "until": until})
    return done(request, members.end_relation, asked, RelationAnswer, 200)


@router.get(
    "/members/{member}/marks",
    **described(name="marks", gives=MarksPage, does=Text(zh="会籍上的标记", en="The dated marks of a membership")),
)
def marks(request: HttpRequest, member: str) -> HttpResponse:
    found = queries.marks(actor_of(request), member)
    return answer({"items": [named(MarkAnswer, each) for each in found], "next": None})


def _tied(request: HttpRequest, operation: Any, asked: Any, status: int) -> HttpResponse:
    made = operation(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer(_tie(made), status)


def _tie(each: EncumbranceTold) -> dict[str, Any]:
    amount = as_yuan(each.amount) if each.amount is not None else None
    return {**named(EncumbranceAnswer, each), "amount": amount}
