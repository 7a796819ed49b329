"""What a member owes on her phone, why, and paying it once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.inputs import RaiseCharge
from huiguan.foundation.jobs import wall_clock
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import set_clock
from tests.portal.world import BASE, Portal, found_portal
from tests.visits.world import AT, HERS, MINUTE


@pytest.fixture
def portal(db: None, settings: Any) -> Portal:
    settings.HUIGUAN_DEMO = True
    made = found_portal()
    set_clock(AT)
    own = source_of("neighbourhood").decode().rstrip()
    dues = source_of("association-dues").decode().partition("\nclauses:\n")[2]
    dues = dues.replace("  - id: D1-02", "  - id: D1-99", 1)
    before, _, rest = dues.partition("  - id: D1-99")
    source = f"{own}\n\n{before}{rest[rest.index('  # Whoever joins') :]}"  # the shop has a tender of its own
    at = AT - timedelta(days=1)
    given, proof = PublishRulebook(source=source), Proof(digest_of(source), 1, 1, at)
    programmes.publish_rulebook(actor=made.actor, at=at, given=given, proof=proof)
    return made


def test_owed_with_why_paid_once_and_received(portal: Portal) -> None:
    (charge,) = billing.raise_charge(
        actor=portal.actor, at=AT, given=RaiseCharge(member=portal.lin.number, fee="reports")
    )
    client = portal.browser(HERS)
    page = client.get(f"{BASE}dues/").content.decode()
    assert "行情信息费" in page and "50.00" in page and "前交清" in page
    assert "应交" in client.get(BASE).content.decode()
    asked = client.post(f"{BASE}dues/", {"charge": charge.number, "key": "once"})
    again = client.post(f"{BASE}dues/", {"charge": charge.number, "key": "once"})
    assert asked.status_code == 302 and asked["Location"] == again["Location"]
    number = asked["Location"].split("/payments/sandbox/")[1].partition("?")[0]
    billing.do_in_sandbox(
        programme=portal.actor.programme, number=number, deed="pay_silently", at=AT, wall=wall_clock()
    )
    billing.settle_payments(programme=portal.actor.programme, at=AT + MINUTE)
    assert billing.receive_paid(programme=portal.actor.programme, at=AT + MINUTE) == 1
    assert billing.receive_paid(programme=portal.actor.programme, at=AT + MINUTE) == 0
    book = queries.dues_of(portal.actor, portal.lin.number, AT + MINUTE)
    assert (book.owed, [each.amount for each in book.money], book.money[0].reference) == (0, [5000], number)
    set_clock(AT + MINUTE)
    assert "已入账" in client.get(f"{BASE}dues/payments/{number}").content.decode()
    assert "没有要交的" in client.get(f"{BASE}dues/").content.decode()
    assert client.post(f"{BASE}dues/").status_code == 409


def test_nobody_sees_or_pays_what_is_another_s(portal: Portal) -> None:
    (hers,) = billing.raise_charge(actor=portal.actor, at=AT, given=RaiseCharge(member=portal.su.number, fee="reports"))
    client = portal.browser(HERS)
    assert hers.number not in client.get(f"{BASE}dues/").content.decode()
    assert client.post(f"{BASE}dues/", {"charge": hers.number}).status_code == 409
