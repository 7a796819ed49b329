"""Points that go on from the phone: to a member by number and phone, to a partner and back; nobody is found by guessing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import RecordOpening, VerifyMember
from huiguan.members.values import EnrolledMember
from huiguan.rewards import operations as rewards
from huiguan.rewards.inputs import partners as inputs
from tests.portal.test_pages import text
from tests.portal.world import BASE, Portal
from tests.visits.world import AT, HERS, LONG_GONE


@pytest.fixture
def passing(portal: Portal) -> Portal:
    may_pass(portal)
    return portal


def may_pass(portal: Portal) -> None:
    """Lin and Su verified; Lin has 500 points of ten days ago, and her 85 of today, which still rest."""
    for who in (portal.lin, portal.su):
        _verify(portal, who)
    bill: dict[str, Any] = {"member": portal.lin.number, "bill": "OLD-9", "points": 500, "earned_at": _ago(10)}
    members.record_opening(actor=portal.actor, at=AT, given=read(RecordOpening, bill))


def _ago(days: int) -> str:
    moment: datetime = AT - timedelta(days=days)
    return moment.isoformat()


def _verify(portal: Portal, who: EnrolledMember) -> None:
    given = read(VerifyMember, {"member": who.number, "what": "phone"})
    members.verify_member(actor=portal.actor, at=AT, given=given)


def _give(client: Client, **typed: str) -> Any:
    return client.post(f"{BASE}me/gifts", {"key": "g1", "points": "200", **typed})


def test_points_go_to_the_member_of_that_number_and_phone(passing: Portal) -> None:
    hers, su = passing.browser(HERS), passing.su.number
    assert "500 分现在可以转赠，共有 585 分" in text(hers, "me/gifts")
    tail = LONG_GONE[-4:]
    for typed in (
        {"to": su, "tail": "0000"}, {"to": "LL999999", "tail": tail}, {"to": LONG_GONE, "tail": tail},
    ):  # fmt: skip
        wrong = _give(hers, **typed)
        assert wrong.status_code == 404 and f'value="{typed["to"]}"' in wrong.content.decode(), typed
    assert _give(hers, to=su, tail="").status_code == 422
    assert _give(hers, to=su, tail=tail, points="99").status_code == 409
    assert _give(hers, to=su, tail=tail, points="501").status_code == 409
    assert "500 分现在可以转赠，共有 585 分" in text(hers, "me/gifts"), "nothing moved"
    for _ in range(2):  # pressed twice, given once
        assert _give(hers, to=su, tail=tail)["Location"] == f"{BASE}me/gifts"
    told = text(hers, "me/gifts")
    assert "300 分现在可以转赠，共有 385 分" in told and f"给 •••{su[-3:]}" in told and su not in told
    theirs = text(passing.browser(LONG_GONE), "me/gifts")
    assert f"来自 •••{passing.lin.number[-3:]}" in theirs and "+200" in theirs


def test_points_go_to_a_partner_and_come_back_refused(passing: Portal) -> None:
    hers = passing.browser(HERS)
    page = f"{BASE}me/partners/inn"
    typed = {"direction": "out", "units": "200", "account": "YQ8899", "key": "x1"}
    assert "暂时没有接通" in text(hers, "me/partners/inn")
    assert hers.post(page, typed).status_code == 409
    line = read(inputs.KeepPartner, {"partner": "inn", "url": "https://inn.example/points"})
    rewards.keep_partner(actor=passing.actor, at=AT, given=line)
    odd = hers.post(page, {**typed, "units": "150"})
    assert odd.status_code == 409 and 'value="150"' in odd.content.decode() and "585" in text(hers, "me/partners/inn")
    assert hers.post(page, {**typed, "account": "?"}).status_code == 422
    for _ in range(2):
        assert hers.post(page, typed).status_code == 302
    told = text(hers, "me/partners/inn")
    assert "385 分可用" in told and "待发出" in told and "−200" in told and "YQ8899" not in told
    assert hers.post(f"{page}/unlink").status_code == 409, "an exchange is open"
    assert hers.get(f"{BASE}me/partners/nobody").status_code == 404
    assert "YQ" not in text(passing.browser(LONG_GONE), "me/partners/inn")
