"""Programmes and the versions of their rulebooks: which one judges which moment."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from huiguan.foundation.models import AuditEntry
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, KeyReused, NotFound
from huiguan.programme import operations, queries
from huiguan.programme.inputs import CheckRulebook, CreateProgramme, PublishRulebook
from huiguan.programme.models import ApprovalRule, Programme, Version
from huiguan.programme.refusals import (
    LaterVersionScheduled,
    NoRulebookInForce,
    ProgrammeCodeTaken,
    ProofFailed,
    ProofMissing,
    ProofOfAnotherSource,
    PublicationInPast,
)
from huiguan.programme.values import Proof, PublishedVersion, digest_of
from huiguan.rules.compiling import RulebookRefused

AT = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
SHIPPED = Path(__file__).parents[2] / "rulebooks" / "designer-wear" / "rulebook.yaml"


def source(says: str = "first") -> str:
    return f"""
rulebook: tea-house
title: {{zh: 茶馆, en: Tea house}}
zone: Asia/Shanghai
clauses:
  - {{id: T1-01, kind: statement, number: "1", title: {{zh: 一, en: One}}, text: {{zh: 甲, en: "{says}"}}, source: s}}
"""


def proof_of(text: str, **change: object) -> Proof:
    return replace(Proof(digest=digest_of(text), examples=3, passed=3, at=AT), **change)  # type: ignore[arg-type]


def publish(
    actor: Actor, says: str = "first", *, at: datetime = AT, begins: str | None = None, key: str | None = None
) -> PublishedVersion:
    text = source(says)
    given = PublishRulebook(source=text, effective_from=begins)
    return operations.publish_rulebook(actor=actor, at=at, given=given, proof=proof_of(text), key=key)


def said(programme: int, at: datetime) -> str:
    return queries.programme_at(programme, at).clauses["T1-01"].text.en


def _alone(programme: int) -> None:
    """Versions here are published without a draft; what a second person does is tested with drafts."""
    ApprovalRule.objects.create(programme_id=programme, second_person=False, reason="test", at=AT, by="", by_name="")


@pytest.fixture
def actor(db: None) -> Actor:
    given = read(CreateProgramme, {"code": "tea-house", "name": {"zh": "茶馆", "en": "Tea house"}})
    made = operations.create_programme(actor=system(0), at=AT, given=given)
    _alone(made.id)
    return Actor("staff", 1, "Wang", made.id, frozenset({"publish", "read_rulebook"}))


def test_a_programme_is_known_by_its_code(actor: Actor) -> None:
    known = queries.programme("tea-house")
    assert (known.id, known.code, known.name.zh) == (actor.programme, "tea-house", "茶馆")
    assert queries.programmes() == (known,)
    assert queries.programme_named(known.id) == known
    with pytest.raises(NotFound):
        queries.programme("coffee-house")
    given = read(CreateProgramme, {"code": "tea-house", "name": {"zh": "茶", "en": "Tea"}})
    with pytest.raises(ProgrammeCodeTaken):
        operations.create_programme(actor=system(0), at=AT, given=given)
    assert Programme.objects.count() == 1
    with pytest.raises(Forbidden):
        operations.create_programme(actor=actor, at=AT, given=given)


def test_a_published_version_runs_from_its_moment_on(actor: Actor) -> None:
    version = publish(actor)
    assert (version.number, version.effective_from, version.by, version.digest) == (1, AT, "Wang", digest_of(source()))
    assert version.proof == proof_of(source())
    compiled = queries.programme_at(actor.programme, AT)
    assert (compiled.version, compiled.digest, compiled.name) == (version.id, version.digest, "tea-house")
    assert queries.version(version.id) is compiled
    with pytest.raises(NoRulebookInForce):
        queries.programme_at(actor.programme, AT - TICK)
    with pytest.raises(NotFound):
        queries.version(version.id + 1)


def test_the_next_version_takes_over_at_its_moment_and_the_past_keeps_its_own(actor: Actor) -> None:
    publish(actor, "first")
    second = publish(actor, "second", at=AT + DAY, begins="2026-01-31 24:00")
    begins = datetime(2026, 1, 31, 16, 0, tzinfo=UTC)
    assert second.effective_from == begins
    assert said(actor.programme, begins - TICK) == "first"
    assert said(actor.programme, begins) == "second"
    assert said(actor.programme, begins + 900 * DAY) == "second"
    assert [version.number for version in queries.versions(actor)] == [2, 1]
    reading = queries.rulebook(actor, AT + DAY)
    assert (reading.version.number, reading.source, reading.compiled.version) == (
        1,
        source("first"),
        reading.version.id,
    )
    assert queries.rulebook_of(actor, 2).source == source("second")
    with pytest.raises(NotFound):
        queries.rulebook_of(actor, 3)


def test_versions_read_once_say_the_same_and_one_published_meanwhile_is_seen(actor: Actor) -> None:
    publish(actor, "first")
    with queries.versions_read_once():
        assert said(actor.programme, AT) == "first"
        with pytest.raises(NoRulebookInForce):
            queries.programme_at(actor.programme, AT - TICK)
        publish(actor, "second", at=AT + TICK, begins=(AT + DAY).isoformat())
        assert [said(actor.programme, AT + DAY + each) for each in (-TICK, 0 * DAY)] == ["first", "second"]
    assert said(actor.programme, AT + DAY) == "second"


def test_only_the_first_version_may_begin_in_the_past(actor: Actor) -> None:
    first = publish(actor, "first", begins="2020-01-01")
    assert first.effective_from == datetime(2019, 12, 31, 16, 0, tzinfo=UTC)
    with pytest.raises(PublicationInPast) as refused:
        publish(actor, "second", at=AT, begins=(AT - TICK).isoformat())
    assert refused.value.field == "effective_from"
    assert refused.value.say("zh").startswith("生效时刻 2026-01-01 16:59 早于现在 2026-01-01 17:00")
    assert publish(actor, "second", at=AT, begins=AT.isoformat()).number == 2


def test_a_scheduled_version_is_replaced_at_its_own_moment_but_never_overtaken(actor: Actor) -> None:
    publish(actor, "first")
    publish(actor, "planned", begins="2026-06-01")
    with pytest.raises(LaterVersionScheduled) as refused:
        publish(actor, "earlier", begins="2026-05-31")
    assert refused.value.values["number"] == 2
    june = datetime(2026, 5, 31, 16, 0, tzinfo=UTC)
    publish(actor, "better", begins="2026-06-01")
    assert said(actor.programme, june - TICK) == "first"
    assert said(actor.programme, june) == "better"
    with pytest.raises(PublicationInPast):
        publish(actor, "late", at=june + TICK, begins="2026-06-01")


def test_no_version_without_a_whole_proof_of_the_same_source(actor: Actor) -> None:
    given = PublishRulebook(source=source())
    with pytest.raises(ProofMissing):
        operations.publish_rulebook(actor=actor, at=AT, given=given, proof=None)
    with pytest.raises(ProofOfAnotherSource):
        operations.publish_rulebook(actor=actor, at=AT, given=given, proof=proof_of(source() + "\n"))
    with pytest.raises(ProofFailed) as failed:
        operations.publish_rulebook(actor=actor, at=AT, given=given, proof=proof_of(source(), passed=2))
    assert failed.value.say("en") == "1 of 3 examples does not come out as it says."
    assert Version.objects.count() == 0
    assert AuditEntry.objects.filter(programme=actor.programme).count() == 0


@pytest.mark.parametrize(
    "broken",
    [
        "not: [a",
        "rulebook: x",
        source().replace("statement", "statment"),
        source().replace("text:", "txet:"),
        "\t",
        "[]",
    ],
)
def test_a_rulebook_that_cannot_be_run_is_refused_with_its_findings(actor: Actor, broken: str) -> None:
    with pytest.raises(RulebookRefused) as refused:
        operations.publish_rulebook(actor=actor, at=AT, given=PublishRulebook(source=broken), proof=proof_of(broken))
    assert refused.value.as_problem()["values"]["findings"]
    checked = operations.check_rulebook(actor=actor, at=AT, given=CheckRulebook(source=broken))
    assert not checked.publishable and checked.findings
    assert Version.objects.count() == 0


def test_checking_writes_nothing(actor: Actor) -> None:
    checked = operations.check_rulebook(actor=actor, at=AT, given=CheckRulebook(source=source()))
    assert (checked.publishable, checked.digest) == (True, digest_of(source()))
    assert (Version.objects.count(), AuditEntry.objects.filter(programme=actor.programme).count()) == (0, 0)


@pytest.mark.parametrize("begins", ["tomorrow", "2026-02-30", "2026-01-01 24:01"])
def test_a_wrong_moment_is_refused_by_field(actor: Actor, begins: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        publish(actor, begins=begins)
    assert refused.value.field == "effective_from"


def test_the_same_key_publishes_once(actor: Actor) -> None:
    first = publish(actor, "first", key="k")
    assert publish(actor, "first", at=AT + DAY, key="k") == first
    with pytest.raises(KeyReused):
        publish(actor, "second", key="k")
    assert Version.objects.count() == 1
    entry = AuditEntry.objects.get(programme=actor.programme)
    assert (entry.operation, entry.subject) == ("publish_rulebook", "rulebook:tea-house")
    assert entry.given == {"digest": digest_of(source("first")), "effective_from": None, "resolution": ""}


def test_publishing_and_reading_take_their_powers(actor: Actor) -> None:
    clerk = replace(actor, powers=frozenset({"read_rulebook"}))
    with pytest.raises(Forbidden):
        publish(clerk)
    with pytest.raises(Forbidden):
        operations.check_rulebook(actor=clerk, at=AT, given=CheckRulebook(source=source()))
    publish(actor)
    assert queries.rulebook(clerk, AT).version.number == 1
    nobody = replace(actor, powers=frozenset())
    for refused in (lambda: queries.rulebook(nobody, AT), lambda: queries.versions(nobody)):
        with pytest.raises(Forbidden):
            refused()


def test_another_programme_s_versions_are_not_this_one_s(actor: Actor) -> None:
    given = read(CreateProgramme, {"code": "spa", "name": {"zh": "水疗", "en": "Spa"}})
    other = replace(actor, programme=operations.create_programme(actor=system(0), at=AT, given=given).id)
    publish(actor, "first")
    publish(other, "other")
    assert said(actor.programme, AT) == "first"
    assert said(other.programme, AT) == "other"
    assert [version.number for version in queries.versions(other)] == [1]
    with pytest.raises(NotFound):
        publish(replace(actor, programme=10**6))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE programme_version SET source = 'x'",
        "UPDATE programme_version SET effective_from = effective_from - interval '1 day'",
        "DELETE FROM programme_version",
    ],
)
def test_the_database_refuses_to_edit_a_version(actor: Actor, sql: str) -> None:
    publish(actor)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_version_key_reused_by_another_database_is_not_taken_for_the_old_one(actor: Actor) -> None:
    version = publish(actor, "first")
    assert said(actor.programme, AT) == "first"
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE programme_version SET source = %s, digest = %s WHERE id = %s",
            [source("other"), digest_of(source("other")), version.id],
        )
        cursor.execute("SET session_replication_role = origin")
    assert said(actor.programme, AT) == "other"


def test_the_shipped_rulebook_is_publishable(actor: Actor) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    given = PublishRulebook(source=text)
    version = operations.publish_rulebook(actor=actor, at=AT, given=given, proof=proof_of(text))
    compiled = queries.programme_at(actor.programme, AT)
    assert (compiled.version, compiled.digest, compiled.name) == (version.id, digest_of(text), "designer-wear")


@pytest.mark.django_db(transaction=True)
def test_versions_published_at_once_are_numbered_one_after_another(transactional_db: None, actor: Actor) -> None:
    def run(says: str) -> None:
        try:
            publish(actor, says)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(f"v{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
