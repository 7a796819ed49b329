"""`huiguan rulebook`: a file that is checked, compared, laid before a second person, published."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from huiguan.cli.commands.rulebook import command
from huiguan.cli.keeping import ExamplesDiffer, FileNotDrafted, acting_as, lay_before, put_in_force
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import Appoint, CreateStaff
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound
from huiguan.programme import operations, queries
from huiguan.programme.inputs import ApproveDraft, OpenDraft, PublishRulebook
from huiguan.programme.refusals import DraftNotApproved
from huiguan.programme.values import DraftProved, KnownDraft, Proof, digest_of
from huiguan.rehearsal.values import NoExamples
from huiguan.rules.compiling import RulebookRefused
from huiguan.rules.shelf import source_of
from tests.checkout.world import World
from tests.rules.writing import book

AT = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
SOURCE = source_of("designer-wear").decode()
CHANGED = SOURCE.replace("# ", "# Kept in git. ", 1).replace("give: 2\n", "give: 3\n")


def ran(*words: str) -> Any:
    return CliRunner().invoke(command, [*words])


def test_lint_says_everything_at_once_with_line_and_clause(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.yaml"
    file.write_text(SOURCE.replace("kind: scope", "kind: scoop").replace("give: 2\n", "giv: 2\n"), encoding="utf-8")
    told = ran("lint", str(file), "--lang", "en")
    assert told.exit_code == 1
    answer = json.loads(ran("lint", str(file), "--json").output)
    assert {(each["clause"], each["code"]) for each in answer if each["level"] == "refuse"} == {
        ("B55-01", "unknown_kind"), ("B55-13", "unknown_key"), ("B55-13", "missing_key"),
    }  # fmt: skip
    assert all(each["line"] > 0 for each in answer)


def test_lint_of_a_sound_file_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.yaml"
    file.write_text(SOURCE, encoding="utf-8")
    told = ran("lint", str(file), "--lang", "zh")
    assert (told.exit_code, told.output.strip()) == (0, "✓ 没有不能运行的地方。")


def test_diff_tells_clauses_not_lines(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.yaml"
    file.write_text(CHANGED, encoding="utf-8")
    assert ran("diff", "designer-wear", str(file)).output.split("\n")[:2] == ["~ B55-13", "    give: 2 → 3"]
    told = json.loads(ran("diff", "designer-wear", str(file), "--json").output)
    assert told["clauses"][0]["changes"][0]["before"] == "2"
    assert ran("diff", "designer-wear", "nowhere").exit_code == 2
    comments = SOURCE.replace("# ", "# Kept in git. ", 1)
    file.write_text(comments, encoding="utf-8")
    assert ran("diff", "designer-wear", str(file), "--lang", "en").output == "Only comments and layout differ.\n"


@pytest.fixture
def house(db: None) -> World:
    world = World.found()
    for name, post, node in (("shen", "owner", "HOUSE"), ("he", "shop_manager", "S1")):
        identity.create_staff(actor=world.actor, at=AT, given=read(CreateStaff, {"username": name, "name": name}))
        given = read(Appoint, {"username": name, "post": post, "node": node})
        identity.appoint(actor=world.actor, at=AT, given=given)
    return world


def proved(source: str = CHANGED, failed: int = 0) -> None:
    """The first draft, with a proof of this text kept. Running the examples is tested with the errand that does it."""
    owner = person("shen")
    if not queries.drafts(owner):
        operations.open_draft(actor=owner, at=AT, given=OpenDraft(title="git", source=source))
    told = tuple(
        {"file": "a", "line": 1, "clause": "B55-13", "says": f"s{n}", "text": {"zh": "错", "en": "no"}, "aside": False}
        for n in range(failed)
    )
    kept = DraftProved(Proof(digest_of(source), 9, 9 - failed, AT), digest_of(""), told, "")
    operations.keep_proof(actor=owner, at=AT, draft=1, proved=kept)


def person(name: str) -> Actor:
    return acting_as(name, None, AT)


def laid(source: str = CHANGED, *, draft: int | None = None, by: str = "shen") -> KnownDraft:
    return lay_before(person(by), AT, source, title="git", draft=draft, report=lambda done, total: None)


def test_a_file_is_drafted_approved_by_another_and_published(house: World) -> None:
    proved()
    known = laid()
    assert (known.number, known.state, known.title) == (1, "submitted", "git")
    assert laid() == known, "the same file again does nothing twice"
    with pytest.raises(DraftNotApproved):
        put_in_force(person("shen"), AT, CHANGED, None)
    given = ApproveDraft(draft=1, revision=1)
    operations.approve_draft(actor=person("he"), at=AT, given=given)
    made = put_in_force(person("shen"), AT, CHANGED, "2026-07-01")
    assert (made.number, made.by) == (2, "shen")
    with pytest.raises(FileNotDrafted):
        put_in_force(person("shen"), AT, CHANGED, None)


def test_a_file_follows_the_latest_version_also_one_that_is_still_to_come(db: None) -> None:
    first, second, third = (book(("earn", f"unit: points, per: 100.00, give: {n}, group: sale")) for n in (1, 2, 3))
    world = World.found(source=first)
    given = PublishRulebook(source=second, effective_from="2026-07-01")
    proof = Proof(digest_of(second), 1, 1, AT)
    operations.publish_rulebook(actor=world.actor, at=AT, given=given, proof=proof)
    with pytest.raises(NoExamples):  # of no template, and none of its own: kept, and not submitted
        lay_before(world.actor, AT, third, title="git", draft=None, report=lambda done, total: None)
    known = queries.draft(world.actor, 1)
    assert (known.based_on, known.state, known.source) == (2, "open", third)


def test_another_revision_of_the_same_draft(house: World) -> None:
    proved()
    laid()
    other = CHANGED.replace("give: 3", "give: 4")
    proved(other)
    again = laid(other, draft=1)
    assert (again.number, again.revision, again.state) == (1, 2, "submitted")


def test_examples_that_differ_are_told_and_the_draft_kept(house: World) -> None:
    proved(failed=2)
    with pytest.raises(ExamplesDiffer) as differ:
        laid()
    assert (differ.value.values["failed"], differ.value.values["first"]) == (2, "s0")
    assert queries.draft(system(house.actor.programme), 1).state == "open"


def test_a_file_that_cannot_be_run_writes_nothing(house: World) -> None:
    with pytest.raises(RulebookRefused):
        laid(CHANGED.replace("kind: scope", "kind: scoop"))
    assert queries.drafts(system(house.actor.programme)) == ()


def test_who_acts_is_a_person_with_the_power(house: World) -> None:
    proved()
    with pytest.raises(NotFound):
        acting_as("nobody", None, AT)
    with pytest.raises(Forbidden):
        laid(by="he")
    World.found("two")
    with pytest.raises(InvalidInput):
        acting_as("shen", None, AT)
    assert acting_as("shen", "dn", AT).id == people.people_by_username(house.actor.programme, ["shen"])["shen"].id
