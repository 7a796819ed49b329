"""What the house keeps of somebody, taken away: papers as they were handed in, dues, matters with their letters; on record."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from huiguan.copies import operations as copies
from huiguan.copies import writing
from huiguan.copies.inputs import TakeCopy
from huiguan.documents import operations as documents
from huiguan.documents.inputs import UploadDocument
from huiguan.documents.models import Reading
from huiguan.documents.values import Upload
from huiguan.foundation.models import AuditEntry
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden
from huiguan.members import queries as members
from tests.billing.dues_world import OWED_SINCE, do, with_dues
from tests.cases.world import Guild, moment
from tests.console.world import World, found_world
from tests.documents.sheets import pdf

pytestmark = pytest.mark.django_db
AT = OWED_SINCE + timedelta(days=1)


def taken(actor: Actor, member: str = "-") -> ZipFile:
    out = BytesIO()
    copies.copy_member(actor=actor, at=AT, given=TakeCopy(member=member, reason="本人要求"), wall=AT, out=out)
    return ZipFile(out)


@pytest.fixture
def world(settings: Any) -> World:
    """A member who owes dues, paid some, and handed in two papers."""
    settings.HUIGUAN_DEMO = True
    world = with_dues(found_world())
    key = members.membership(world.actor, world.hero)
    holder = members.papers_holder(world.actor.programme, key)
    for name in ("执照.pdf", "../../证明.pdf"):
        given = read(UploadDocument, {"holder": holder, "doc": "other", "form": "copy"})
        file = Upload(name, pdf(pages=2))
        documents.upload_document(actor=world.actor, at=OWED_SINCE, given=given, file=file)
    do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    do(world, "receive_money", at=OWED_SINCE, member=world.hero, means="terminal", amount=as_yuan(12345))
    return world


def test_all_of_it_by_the_house_for_her(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = taken(world.actor, world.hero)
    data = json.loads(archive.read("data.json"))
    (charge,), (receipt,) = data["charges"], data["receipts"]
    assert (charge["paid"], receipt["amount"], receipt["way"]["zh"]) == ("123.45", "123.45", "收到")
    assert data["profile"]["phone"] and "****" not in data["profile"]["phone"]
    papers = [name for name in archive.namelist() if name.startswith("papers/")]
    assert sorted(data["files"].values()) == sorted(papers) and len(papers) == 2
    assert not any(".." in name for name in archive.namelist())
    assert archive.read(papers[0]) == pdf(pages=2)
    for name, word, said in (
        ("index.html", "收据与付款", "<td>收款终端</td>"),
        ("index.en.html", "Receipts and vouchers", "<td>Terminal</td>"),
    ):
        page = archive.read(name).decode()
        assert word in page and said in page and papers[0] in page and "123.45" in page
    assert Reading.objects.count() == 2
    assert AuditEntry.objects.filter(operation="copy_member", subject=f"member:{world.hero}").count() == 1
    assert AuditEntry.objects.filter(operation="reveal_field", subject=f"member:{world.hero}").exists()
    monkeypatch.setattr(writing, "MOST_PAPERS", 1)
    less = taken(world.actor, world.hero)
    assert sum(name.startswith("papers/") for name in less.namelist()) == 1
    assert "太大，没有放进来" in less.read("index.html").decode()


def test_a_clerk_takes_none_and_a_member_her_own_alone(world: World) -> None:
    clerk = Actor("staff", 1, "周禾", world.actor.programme, frozenset({"read_members"}))
    with pytest.raises(Forbidden):
        taken(clerk, world.hero)
    other = world.enrol("王芳", "13900000021", "DN7001")
    herself = Actor("member", other.membership, "王芳", world.actor.programme, frozenset(), membership=other.membership)
    data = json.loads(taken(herself, world.hero).read("data.json"))
    assert (data["member"]["number"], data["charges"], data["files"]) == (other.number, [], {})


def test_an_applicant_takes_her_matter_along() -> None:
    guild = Guild.founded("guild")
    number = guild.opened("2026-03-02 09:00").number
    guild.do(
        "decide_matter", "2026-03-02 10:00", "lin", matter=number, stage="first_review", verdict="return", reason="缺章"
    )
    out = BytesIO()
    copies.copy_applicant(actor=guild.applicant(number), at=moment("2026-03-03 09:00"), out=out)
    data = json.loads(ZipFile(out).read("data.json"))
    (matter,) = data["matters"]
    assert matter["form"]["phone"] == "13800000001" and matter["number"] == number
    assert any("缺章" in letter["text"]["zh"] for letter in data["letters"])
    assert "缺章" in ZipFile(out).read("index.html").decode()
