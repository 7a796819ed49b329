"""Matters on both sides of each border, and what tries to get round it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from huiguan.cases import operations, queries
from huiguan.cases.inputs import DecideMatter, ResumeMatter
from huiguan.cases.models import AccessCode, Decision, Matter, Round
from huiguan.cases.subjects import Subject, register
from huiguan.cases.values import KnownMatter, Unmet
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from tests.cases.world import FORM, JUDGED, SOURCE, Guild, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def guild(db: None) -> Guild:
    return Guild.founded()


def refused(code: str, deed: Any, /, *args: Any, **given: Any) -> Refusal:
    """The refusal, whose name must be `code`."""
    with pytest.raises(Refusal) as told:
        deed(*args, **given)
    assert told.value.code == code, told.value
    return told.value


def test_a_key_asked_twice_opens_one_matter_and_tells_the_code_once(guild: Guild) -> None:
    given = {"procedure": "joining", "form": FORM, "submit": True}
    first = guild.do("open_matter", "2026-03-02 09:00", "lin", key="k1", **given)
    again = guild.do("open_matter", "2026-03-02 09:00", "lin", key="k1", **given)
    assert (first.number, again.number, again.code) == ("M000001", "M000001", None)
    assert first.code is not None and len(first.code) == 11
    assert Matter.objects.count() == 1
    refused("KeyReused", guild.do, "open_matter", "2026-03-02 09:00", "lin", key="k1", procedure="joining", form={})


def test_two_codes_differ_and_five_wrong_ones_lock(guild: Guild) -> None:
    one, other = guild.opened(), guild.opened()
    assert one.code != other.code

    def resume(code: str) -> Actor:
        given = ResumeMatter(matter=one.number, code=code)
        return operations.resume_matter(actor=guild.guest, at=moment("2026-03-03 09:00"), given=given)

    assert resume(str(one.code).lower().replace("-", " ")).kind == "applicant"
    for _ in range(5):
        refused("CodeWrong", resume, str(other.code))
    refused("CodeLocked", resume, str(one.code))  # the sixth time even the right one opens nothing
    again = guild.do("reissue_code", "2026-03-03 10:00", guild.applicant(one.number), matter=one.number)
    refused("CodeWrong", resume, str(one.code))
    assert resume(str(again.code)).id == Matter.objects.get(number=one.number).pk
    assert not any(str(one.code)[:5].encode() in bytes(each.code_hash) for each in AccessCode.objects.all())
    refused(
        "CodeWrong", operations.resume_matter, actor=guild.guest, at=moment("2026-03-03 09:00"),
        given=ResumeMatter(matter="M999999", code="x"),
    )  # fmt: skip


def test_an_answer_is_read_by_its_type_and_strangers_are_refused(guild: Guild) -> None:
    for field, wrong in (("phone", "12"), ("credit_code", "91350211M000100Y43"), ("email", "x"), ("sort", "club")):
        told = refused("InvalidInput", guild.opened, **{field: wrong})
        assert (told.field, told.clause) == (f"form.{field}", "TA-02")
    assert refused("InvalidInput", guild.opened, nickname="茶").field == "form.nickname"
    assert Matter.objects.count() == 0


def test_sensitive_answers_lie_sealed_and_are_masked(guild: Guild) -> None:
    number = guild.opened().number
    row, first = Matter.objects.get(), Round.objects.get()
    for kept in (row, first):
        assert "phone" not in kept.form and b"13800000001" not in bytes(kept.sealed or b"")
    assert guild.seen(number, "2026-03-03 09:00", "lin").form["phone"] == "••••"
    assert guild.seen(number, "2026-03-03 09:00", guild.applicant(number)).form["phone"] == "13800000001"


def test_a_matter_of_somebody_else_is_not_there(guild: Guild) -> None:
    one, other = guild.opened(), guild.opened()
    stranger = guild.applicant(other.number)
    for deed in ("save_matter", "submit_matter", "withdraw_matter"):
        given = {"form": {"name": "他人"}} if deed == "save_matter" else {}
        refused("MatterUnknown", guild.do, deed, "2026-03-03 09:00", stranger, matter=one.number, **given)
    refused("MatterUnknown", guild.seen, one.number, "2026-03-03 09:00", stranger)
    assert [each.number for each in queries.matters(stranger, moment("2026-03-03 09:00"))] == [other.number]
    nobody = Actor("staff", 10**6, "无岗位", guild.owner.programme, frozenset(), frozenset())
    refused("MatterUnknown", guild.seen, one.number, "2026-03-03 09:00", nobody)
    refused("Forbidden", queries.matters, nobody, moment("2026-03-03 09:00"))


def test_the_maker_never_decides_in_whatever_way(guild: Guild) -> None:
    number = guild.opened(by="lin").number
    decide = {"matter": number, "stage": "first_review", "verdict": "pass"}
    refused("MakerMayNotDecide", guild.do, "decide_matter", "2026-03-03 09:00", "lin", **decide)
    assert guild.box("lin", "2026-03-03 09:00").counts == {"todo": 0, "done": 0, "copied": 0, "mine": 1}
    assert guild.box("gao", "2026-03-03 09:00").counts["todo"] == 1
    forward = {**decide, "verdict": "forward", "to": "lin.guild"}
    assert refused("MakerMayNotDecide", guild.do, "decide_matter", "2026-03-03 09:00", "gao", **forward).field == "to"
    # Whoever corrected it on the applicant's behalf has made it too.
    theirs = guild.opened().number
    back = {"matter": theirs, "stage": "first_review"}
    guild.do("decide_matter", "2026-03-03 09:00", "lin", **back, verdict="return", reason="缺章程")
    guild.do("save_matter", "2026-03-03 10:00", "gao", matter=theirs, form={"introduction": "附章程"})
    guild.do("submit_matter", "2026-03-03 11:00", guild.applicant(theirs), matter=theirs)
    refused("MakerMayNotDecide", guild.do, "decide_matter", "2026-03-03 12:00", "gao", **back, verdict="pass")


def test_what_is_put_off_comes_back_on_its_day_or_when_it_is_late(guild: Guild) -> None:
    number = guild.opened().number
    late = guild.seen(number, "2026-03-02 10:00").line.due_at
    assert late is not None
    guild.do("snooze_matter", "2026-03-03 09:00", "lin", matter=number, until="2026-03-10")
    for at, todo, later in (("2026-03-09 23:59", 0, 1), ("2026-03-10 00:00", 1, 0)):
        box = guild.box("lin", at)
        assert (box.counts["todo"], box.later) == (todo, later), at
    assert [line.number for line in guild.box("lin", "2026-03-09 12:00", "later").lines] == [number]
    assert guild.box("gao", "2026-03-09 12:00").counts["todo"] == 1  # it still lies before everybody else
    assert "wake" in queries.matter(guild.staff["lin"], number, moment("2026-03-09 12:00")).may
    guild.do("snooze_matter", "2026-03-09 12:00", "lin", matter=number)
    assert guild.box("lin", "2026-03-09 12:00").counts["todo"] == 1
    # Its time is over before the day she named.
    guild.do("snooze_matter", "2026-03-20 09:00", "lin", matter=number, until="2026-06-01")
    assert guild.box("lin", "2026-03-20 09:00").counts["todo"] == 0
    assert queries.worklist(guild.staff["lin"], late).counts["todo"] == 1
    for day in ("2026-03-20", "2026-06-19"):
        with pytest.raises(InvalidInput):
            guild.do("snooze_matter", "2026-03-20 09:00", "lin", matter=number, until=day)
    refused("NotOnYourDesk", guild.do, "snooze_matter", "2026-03-20 09:00", "shen", matter=number, until="2026-03-25")


def test_whoever_was_second_is_told(guild: Guild) -> None:
    number = guild.opened().number
    seen = guild.seen(number, "2026-03-03 09:00", "gao").revision
    decide = {"matter": number, "stage": "first_review", "verdict": "pass"}
    guild.do("decide_matter", "2026-03-03 09:01", "lin", **decide)
    refused("MatterMovedOn", guild.do, "decide_matter", "2026-03-03 09:02", "gao", **decide)
    told = refused(
        "MatterMovedOn", guild.do, "decide_matter", "2026-03-03 09:02", "shen",
        matter=number, stage="committee", verdict="pass", judged=JUDGED, revision=seen,
    )  # fmt: skip
    assert told.field == "revision"
    assert Decision.objects.count() == 1


def test_forwarded_another_decides_and_an_added_signer_is_awaited(guild: Guild) -> None:
    number = guild.opened().number
    decide = {"matter": number, "stage": "first_review"}
    guild.do("decide_matter", "2026-03-03 09:00", "lin", **decide, verdict="forward", to="wei.guild")
    refused("NotYourStage", guild.do, "decide_matter", "2026-03-03 09:01", "gao", **decide, verdict="pass")
    guild.do("decide_matter", "2026-03-03 10:00", "wei", **decide, verdict="add_signer", to="gao.guild")
    held = guild.do("decide_matter", "2026-03-03 11:00", "wei", **decide, verdict="pass", copy_to=["tao.guild"])
    assert held.stage == "first_review"  # one has agreed, the other one is awaited
    assert guild.do("decide_matter", "2026-03-03 12:00", "gao", **decide, verdict="pass").stage == "committee"
    assert guild.box("tao", "2026-03-03 12:00", "copied").lines[0].number == number
    assert refused(
        "NotFound", guild.do, "decide_matter", "2026-03-03 13:00", "shen",
        matter=number, stage="committee", verdict="forward", to="nobody",
    ).field == "to"  # fmt: skip


def test_rounds_tell_what_changed_and_the_clock_of_a_stage_stands_still(guild: Guild) -> None:
    number = guild.opened(capital="100").number
    guild.do(
        "decide_matter", "2026-03-03 09:00", "lin", matter=number, stage="first_review", verdict="return", reason="资本"
    )
    mine = guild.applicant(number)
    guild.do("save_matter", "2026-03-04 09:00", mine, matter=number, form={"capital": "500", "phone": "13800000009"})
    guild.do("submit_matter", "2026-03-04 09:00", mine, matter=number)
    first, second = guild.seen(number, "2026-03-04 10:00", "lin").rounds
    assert (first.changed, second.changed) == ({}, {"phone": ("••••", "••••"), "capital": ("100", "500")})


def test_what_is_saved_is_in_nobodys_work_list(guild: Guild) -> None:
    saved = guild.do("open_matter", "2026-03-02 09:00", guild.guest, procedure="joining", form=FORM)
    assert guild.box("lin", "2026-03-02 10:00").lines == ()
    guild.do("submit_matter", "2026-03-02 11:00", guild.applicant(saved.number), matter=saved.number)
    assert [each.number for each in guild.box("lin", "2026-03-02 12:00").lines] == [saved.number]


def test_a_running_matter_keeps_the_rulebook_it_was_opened_under(guild: Guild) -> None:
    number = guild.opened().number
    guild.publish(SOURCE.replace("signers: 2", "signers: 1"), "2026-03-05")
    guild.passed(number, "2026-03-06 09:00", upto="committee")
    shen = {"stage": "committee", "verdict": "pass", "judged": JUDGED}
    assert guild.do("decide_matter", "2026-03-06 10:00", "shen", matter=number, **shen).stage == "committee"
    later = guild.opened("2026-03-06 09:00").number
    guild.passed(later, "2026-03-06 10:00", upto="committee")
    assert guild.do("decide_matter", "2026-03-06 11:00", "shen", matter=later, **shen).stage == "notice"


def test_what_is_due_is_true_before_the_night_writes_it(guild: Guild) -> None:
    number = guild.opened().number
    guild.passed(number, "2026-03-02 10:00")
    for at, stage in (("2026-03-09 23:59:59", "notice"), ("2026-03-10 00:00:00", "collection")):
        assert guild.seen(number, at).line.stage == stage
    assert Matter.objects.get().stage == "notice"  # nothing was written by looking
    assert queries.notices_public(guild.owner.programme, moment("2026-03-10 00:00:00")) == ()
    assert operations.run_clocks(guild.owner.programme, moment("2026-04-01 03:00")) == 1
    assert Matter.objects.get().entered_at == moment("2026-03-10 00:00")  # its own moment, however late it was written
    assert operations.run_clocks(guild.owner.programme, moment("2026-04-01 03:00")) == 0


def test_an_objection_in_the_last_second_holds_it(guild: Guild) -> None:
    number = guild.opened().number
    guild.passed(number, "2026-03-02 10:00")
    against = {"matter": number, "words": "冒名", "name": "李梅", "contact": "13800000002"}
    refused("NotPosted", guild.do, "object_to_notice", "2026-03-10 00:00:00", guild.guest, **against)
    assert Matter.objects.get().stage == "notice"  # what was refused wrote nothing
    guild.do("object_to_notice", "2026-03-09 23:59:59", guild.guest, **against)
    assert operations.run_clocks(guild.owner.programme, moment("2026-03-20 03:00")) == 0
    answer = {"matter": number, "n": 1, "upheld": False, "answer": "查无此事"}
    refused("NotYourStage", guild.do, "answer_objection", "2026-03-20 09:00", "lin", **answer)
    assert guild.do("answer_objection", "2026-03-20 09:00", "shen", **answer).stage == "collection"
    refused("NotPosted", guild.do, "answer_objection", "2026-03-20 09:01", "shen", **answer)


def test_a_withdrawn_matter_ends_for_everybody(guild: Guild) -> None:
    number = guild.opened().number
    assert guild.do("withdraw_matter", "2026-03-03 09:00", guild.applicant(number), matter=number).state == "withdrawn"
    assert guild.box("lin", "2026-03-03 09:01").counts["todo"] == 0
    refused(
        "MatterEnded", guild.do, "decide_matter", "2026-03-03 09:01", "lin",
        matter=number, stage="first_review", verdict="pass",
    )  # fmt: skip
    refused("MatterEnded", guild.do, "withdraw_matter", "2026-03-03 09:01", guild.applicant(number), matter=number)


class Watching(Subject):
    """Writes down what it is told, and is owed something until it is paid."""

    told: list[str] = []
    owed = True

    def entered(self, matter: KnownMatter, stage: str, standing: str, **more: Any) -> None:
        self.told.append(f"entered {stage}")

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], **more: Any) -> tuple[Unmet, ...]:
        return (Unmet("", Text(zh="会费未缴", en="the fee is not paid")),) if self.owed and needs else ()

    def passed(self, matter: KnownMatter, **more: Any) -> None:
        self.told.append(f"passed {matter.state}")

    def withdrawn(self, matter: KnownMatter, **more: Any) -> None:
        self.told.append("withdrawn")


PAYING = """
rulebook: paying
title: {zh: 缴费, en: Paying}
zone: Asia/Shanghai
clauses:
  - id: P-01
    kind: procedure
    number: 一
    title: {zh: 缴费, en: Paying}
    text: {zh: 缴费, en: Paying}
    name: paying
    of: watched
    opened_by: [applicant]
    compared: [code]
    fields: [{name: name, title: {zh: 名称, en: Name}}, {name: code, title: {zh: 代码, en: Code}}, {name: area, title: {zh: 面积, en: Area}, type: number}, {name: dept, title: {zh: 系, en: Department}}]
    demands: [{field: area, least: 300}]
    quota: [{by: dept, places: 2}, {by: dept, answer: 数学, places: 1}]
    stages:
      - {stage: area, title: {zh: 面积, en: Area}, does: check, fails: return}
      - {stage: seen, title: {zh: 现场, en: On site}, does: inspect, by: {post: clerk}, when: {field: name, answer: 现场}}
      - {stage: fee, title: {zh: 缴费, en: Fee}, does: settle, needs: [clearance]}
"""


@pytest.fixture
def paying(db: None) -> Guild:
    Watching.told, Watching.owed = [], True
    register("watched", Watching())
    return Guild.founded("paying", PAYING)


def handed_in(guild: Guild, **form: str) -> Any:
    return guild.do(
        "open_matter", "2026-03-02 09:00", guild.guest, procedure="paying", submit=True, form={"name": "甲", **form}
    )


def test_the_house_checks_and_waits_for_what_is_owed(paying: Guild) -> None:
    assert handed_in(paying, area="299.99", dept="化学").state == "returned"
    made = handed_in(paying, area="300", dept="化学")
    assert (made.stage, made.ball) == ("fee", "applicant")
    view = paying.seen(made.number, "2026-03-02 10:00")
    assert [each.text.en for each in view.unmet] == ["the fee is not paid"]
    assert [(each.passed, each.clause, each.text.en) for each in view.checks] == [
        (True, "P-01", "Area: 300, as demanded.")
    ]
    Matter.objects.filter(number=made.number).update(subject_ref="thing:1")
    poke = {"actor": paying.owner, "subject": "watched", "subject_ref": "thing:1"}
    assert operations.poke(at=moment("2026-03-03 09:00"), **poke) == 0
    Watching.owed = False
    assert operations.poke(at=moment("2026-03-03 09:00"), **poke) == 1
    assert Matter.objects.get(number=made.number).state == "passed"
    assert Watching.told == ["entered area", "entered area", "entered fee", "passed passed"]


def test_as_many_as_there_are_places(paying: Guild) -> None:
    Watching.owed = False
    states = [handed_in(paying, area="300", dept=dept).state for dept in ("数学", "化学", "化学", "物理")]
    assert states == ["passed"] * 4
    assert refused("QuotaFull", handed_in, paying, area="300", dept="数学").clause == "P-01"
    assert "2" in refused("QuotaFull", handed_in, paying, area="300", dept="化学").say("en")


def test_matters_alike_are_shown(paying: Guild) -> None:
    handed_in(paying, area="300", dept="化学", code="A1")
    made = handed_in(paying, area="300", dept="物理", code="A1", name="乙")
    told = [each.text.en for each in paying.seen(made.number, "2026-03-02 10:00").checks if each.conflict]
    assert told == ["Code is the same as in M000001 甲 (Paying, under way)."]


def test_a_place_and_a_day_prove_that_it_was_seen(paying: Guild) -> None:
    made = handed_in(paying, area="300", dept="化学", name="现场")
    assert made.stage == "seen"
    decide = read(DecideMatter, {"matter": made.number, "stage": "seen", "verdict": "pass"})
    refused("NotYourStage", operations.decide_matter, actor=paying.owner, at=moment("2026-03-03 09:00"), given=decide)


def test_a_subject_is_registered_once() -> None:
    register("watched", Watching())
    with pytest.raises(ValueError, match="watched"):
        register("watched", Subject())


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_the_same_moment() -> None:
    guild = Guild.founded("racing")
    number = guild.opened().number
    start, outcomes = threading.Barrier(2), []

    def decide(username: str) -> None:
        try:
            start.wait(20)
            guild.do("decide_matter", "2026-03-03 09:00", username, matter=number, stage="first_review", verdict="pass")
            outcomes.append("passed")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(each,)) for each in ("lin", "gao")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sorted(outcomes) == ["MatterMovedOn", "passed"]
    assert Decision.objects.count() == 1 and Matter.objects.get().stage == "committee"


def test_a_wrong_judgement_is_named(guild: Guild) -> None:
    number = guild.opened().number
    guild.passed(number, "2026-03-03 09:00", upto="committee")
    decide = {"matter": number, "stage": "committee", "verdict": "pass"}
    for judged, field in (({"x": {"answer": True}}, "judged.x"), ({"sound": "yes"}, "judged.sound")):
        with pytest.raises(InvalidInput) as told:
            guild.do("decide_matter", "2026-03-03 10:00", "shen", **decide, judged=judged)
        assert told.value.field == field


def test_five_wrong_codes_lock_also_where_a_matter_follows_another(guild: Guild) -> None:
    """An appeal opened with the refused matter's number and code tries the same code as the way back in."""
    one = guild.opened()
    guild.do(
        "decide_matter",
        "2026-03-03 09:00",
        "lin",
        matter=one.number,
        stage="first_review",
        verdict="refuse",
        reason="无",
    )

    def appeal(code: str) -> Any:
        given = {"procedure": "joining_appeal", "follows": one.number, "code": code}
        return guild.do("open_matter", "2026-03-04 09:00", guild.guest, **given)

    for _ in range(5):
        refused("EarlierMatterNeeded", appeal, "AAAAA-AAAAA")
    refused("EarlierMatterNeeded", appeal, str(one.code))
    assert AccessCode.objects.get(matter__number=one.number, replaced_at=None).failures == 5
    again = guild.do("reissue_code", "2026-03-04 10:00", guild.applicant(one.number), matter=one.number)
    assert appeal(str(again.code)).procedure == "joining_appeal"


PLACES = (
    PAYING.partition("    stages:")[0]
    + """    posts: [{post: member_office, title: {zh: 会员部, en: Office}}]
    stages:
      - {stage: look, title: {zh: 审核, en: Look}, by: {post: member_office}}
"""
)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_and_one_place() -> None:
    """Two matters, two reviewers, one place left: one is passed, the other is told that it is taken."""
    register("watched", Watching())
    guild = Guild.founded("places", PLACES)
    numbers = [handed_in(guild, area="300", dept="数学").number for _ in range(2)]
    start, outcomes = threading.Barrier(2), list[str]()

    def decide(username: str, number: str) -> None:
        try:
            start.wait(20)
            guild.do("decide_matter", "2026-03-03 09:00", username, matter=number, stage="look", verdict="pass")
            outcomes.append("passed")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=each) for each in zip(("lin", "gao"), numbers, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sorted(outcomes) == ["QuotaFull", "passed"]
