"""Which certificates there are, their numbers and their validity."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from huiguan.rules.kinds import certificate
from tests.rules.writing import compiled, found

ZONE = ZoneInfo("Asia/Shanghai")
PAPER = "certificate: paper, called: {zh: 会员证, en: Paper}, prefix: HG-, digits: 4, months: 12, types: [unit]"
UNIT = ("member_type", "type: unit, called: {zh: 单位, en: Unit}, of: organisation")
PERSON = ("member_type", "type: person, called: {zh: 个人, en: Person}")
PROGRAMME = compiled(
    UNIT, PERSON, ("certificate", PAPER), ("certificate", "certificate: card, called: {zh: 证, en: Card}")
)


def test_for_whom_and_under_which_number() -> None:
    assert list(certificate.certificates(PROGRAMME, "unit")) == ["paper", "card"]
    assert list(certificate.certificates(PROGRAMME, "person")) == ["card"]
    paper, card = certificate.certificates(PROGRAMME).values()
    assert (certificate.number(paper, 7), certificate.number(paper, 12345)) == ("HG-0007", "HG-12345")
    assert certificate.number(card, 7) == "000007"


def test_how_long_it_holds() -> None:
    paper, card = certificate.certificates(PROGRAMME).values()
    issued = datetime(2028, 2, 29, 17, tzinfo=ZONE)
    assert certificate.until(PROGRAMME, paper, issued) == datetime(2029, 2, 28, tzinfo=ZONE)
    assert certificate.until(PROGRAMME, card, issued) is None


def test_what_the_lint_finds() -> None:
    assert found(UNIT, ("certificate", PAPER), ("certificate", PAPER)) == [
        ("refuse", "certificate_twice", "T-02"),
        ("refuse", "certificate_twice", "T-03"),
    ]
    assert found(("certificate", PAPER)) == [("refuse", "unknown_type", "T-01")]
