"""Guarantees of the product itself, each with the test that proves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rules.kinds.assurance import GUARANTEES, guarantee_of
from tests.rules.writing import designer_wear, findings

ROOT = Path(__file__).parents[3]


def test_a_guarantee_the_product_does_not_give_is_refused() -> None:
    (finding,) = findings(("assurance", "guarantee: profile_fault_listed"))
    assert (finding.code, finding.path) == ("wrong_value", "guarantee")
    assert finding.text.en == (
        "guarantee: the product gives no guarantee profile_fault_listed. Did you mean profile_faults_listed?"
    )


@pytest.mark.parametrize("name", GUARANTEES)
def test_every_guarantee_is_proved_by_a_test(name: str) -> None:
    assert (ROOT / GUARANTEES[name].test).is_file()


def test_every_guarantee_of_the_rulebook_is_known() -> None:
    named = [guarantee_of(clause.parameters) for clause in designer_wear().of("assurance")]  # type: ignore[arg-type]
    assert named == [
        GUARANTEES["profile_faults_listed"],
        GUARANTEES["opening_points_cite_their_bill"],
        GUARANTEES["opening_spend_counts"],
        GUARANTEES["sales_name_card_and_discount"],
        GUARANTEES["profile_faults_listed"],
        GUARANTEES["found_by_class_and_number"],
    ]
