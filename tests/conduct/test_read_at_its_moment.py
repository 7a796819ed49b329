"""A card held and a tier lowered by a measure are given back at its very end, as they are read: no night has run."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huiguan.conduct import inputs, operations
from huiguan.conduct import queries as conduct
from huiguan.kernel.inputs import read
from huiguan.members import facts, queries
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, ReportCardLost
from huiguan.members.values import EnrolledMember
from huiguan.nightly import operations as nightly
from tests.cases.world import Guild, moment

pytestmark = pytest.mark.django_db

BOOK = (Path(__file__).parents[2] / "rulebooks/designer-wear/rulebook.yaml").read_text(encoding="utf-8")
DECIDED = "posts: [{post: member_committee, title: {zh: 委员, en: Committee}}], stages: [{stage: decision, title: {zh: 决定, en: Decision}, by: {post: member_committee}}]"
CLAUSES = f"""
  - {{id: X-01, kind: procedure, number: 九1, title: {{zh: 处分, en: Sanction}}, text: {{zh: 处分, en: Sanction}}, name: sanction, of: measure, opened_by: [staff], {DECIDED}}}
  - {{id: X-02, kind: procedure, number: 九2, title: {{zh: 评选, en: Choosing}}, text: {{zh: 评选, en: Choosing}}, name: honours, of: award, opened_by: [staff], {DECIDED}}}
  - {{id: X-03, kind: award, number: 九3, title: {{zh: 年度, en: Yearly}}, text: {{zh: 年度, en: Yearly}}, award: yearly, called: {{zh: 年度, en: yearly}}, procedure: honours, tiers: 1}}
  - {{id: X-04, kind: measure_taken, number: 九4, title: {{zh: 降级, en: Down}}, text: {{zh: 降级, en: Down}}, measure: down, called: {{zh: 降级, en: down}}, procedure: sanction, lasts: 1 month, also: {{tiers: 1}}}}
  - {{id: X-05, kind: measure_taken, number: 九5, title: {{zh: 冻结, en: Hold}}, text: {{zh: 冻结, en: Hold}}, measure: hold, called: {{zh: 冻结, en: hold}}, procedure: sanction, lasts: 10 days, also: {{card: frozen}}}}
  - {{id: X-06, kind: duty, number: 九6, title: {{zh: 爱护, en: Care}}, text: {{zh: 守规矩, en: Care}}, duty: care, called: {{zh: 守规矩, en: care}}}}
"""
SECOND = timedelta(seconds=1)


class Shop:
    def __init__(self) -> None:
        self.guild = Guild.founded("wear", BOOK.rstrip() + "\n" + CLAUSES)
        self.owner = self.guild.owner
        profile = {"name": "李梅", "phone": "13800000001", "birthday": "1990-05-05", "address": "临安路 1 号"}
        given = read(EnrolMember, {"profile": profile, "card": "YC0001"})
        at = moment("2026-03-01 09:00")
        (made,) = members.enrol_members(actor=self.owner, at=at, given=[given], allow_incomplete=True)
        assert isinstance(made, EnrolledMember), made
        self.number, self.key = made.number, made.membership

    def honour(self, at: str) -> None:
        given = read(inputs.ProposeAward, {"member": self.number, "award": "yearly", "words": "x"})
        told = operations.propose_award(actor=self.owner, at=moment(at), given=given)
        self.guild.do("decide_matter", at, "shen", matter=told.matter, stage="decision", verdict="pass")

    def measure(self, name: str, at: str) -> datetime:
        reported = read(
            inputs.ReportBreach, {"member": self.number, "duty": "care", "on": at.split(" ")[0], "words": "x"}
        )
        breach = operations.report_breach(actor=self.owner, at=moment(at), given=reported)
        asked = read(inputs.ProposeMeasures, {"breaches": [breach.number], "measures": [name], "words": "x"})
        (told,) = operations.propose_measures(actor=self.owner, at=moment(at), given=asked)
        self.guild.do("decide_matter", at, "shen", matter=told.matter, stage="decision", verdict="pass")
        until = conduct.measure(self.owner, told.number, moment(at)).until
        assert until is not None
        return until

    def reads(self, at: datetime) -> tuple[str, str]:
        """Tier and card at a moment, the same wherever it is asked."""
        programme = self.owner.programme
        fact = facts.member_facts(programme, [self.key], at=at, since=at.date())[self.key]
        page = queries.member(self.owner, self.number, at)
        assert fact.card is not None
        assert (page.tier, page.cards[0].status) == (fact.tier, fact.card.status)
        assert page.tier_since == fact.tier_since
        assert queries.standing(self.owner, self.number, at).tier == fact.tier
        (found,) = queries.find(self.owner, self.number, at=at)
        assert found.tier == fact.tier
        assert [each.number for each in queries.listed(self.owner, at=at, tier=fact.tier)] == [self.number]
        return fact.tier, fact.card.status


@pytest.fixture
def shop(db: None) -> Shop:
    return Shop()


def test_given_back_to_the_second(shop: Shop) -> None:
    shop.honour("2026-03-02 09:00")
    hold = shop.measure("hold", "2026-03-03 10:00")
    first = shop.measure("down", "2026-03-04 10:00")
    assert (hold, first) == (moment("2026-03-14 00:00"), moment("2026-04-04 00:00"))
    assert shop.reads(hold - SECOND) == ("points_card", "frozen")
    assert shop.reads(hold) == ("points_card", "active")
    assert shop.reads(first - SECOND) == ("points_card", "active")
    assert shop.reads(first) == ("diamond_card", "active")
    nightly.run_due(shop.owner.programme, first + timedelta(days=3))
    assert queries.standing(shop.owner, shop.number, first - SECOND).tier == "points_card"
    assert queries.standing(shop.owner, shop.number, first).tier == "diamond_card"


def test_what_is_done_after_it_finds_it_given_back(shop: Shop) -> None:
    hold = shop.measure("hold", "2026-03-03 10:00")
    given = read(ReportCardLost, {"member": shop.number})
    lost = members.report_card_lost(actor=shop.owner, at=hold + SECOND, given=given)
    assert lost.card == "YC0001"
    told = [(each.before, each.after, each.at) for each in queries.changes(shop.owner, shop.number) if each.what == "card"]  # fmt: skip
    assert told[:2] == [("active", "lost", hold + SECOND), ("frozen", "active", hold)]
    nightly.run_due(shop.owner.programme, hold + timedelta(days=1))
    assert queries.member(shop.owner, shop.number, hold + timedelta(days=1)).cards[0].status == "lost"


def test_a_tier_reached_meanwhile_stays(shop: Shop) -> None:
    down = shop.measure("down", "2026-03-03 10:00")
    shop.honour("2026-03-10 09:00")
    assert shop.reads(down - SECOND)[0] == shop.reads(down)[0] == "diamond_card"
