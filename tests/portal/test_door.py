"""The members' door: by phone and code, alike for everybody, and never into another's account."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from huiguan.identity import queries as identity
from huiguan.members import queries as members
from huiguan.portal.acting import COOKIE
from tests.portal.world import BASE, Portal
from tests.visits.world import AT, HERS, LONG_GONE, NOBODYS


def ask(client: Client, phone: str, **more: str) -> str:
    """Ask for a code; the page."""
    return client.post(f"{BASE}sign-in", {"phone": phone, **more}).content.decode()


def digits() -> str:
    return identity.codes_to_send(datetime.now(UTC))[-1].code


def test_a_member_comes_in_and_goes_out(portal: Portal) -> None:
    client = Client()
    assert client.get(BASE)["Location"] == f"{BASE}sign-in"
    assert "138****0001" in ask(client, "138-0000-0001")
    wrong = client.post(f"{BASE}sign-in/code", {"phone": HERS, "code": "000000" if digits() != "000000" else "000001"})
    assert wrong.status_code == 422 and "验证码不对或已失效" in wrong.content.decode()
    answer = client.post(f"{BASE}sign-in/code", {"phone": HERS, "code": digits()})
    assert (answer.status_code, answer["Location"]) == (302, BASE)
    kept = answer.cookies[COOKIE]
    assert kept["path"] == BASE and kept["httponly"] and kept["samesite"] == "Lax"
    page = client.get(BASE)
    assert "林溪" in page.content.decode() and page["Cache-Control"] == "private, no-store"
    token = client.cookies[COOKIE].value
    client.post(f"{BASE}sign-out")
    client.cookies[COOKIE] = token  # whoever kept a copy of it
    assert client.get(BASE)["Location"] == f"{BASE}sign-in"


def test_the_door_tells_nobody_whether_a_phone_is_a_members(portal: Portal) -> None:
    def told(phone: str) -> tuple[int, str]:
        client = Client()
        client.cookies["huiguan_language"] = "en"
        answer = client.post(f"{BASE}sign-in", {"phone": phone})
        page = answer.content.decode().replace(phone, "…").replace(f"{phone[:3]}****{phone[-4:]}", "…")
        page = page.replace(digits(), "…").split('name="csrfmiddlewaretoken"')
        return answer.status_code, "".join(part.split(">", 1)[-1] for part in page)

    assert told(HERS) == told(NOBODYS)


def test_a_code_just_sent_is_asked_for_and_not_sent_again(portal: Portal) -> None:
    client = Client()
    ask(client, HERS)
    again = client.post(f"{BASE}sign-in", {"phone": HERS})
    assert again.status_code == 429 and "秒后可以再要一个" in again.content.decode()
    assert 'name="code"' in again.content.decode()


def test_what_is_no_phone_is_said_and_stays_in_the_field(portal: Portal) -> None:
    answer = Client().post(f"{BASE}sign-in", {"phone": "123-45"})
    assert answer.status_code == 422 and 'value="123-45"' in answer.content.decode()


def test_a_stranger_is_led_to_the_form_and_joins(portal: Portal) -> None:
    client = Client()
    assert "在桂雨巷店入会" in client.get(f"{BASE}join?shop=GY").content.decode()
    ask(client, NOBODYS, join="1", shop="GY")
    answer = client.post(f"{BASE}sign-in/code", {"phone": NOBODYS, "code": digits(), "join": "1", "shop": "GY"})
    assert answer["Location"] == f"{BASE}join?shop=GY"
    assert client.get(BASE)["Location"] == f"{BASE}join"
    form = {"shop": "GY", "name": "沈禾", "birthday": "1999-02-30", "key": "k1", "consent_terms": "1"}
    wrong = client.post(f"{BASE}join", form)
    page = wrong.content.decode()
    assert wrong.status_code == 422 and 'value="沈禾"' in page and 'value="1999-02-30"' in page and "没有 30 日" in page
    assert 'name="consent_terms" value="1" checked' in page, "what was ticked stays ticked"
    without = client.post(f"{BASE}join", {**form, "birthday": "1999-02-28"})
    assert without.status_code == 422 and "入会须先同意：个人信息" in without.content.decode()
    done = client.post(f"{BASE}join", {**form, "birthday": "1999-02-28", "consent_privacy": "1"})
    assert (done.status_code, done["Location"]) == (302, BASE)
    assert "欢迎，沈禾" in client.get(BASE).content.decode()
    holder = members.phone_holder(portal.actor.programme, NOBODYS, AT)
    assert holder is not None and str(holder.birthday) == "1999-02-28"
    assert client.get(f"{BASE}join")["Location"] == BASE


def test_a_recycled_phone_shows_nothing_of_its_former_member(portal: Portal, settings: object) -> None:
    """Su was seen last on 2 January 2025; on 12 December 2027 her number may be another's."""
    from_here = AT.replace(year=2027)
    visit = portal.come_in(LONG_GONE, datetime.now(UTC), from_here)
    client = Client()
    client.cookies[COOKIE] = visit.token
    for path in ("", "sales/", "me/", "code", "me/copy"):
        assert client.get(BASE + path)["Location"] == f"{BASE}sign-in/fact", path
    page = client.get(f"{BASE}sign-in/fact").content.decode()
    assert "苏叶" not in page and portal.su.number not in page
    wrong = client.post(f"{BASE}sign-in/fact", {"fact": "1985-01-03"})
    assert wrong.status_code == 403 and "与登记的不符" in wrong.content.decode()


def test_an_unknown_programme_and_a_foreign_cookie_open_nothing(portal: Portal) -> None:
    client = portal.browser(HERS)
    assert client.get("/m/nobody/").status_code == 404
    client.cookies[COOKIE] = "x" * 3000
    assert client.get(BASE)["Location"] == f"{BASE}sign-in"
