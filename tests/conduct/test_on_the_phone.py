"""A member reads what is proposed about her on her phone, is heard, and appeals; another's she never sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from huiguan.conduct import inputs, operations
from huiguan.identity import operations as identities
from huiguan.identity import queries as identity
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.portal.acting import COOKIE
from huiguan.visits import operations as visits
from huiguan.visits.inputs import BeginVisit
from tests.api.world import NOW, set_clock
from tests.cases.world import Guild, moment

PHONE, OTHER, PAGE = "13800000001", "13800000002", "/m/guild/me/measures"


@pytest.fixture
def guild(db: None, settings: Any) -> Iterator[Guild]:
    settings.HUIGUAN_DEMO = True
    set_clock(moment("2026-03-02 09:00"))
    made = Guild.founded()
    for name, phone in (("李梅", PHONE), ("王芳", OTHER)):
        given = read(EnrolMember, {"profile": {"name": name, "phone": phone}})
        members.enrol_member(actor=made.owner, at=moment("2026-03-01 09:00"), given=given)
    yield made
    set_clock(NOW)


def come_in_by_phone(guild: Guild, phone: str) -> str:
    """The token of a visit: the code sent to the phone came back."""
    at, wall = moment("2026-03-02 09:00"), datetime.now(UTC)
    door = Actor("guest", 0, "会员页", guild.owner.programme)
    identities.issue_code(actor=door, at=at, given=read(IssueCode, {"purpose": "sign_in", "address": phone}), wall=wall)
    code = identity.codes_to_send(wall)[-1].code
    told = read(CheckCode, {"purpose": "sign_in", "address": phone, "code": code})
    proof = identities.check_code(actor=door, at=at, given=told, wall=wall).proof
    given = BeginVisit(phone=phone, proof=proof, device="Safari")
    return visits.begin_visit(actor=door, at=at, given=given, wall=wall).token


def _browser(guild: Guild, phone: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = come_in_by_phone(guild, phone)
    return client


def _proposed(guild: Guild) -> str:
    at = moment("2026-03-02 09:00")
    breach = read(inputs.ReportBreach, {"member": PHONE, "duty": "charter", "on": "2026-03-01", "words": "擅用会标"})
    number = operations.report_breach(actor=guild.owner, at=at, given=breach).number
    asked = read(inputs.ProposeMeasures, {"breaches": [number], "measures": ["suspension"], "words": "屡次提醒不改"})
    return operations.propose_measures(actor=guild.owner, at=at, given=asked)[0].matter


def test_heard_and_appealed(guild: Guild) -> None:
    client, other = _browser(guild, PHONE), _browser(guild, OTHER)
    assert "没有对您的处分" in client.get(PAGE).content.decode()
    assert "处分与申诉" in client.get("/m/guild/me/").content.decode()
    matter = _proposed(guild)
    page = client.get(PAGE).content.decode()
    assert (
        "屡次提醒不改" in page
        and "会籍暂停到 2026 年 9 月 2 日 零点" in page
        and "您的陈述（2026-03-09 24:00 前）" in page
    )
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    plea = {"deed": "state_case", "measure": "P000001", "words": "已撤下", "key": key.group(1)}
    assert client.post(PAGE, plea).status_code == 302
    assert client.post(PAGE, plea).status_code == 302  # the button pressed twice
    assert client.get(PAGE).content.decode().count("您说过") == 1
    assert "P000001" not in other.get(PAGE).content.decode()
    stranger = other.post(PAGE, {"deed": "state_case", "measure": "P000001", "words": "与我无关"})
    assert stranger.status_code == 404
    guild.do("decide_matter", "2026-03-03 10:00", "shen", matter=matter, stage="decision", verdict="pass")
    set_clock(moment("2026-03-18 23:59:59"))
    assert "申诉理由（2026-03-18 24:00 前）" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"deed": "appeal", "measure": "P000001", "words": ""}).status_code == 422
    assert client.post(PAGE, {"deed": "appeal", "measure": "P000001", "words": "证据有误"}).status_code == 302
    assert "M000002" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"deed": "appeal", "measure": "P000001", "words": "再申诉"}).status_code == 409
