"""An application on the phone without script: begun, left, taken up again by its code, handed in, corrected."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from huiguan.cases import operations as cases
from huiguan.cases.inputs import WithdrawMatter
from huiguan.cases.models import AccessCode, Matter
from huiguan.identity import queries as identity
from huiguan.kernel.refusals import Refusal
from huiguan.portal.apply.acting import COOKIE
from huiguan.visits import operations as visiting
from huiguan.visits import queries as visits
from huiguan.visits.inputs import EraseApplication
from huiguan.visits.models import ApplicantConsent
from tests.cases.world import FORM, SOURCE, Guild, moment
from tests.console.world import set_clock

BASE = "/m/guild/apply/"
AT = "2026-03-02 10:00"


@pytest.fixture
def guild(db: None, settings: Any) -> Guild:
    settings.HUIGUAN_DEMO = True
    made = Guild.founded()
    set_clock(moment(AT))
    return made


def begun(client: Client, key: str = "k1") -> tuple[str, str]:
    """Number and code of an application begun in this browser."""
    page = client.post(f"{BASE}for/joining", {"consent_privacy": "1", "key": key}).content.decode()
    shown = page.split('class="digits"')[1:]
    return shown[0].split(">")[1].split("<")[0], shown[1].split(">")[1].split("<")[0]


def test_what_it_takes_is_told_before_it_is_begun(guild: Guild) -> None:
    client = Client()
    assert "入会申请" in client.get(BASE).content.decode()
    page = client.get(f"{BASE}for/joining").content.decode()
    assert "初审" in page and "15 个工作日" in page and "会员委员会" in page
    refused = client.post(f"{BASE}for/joining", {"key": "k"})
    assert refused.status_code == 422 and Matter.objects.count() == 0


def test_an_answer_that_is_right_is_kept_and_one_that_is_not_stays_on_the_screen(guild: Guild) -> None:
    client = Client()
    number, code = begun(client)
    assert ApplicantConsent.objects.get().what == "privacy" and len(code) == 11
    first = client.post(f"{BASE}{number}/form/1", {"name": "山水茶业有限公司", "sort": "firm", "credit_code": "9135"})
    assert first.status_code == 422 and "有 1 处要改，其余已存下" in first.content.decode()
    assert 'value="9135"' in first.content.decode()
    assert Matter.objects.get().form == {"name": "山水茶业有限公司", "sort": "firm"}
    assert client.post(f"{BASE}{number}/form/1/draft", {"name": "清泉", "sort": "firm"}).status_code == 204
    assert Matter.objects.get().form["name"] == "清泉"
    assert Matter.objects.get().state == "draft"


def test_the_same_browser_twice_begins_one_application(guild: Guild) -> None:
    client = Client()
    number, code = begun(client)
    again, other = begun(client)
    assert number == again and code != other and Matter.objects.count() == 1
    wrong = Client().post(f"{BASE}resume", {"matter": number, "code": code})
    assert wrong.status_code == 403
    assert Client().post(f"{BASE}resume", {"matter": number, "code": other}).status_code == 302


def test_the_same_key_at_another_device_is_another_request(guild: Guild) -> None:
    mine, other = begun(Client()), begun(Client())
    assert mine[0] != other[0] and Matter.objects.count() == 2


def test_a_device_begins_so_many_and_a_place_so_many_within_the_hour(guild: Guild) -> None:
    """Five saved at one device; thirty from one place within an hour, whoever it was; elsewhere one goes on."""
    client = Client()
    for n in range(5):
        number, _ = begun(client, f"k{n}")
    sixth = client.post(f"{BASE}for/joining", {"consent_privacy": "1", "key": "k5"})
    assert sixth.status_code == 429 and "已有 5 件没提交的申请" in sixth.content.decode()
    assert begun(client, "k4")[0] == number  # asked again it is the same one, and not counted
    cases.withdraw_matter(actor=guild.applicant(number), at=moment(AT), given=WithdrawMatter(matter=number))
    begun(client, "k5")
    for n in range(24):
        begun(Client(), f"o{n}")
    over = Client().post(f"{BASE}for/joining", {"consent_privacy": "1", "key": "o24"})
    assert over.status_code == 429 and "一小时内开始的申请太多了" in over.content.decode()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post(f"{BASE}for/joining", {"consent_privacy": "1", "key": "e"})
    assert elsewhere.status_code == 200 and Matter.objects.count() == 31


def test_only_number_and_code_lead_back(guild: Guild) -> None:
    client, other = Client(), Client()
    number, code = begun(client)
    assert client.get(f"{BASE}{number}/").status_code == 200
    asked = other.get(f"{BASE}{number}/")
    assert asked.status_code == 302 and asked["Location"].endswith(f"apply/resume?matter={number}")
    assert other.post(f"{BASE}resume", {"matter": "M999999", "code": code}).status_code == 403
    assert other.post(f"{BASE}resume", {"matter": number.lower(), "code": code.lower()}).status_code == 302
    assert other.get(f"{BASE}{number}/").status_code == 200
    assert other.cookies[COOKIE]["path"] == "/m/guild/apply/"
    other.cookies[COOKIE] = other.cookies[COOKIE].value[:-2] + "xx"
    assert other.get(f"{BASE}{number}/").status_code == 302


def test_five_wrong_codes_lock_it_and_the_phone_of_the_form_brings_another(guild: Guild) -> None:
    client, other = Client(), Client()
    number, code = begun(client)
    client.post(f"{BASE}{number}/form/2/draft", {"phone": FORM["phone"], "email": FORM["email"]})
    client.post(f"{BASE}{number}/form/1/draft", {"phone": FORM["phone"]})
    for _ in range(5):
        assert other.post(f"{BASE}resume", {"matter": number, "code": "AAAAA-AAAAA"}).status_code == 403
    locked = other.post(f"{BASE}resume", {"matter": number, "code": code})
    assert locked.status_code == 403 and "换一个查询码" in locked.content.decode()
    strange = other.post(f"{BASE}lost", {"matter": number, "address": "13900000000"}).content.decode()
    sent = other.post(f"{BASE}lost", {"matter": number, "address": FORM["phone"]}).content.decode()
    assert (
        strange.replace("13900000000", FORM["phone"]).split("<main")[1].count("<p")
        == sent.split("<main")[1].count("<p") - 1
    )
    digits = identity.codes_to_send(datetime.now(UTC))[-1].code
    wrong = {"matter": "M000009", "address": FORM["phone"], "code": digits}
    assert other.post(f"{BASE}lost/code", wrong).status_code == 422
    right = {"matter": number, "address": FORM["phone"], "code": digits}
    page = other.post(f"{BASE}lost/code", right)
    assert page.status_code == 200 and other.get(f"{BASE}{number}/").status_code == 200
    assert AccessCode.objects.filter(replaced_at=None).get().failures == 0
    # The device that held the former code is out.
    assert client.get(f"{BASE}{number}/").status_code == 302


def test_going_through_the_numbers_is_stopped_before_it_locks_them_all(guild: Guild) -> None:
    """Thirty wrong tries from one place are borne; then it waits, and not even the right code is looked at there."""
    client, other = Client(), Client()
    number, code = begun(client)
    for n in range(30):
        assert other.post(f"{BASE}resume", {"matter": f"M9{n:05d}", "code": "AAAAA-AAAAA"}).status_code == 403
    waits = other.post(f"{BASE}resume", {"matter": number, "code": "AAAAA-AAAAA"})
    assert waits.status_code == 429
    assert AccessCode.objects.get(replaced_at=None).failures == 0
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(f"{BASE}resume", {"matter": number, "code": code}).status_code == 302


def test_handed_in_given_back_corrected_and_told_what_changed(guild: Guild) -> None:
    client = Client()
    number, _ = begun(client)
    assert "还不能提交" in client.get(f"{BASE}{number}/check").content.decode()
    for n in (1, 2):
        client.post(f"{BASE}{number}/form/{n}", FORM)
    assert "还不能提交" not in client.get(f"{BASE}{number}/check").content.decode()
    assert client.post(f"{BASE}{number}/check", {"key": "s"}).status_code == 302
    assert client.post(f"{BASE}{number}/check", {"key": "s"}).status_code == 302  # the same again
    page = client.get(f"{BASE}{number}/").content.decode()
    assert "“初审”由会员部办理" in page and "还有 15 个工作日" in page
    assert client.get(f"{BASE}{number}/form/1").status_code == 302  # with the house
    guild.do("decide_matter", "2026-03-03 10:00", "lin", matter=number, stage="first_review", verdict="return", reason="请写全称")  # fmt: skip
    set_clock(moment("2026-03-04 10:00"))
    page = client.get(f"{BASE}{number}/").content.decode()
    assert "请写全称" in page and "去改" in page
    client.post(f"{BASE}{number}/form/1", {**FORM, "name": "山水茶业(福州)有限公司"})
    summary = client.get(f"{BASE}{number}/check").content.decode()
    assert "<del>山水茶业有限公司</del> <ins>山水茶业(福州)有限公司</ins>" in summary
    client.post(f"{BASE}{number}/check", {"key": "t"})
    page = client.get(f"{BASE}{number}/").content.decode()
    assert "第 2 次提交改了什么" in page and "<ins>山水茶业(福州)有限公司</ins>" in page
    assert Matter.objects.get().state == "open"


def test_it_is_taken_back_once(guild: Guild) -> None:
    client = Client()
    number, _ = begun(client)
    assert client.post(f"{BASE}{number}/do/withdrawal", {"key": "w"}).status_code == 302
    assert "已撤回" in client.get(f"{BASE}{number}/").content.decode()
    assert client.post(f"{BASE}{number}/do/nothing", {}).status_code == 404
    assert visits.applicant_agreements(guild.owner.programme, "joining", moment(AT))[0].what == "privacy"


def test_before_the_call_one_reads_when_it_is_and_fills_in_without_handing_in(guild: Guild) -> None:
    """The rulebook of the guild with a call in April."""
    call = "    answer_within: 30 days\n    calls: [{since: 04-01, until: 04-30}]\n"
    guild.publish(SOURCE.replace("    answer_within: 30 days\n", call, 1), "2026-03-01")
    client = Client()
    assert "4 月 1 日 至 2026 年 4 月 30 日 受理" in client.get(f"{BASE}for/joining").content.decode()
    number, _ = begun(client)
    client.post(f"{BASE}{number}/form/1", FORM)
    for step in (2, 3):
        client.post(f"{BASE}{number}/form/{step}", FORM)
    early = client.post(f"{BASE}{number}/check", {"key": "s"})
    assert early.status_code == 409 and "现在不受理申请" in early.content.decode()
    assert Matter.objects.get().state == "draft"
    set_clock(moment("2026-04-30 23:59"))
    assert "正在受理，到 2026 年 4 月 30 日 为止" in client.get(f"{BASE}for/joining").content.decode()
    assert client.post(f"{BASE}{number}/check", {"key": "t"}).status_code == 302
    assert Matter.objects.get().state == "open"


def test_she_sees_takes_away_and_erases_what_is_known_of_her(guild: Guild) -> None:
    client = Client()
    number, _ = begun(client)
    for n in (1, 2):
        client.post(f"{BASE}{number}/form/{n}", FORM)
    client.post(f"{BASE}{number}/check", {"key": "s"})
    page = client.get(f"{BASE}{number}/data").content.decode()
    assert "为审核这件申请、与您联系" in page and "没有自动删除的期限" in page and "申请随即撤回" in page
    copied = client.post(f"{BASE}{number}/data/copy").json()
    assert copied["answers"]["phone"] == FORM["phone"] and copied["rounds"][0]["n"] == 1
    assert client.post(f"{BASE}{number}/data/erasure", {"key": "e"}).status_code == 422
    # Under a code the house was told nothing is erased.
    guild.do("reissue_code", AT, "lin", matter=number, reason="来电")
    queries_actor = guild.applicant(number)
    with pytest.raises(Refusal) as told:
        visiting.erase_application(
            actor=queries_actor, at=moment(AT), given=EraseApplication(matter=number, withdraw=True)
        )
    assert told.value.code == "OwnAddressFirst"
    AccessCode.objects.filter(replaced_at=None).update(shut=False)
    client.cookies[COOKIE] = ""
    again = guild.do("reissue_code", AT, queries_actor, matter=number).code
    client.post(f"{BASE}resume", {"matter": number, "code": again})
    gone = client.post(f"{BASE}{number}/data/erasure", {"key": "e", "sure": "1"})
    assert gone.status_code == 302 and client.get(f"{BASE}{number}/").status_code == 302
    row = Matter.objects.get()
    assert (row.state, row.form, row.sealed, row.name) == ("withdrawn", {}, None, "（已删除）")
