"""Votes of a council of nine: cast one by one or recorded whole, from afar, watched, delegated, tied."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import (
    AnswerObjection,
    CastVote,
    CloseBallot,
    DelegateBody,
    ObjectToNotice,
    OpenMatter,
    RecordRoll,
    SignCount,
    WithdrawMandate,
)
from huiguan.cases.models import Vote
from huiguan.cases.values import BallotTold
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import CreateStaff, FoundHouse, HandOverSeat, SeatPerson
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of

ZONE = ZoneInfo("Asia/Shanghai")
T = "title: {zh: 标题, en: Title}, text: {zh: 正文, en: Text}, source: 章程"
SOURCE = f"""rulebook: small
title: {{zh: 小章程, en: Small}}
zone: Asia/Shanghai
clauses:
  - {{id: T-01, kind: body, number: 一1, {T}, body: council, called: {{zh: 理事会, en: Council}},
     places: [{{role: chair, title: {{zh: 会长, en: Chair}}}}, {{role: member, title: {{zh: 理事, en: Member}}, count: 8}}]}}
  - {{id: T-02, kind: body, number: 一2, {T}, body: office, called: {{zh: 会长办公会, en: Office}},
     places: [{{role: chair, title: {{zh: 会长, en: Chair}}}}, {{role: member, title: {{zh: 成员, en: Member}}, count: 2}}]}}
  - {{id: T-03, kind: vote, number: 一3, {T}, body: council, majority: 2/3, reaching: at_least, remote: consent, delegated_to: [office]}}
  - {{id: T-04, kind: vote, number: 一4, {T}, body: council, on: [watched], of: cast, tie: again, quorum: 1/2,
     watchers: [{{watcher: teacher, called: {{zh: 老师, en: Teacher}}}}]}}
  - {{id: T-05, kind: procedure, number: 一5, {T}, name: expulsion, of: record, opened_by: [staff],
     fields: [{{name: name, title: {{zh: 名称, en: Name}}, required: true}}],
     stages: [{{stage: vote, title: {{zh: 理事会表决, en: Council}}, by: {{body: council}}}}]}}
  - {{id: T-06, kind: procedure, number: 一6, {T}, name: watched, of: record, opened_by: [staff],
     fields: [{{name: name, title: {{zh: 名称, en: Name}}, required: true}}],
     stages: [{{stage: vote, title: {{zh: 理事会表决, en: Council}}, by: {{body: council}}}}]}}
  - {{id: T-07, kind: procedure, number: 一7, {T}, name: appeal, of: record, opened_by: [staff],
     follows: {{procedure: expulsion, outcome: passed, other_deciders: true}},
     fields: [{{name: name, title: {{zh: 名称, en: Name}}, required: true}}],
     stages: [{{stage: vote, title: {{zh: 复核, en: Review}}, by: {{body: office}}}}]}}
  - {{id: T-08, kind: procedure, number: 一8, {T}, name: posted, of: record, opened_by: [staff],
     fields: [{{name: name, title: {{zh: 名称, en: Name}}, required: true}}],
     stages: [{{stage: notice, title: {{zh: 公示, en: Notice}}, does: notice, within: 7 days, by: {{body: office}}, shows: [name]}}]}}
"""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


AT = moment("2026-03-02 10:00")


class Council:
    """A house with a council of nine and an office of three, and a matter to vote on."""

    def __init__(self) -> None:
        named = read(CreateProgramme, {"code": "small", "name": {"zh": "小会", "en": "Small"}})
        self.programme = programmes.create_programme(actor=system(0), at=AT, given=named).id
        self.owner = system(self.programme, "秘书处")
        proof = Proof(digest_of(SOURCE), examples=1, passed=1, at=AT)
        programmes.publish_rulebook(
            actor=self.owner, at=AT, given=PublishRulebook(source=SOURCE, effective_from="2020-01-01"), proof=proof
        )
        house = {"code": "HQ", "name": {"zh": "会", "en": "H"}, "username": "boss", "owner_name": "王"}
        identity.found_house(actor=self.owner, at=AT, given=read(FoundHouse, house))
        self.clerk = Actor("client", 7, "窗口", self.programme, powers=frozenset({"matters"}))
        self.seats: dict[tuple[str, int], Actor] = {}
        for body, count in (("council", 9), ("office", 3)):
            for place in range(1, count + 1):
                self.seat(body, place, f"{body}{place}")

    def seat(self, body: str, place: int, username: str) -> None:
        made = identity.create_staff(actor=self.owner, at=AT, given=CreateStaff(username=username, name=username))
        term = read(SeatPerson, {"body": body, "place": place, "staff": username})
        members.seat_person(actor=self.owner, at=AT, given=term)
        self.seats[body, place] = people.actor_of_staff(made.id, AT)

    def open(self, procedure: str = "expulsion", by: Actor | None = None) -> str:
        given = read(OpenMatter, {"procedure": procedure, "form": {"name": "某会员"}, "submit": True})
        return cases.open_matter(actor=by or self.clerk, at=AT, given=given).number

    def vote(self, number: str, place: int, word: str = "yes", body: str = "council", **more: Any) -> str:
        given = read(CastVote, {"matter": number, "stage": "vote", "vote": word, **more})
        return cases.cast_vote(actor=self.seats[body, place], at=AT, given=given).state

    def roll(self, number: str, **said: Any) -> str:
        given = {"matter": number, "stage": "vote", "minutes": "纪要 1", "held_on": "2026-03-01", **said}
        return cases.record_roll(actor=self.owner, at=AT, given=read(RecordRoll, given)).state

    def ballot(self, number: str) -> BallotTold:
        return queries.matter(self.owner, number, AT).ballots[0]

    def todo(self, place: int, body: str = "council") -> list[str]:
        return [line.number for line in queries.worklist(self.seats[body, place], AT).lines]


@pytest.fixture
def council(db: None) -> Council:
    return Council()


def refused(code: str, do: Any, **values: Any) -> Refusal:
    before = list(Vote.objects.values_list("pk", "said"))
    with pytest.raises(Refusal) as told:
        do()
    assert (told.value.code, list(Vote.objects.values_list("pk", "said"))) == (code, before)
    return told.value


def test_six_of_nine_pass_and_the_sixth_decides(council: Council) -> None:
    number = council.open()
    ahead = council.ballot(number)
    assert (ahead.outcome, ahead.needed, len(ahead.votes)) == ("ahead", 6, 9)
    assert [council.vote(number, place) for place in range(1, 6)] == ["open"] * 5
    refused("VoteCast", lambda: council.vote(number, 5, "no"))
    assert (council.todo(5), council.todo(6)) == ([], [number])
    assert council.vote(number, 6) == "passed"
    told = council.ballot(number)
    assert (told.outcome, told.yes, told.base, told.needed) == ("passed", 6, 9, 6)
    refused("MatterEnded", lambda: council.vote(number, 7))
    (decision,) = queries.matter(council.owner, number, AT).decisions
    assert (decision.capacity, decision.by, decision.reason) == (
        "body:council",
        "理事会",
        "全体 9 票中 6 票同意，达到 6 票，通过。",
    )
    assert council.todo(7) == []


def test_five_of_nine_fail_as_soon_as_four_said_no(council: Council) -> None:
    number = council.open()
    states = [council.vote(number, place) for place in range(1, 6)]
    states += [council.vote(number, place, "no") for place in range(6, 10)]
    assert states == ["open"] * 8 + ["refused"]
    assert council.ballot(number).needed == 6


def test_a_meetings_roll_is_counted_at_once(council: Council) -> None:
    number = council.open()
    assert council.roll(number, yes=[1, 2, 3, 4, 5, 6], no=[7], abstain=[8], silent=[9]) == "passed"
    told = council.ballot(number)
    assert (told.minutes, str(told.held_on), told.yes, told.no, told.abstain) == ("纪要 1", "2026-03-01", 6, 1, 1)
    other = council.open()
    refused("NotOnRoll", lambda: council.roll(other, yes=[10]))
    refused("InvalidInput", lambda: council.roll(other, yes=[1], no=[1]))
    refused("InvalidInput", lambda: council.roll(other, yes=[1], held_on="2026-03-03"))
    council.vote(other, 1)
    refused("VoteCast", lambda: council.roll(other, yes=[1, 2, 3, 4, 5, 6]))
    given = read(RecordRoll, {"matter": other, "stage": "vote", "minutes": "2", "held_on": "2026-03-01"})
    refused("NotTheRecorder", lambda: cases.record_roll(actor=council.seats["council", 2], at=AT, given=given))
    assert council.roll(council.open(), yes=[1, 2, 3, 4, 5]) == "refused"


def test_who_may_vote_and_how(council: Council) -> None:
    number = council.open()
    refused("NotYourStage", lambda: council.vote(number, 1, body="office"))
    refused("RemoteConsentNeeded", lambda: council.vote(number, 1, remote=True))
    council.vote(number, 1, remote=True, consent="邮件 2026-03-02")
    assert (council.ballot(number).votes[0].how, council.ballot(number).votes[0].present) == ("remote", False)
    watched = council.open("watched")
    refused("RemoteNotAllowed", lambda: council.vote(watched, 1, remote=True, consent="x"))
    # The place votes once, whoever sits in it: who took it over votes where the one before had not.
    handed = {"body": "council", "place": 2, "name": "周", "why": "辞任"}
    members.hand_over_seat(actor=council.owner, at=AT, given=read(HandOverSeat, handed))
    refused("NotYourStage", lambda: council.vote(number, 2))


def test_who_filled_it_in_does_not_vote_on_it(council: Council) -> None:
    chair = council.seats["council", 1]
    allowed = Actor("staff", chair.id, chair.name, chair.programme, frozenset({"matters"}))
    number = council.open(by=allowed)
    refused("MakerMayNotDecide", lambda: council.vote(number, 1))


def test_another_body_decides_while_it_is_let_to(council: Council) -> None:
    number = council.open()
    refused("NotYourStage", lambda: council.vote(number, 1, body="office"))
    mandate = {"body": "council", "to": "office", "until": "2026-04-01", "resolution": "2026-3"}
    cases.delegate_body(actor=council.owner, at=AT, given=read(DelegateBody, mandate))
    assert [each.to for each in queries.mandates(council.owner, AT)] == ["office"]
    assert council.todo(1, "office") == [number]
    # Two of three, more than half: the office decides by its own rule.
    assert [council.vote(number, place, body="office") for place in (1, 2)] == ["open", "passed"]
    late = council.open()
    withdraw = read(WithdrawMandate, {"body": "council", "to": "office"})
    cases.withdraw_mandate(actor=council.owner, at=AT, given=withdraw)
    refused("NotYourStage", lambda: council.vote(late, 1, body="office"))
    refused("MandateNotRunning", lambda: cases.withdraw_mandate(actor=council.owner, at=AT, given=withdraw))
    other = read(DelegateBody, {**mandate, "body": "office", "to": "council"})
    refused("MandateNotForeseen", lambda: cases.delegate_body(actor=council.owner, at=AT, given=other))


def test_a_tie_is_held_again_and_nothing_holds_before_the_watcher_signed(council: Council) -> None:
    number = council.open("watched")
    assert council.roll(number, yes=[1, 2], no=[3]) == "open"
    assert (
        council.ballot(number).outcome == "ahead"
        and queries.matter(council.owner, number, AT).ballots[1].outcome == "no_quorum"
    )
    assert council.roll(number, yes=[1, 2, 3], no=[4, 5, 6]) == "open"
    assert queries.matter(council.owner, number, AT).ballots[1].outcome == "tied"
    council.vote(number, 1)
    close = read(CloseBallot, {"matter": number, "stage": "vote"})
    cases.close_ballot(actor=council.owner, at=AT, given=close)
    assert council.roll(number, yes=[1, 2, 3, 4], no=[5, 6]) == "open"
    told = council.ballot(number)
    assert (told.outcome, told.unsigned) == ("passed", ("teacher",))
    sign = {"matter": number, "watcher": "teacher", "name": "陈老师"}
    refused(
        "WatcherUnknown",
        lambda: cases.sign_count(actor=council.owner, at=AT, given=read(SignCount, {**sign, "watcher": "pupil"})),
    )
    assert cases.sign_count(actor=council.owner, at=AT, given=read(SignCount, sign)).state == "passed"
    refused("NoBallot", lambda: cases.sign_count(actor=council.owner, at=AT, given=read(SignCount, sign)))
    assert council.roll(council.open("watched"), yes=[1, 2, 3], no=[4, 5], watchers={"teacher": "陈老师"}) == "passed"


def test_who_filled_it_in_records_no_roll_and_closes_no_vote(council: Council) -> None:
    maker = replace(council.seats["office", 3], powers=frozenset({"matters"}))
    number = council.open(by=maker)
    roll = {"matter": number, "stage": "vote", "minutes": "2", "held_on": "2026-03-01", "yes": [1, 2, 3, 4, 5, 6]}
    refused("MakerMayNotDecide", lambda: cases.record_roll(actor=maker, at=AT, given=read(RecordRoll, roll)))
    council.vote(number, 1)
    close = read(CloseBallot, {"matter": number, "stage": "vote"})
    refused("MakerMayNotDecide", lambda: cases.close_ballot(actor=maker, at=AT, given=close))


def test_who_decided_is_on_no_roll_of_the_appeal(council: Council) -> None:
    """Somebody sits in the council and in the office: whether the office's vote is cast or recorded, not hers."""
    given = read(HandOverSeat, {"body": "office", "place": 2, "staff": "council4", "resolution": "R1", "why": "改选"})
    members.hand_over_seat(actor=council.owner, at=AT, given=given)
    first = council.open()
    council.roll(first, yes=[1, 2, 3, 4, 5, 6], no=[7, 8, 9])
    told = read(OpenMatter, {"procedure": "appeal", "form": {"name": "某会员"}, "follows": first, "submit": True})
    number = cases.open_matter(actor=council.clerk, at=AT, given=told).number
    refusal = refused("DecidedBefore", lambda: council.roll(number, yes=[1, 2, 3]))
    assert refusal.clause == "T-07"
    cast = read(CastVote, {"matter": number, "stage": "vote", "vote": "yes"})
    refused("DecidedBefore", lambda: cases.cast_vote(actor=council.seats["council", 4], at=AT, given=cast))
    away = council.seats["council", 4]
    assert number not in [line.number for line in queries.worklist(away, AT).lines]
    assert queries.matter(away, number, AT).barred == "decided"
    assert council.todo(1, "office") == [number]
    assert council.roll(number, yes=[1, 3], silent=[2]) == "passed"


def test_a_body_answers_what_is_said_against_its_notice(council: Council) -> None:
    number = council.open("posted")
    against = read(ObjectToNotice, {"matter": number, "words": "不实", "name": "李梅", "contact": "13800000002"})
    cases.object_to_notice(actor=Actor("applicant", 0, "访客", council.programme), at=AT, given=against)
    answer = read(AnswerObjection, {"matter": number, "n": 1, "upheld": False, "answer": "查过"})
    refused("NotYourStage", lambda: cases.answer_objection(actor=council.seats["council", 1], at=AT, given=answer))
    assert "answer" in queries.matter(council.seats["office", 3], number, AT).may
    cases.answer_objection(actor=council.seats["office", 3], at=AT, given=answer)
