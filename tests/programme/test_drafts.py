"""Drafts: written by one, approved by another, published from a moment on; nothing lost, nothing decided unseen."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from huiguan.foundation.models import AuditEntry
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import Appoint, CreateStaff, FoundHouse, StaffNamed
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, KeyReused, NotFound, Refusal
from huiguan.programme import operations, queries
from huiguan.programme.inputs import (
    ApproveDraft,
    CreateProgramme,
    ExampleNamed,
    OpenDraft,
    PublishDraft,
    PublishRulebook,
    RebaseDraft,
    ReturnDraft,
    SaveDraft,
    SaveExamples,
    SetApproval,
    SetExamplesAside,
    SubmitDraft,
    TakeExamplesBack,
    WithdrawDraft,
)
from huiguan.programme.models import DraftRevision, Version
from huiguan.programme.refusals import (
    AlreadyApproved,
    AlreadySubmitted,
    ApprovalNeeded,
    BeginsElsewhere,
    DraftChanged,
    DraftClosed,
    DraftNotApproved,
    DraftNotSubmitted,
    DraftOvertaken,
    ExampleNotFailed,
    LaterVersionScheduled,
    LeftTheStaff,
    NothingChanged,
    NoticeTooShort,
    OwnDraft,
    PersonNeeded,
    ProofFailed,
    ProofMissing,
    ProofOfAnotherSource,
    PublicationInPast,
    VersionUnresolved,
)
from huiguan.programme.values import Author, DraftProved, Proof, Review, SetAside, digest_of
from huiguan.rules.compiling import RulebookRefused

AT = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = AT + 10 * DAY
NOTHING = digest_of("")


def source(says: str = "first") -> str:
    return f"""
rulebook: tea-house
title: {{zh: 茶馆, en: Tea house}}
zone: Asia/Shanghai
clauses:
  - {{id: T1-01, kind: statement, number: "1", title: {{zh: 一, en: One}}, text: {{zh: 甲, en: "{says}"}}, source: s}}
"""


@dataclass(frozen=True)
class House:
    """The owner writes, the manager is the second person; `clerk` may neither."""

    owner: Actor
    manager: Actor
    clerk: Actor

    def open(self, says: str = "second", **more: object) -> int:
        given = OpenDraft.model_validate({"title": "茶点", "source": source(says), **more})
        return operations.open_draft(actor=self.owner, at=NOW, given=given).number

    def prove(self, draft: int, *, passed: int = 3) -> None:
        known = queries.draft(self.owner, draft)
        proof = Proof(known.digest, 3, passed, NOW)
        failed = (
            {
                "file": "a.yaml",
                "line": 3,
                "clause": "T1-01",
                "says": "x",
                "text": {"zh": "错", "en": "no"},
                "aside": False,
            },
        )
        proved = DraftProved(proof, known.examples_digest, () if passed == 3 else failed, "")
        operations.keep_proof(actor=self.owner, at=NOW, draft=draft, proved=proved)

    def submit(self, draft: int, revision: int = 1) -> None:
        operations.submit_draft(actor=self.owner, at=NOW, given=SubmitDraft(draft=draft, revision=revision))

    def approve(self, draft: int, revision: int = 1, by: Actor | None = None) -> None:
        given = ApproveDraft(draft=draft, revision=revision)
        operations.approve_draft(actor=by or self.manager, at=NOW, given=given)

    def publish(self, draft: int, begins: str | None = None, at: datetime = NOW, resolution: str = "") -> int:
        given = PublishDraft(draft=draft, effective_from=begins, resolution=resolution)
        return operations.publish_draft(actor=self.owner, at=at, given=given).number

    def save(self, draft: int, revision: int, says: str, by: Actor | None = None) -> int:
        given = SaveDraft(draft=draft, revision=revision, source=source(says))
        return operations.save_draft(actor=by or self.owner, at=NOW, given=given).revision


def appointed(house: Actor, name: str, post: str) -> Actor:
    given = read(CreateStaff, {"username": name, "name": name})
    made = identity.create_staff(actor=house, at=AT, given=given)
    identity.appoint(actor=house, at=AT, given=read(Appoint, {"username": name, "post": post, "node": "T"}))
    return people.actor_of_staff(made.id, AT)


@pytest.fixture
def house(db: None) -> House:
    names = {"zh": "茶馆", "en": "Tea house"}
    given = read(CreateProgramme, {"code": "tea-house", "name": names})
    programme = operations.create_programme(actor=system(0), at=AT, given=given).id
    founding = {"code": "T", "name": names, "username": "shen", "owner_name": "沈"}
    founded = identity.found_house(actor=system(programme), at=AT, given=read(FoundHouse, founding))
    owner = people.actor_of_staff(founded.owner, AT)
    proof = Proof(digest_of(source()), 3, 3, AT)
    operations.publish_rulebook(actor=owner, at=AT, given=PublishRulebook(source=source()), proof=proof)
    return House(owner, appointed(owner, "he", "region_manager"), appointed(owner, "zhou", "clerk"))


def refused(expected: type[Refusal], deed: object) -> Refusal:
    """The refusal of `deed`; nothing was written, neither to the drafts nor to the audit chain."""
    before = (DraftRevision.objects.count(), Version.objects.count(), AuditEntry.objects.count())
    with pytest.raises(expected) as caught:
        deed()  # type: ignore[operator]
    assert (DraftRevision.objects.count(), Version.objects.count(), AuditEntry.objects.count()) == before
    return caught.value


def test_from_the_version_in_force_to_the_next_one(house: House) -> None:
    opened = operations.open_draft(actor=house.owner, at=NOW, given=OpenDraft(title="茶点"))
    assert (opened.number, opened.revision, opened.state, opened.digest) == (1, 1, "open", digest_of(source()))
    assert house.save(1, 1, "second") == 2
    house.submit(1, 2)
    house.prove(1)
    house.approve(1, 2)
    known = queries.draft(house.manager, 1)
    assert (known.state, known.based_on, known.approved_by, known.source) == ("approved", 1, "he", source("second"))
    assert known.authors == (Author(house.owner.reference, "沈"),)
    assert house.publish(1, "2026-02-01") == 2
    begins = datetime(2026, 1, 31, 16, 0, tzinfo=UTC)
    version = queries.versions(house.owner)[0]
    assert (version.number, version.effective_from, version.proof.examples) == (2, begins, 3)
    deeds = [(deed.what, deed.revision, deed.by) for deed in queries.draft_history(house.owner, 1)]
    assert deeds == [
        ("opened", 1, "沈"), ("saved", 2, "沈"), ("submitted", 2, "沈"), ("approved", 2, "he"), ("published", 2, "沈"),
    ]  # fmt: skip
    assert queries.draft(house.owner, 1).version == 2
    assert [(each.number, each.state) for each in queries.drafts(house.owner)] == [(1, "published")]


def test_every_text_is_kept_and_none_is_edited(house: House) -> None:
    draft = house.open()
    house.save(draft, 1, "third")
    assert [(each.revision, each.by) for each in queries.draft_revisions(house.owner, draft)] == [(2, "沈"), (1, "沈")]
    assert queries.draft_text(house.owner, draft, 1) == source("second")
    refused(NotFound, lambda: queries.draft_text(house.owner, draft, 3))
    for table in ("draftrevision", "draftevent"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE programme_{table} SET by_name = 'x'")


def test_the_same_text_again_is_no_revision_and_voids_nothing(house: House) -> None:
    draft = house.open()
    house.submit(draft)
    house.prove(draft)
    house.approve(draft)
    assert house.save(draft, 1, "second") == 1
    assert queries.draft(house.owner, draft).state == "approved"


def test_two_people_at_once_lose_nothing(house: House) -> None:
    draft = house.open()
    house.save(draft, 1, "hers", by=house.manager)
    changed = refused(DraftChanged, lambda: house.save(draft, 1, "mine"))
    assert (changed.field, changed.values["latest"], changed.values["by"]) == ("revision", 2, "he")
    assert queries.draft(house.owner, draft).source == source("hers")
    refused(DraftChanged, lambda: house.submit(draft, 1))


def test_a_text_that_cannot_be_read_is_kept_but_not_submitted(house: House) -> None:
    draft = house.open()
    broken = source().replace("kind: statement", "kind: statment").replace("title:", "titel:")
    given = SaveDraft(draft=draft, revision=1, source=broken)
    assert operations.save_draft(actor=house.owner, at=NOW, given=given).revision == 2
    told = refused(RulebookRefused, lambda: house.submit(draft, 2))
    assert len([each for each in told.values["findings"] if each["level"] == "refuse"]) > 2
    assert queries.draft(house.owner, draft).source == broken


def test_nobody_approves_what_she_wrote(house: House) -> None:
    draft = house.open()
    house.save(draft, 1, "hers", by=house.manager)
    house.save(draft, 2, "mine")
    house.submit(draft, 3)
    house.prove(draft)
    refused(OwnDraft, lambda: house.approve(draft, 3, by=house.owner))
    # The manager wrote one revision, long since overwritten: still she had a hand in it.
    refused(OwnDraft, lambda: house.approve(draft, 3))
    assert queries.draft(house.owner, draft).state == "submitted"


def test_examples_are_writing_too(house: House) -> None:
    draft = house.open()
    given = SaveExamples(draft=draft, number=0, text="- rulebook: tea-house\n")
    operations.save_examples(actor=house.manager, at=NOW, given=given)
    house.submit(draft)
    house.prove(draft)
    refused(OwnDraft, lambda: house.approve(draft))
    refused(DraftChanged, lambda: operations.save_examples(actor=house.owner, at=NOW, given=given))


def test_a_program_may_write_but_neither_submits_nor_approves(house: House) -> None:
    powers = frozenset({"write_rulebook", "publish", "read_rulebook"})
    program = Actor("client", 1, "ERP", house.owner.programme, powers)
    made = operations.open_draft(actor=program, at=NOW, given=OpenDraft(title="x", source=source("program")))
    meant = SubmitDraft(draft=made.number, revision=1)
    refused(PersonNeeded, lambda: operations.submit_draft(actor=program, at=NOW, given=meant))
    house.submit(made.number)
    house.prove(made.number)
    approving = replace(program, powers=powers | {"approve_rulebook"})
    refused(PersonNeeded, lambda: house.approve(made.number, by=approving))
    refused(PersonNeeded, lambda: house.approve(made.number, by=system(house.owner.programme)))
    # Whoever submits a program's text answers for it.
    refused(OwnDraft, lambda: house.approve(made.number, by=house.owner))
    house.approve(made.number)
    assert house.publish(made.number) == 2


def test_who_has_left_approves_nothing(house: House) -> None:
    draft = house.open()
    house.submit(draft)
    house.prove(draft)
    identity.dismiss_staff(actor=house.owner, at=NOW, given=StaffNamed(username="he"))
    left = refused(LeftTheStaff, lambda: house.approve(draft))
    assert left.say("en") == "he holds no post for this now (Approving the rulebook)."
    refused(Forbidden, lambda: house.approve(draft, by=house.clerk))


def test_an_approval_is_of_one_text_once(house: House) -> None:
    draft = house.open()
    refused(DraftNotSubmitted, lambda: house.approve(draft))
    house.submit(draft)
    refused(AlreadySubmitted, lambda: house.submit(draft))
    house.prove(draft)
    house.approve(draft)
    twice = refused(AlreadyApproved, lambda: house.approve(draft))
    assert twice.say("en") == "Draft 1 has been approved already, by he."
    house.save(draft, 1, "changed after all")
    assert queries.draft(house.owner, draft).state == "open"
    refused(DraftNotApproved, lambda: house.publish(draft))
    house.submit(draft, 2)
    refused(ProofMissing, lambda: house.approve(draft, 2))
    house.prove(draft)
    house.approve(draft, 2)
    assert house.publish(draft) == 2


def test_without_a_sound_proof_nothing_is_approved_or_published(house: House) -> None:
    draft = house.open()
    house.submit(draft)
    refused(ProofMissing, lambda: house.approve(draft))
    house.prove(draft, passed=2)
    refused(ProofFailed, lambda: house.approve(draft))
    assert queries.draft(house.owner, draft).proof.failed[0]["clause"] == "T1-01"  # type: ignore[union-attr]
    house.prove(draft)
    house.approve(draft)
    other = Proof(digest_of(source("other")), 1, 1, NOW)
    given = PublishDraft(draft=draft)
    refused(
        ProofOfAnotherSource,
        lambda: operations.publish_draft(actor=house.owner, at=NOW, given=given, proof=other),
    )


def test_new_examples_make_an_old_proof_worthless(house: House) -> None:
    draft = house.open()
    house.prove(draft)
    given = SaveExamples(draft=draft, number=0, text="- more\n")
    operations.save_examples(actor=house.owner, at=NOW, given=given)
    assert queries.draft(house.owner, draft).proof is None
    assert len(queries.draft_proofs(house.owner, draft)) == 1
    house.submit(draft)
    refused(ProofMissing, lambda: house.approve(draft))


def test_an_example_that_means_to_differ_is_set_aside_with_a_reason(house: House) -> None:
    draft = house.open()
    named = ExampleNamed(clause="T1-01", says="x")
    aside = SetExamplesAside(draft=draft, number=0, examples=[named], reason="利率变了")
    refused(ExampleNotFailed, lambda: operations.set_examples_aside(actor=house.owner, at=NOW, given=aside))
    house.prove(draft, passed=2)
    house.submit(draft)
    operations.set_examples_aside(actor=house.owner, at=NOW, given=aside)
    known = queries.draft(house.owner, draft)
    assert (known.state, known.aside) == ("open", (SetAside("T1-01", "x", "利率变了", "沈"),))
    assert known.proof is not None
    assert (known.proof.proof.examples, known.proof.proof.passed, known.proof.proof.aside) == (2, 2, 1)
    assert known.proof.failed == () and known.proof.aside[0]["says"] == "x"
    again = aside.model_copy(update={"number": 1})
    refused(ExampleNotFailed, lambda: operations.set_examples_aside(actor=house.owner, at=NOW, given=again))
    house.submit(draft)
    house.approve(draft)
    assert house.publish(draft) == 2
    assert queries.versions(house.owner)[0].proof.aside == 1
    # The next draft begins where this one ended.
    after = queries.draft(house.owner, house.open("third", based_on=2))
    assert after.aside == known.aside


def test_what_was_set_aside_is_taken_back(house: House) -> None:
    draft = house.open()
    house.prove(draft, passed=2)
    named = ExampleNamed(clause="T1-01", says="x")
    aside = SetExamplesAside(draft=draft, number=0, examples=[named], reason="利率变了")
    operations.set_examples_aside(actor=house.owner, at=NOW, given=aside)
    back = TakeExamplesBack(draft=draft, number=1)
    operations.take_examples_back(actor=house.owner, at=NOW, given=back)
    known = queries.draft(house.owner, draft)
    assert known.aside == () and known.proof is not None
    assert (known.proof.proof.examples, known.proof.proof.passed, known.proof.proof.aside) == (3, 2, 0)
    house.submit(draft)
    refused(ProofFailed, lambda: house.approve(draft))


def test_a_returned_draft_says_why(house: House) -> None:
    draft = house.open()
    given = ReturnDraft(draft=draft, revision=1, reason="利率太高")
    refused(DraftNotSubmitted, lambda: operations.return_draft(actor=house.manager, at=NOW, given=given))
    house.submit(draft)
    operations.return_draft(actor=house.manager, at=NOW, given=given)
    last = queries.draft_history(house.owner, draft)[-1]
    assert (last.what, last.reason, last.by) == ("returned", "利率太高", "he")
    house.submit(draft)
    assert queries.draft(house.owner, draft).state == "submitted"


def test_a_withdrawn_draft_rests(house: House) -> None:
    draft = house.open()
    given = WithdrawDraft(draft=draft, reason="不做了")
    operations.withdraw_draft(actor=house.owner, at=NOW, given=given)
    closed = refused(DraftClosed, lambda: house.save(draft, 1, "x"))
    assert closed.say("en") == "Draft 1 is withdrawn: it no longer changes."
    refused(DraftClosed, lambda: operations.withdraw_draft(actor=house.owner, at=NOW, given=given))


def test_what_was_published_meanwhile_is_not_undone_unseen(house: House) -> None:
    first, second = house.open("one"), house.open("two")
    for draft in (first, second):
        house.submit(draft)
        house.prove(draft)
        house.approve(draft)
    assert house.publish(first) == 2
    overtaken = refused(DraftOvertaken, lambda: house.publish(second))
    assert (overtaken.values["based_on"], overtaken.values["latest"]) == (1, 2)
    rebased = RebaseDraft(draft=second, based_on=2)
    operations.rebase_draft(actor=house.owner, at=NOW, given=rebased)
    refused(
        NotFound,
        lambda: operations.rebase_draft(actor=house.owner, at=NOW, given=RebaseDraft(draft=second, based_on=3)),
    )
    house.submit(second)
    house.approve(second)
    assert house.publish(second) == 3


def test_a_draft_that_says_nothing_new_is_not_submitted(house: House) -> None:
    draft = house.open("first")
    same = refused(NothingChanged, lambda: house.submit(draft))
    assert same.values["version"] == 1


def test_a_rulebook_looked_through_and_found_right_is_published_again_to_the_letter(house: House) -> None:
    assert queries.review(house.owner, NOW) is None
    text = source() + (
        "  - {id: T1-02, kind: amendment, number: '2', title: {zh: 二, en: Two}, text: {zh: 乙, en: b}, source: s, review: 1}\n"
    )
    proof = Proof(digest_of(text), 3, 3, NOW)
    author = system(house.owner.programme)
    operations.publish_rulebook(actor=author, at=NOW, given=PublishRulebook(source=text), proof=proof)
    # Published on 11 January: a month ends with 10 February.
    eve, after = datetime(2026, 2, 10, 15, 59, tzinfo=UTC), datetime(2026, 2, 10, 16, 0, tzinfo=UTC)
    assert queries.review(house.owner, eve) == Review(date(2026, 2, 10), False, "T1-02")
    assert queries.review(house.owner, after) == Review(date(2026, 2, 10), True, "T1-02")
    refused(Forbidden, lambda: queries.review(replace(house.clerk, powers=frozenset()), after))
    given = OpenDraft(title="复查")
    draft = operations.open_draft(actor=house.owner, at=NOW, given=given).number
    house.submit(draft)
    house.prove(draft)
    house.approve(draft)
    assert house.publish(draft, at=after) == 3
    assert queries.review(house.owner, after) == Review(date(2026, 3, 10), False, "T1-02")


def test_no_version_begins_in_the_past_or_before_one_that_is_scheduled(house: House) -> None:
    draft = house.open()
    house.submit(draft)
    house.prove(draft)
    house.approve(draft)
    refused(PublicationInPast, lambda: house.publish(draft, "2026-01-11 16:59"))
    assert house.publish(draft, "2026-03-01") == 2
    later = house.open("third", based_on=2)
    house.submit(later)
    house.prove(later)
    house.approve(later)
    refused(LaterVersionScheduled, lambda: house.publish(later, "2026-02-01"))
    assert house.publish(later, "2026-03-01") == 3


def test_past_the_first_version_a_draft_is_needed_until_the_owner_says_otherwise(house: House) -> None:
    proof = Proof(digest_of(source("second")), 3, 3, NOW)
    given = PublishRulebook(source=source("second"))
    refused(ApprovalNeeded, lambda: operations.publish_rulebook(actor=house.owner, at=NOW, given=given, proof=proof))
    alone = SetApproval(second_person=False, reason="店里只有我一人")
    refused(Forbidden, lambda: operations.set_approval(actor=house.manager, at=NOW, given=alone))
    told = operations.set_approval(actor=house.owner, at=NOW, given=alone)
    assert (told.second_person, told.by, told.reason) == (False, "沈", "店里只有我一人")
    assert queries.approval_policy(house.clerk) == told
    entry = AuditEntry.objects.order_by("-seq").first()
    assert entry is not None and (entry.operation, entry.actor_name) == ("set_approval", "沈")
    draft = house.open("third")
    refused(DraftNotSubmitted, lambda: house.publish(draft))
    house.submit(draft)
    house.prove(draft)
    assert house.publish(draft) == 2
    operations.set_approval(actor=house.owner, at=NOW, given=SetApproval(second_person=True, reason="来了店长"))
    next_one = house.open("fourth", based_on=2)
    house.submit(next_one)
    house.prove(next_one)
    refused(DraftNotApproved, lambda: house.publish(next_one))


def test_users_examples_go_on_with_the_next_draft(house: House) -> None:
    draft = house.open()
    mine = SaveExamples(draft=draft, number=0, text="- mine\n")
    operations.save_examples(actor=house.owner, at=NOW, given=mine)
    house.submit(draft)
    house.prove(draft)
    house.approve(draft)
    house.publish(draft)
    after = house.open("third", based_on=2)
    known = queries.draft(house.owner, after)
    assert (known.examples, known.examples_number) == ("- mine\n", 1)


def test_each_deed_takes_its_power(house: House) -> None:
    draft = house.open()
    refused(Forbidden, lambda: queries.drafts(house.clerk))
    refused(Forbidden, lambda: operations.open_draft(actor=house.clerk, at=NOW, given=OpenDraft(title="x")))
    refused(Forbidden, lambda: house.save(draft, 1, "x", by=house.clerk))
    house.submit(draft)
    house.prove(draft)
    house.approve(draft)
    given = PublishDraft(draft=draft)
    refused(Forbidden, lambda: operations.publish_draft(actor=house.manager, at=NOW, given=given))


def test_the_same_key_does_it_once(house: House) -> None:
    given = OpenDraft(title="x", source=source("second"))
    first = operations.open_draft(actor=house.owner, at=NOW, given=given, key="k")
    assert operations.open_draft(actor=house.owner, at=NOW, given=given, key="k") == first
    other = OpenDraft(title="y", source=source("second"))
    refused(KeyReused, lambda: operations.open_draft(actor=house.owner, at=NOW, given=other, key="k"))
    assert len(queries.drafts(house.owner)) == 1
    save = SaveDraft(draft=1, revision=1, source=source("third"))
    saved = operations.save_draft(actor=house.owner, at=NOW, given=save, key="s")
    assert operations.save_draft(actor=house.owner, at=NOW, given=save, key="s") == saved


def test_a_draft_is_its_own_programme_s(house: House) -> None:
    draft = house.open()
    stranger = replace(house.owner, programme=house.owner.programme + 1)
    refused(NotFound, lambda: queries.draft(stranger, draft))
    refused(NotFound, lambda: house.save(draft, 1, "x", by=stranger))


def noticed(says: str, amendment: str) -> str:
    """The tea house with a clause on its own amendment."""
    texts = "title: {zh: 修订, en: Amendment}, text: {zh: 修订, en: Amendment}, source: s"
    return source(says) + f'  - {{id: T1-90, kind: amendment, number: "90", {texts}, {amendment}}}\n'


def ready(house: House, text: str, based_on: int) -> int:
    given = OpenDraft(title="公布", source=text, based_on=based_on)
    draft = operations.open_draft(actor=house.owner, at=NOW, given=given).number
    house.submit(draft)
    house.prove(draft)
    house.approve(draft)
    return draft


def test_a_successor_keeps_the_notice_of_the_version_in_force(house: House) -> None:
    """Published at 17:00 of 11 January; seven whole days are the 12th to the 18th."""
    # The clause binds those that come after it, not the version that brings it.
    assert house.publish(ready(house, noticed("second", "notice: 7"), 1)) == 2
    # Nor does the next one excuse itself from it.
    draft = ready(house, source("third"), 2)
    short = refused(NoticeTooShort, lambda: house.publish(draft, "2026-01-18 23:59"))
    assert (short.field, short.clause) == ("effective_from", "T1-90")
    assert (
        short.say("en")
        == "T1-90: 7 whole days lie between publication and effect, so 2026-01-19 00:00 at the earliest."
    )
    begins = datetime(2026, 1, 18, 16, 0, tzinfo=UTC)
    assert queries.earliest_effect(house.owner, NOW) == begins
    assert house.publish(draft) == 3
    assert queries.versions(house.owner)[0].effective_from == begins


def test_a_version_begins_with_a_month_where_the_one_in_force_says_so(house: House) -> None:
    house.publish(ready(house, noticed("second", "begins: month"), 1))
    draft = ready(house, noticed("third", "begins: month"), 2)
    elsewhere = refused(BeginsElsewhere, lambda: house.publish(draft, "2026-02-02"))
    assert elsewhere.say("en") == "T1-90: a version begins with a month only, the next one being 2026-03-01 00:00."
    assert house.publish(draft, "2026-03-01") == 3
    # A fourth neither overtakes the third nor begins in between.
    assert queries.earliest_effect(house.owner, NOW) == datetime(2026, 2, 28, 16, 0, tzinfo=UTC)


def test_a_body_passes_the_successor_where_the_one_in_force_says_so(house: House) -> None:
    council = (
        "  - {id: T1-91, kind: body, number: '91', title: {zh: 会, en: Body}, text: {zh: 会, en: Body}, source: s, "
        "body: council, called: {zh: 理事会, en: the council}, places: [{role: m, title: {zh: 理事, en: M}}]}\n"
    )
    house.publish(ready(house, noticed("second", "resolved_by: council") + council, 1))
    draft = ready(house, source("third"), 2)
    unresolved = refused(VersionUnresolved, lambda: house.publish(draft))
    assert (unresolved.field, unresolved.clause) == ("resolution", "T1-90")
    assert unresolved.say("en") == "T1-90: a new version is passed by the council. Name the resolution."
    assert house.publish(draft, resolution="理事会 2026-1") == 3
    assert [each.resolution for each in queries.versions(house.owner)] == ["理事会 2026-1", "", ""]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told(transactional_db: None, house: House) -> None:
    draft, told = house.open(), []

    def run(says: str) -> None:
        try:
            told.append(house.save(draft, 1, says))
        except DraftChanged as changed:
            told.append(changed.values["latest"] * 100)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(f"text {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == [2, 200, 200, 200]
    assert [each.revision for each in queries.draft_revisions(house.owner, draft)] == [2, 1]
