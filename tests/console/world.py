"""The fictional brand on the day its hero buys a coat: her year told through the public operations, the clock stood
still enough at 14:36 on 12 December 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from django.test import Client

from huiguan.cli.demo.hero import RETURNED, SALES, tell_hero
from huiguan.cli.demo.house import found
from huiguan.cli.demo.story import FIRST, SEED, ZONE, moment
from huiguan.console.acting import TOKEN_KEY
from huiguan.foundation.models import DemoClock
from huiguan.identity import operations as identities
from huiguan.identity import queries as identity
from huiguan.identity.values import SignedIn
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.ledger import queries as ledger
from huiguan.members import operations as members
from huiguan.members import queries as questions
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of

OPENS = datetime(2026, 12, 12, 14, 36, 10, tzinfo=ZONE)
LATER = OPENS + timedelta(hours=1)  # after whatever a test did
COAT, SHIRT, SCARF = "DN26W-0118", "DN26W-0342", "DN26W-0907"
PROFILE = {
    "sex": "female", "birthday": "1990-12-05", "occupation": "会计", "hobbies": "越剧", "colours": "藏青",
    "style": "简约", "height": "165", "measurements": "84/64/90", "skin_tone": "自然",
    "address": "临安市澄湖区白鹭街 3 号", "opinion": "很好",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """`actor` may do everything; `hero` is the number of 顾清和, card DN0382."""

    actor: Actor
    hero: str

    def points(self, number: str | None = None) -> int:
        key = questions.membership(self.actor, number or self.hero)
        return ledger.balances_at(actor=self.actor, membership=key, at=LATER)["points"]

    def client(self, username: str, language: str = "zh-hans") -> Client:
        """A browser without script in which this person is signed in."""
        client = signed_in(self.actor.programme, username)
        client.cookies["huiguan_language"] = language
        return client

    def enrol(self, name: str, phone: str, card: str, at: str = "2026-03-01 10:00", **profile: str) -> EnrolledMember:
        given = {
            "name": name, "phone": phone, "card": card, "shop": "HB", "form_date": at[:10],
            "profile": {**PROFILE, **profile},
        }  # fmt: skip
        when = datetime.fromisoformat(at).replace(tzinfo=ZONE)
        return members.enrol_member(actor=self.actor, at=when, given=read(EnrolMember, given))


def signed_in(programme: int, username: str) -> Client:
    """A browser without script in which this person is signed in."""
    client = Client()
    person = identity.people_by_username(programme, [username])[username]
    client.force_login(identity.account(person.id))
    known = SignedIn(person.id, programme, person.name, person.language)
    session = client.session
    session[TOKEN_KEY] = identities.begin_session(known=known, wall=datetime.now(UTC)).token
    session.save()
    return client


def set_clock(at: datetime = OPENS) -> None:
    """Let the domain's clock stand at `at`; takes HUIGUAN_DEMO."""
    offset = round((at - datetime.now(UTC)).total_seconds()) + 2
    DemoClock.objects.update_or_create(pk=1, defaults={"offset_seconds": offset})


def found_world() -> World:
    """House, people, goods, promotions, and the hero's year."""
    source, at = source_of("designer-wear").decode(), moment(FIRST, 7)
    house = found(Random(SEED), at, source, Proof(digest_of(source), 1, 1, at))
    state: dict[str, str] = {}
    number = tell_hero(house.actor, FIRST, moment(FIRST, 22), None, state)
    assert number is not None
    for day in sorted([*SALES, RETURNED]):
        tell_hero(house.actor, day, moment(day, 22), number, state)
    set_clock()
    return World(house.actor, number)
