"""What a stage may need: known names, fees of somebody who is a member by then, occasions that there are."""

from __future__ import annotations

import pytest

from huiguan.rules import needed
from tests.rules.writing import compiled, found

FEE = ("fee", "name: joining, amount: 100.00, every: once")


def procedure(needs: str, *, of: str = "membership", standing: str = "") -> tuple[str, str]:
    then = f", standing: {standing}" if standing else ""
    stage = f"{{stage: pay, title: {{zh: 付, en: Pay}}, does: settle, needs: [{needs}]{then}}}"
    return "procedure", f"name: entry, of: {of}, opened_by: [staff], stages: [{stage}]"


@pytest.mark.parametrize(
    ("clauses", "codes"),
    [
        ((FEE, procedure("joining", standing="approved_not_collected")), []),
        ((FEE, procedure("joining")), ["no_member_yet"]),
        ((FEE, procedure("joining", of="tier")), []),
        ((FEE, procedure("joinin", of="tier")), ["unknown_need"]),
        ((procedure("margin", of="tier"),), ["unknown_need"]),
        ((("deposit", "name: margin, amount: 100.00"), procedure("margin, mark_deposit_margin", of="tier")), []),
        ((procedure("dues, deposit, clearance, mark_paid_until", of="exit"),), []),
        ((("fee", "name: dues, amount: 100.00"), procedure("dues")), []),  # the tie, not the fee of that name
        ((("fee", "name: a, amount: 1.00, raised: {procedure: entry, stage: py}"), procedure("dues")), ["unknown_stage"]),
    ],
)  # fmt: skip
def test_names_that_are_nothing_are_refused(clauses: tuple[tuple[str, str], ...], codes: list[str]) -> None:
    assert [code for level, code, _ in found(*clauses) if level == "refuse"] == codes


def test_what_is_charged_at_a_stage() -> None:
    saying = ("fee", "name: custody, amount: 5.00, raised: {procedure: entry, stage: pay}")
    book = compiled(FEE, saying, procedure("joining", of="tier"))
    at = [
        [each.parameters.name for each in needed.charged_at(book, "entry", stage, ("joining",))]  # type: ignore[attr-defined]
        for stage in ("pay", "x")
    ]  # type: ignore[attr-defined]
    assert at == [["joining", "custody"], ["joining"]]
