"""A friend is brought on the phone: her code passed on, written in by its link, and nobody found by guessing."""

from __future__ import annotations

from html import unescape

from huiguan.members import queries as members
from tests.portal.test_pages import text
from tests.portal.world import BASE, Portal
from tests.visits.world import AT, HERS, MINUTE, NOBODYS

FORM = {"name": "沈禾", "consent_terms": "1", "consent_privacy": "1", "key": "k1"}


def test_a_friend_joins_by_a_members_link(portal: Portal) -> None:
    hers = portal.browser(HERS)
    code = members.referral_code(portal.actor, portal.lin.number)
    page = text(hers, "me/friends")
    assert code in page and "还没有人凭您的码入会" in page

    friend = portal.browser(NOBODYS)
    answer = friend.get(f"{BASE}join?by={code}")
    assert answer["Location"] == f"{BASE}join"
    assert f'value="{code}"' in friend.get(f"{BASE}join").content.decode()
    for typed in ("R0000000", portal.lin.number, HERS):
        wrong = friend.post(f"{BASE}join", {**FORM, "referrer": typed})
        assert wrong.status_code == 404 and typed in unescape(wrong.content.decode())
    assert members.phone_holder(portal.actor.programme, NOBODYS, AT) is None, "nothing is kept of a refused form"
    assert friend.post(f"{BASE}join", {**FORM, "referrer": code.lower()}).status_code == 302

    (told,) = members.referrals(portal.actor, portal.lin.number, AT + 60 * MINUTE)
    assert (told.referrer, told.state) == (portal.lin.number, "waiting")
    assert f"•••{told.friend[-3:]}" in text(hers, "me/friends") and told.friend not in text(hers, "me/friends")
    assert f"推荐您的 •••{portal.lin.number[-3:]}" in text(friend, "me/friends")
