"""Coupons in a member's own hands: claimed, given to a friend, taken back, accepted; refused in words."""

from __future__ import annotations

import re

from django.test import Client

from tests.portal.world import BASE, Portal
from tests.visits.world import HERS, LONG_GONE


def page(client: Client) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(f"{BASE}coupons/").content.decode()))


def claim(client: Client, coupon: str = "fifteen") -> int:
    return client.post(f"{BASE}coupons/claim", {"coupon": coupon}).status_code


def held(client: Client) -> str:
    """The code of the first coupon that may be used."""
    found = re.search(r"coupons/([A-Z0-9]+)/give", client.get(f"{BASE}coupons/").content.decode())
    assert found is not None
    return found.group(1)


def test_an_offer_is_claimed_once_and_the_second_time_says_why(portal: Portal) -> None:
    client = portal.browser(HERS)
    assert "可以领的" in page(client) and "满 100 减 15 元券" in page(client)
    assert claim(client) == 302
    assert "已领" in page(client) and "2026-12-26 24:00 到期" in page(client)
    again = client.post(f"{BASE}coupons/claim", {"coupon": "fifteen"})
    assert again.status_code == 409 and "第 三1 条" in again.content.decode()
    assert claim(client, "nothing") in (404, 409, 422)


def test_what_is_not_for_her_says_so_beside_the_offer(portal: Portal) -> None:
    client = portal.browser(HERS)  # a neighbour; fresh food is for good ones
    offer = page(client).split("鲜食九折券", 1)[1].split("咖啡一杯")[0]
    assert not offer.rstrip().endswith("领取") and "第 三2 条" in offer
    assert claim(client, "fresh_tenth") in (403, 409)


def test_a_coupon_goes_to_a_friend_and_only_once(portal: Portal) -> None:
    giver, friend = portal.browser(HERS), portal.browser(LONG_GONE)
    claim(giver)
    given = giver.post(f"{BASE}coupons/{held(giver)}/give").content.decode()
    word = re.search(r'digits">([^<]+)<', given)
    assert word is not None and "2026-12-15 24:00" in given
    assert "转赠中" in page(giver)
    assert giver.post(f"{BASE}coupons/gift", {"code": word[1]}).status_code == 409  # not to oneself
    assert friend.post(f"{BASE}coupons/gift", {"code": word[1].lower()}).status_code == 302
    assert "满 100 减 15 元券" in page(friend).split("可以领的")[0]
    assert "已送出" in page(giver)
    again = friend.post(f"{BASE}coupons/gift", {"code": word[1]})
    assert again.status_code in (404, 409) and 'value="' + word[1] in again.content.decode()


def test_a_gift_not_accepted_is_taken_back(portal: Portal) -> None:
    client = portal.browser(HERS)
    claim(client)
    code = held(client)
    client.post(f"{BASE}coupons/{code}/give")
    assert client.post(f"{BASE}coupons/{code}/take-back").status_code == 302
    assert held(client) == code
    assert client.post(f"{BASE}coupons/{code}/take-back").status_code == 409


def test_a_friends_coupon_is_nobody_elses_to_give(portal: Portal) -> None:
    hers, another = portal.browser(HERS), portal.browser(LONG_GONE)
    claim(hers)
    code = held(hers)
    for deed in ("give", "take-back", "accept"):
        assert another.post(f"{BASE}coupons/{code}/{deed}").status_code in (404, 409), deed
    assert held(hers) == code
