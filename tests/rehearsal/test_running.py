"""Playing examples on a real database: what passes, what fails and with which words, and that nothing stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huiguan.kernel.refusals import Forbidden
from huiguan.kernel.text import Text
from huiguan.members.models import Membership
from huiguan.rehearsal.asking import QUESTIONS
from huiguan.rehearsal.doing import DEEDS
from huiguan.rehearsal.rehearsing import rehearse
from huiguan.rehearsal.state import _tables
from huiguan.rehearsal.values import Outcome
from huiguan.rules import shelf

pytestmark = pytest.mark.django_db

HEAD = """\
rulebook: designer-wear
given: {shops: [S1], products: {COAT: 1000.00}, members: {li: {birthday: 1990-05-05}}}
by: {post: clerk, shop: S1}
---
clause: B55-13
says: x
"""
SALE = "do: commit_sale, with: {member: $li, presented: card, lines: [{sku: COAT}]}"


def outcomes(tmp_path: Path, text: str, source: str | None = None) -> list[Outcome]:
    path = tmp_path / "examples.yaml"
    path.write_text(text, encoding="utf-8")
    return list(rehearse([path], source=source))


def played(tmp_path: Path, steps: str, more: str = "") -> str:
    """The message of one example with these steps; '' where it passes."""
    (told,) = outcomes(tmp_path, f"{HEAD}{more}steps:\n{steps}")
    assert told.passed is (told.message.en == "")
    return told.message.en


def test_an_example_that_comes_out(tmp_path: Path) -> None:
    assert played(tmp_path, f"  - {{at: 2026-03-02 10:00, {SALE}, expect: {{paid: 950.00}}}}\n") == ""


def test_one_that_does_not_tells_line_step_and_both_values(tmp_path: Path) -> None:
    told = played(tmp_path, f"  - {{at: 2026-03-02 10:00, {SALE}, expect: {{paid: 951.00}}}}\n")
    assert told == "line 8: commit_sale: paid should be 951.00 and is 950.00"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (f"{SALE}, refused: LimitReached", "not refused as LimitReached: {id:"),
        ("do: redeem_points, with: {member: $li, points: 5}", "it was refused: OutsideWindow (B55-19, points)"),
        ("do: redeem_points, with: {member: $li, points: 5}, refused: BalanceTooLow", "not refused as BalanceTooLow"),
        (
            "do: redeem_points, with: {member: $li, points: 5}, refused: OutsideWindow, because: B55-20",
            "refused by OutsideWindow (B55-19, points), not because of B55-20",
        ),
        (
            "do: redeem_points, with: {member: $li, points: 5}, refused: OutsideWindow, field: member",
            "the refusal should name member, it says OutsideWindow",
        ),
        (f"{SALE}, because: B55-23", "no reason names B55-23, only:"),
        ("ask: rights, with: {member: $li}, count: 7", "count should be 7 and is 2"),
        ("ask: rights, with: {member: $li}, expect: []", "= should be [] and is [{"),
        ("do: comit_sale, with: {}", "there is no operation comit_sale. Did you mean commit_sale?"),
        ("ask: balance, with: {member: $li}", "there is no question balance. Did you mean balances?"),
        ("ask: balances, with: {member: $li, unit: points}", "it was refused: InvalidInput (–, unit)"),
        ("ask: balances, with: {member: $nobody}", "No step before is called $nobody."),
        ("at: 2026-03-01 10:00, ask: prove", "time only moves forward"),
    ],
)
def test_how_a_step_fails(tmp_path: Path, step: str, told: str) -> None:
    first = "  - {at: 2026-03-02 10:00, ask: prove, expect: {sound: true}}\n"
    found = played(tmp_path, f"{first}  - {{{step}}}\n")
    assert found.startswith("line 9: ")
    assert told in found


LEAK = "do: leak, refused: Forbidden"


def leaky(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """A deed that executes these and is refused then."""

    def leak(stage: Any, actor: Any, given: Any) -> Any:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        raise Forbidden(power=Text(zh="x", en="x"))

    monkeypatch.setitem(DEEDS, "leak", leak)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE members_card SET status = 'frozen'"],
        ["DELETE FROM checkout_price"],
        ["UPDATE members_membership SET standing_since = standing_since + interval '1 second'"],
    ],
    ids=["edited", "deleted", "moved by a second"],
)
def test_a_refusal_that_changed_something_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: list[str]
) -> None:
    leaky(monkeypatch, *statements)
    told = played(tmp_path, f"  - {{at: 2026-03-02 10:00, {LEAK}}}\n")
    assert told == "line 8: leak: it was refused and changed something all the same"


def test_a_table_nobody_had_written_to_is_looked_at_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaky(monkeypatch, "INSERT INTO kernel_none DEFAULT VALUES")
    with connection.cursor() as cursor:  # undone with the test
        cursor.execute("CREATE TABLE kernel_none (id serial)")
    _tables.cache_clear()
    refused = f"  - {{at: 2026-03-02 10:00, {LEAK}}}\n"
    told = outcomes(tmp_path, f"{HEAD}steps:\n{refused}---\nclause: B55-13\nsays: y\nsteps:\n{refused}")
    _tables.cache_clear()
    assert ["changed something" in each.message.en for each in told] == [True, True]


def test_what_was_undone_is_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaky(monkeypatch, "SAVEPOINT s", "UPDATE members_card SET status = 'frozen'", "ROLLBACK TO SAVEPOINT s")
    assert played(tmp_path, f"  - {{at: 2026-03-02 10:00, {LEAK}}}\n  - {{{LEAK}}}\n") == ""


def test_a_program_that_breaks_fails_its_example_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(stage: Any, actor: Any, given: Any) -> Any:
        raise ZeroDivisionError("nought")

    monkeypatch.setitem(DEEDS, "crash", broken)
    good = "clause: B55-13\nsays: y\nsteps:\n  - {at: 2026-03-02 10:00, ask: prove, expect: {sound: true}}\n"
    told = outcomes(tmp_path, f"{HEAD}steps:\n  - {{at: 2026-03-02 10:00, do: crash}}\n---\n{good}")
    assert [each.passed for each in told] == [False, True]
    assert "ZeroDivisionError('nought')" in told[0].message.en


def test_no_example_sees_another_and_nothing_stays(tmp_path: Path) -> None:
    text = f"steps:\n  - {{at: 2026-03-02 10:00, {SALE}, expect: {{balance: {{points: 18}}}}}}\n"
    own = "  - {do: enrol_member, with: {phone: '13800000001'}}\n"
    once = f"clause: B55-13\nsays: x\n{text}{own}"
    told = outcomes(tmp_path, f"{HEAD}{text}{own}---\n{once}---\n{once}")
    assert [each.message.en for each in told] == ["", "", ""]
    assert Membership.objects.count() == 1  # li, whom all three began with


def test_what_fell_due_between_steps_is_written_down(tmp_path: Path) -> None:
    steps = (
        f"  - {{at: 2026-05-02 10:00, {SALE}}}\n"
        "  - {at: 2027-01-01 00:00, ask: entries, with: {member: $li},"
        " expect: [{delta: -18, purpose: expired, at: 2026-12-31 24:00}], count: 2}\n"
        "  - {at: +5 months, ask: rights, with: {member: $li}, count: 4}\n"  # opening; May 2025, 2026 and 2027
    )
    assert played(tmp_path, steps) == ""


def test_parameters_hold_for_one_example_only(tmp_path: Path) -> None:
    changed = (
        "parameters: {B55-13: {give: 3}}\n"
        f"steps:\n  - {{at: 2026-03-02 10:00, {SALE}, expect: {{earned: {{points: 27}}}}}}\n"
    )
    plain = (
        f"clause: B55-13\nsays: y\nsteps:\n  - {{at: 2026-03-02 10:00, {SALE}, expect: {{earned: {{points: 18}}}}}}\n"
    )
    assert [each.message.en for each in outcomes(tmp_path, f"{HEAD}{changed}---\n{plain}")] == ["", ""]


def test_a_rulebook_beside_the_examples_comes_before_the_shipped_one(tmp_path: Path) -> None:
    mine = tmp_path / "rulebook.yaml"
    mine.write_text(
        "rulebook: designer-wear\ntitle: {zh: 我的, en: Mine}\nzone: Asia/Shanghai\nclauses:\n"
        "  - {id: M-1, kind: earn, number: 1, title: {zh: 积分, en: Points}, text: {zh: 积分, en: Points},"
        " unit: points, per: 10.00, give: 1, worth: 0.10}\n",
        encoding="utf-8",
    )
    text = (
        "rulebook: designer-wear\nclause: M-1\nsays: x\ngiven: {products: {TEA: 25.00}}\nsteps:\n"
        "  - {at: 2026-03-02 10:00, do: enrol_member, as: li, with: {name: 李梅, phone: '13800000001', profile: none}}\n"
        "  - {do: commit_sale, with: {member: $li, lines: [{sku: TEA}]}, expect: {earned: {points: 2}}}\n"
    )
    assert [each.message.en for each in outcomes(tmp_path, text)] == [""]


def test_a_rulebook_that_cannot_run_fails_its_examples_with_the_reason(tmp_path: Path) -> None:
    steps = f"steps:\n  - {{at: 2026-03-02 10:00, {SALE}}}\n"
    (told,) = outcomes(tmp_path, f"{HEAD}{steps}", source="rulebook: x\nclauses: []\n")
    assert not told.passed
    assert "cannot be run" in told.message.en


def test_a_rulebook_nobody_knows(tmp_path: Path) -> None:
    text = HEAD.replace("designer-wear", "nowhere") + f"steps:\n  - {{at: 2026-03-02 10:00, {SALE}}}\n"
    (told,) = outcomes(tmp_path, text)
    assert told.message.en == f"there is no rulebook nowhere (shipped: {', '.join(shelf.shipped())})"


def test_given_and_posts_are_read_strictly(tmp_path: Path) -> None:
    more = "given: {product: {COAT: 1.00}}\n"
    assert "given has no product. Did you mean products?" in played(
        tmp_path, "  - {at: 2026-03-02 10:00, ask: prove}\n", more
    )
    step = "  - {at: 2026-03-02 10:00, ask: prove, by: {post: clark}}\n"
    assert "There is no post clark. Did you mean clerk?" in played(tmp_path, step)


def test_everything_that_can_be_done_and_asked_is_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "examples.md").read_text(encoding="utf-8")
    assert [name for name in (*DEEDS, *QUESTIONS) if f"`{name}`" not in guide] == []


def test_who_begins_years_later_does_not_live_through_anothers_years(tmp_path: Path) -> None:
    """Two examples share a member who joined long ago: what the first lived through is still ahead of the second."""
    text = """rulebook: designer-wear
given: {members: {li: {birthday: 1990-05-05, at: 2024-03-01 10:00, opening: {points: 9, bill: A1}}}}
---
clause: B55-14
says: Years later they are gone.
steps: [{at: 2027-06-01 10:00, ask: balances, with: {member: $li}, expect: {points: 0}}]
---
clause: B55-14
says: In the same summer they are there.
steps: [{at: 2024-06-01 10:00, ask: balances, with: {member: $li}, expect: {points: 9}}]
"""
    assert [each.message.en for each in outcomes(tmp_path, text)] == ["", ""]
