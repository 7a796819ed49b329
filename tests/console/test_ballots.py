"""A council votes from the review page: each place once, a meeting's roll, what is refused said on the page."""

from __future__ import annotations

import pytest

from huiguan.cases import operations as cases
from huiguan.cases.inputs import OpenMatter
from huiguan.identity.inputs import SeatPerson
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS, World
from tests.members.bodies import with_bodies

pytestmark = pytest.mark.django_db
VOTING = """
  - id: T1-04
    number: 议4
    source: 章程 4
    kind: vote
    title: {zh: 理事会表决, en: How the council votes}
    text: {zh: 理事会三分之二以上同意，方为通过；可书面表决。, en: Two thirds of the council pass; in writing too.}
    body: council
    majority: 2/3
    reaching: at_least
    remote: consent
  - id: T1-05
    number: 议5
    source: 章程 5
    kind: procedure
    title: {zh: 除名, en: Expulsion}
    text: {zh: 除名由理事会表决。, en: The council votes on expulsion.}
    name: expulsion
    of: record
    opened_by: [staff]
    fields: [{name: name, title: {zh: 名称, en: Name}, required: true}]
    stages: [{stage: vote, title: {zh: 理事会表决, en: Council}, by: {body: council}}]
"""


@pytest.fixture
def matter(world: World) -> str:
    """A matter before a council of three: 周禾 and 何之微 on the staff, and the hero, who is a member."""
    text = with_bodies(source_of("designer-wear").decode()) + VOTING
    proof = Proof(digest_of(text), examples=1, passed=1, at=OPENS)
    programmes.publish_rulebook(actor=world.actor, at=OPENS, given=PublishRulebook(source=text), proof=proof)
    for place, who in ((1, {"staff": "hezhiwei"}), (2, {"staff": "zhouhe"}), (3, {"member": world.hero})):
        given = read(SeatPerson, {"body": "council", "place": place, "resolution": "2026-1", **who})
        members.seat_person(actor=world.actor, at=OPENS, given=given)
    asked = read(OpenMatter, {"procedure": "expulsion", "form": {"name": "某会员"}, "submit": True})
    return cases.open_matter(actor=world.actor, at=OPENS, given=asked).number


def test_two_of_three_vote_and_it_is_decided(world: World, matter: str) -> None:
    clerk, manager = world.client("zhouhe"), world.client("hezhiwei")
    assert matter in clerk.get("/matters/").content.decode()
    assert 'href="/matters/"' in clerk.get("/").content.decode()  # who sits in a body has the door of matters
    page = clerk.get(f"/matters/{matter}/").content.decode()
    assert "理事会表决" in page and "3 票中须 2 票同意" in page and "尚未开始" in page
    vote = {"stage": "vote", "vote": "yes", "key": "v-1"}
    assert clerk.post(f"/matters/{matter}/ballot/vote", vote).status_code == 302
    assert clerk.post(f"/matters/{matter}/ballot/vote", vote).status_code == 302  # pressed twice
    again = clerk.post(f"/matters/{matter}/ballot/vote", {**vote, "vote": "no", "key": "v-2"})
    assert (again.status_code, "已经表决" in again.content.decode()) == (409, True)
    assert matter not in clerk.get("/matters/").content.decode()
    remote = {"stage": "vote", "vote": "yes", "remote": "on", "consent": ""}
    assert manager.post(f"/matters/{matter}/ballot/vote", remote).status_code == 422
    assert manager.post(f"/matters/{matter}/ballot/vote", {**remote, "consent": "邮件"}).status_code == 302
    page = manager.get(f"/matters/{matter}/").content.decode()
    assert "通过" in page and "不到会" in page
    assert manager.post(f"/matters/{matter}/ballot/coup", vote).status_code == 404


def test_the_roll_of_a_meeting(world: World, matter: str) -> None:
    owner = world.client("shenlingyi")
    roll = {
        "stage": "vote",
        "minutes": "2026-9",
        "held_on": "2026-12-11",
        "place.1": "yes",
        "place.2": "no",
        "place.3": "",
    }
    wrong = owner.post(f"/matters/{matter}/ballot/roll", {**roll, "held_on": "2026-12-31"})
    assert (wrong.status_code, "开会日期：不能晚于今天" in wrong.content.decode()) == (422, True)
    assert owner.post(f"/matters/{matter}/ballot/roll", roll).status_code == 302
    page = owner.get(f"/matters/{matter}/").content.decode()
    assert "未通过" in page and "2026-9" in page
    assert owner.post(f"/matters/{matter}/ballot/closing", {"stage": "vote"}).status_code == 409
