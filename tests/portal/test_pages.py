"""What a member reads of herself: every figure with its ledger, every entry with its reason; light enough for a slow line."""

from __future__ import annotations

import json
import re
from base64 import b32decode
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from huiguan.foundation.models import AuditEntry
from huiguan.identity import queries as identity
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import SetPin
from huiguan.visits import operations as visits
from huiguan.visits.inputs import ScanCode
from tests.portal.world import BASE, Portal
from tests.visits.world import AT, HERS, LONG_GONE, NOBODYS

FIRST_LOAD = 150 * 1024


def text(client: Client, path: str) -> str:
    answer = client.get(BASE + path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_card_shows_points_what_ends_the_way_up_and_the_last_purchase(portal: Portal) -> None:
    page = text(portal.browser(HERS), "")
    assert "林溪" in page and "邻居" in page and portal.lin.number in page
    assert "85 积分在 2027-12-31 24:00 清零 第 一8 条" in page
    assert "再消费 ¥1,914.10 升级好邻居" in page and "好邻居：9.8 折" in page
    assert "稻花香米 5 kg、天然酵母乡村包" in page and "+85 分" in page


def test_the_points_ledger_says_where_each_came_from(portal: Portal) -> None:
    page = text(portal.browser(HERS), "units/points/")
    assert "消费积分" in page and "实付 ¥85.90，满 ¥1.00 积 1 分：85 个整份，得 85 分。" in page
    assert "第 一6 条" in page and "2027-12-31 24:00" in page


def test_a_purchase_says_what_it_gave_and_what_it_did_not(portal: Portal) -> None:
    client = portal.browser(HERS)
    page = text(client, f"sales/{portal.sale.id}/")
    assert "实付 ¥ 85 .90" in page and "得到的" in page and "没有得到的，和差在哪里" in page
    assert client.get(f"{BASE}sales/{portal.sale.id}/receipt").status_code == 200
    assert portal.sale.number in text(client, "sales/") or "稻花香米" in text(client, "sales/")


def test_both_languages(portal: Portal) -> None:
    page = text(portal.browser(HERS, "en"), "")
    assert "Spend ¥1,914.10 more for Good neighbour" in page and not re.search(r"[一-鿿]{2,}分", page)


def test_the_code_is_fresh_each_time_and_the_till_reads_it(portal: Portal) -> None:
    client = portal.browser(HERS)
    told = [json.loads(client.get(f"{BASE}code").content) for _ in range(2)]
    assert told[0]["text"] != told[1]["text"] and 0 < told[0]["lasts"] <= 60000
    assert told[0]["svg"].startswith("<svg")
    person = identity.people_by_username(portal.actor.programme, ["qiaomai"])["qiaomai"]
    clerk = identity.actor_of_staff(person.id, AT)
    from_code = visits.scan_code(actor=clerk, at=AT, given=ScanCode(code=told[0]["text"]), wall=_wall(told[0]["text"]))
    assert (from_code.number, from_code.presented) == (portal.lin.number, "phone")


def _wall(code: str) -> datetime:
    """A moment within the code's minute, however long it took to get here."""
    raw = b32decode(code.removeprefix("HG1-") + "=" * 6)
    return datetime.fromtimestamp(int.from_bytes(raw[8:12], "big") + 1, UTC)


def test_she_corrects_what_is_hers_and_not_her_birthday(portal: Portal) -> None:
    client = portal.browser(HERS)
    page = client.get(f"{BASE}me/profile").content.decode()
    assert 'name="name"' in page and 'name="birthday"' not in page and 'name="phone"' not in page
    assert client.post(f"{BASE}me/profile", {"name": "林溪溪", "key": "p1"}).status_code == 302
    assert members.member(portal.actor, portal.lin.number, AT).name == "林溪溪"
    empty = client.post(f"{BASE}me/profile", {"name": " ", "key": "p2"})
    assert empty.status_code == 422 and "必填" in empty.content.decode()


def test_a_new_phone_answers_its_own_code(portal: Portal) -> None:
    client = portal.browser(HERS)
    asked = client.post(f"{BASE}me/phone", {"phone": NOBODYS}).content.decode()
    assert "138****0003" in asked and "138****0001" in asked
    own, new = _code_to(HERS), _code_to(NOBODYS)
    wrong = client.post(f"{BASE}me/phone/code", {"phone": NOBODYS, "own_code": "000000", "code": new})
    assert wrong.status_code == 422 and members.phone_holder(portal.actor.programme, HERS, AT) is not None
    half = client.post(f"{BASE}me/phone/code", {"phone": NOBODYS, "own_code": own, "code": "000000"})
    (proof,) = re.findall(r'name="proof" value="([^"]+)"', half.content.decode())
    done = client.post(f"{BASE}me/phone/code", {"phone": NOBODYS, "proof": proof, "code": new})
    assert done.status_code == 302
    holder = members.phone_holder(portal.actor.programme, NOBODYS, AT)
    assert holder is not None and holder.membership == portal.lin.membership
    assert members.phone_holder(portal.actor.programme, HERS, AT) is None


def test_her_pin_stands_in_for_a_phone_that_answers_no_more(portal: Portal) -> None:
    client = portal.browser(HERS)
    given = SetPin(member=portal.lin.number, pin="258036", presented=["id"])
    member_operations.set_pin(actor=portal.actor, at=AT, given=given)
    asked = client.post(f"{BASE}me/phone", {"phone": NOBODYS}).content.decode()
    assert 'name="pin"' in asked
    answer = {"phone": NOBODYS, "pin": "111111", "code": _code_to(NOBODYS)}
    wrong = client.post(f"{BASE}me/phone/code", answer).content.decode()
    assert "还可试 4 次" in wrong
    (proof,) = re.findall(r'name="new_proof" value="([^"]+)"', wrong)
    for left in (3, 2, 1, 0):
        again = client.post(f"{BASE}me/phone/code", {"phone": NOBODYS, "pin": "111111", "new_proof": proof})
        assert f"还可试 {left} 次" in again.content.decode()
    shut = client.post(f"{BASE}me/phone/code", {"phone": NOBODYS, "pin": "258036", "new_proof": proof})
    assert "已锁住" in shut.content.decode()
    member_operations.set_pin(actor=portal.actor, at=AT, given=given)
    done = client.post(f"{BASE}me/phone/code", {"phone": NOBODYS, "pin": "258036", "new_proof": proof})
    assert done.status_code == 302
    holder = members.phone_holder(portal.actor.programme, NOBODYS, AT)
    assert holder is not None and holder.membership == portal.lin.membership


def test_anothers_phone_is_refused_without_saying_whose(portal: Portal) -> None:
    client = portal.browser(HERS)
    client.post(f"{BASE}me/phone", {"phone": LONG_GONE})
    given = {"phone": LONG_GONE, "own_code": _code_to(HERS), "code": _code_to(LONG_GONE)}
    refused = client.post(f"{BASE}me/phone/code", given)
    assert refused.status_code == 409 and "苏叶" not in refused.content.decode()


def _code_to(phone: str) -> str:
    return [each.code for each in identity.codes_to_send(datetime.now(UTC)) if each.address == phone][-1]


def _last_code() -> str:
    return identity.codes_to_send(datetime.now(UTC))[-1].code


def test_consent_is_withdrawn_and_the_copy_taken_away(portal: Portal) -> None:
    client = portal.browser(HERS)
    for given in ("yes", "no"):
        assert client.post(f"{BASE}me/privacy/consent", {"what": "marketing", "given": given}).status_code == 302
    assert "撤回" not in text(client, "me/privacy").split("上新与活动")[1].split("登录着的设备")[0]
    stays = client.post(f"{BASE}me/privacy/consent", {"what": "terms", "given": "no"})
    assert stays.status_code == 409
    answer = client.post(f"{BASE}me/copy.zip")
    archive = ZipFile(BytesIO(answer.getvalue()))  # type: ignore[attr-defined]
    copy = json.loads(archive.read("data.json"))
    assert copy["profile"] == {"name": "林溪", "phone": HERS, "birthday": "1990-05-05"}
    assert copy["ledgers"]["points"][0]["change"] == 85 and copy["sales"][0]["paid"] == "85.90"
    assert [each["given"] for each in copy["agreements"]] == [False, True]
    assert AuditEntry.objects.filter(operation="reveal_field", subject=f"member:{portal.lin.number}").count() == 1
    assert AuditEntry.objects.filter(operation="copy_member", subject=f"member:{portal.lin.number}").count() == 1
    assert {"index.html", "index.en.html", "data.json", "ledger_points.csv", "sales.csv"} <= set(archive.namelist())
    assert "points" in copy["ledgers"] and {"matters", "charges", "measures", "looks", "disclosures"} <= set(copy)
    page = archive.read("index.html").decode()
    assert (
        "<h1>林溪 的数据</h1>" in page and "85.90" in page and 'href="index.en.html"' in page and "<script" not in page
    )
    assert "The data of 林溪" in archive.read("index.en.html").decode()
    assert all("苏叶" not in archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize(
    "path", ["sign-in", "join?shop=GY", "", "units/points/", "coupons/", "sales/", "me/", "rules/"]
)
def test_a_first_load_is_light(portal: Portal, path: str) -> None:
    """The page with all its sheets and scripts, as they lie, before any compression."""
    client = portal.browser(HERS) if path not in ("sign-in", "join?shop=GY") else Client()
    page = client.get(BASE + path).content
    sheets = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page)
    whole = len(page) + sum(Path(finders.find(each.decode()) or "").stat().st_size for each in sheets)
    assert len(sheets) >= 5 and whole < FIRST_LOAD, whole
    assert (
        b"style=" not in page
        and b"onclick" not in page
        and b"//" not in re.sub(rb"https?://www.w3.org", b"", b"".join(sheets))
    )


def test_the_policy_allows_nothing_from_elsewhere(portal: Portal) -> None:
    answer = portal.browser(HERS).get(BASE)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy


def test_leaving_says_what_is_lost_before_and_is_final(portal: Portal) -> None:
    client = portal.browser(HERS)
    page = text(client, "me/leave")
    assert "积分 85" in page and "邻居" in page
    refused = client.post(f"{BASE}me/leave", {"reason": "搬家"})
    assert refused.status_code == 422 and 'value="搬家"' in refused.content.decode()
    client.post(f"{BASE}me/leave", {"reason": "搬家", "known": "1"})
    assert members.member(portal.actor, portal.lin.number, AT).standing == "active"
    done = client.post(f"{BASE}me/leave/code", {"reason": "搬家", "code": _last_code()})
    assert "已退会" in done.content.decode()
    assert client.get(BASE)["Location"] == f"{BASE}sign-in"
    assert members.member(portal.actor, portal.lin.number, AT).standing == "left"


def test_a_pin_takes_her_own_phone_and_its_code(portal: Portal) -> None:
    client = portal.browser(HERS)
    other = client.post(f"{BASE}me/pin", {"phone": LONG_GONE})
    assert other.status_code == 422 and "不是您登记的手机号" in other.content.decode()
    assert "138****0001" in client.post(f"{BASE}me/pin", {"phone": HERS}).content.decode()
    weak = client.post(f"{BASE}me/pin/code", {"phone": HERS, "code": _last_code(), "pin": "111111"})
    assert weak.status_code in (409, 422)
    assert "收到的消息" in text(client, "me/") and text(client, "me/messages")
