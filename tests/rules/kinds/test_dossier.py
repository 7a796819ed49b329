"""What a dossier asks for, line by line, and what is said of papers that are nearly right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiguan.rules import dossiers as dossier
from huiguan.rules.effects import Reason
from huiguan.rules.explaining import sentence
from huiguan.rules.papers import Handed, Paper, before
from huiguan.rules.programme import Programme
from tests.rules.writing import compiled, found

APPLIED = date(2026, 6, 1)
DAY = date(2026, 6, 15)
HEAD = "dossier: entry, "
CODE = "91310000MA1FL0XX09"  # its check digit is right


def name(text: str) -> str:
    return f"title: {{zh: {text}, en: {text}}}"


def book(items: str, more: str = ""):
    return compiled(("dossier", f"{HEAD}{more}items: [{items}]"))


def paper(doc: str, reference: str = "D1", **told: object) -> Paper:
    return replace(Paper(reference, doc), **told)


def standing(rulebook, *papers: Paper, day: date = DAY, **profile: str) -> dossier.Standing:
    return dossier.standing(rulebook, "entry", Handed(papers, APPLIED, profile), day)


def says(rulebook, *papers: Paper, day: date = DAY, **profile: str) -> list[str]:
    """What is said of each line."""
    return [line.reason.say for line in standing(rulebook, *papers, day=day, **profile).lines]


def test_what_is_missing_is_named() -> None:
    rulebook = book(f"{{doc: licence, {name('licence')}}}, {{doc: permit, {name('permit')}}}")
    told = standing(rulebook, paper("licence"))
    assert (told.complete, [line.doc for line in told.open]) == (False, ["permit"])
    assert said(rulebook, told.open[0].reason, "zh") == "缺permit。"
    assert standing(rulebook, paper("licence"), paper("permit", "D2")).complete


def said(rulebook: Programme, reason: Reason, lang: str) -> str:
    return sentence(rulebook, reason, lang)


@pytest.mark.parametrize(
    ("issued", "say"),
    [
        (date(2023, 5, 31), "out_of_window"),  # three years and a day before the application
        (date(2023, 6, 1), "complete"),
        (date(2026, 6, 1), "complete"),
        (date(2026, 6, 2), "out_of_window"),
        (None, "untold"),
    ],
)
def test_a_contract_is_not_older_than_three_years_on_the_day_of_the_application(issued: date | None, say: str) -> None:
    rulebook = book(f"{{doc: contract, {name('contract')}, within: 3 years}}")
    assert says(rulebook, paper("contract", issued=issued), day=date(2027, 1, 1)) == [say]


def test_a_span_ends_on_the_last_day_of_a_shorter_month() -> None:
    assert before("3 years", date(2028, 2, 29)) == date(2025, 2, 28)
    assert before("1 month", date(2026, 3, 31)) == date(2026, 2, 28)
    assert before("30 days", date(2026, 3, 1)) == date(2026, 1, 30)


def test_two_copies_of_three_are_short() -> None:
    rulebook = book(f"{{doc: form, {name('form')}, copies: 3}}")
    line = standing(rulebook, paper("form", copies=2)).lines[0]
    assert (line.reason.say, line.reason.values["have"], line.reason.values["want"]) == ("copies_short", 2, 3)
    assert says(rulebook, paper("form", copies=3)) == ["complete"]


def test_an_authorisation_is_asked_of_agents_alone() -> None:
    rulebook = book(f"{{doc: mandate, {name('mandate')}, if_field: applicant_type, if_is: [agent]}}")
    assert not standing(rulebook, applicant_type="agent").complete
    assert standing(rulebook, applicant_type="manufacturer") == dossier.Standing(
        "entry", dossier.names(rulebook)["entry"], True, ()
    )
    assert standing(rulebook, paper("mandate"), applicant_type="agent").complete


AUDITS = f"{{doc: audit, {name('audit')}, each_of: 3, since: founded}}"


def test_the_missing_year_is_named() -> None:
    papers = [paper("audit", f"D{year}", period=str(year)) for year in (2025, 2023)]
    told = standing(book(AUDITS), *papers)
    assert [(line.period, line.state) for line in told.lines] == [
        ("2025", "complete"), ("2024", "missing"), ("2023", "complete"),
    ]  # fmt: skip
    assert told.open[0].title.zh == "2024 年度audit"


@pytest.mark.parametrize(
    ("founded", "years"),
    [
        ("2020-01-01", ["2025", "2024", "2023"]),
        ("2024-12-31", ["2025", "2024"]),
        ("2025-01-01", ["2025"]),
        ("2026-01-01", []),
        ("unknown", ["2025", "2024", "2023"]),
    ],
)
def test_a_young_company_has_fewer_years(founded: str, years: list[str]) -> None:
    assert [line.period for line in standing(book(AUDITS), founded=founded).lines] == years


@pytest.mark.parametrize(("applied", "last"), [(date(2026, 3, 31), "2025"), (date(2026, 4, 1), "2026")])
def test_a_fiscal_year_counts_once_it_is_over(applied: date, last: str) -> None:
    rulebook = book(f"{{doc: audit, {name('audit')}, each_of: 1, year_end: 03-31}}")
    lines = dossier.standing(rulebook, "entry", Handed((), applied), applied).lines
    assert [line.period for line in lines] == [last]


THREE = (
    f"{{doc: licence, {name('licence')}, form: duplicate, satisfies: [org_code, tax], unified: true}}, "
    f"{{doc: org_code, {name('org_code')}, form: duplicate}}, {{doc: tax, {name('tax')}, form: duplicate}}"
)


def test_one_licence_with_a_unified_code_is_enough_for_three() -> None:
    assert says(book(THREE), paper("licence", number=CODE, form="duplicate")) == ["complete"] * 3
    assert says(book(THREE), paper("licence", number="310000000012345", form="duplicate")) == [
        "complete", "missing", "missing",
    ]  # fmt: skip
    wrong_digit = paper("licence", number=CODE[:-1] + "1", form="duplicate")
    assert says(book(THREE), wrong_digit) == ["complete", "missing", "missing"]


def test_another_form_is_flagged_until_a_reviewer_passes_it() -> None:
    rulebook = book(f"{{doc: licence, {name('licence')}, form: duplicate}}")
    line = standing(rulebook, paper("licence", form="original")).lines[0]
    assert (line.reason.say, line.blocks) == ("wrong_form", True)
    assert says(rulebook, paper("licence", form="original", verdict="pass")) == ["complete"]


@pytest.mark.parametrize(
    ("told", "say"),
    [
        ({"scan": False, "original_seen": True}, "not_scanned"),
        ({"scan": True, "original_seen": False}, "original_not_seen"),
        ({"scan": True, "original_seen": True}, "complete"),
        ({"uploaded": False, "original_seen": True}, "not_uploaded"),
        ({"scan": True, "original_seen": True, "verdict": "fail", "why": "模糊"}, "returned"),
        ({"scan": True, "original_seen": True, "verdict": "unclear", "why": "?"}, "unclear"),
    ],
)
def test_what_every_paper_takes(told: dict[str, object], say: str) -> None:
    rulebook = book(f"{{doc: permit, {name('permit')}}}", "every: [scan, original_seen], ")
    assert says(rulebook, paper("permit", **told)) == [say]


@pytest.mark.parametrize(("expires", "say"), [(date(2026, 6, 14), "expired"), (date(2026, 6, 15), "complete")])
def test_an_optional_paper_is_flagged_and_does_not_block(expires: date, say: str) -> None:
    rulebook = book(f"{{doc: ccc, {name('ccc')}, optional: true, wants: [number, issuer, expires]}}")
    told = standing(rulebook, paper("ccc", number="1", issuer="CQC", expires=expires))
    assert (told.lines[0].reason.say, told.complete) == (say, True)
    assert says(rulebook) == ["optional"]
    assert standing(rulebook, paper("ccc", number="1")).lines[0].reason.values["wants"][0] == {
        "zh": "发证机关", "en": "who issued it",
    }  # fmt: skip


def test_parts_are_told_two_of_three_and_do_not_block() -> None:
    kinds = ", ".join(f"{{of: systems, part: {part}, {name(part)}}}" for part in ("quality", "environment", "safety"))
    rulebook = compiled(
        ("dossier", f"{HEAD}items: [{{doc: systems, {name('systems')}, optional: true}}], parts: [{kinds}]")
    )
    two = [paper("systems", part, part=part) for part in ("quality", "environment")]
    told = standing(rulebook, *two)
    assert told.complete
    assert told.lines[0].reason.values == {
        "title": {"zh": "systems", "en": "systems"}, "have": 2, "want": 3, "lacking": [{"zh": "safety", "en": "safety"}],
    }  # fmt: skip
    assert says(rulebook, *two, paper("systems", "s", part="safety")) == ["complete"]


PAIR = (
    f"{{doc: award, {name('award')}, within: 3 years}}, "
    f"{{doc: contract, {name('contract')}, within: 3 years, pairs_with: award}}"
)


def test_a_contract_goes_with_its_award() -> None:
    award, contract = (paper(doc, doc, issued=date(2025, 1, 1), pair="P1") for doc in ("award", "contract"))
    assert says(book(PAIR), award, contract) == ["complete", "complete"]
    assert says(book(PAIR), award, replace(contract, pair="P2")) == ["complete", "unpaired"]
    late = replace(award, issued=date(2020, 1, 1))
    assert says(book(PAIR), late, contract) == ["out_of_window", "unpaired"]


def test_each_person_has_a_paper_of_his_own() -> None:
    rulebook = book(f"{{doc: identity, {name('identity')}, copies: 1, whose: [legal_representative, handler]}}")
    told = standing(rulebook, paper("identity", whose="handler", copies=1))
    assert [(line.whose, line.state) for line in told.lines] == [
        ("legal_representative", "missing"),
        ("handler", "complete"),
    ]
    assert told.open[0].title.zh == "法定代表人的identity"


def test_of_several_papers_the_best_counts_and_the_others_are_flagged() -> None:
    rulebook = book(f"{{doc: permit, {name('permit')}}}")
    old = paper("permit", "D1", expires=date(2020, 1, 1))
    line = standing(rulebook, old, paper("permit", "D2")).lines[0]
    assert (line.state, [flag.say for flag in line.flags]) == ("complete", ["expired"])


def test_more_than_one_may_be_asked_for() -> None:
    rulebook = book(f"{{doc: letter, {name('letter')}, min: 3}}")
    two = [paper("letter", "D1"), paper("letter", "D2")]
    assert says(rulebook, *two) == ["too_few"]
    assert says(rulebook, *two, paper("letter", "D3")) == ["complete"]
    assert says(rulebook, *two, paper("letter", "D3", verdict="fail")) == ["returned"]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ("items: []", "empty_dossier"),
        (f"items: [{{doc: a, {name('a')}}}, {{doc: a, {name('a')}}}]", "line_twice"),
        (f"items: [{{doc: a, {name('a')}, satisfies: [b]}}]", "unknown_line"),
        (f"items: [{{doc: a, {name('a')}, pairs_with: b}}]", "unknown_line"),
        (f"items: [{{doc: a, {name('a')}, if_field: kind}}]", "half_condition"),
        (f"items: [{{doc: a, {name('a')}, within: soon}}]", "wrong_value"),
    ],
)
def test_lint_says_what_cannot_be(parameters: str, code: str) -> None:
    assert ("refuse", code, "T-01") in found(("dossier", HEAD + parameters))


def test_a_dossier_may_be_spread_over_clauses() -> None:
    rulebook = compiled(
        ("dossier", f"{HEAD}called: {{zh: 入会材料, en: Entry}}, every: [scan]"),
        ("dossier", f"{HEAD}items: [{{doc: a, {name('a')}}}]"),
    )
    told = standing(rulebook, paper("a"))
    assert (told.title.zh, told.lines[0].clause, told.lines[0].reason.say) == ("入会材料", "T-02", "not_scanned")
