"""Every shipped rulebook does what its examples say; those that sell are lived through in `test_simulated`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from huiguan.rehearsal.reading import read_examples
from huiguan.rehearsal.rehearsing import example_files, rehearse, shipped_examples
from huiguan.rehearsal.values import Example, Fault
from huiguan.rules.kinds.assurance import GUARANTEES
from huiguan.rules.programme import Clause
from huiguan.rules.shelf import all_shelved
from tests.rehearsal.selling import sells
from tests.rehearsal.unproved import UNPROVED

ROOT = Path(__file__).parents[2]
FILES = example_files(shipped_examples())


@cache
def all_told() -> list[Example | Fault]:
    """Every example that is shipped, read once."""
    return [each for path in FILES for each in read_examples(path)]


# By rulebook: examples of several files that begin alike share what went before.
HERE = sorted({path.parent for path in FILES if not sells(path.parent)})


@pytest.mark.django_db
@pytest.mark.parametrize("folder", HERE, ids=lambda folder: folder.parent.name)
def test_the_examples_come_out_as_they_say(folder: Path) -> None:
    files = [path for path in FILES if path.parent == folder]
    failed = [f"{each.file}:{each.line}: {each.message.en}" for each in rehearse(files) if not each.passed]
    assert failed == []


def test_every_clause_that_acts_is_proved() -> None:
    """A clause that only declares, or waits for a room, needs no example; a guarantee of the product has a test of the
    product; every other one has examples, but for those that are listed as still without."""
    unproved = [
        each.clause.id
        for each in all_shelved()
        if each.clause.kind != "statement"
        and each.clause.waits_for is None
        and not each.examples
        and not _guaranteed(each.clause)
    ]
    assert set(unproved) == UNPROVED


def _guaranteed(clause: Clause) -> bool:
    if clause.kind != "assurance":
        return False
    return (ROOT / GUARANTEES[clause.parameters.guarantee].test).exists()  # type: ignore[attr-defined]


def test_every_example_is_found_under_its_clause() -> None:
    """`huiguan where` finds examples by the word at the beginning of a line; none may be written another way."""
    told = all_told()
    assert all(isinstance(each, Example) for each in told)
    assert len(told) == sum(len(each.examples) for each in all_shelved())


def test_a_clause_has_examples_of_its_own_rulebook_only() -> None:
    known = {each.clause.id for each in all_shelved()}
    named = {each.clause for each in all_told() if isinstance(each, Example)}
    assert named - known == set()
