"""Points exchanged with a partner over the wire: sent once, asked about, settled by its word, whatever it does."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from huiguan.cli.partnering.books import Books
from huiguan.cli.partnering.playing import notice
from huiguan.cli.partnering.serving import Simulator
from huiguan.foundation.outward.signing import headers
from huiguan.kernel.inputs import read
from huiguan.ledger.proof import prove
from huiguan.members import operations as members
from huiguan.members.inputs import VerifyMember
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs import partners as inputs
from tests.checkout.world import moment
from tests.rewards.refusing import refused
from tests.rewards.world import NOON, Mall

pytestmark = pytest.mark.django_db
WALL = moment("2026-06-15 12:00")


class Wired:
    """A mall whose partner is played on this machine; the clock of both is the test's."""

    def __init__(self, books: Books) -> None:
        self.mall, self.wall, self.accounts = Mall.made(), WALL, 10000
        given = {"partner": "inn", "url": "http://127.0.0.1:1/"}
        self.secret = self.do(operations.keep_partner, inputs.KeepPartner, **given).secret
        self.simulator = Simulator(books, self.secret, clock=lambda: self.wall.timestamp())
        self.server = self.simulator.serve(0)
        given["url"] = f"http://127.0.0.1:{self.server.server_port}/"
        assert self.do(operations.keep_partner, inputs.KeepPartner, **given).secret is None, "shown once"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def do(self, operation: Any, record: Any, at: str = NOON, actor: Any = None, **given: Any) -> Any:
        return operation(actor=actor or self.mall.actor, at=moment(at), given=read(record, given))

    def member(self, tail: str, points: int = 1000) -> Any:
        """A verified member whose account ends with `tail`, by which the partner behaves."""
        who = self.mall.member(points)
        self.do(members.verify_member, VerifyMember, member=who.number, what="phone")
        self.accounts += 1
        account = f"YQ{self.accounts}{tail}"
        self.do(operations.link_partner, inputs.LinkPartner, member=who.number, partner="inn", account=account)
        return who

    def ask(self, who: Any, units: int = 200, direction: str = "out") -> str:
        given = {"member": who.number, "partner": "inn", "direction": direction, "units": units}
        return str(self.do(operations.exchange_points, inputs.ExchangePoints, **given).number)

    def talk(self) -> int:
        return operations.talk_to_partners(at=moment(NOON), wall=self.wall)

    def talk_later(self, seconds: float = 3600) -> int:
        self.wall += timedelta(seconds=seconds)
        return self.talk()

    def told(self, number: str) -> Any:
        return queries.exchange(self.mall.actor, number)

    def balance(self, who: Any) -> int:
        return self.mall.points(who, NOON)

    def receive(self, message: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(message).encode()
        signed = headers([self.secret], "m1", int(self.wall.timestamp()), body)
        return self.take(signed, body)

    def take(self, signed: dict[str, str], body: bytes) -> dict[str, Any]:
        return operations.receive_partner(
            programme=self.mall.actor.programme, name="inn", headers=signed, body=body, at=moment(NOON), wall=self.wall
        )

    def tell(self) -> None:
        """What the partner tells by itself, until it has nothing left to tell."""
        books = self.simulator.books
        while due := books.to_tell(self.wall.timestamp()):
            for order in due:
                self.receive(notice(order))
                books.told(order["reference"])

    def sound(self) -> None:
        assert queries.exchange_faults(self.mall.actor.programme) == ()
        assert prove(self.mall.actor.programme).sound


@pytest.fixture
def wired(settings: Any) -> Iterator[Wired]:
    settings.HUIGUAN_HOOK_NETWORKS = ["127.0.0.0/8"]
    made = Wired(Books(":memory:"))
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_done_at_once(wired: Wired) -> None:
    li = wired.member("00")
    number = wired.ask(li)
    assert (wired.told(number).state, wired.balance(li)) == ("asked", 800)
    assert wired.talk() == 1
    told = wired.told(number)
    assert (told.state, told.theirs, told.owed, [w.via for w in told.words]) == ("done", 100, 80, ["answer"])
    assert wired.talk() == 0 and wired.talk_later() == 0, "what is settled is asked about no more"
    coming = wired.ask(li, 100, "in")
    assert wired.balance(li) == 800
    wired.talk()
    assert (wired.told(coming).state, wired.balance(li)) == ("done", 950)
    wired.sound()


@pytest.mark.parametrize(
    ("tail", "states", "balance"),
    [
        ("04", ["sent", "done", "done"], 800),  # done and never said: learned by asking
        ("05", ["sent", "sent", "refused"], 1000),  # never done: unknown counts once it can no longer arrive
        ("06", ["disputed", "disputed", "disputed"], 800),
        ("07", ["refused", "refused", "refused"], 1000),
    ],
)
def test_silent_lost_otherwise_refused(wired: Wired, tail: str, states: list[str], balance: int) -> None:
    li = wired.member(tail)
    number, seen = wired.ask(li), []
    wired.talk()
    seen.append(wired.told(number).state)
    wired.talk_later(6)
    seen.append(wired.told(number).state)
    wired.talk_later(660)
    seen.append(wired.told(number).state)
    assert (seen, wired.balance(li)) == (states, balance)
    asked = [m for m in wired.simulator.books.messages() if m["way"] == "in" and '"credit"' in m["body"]]
    assert len(asked) == 1, "sent once, whatever came of it"
    wired.sound()


def test_late_and_by_itself(wired: Wired) -> None:
    li = wired.member("03")
    number = wired.ask(li)
    wired.talk()
    wired.talk_later(6)
    assert wired.told(number).state == "sent"
    word = {"type": "word", "reference": number, "state": "done", "units": 100}
    assert [wired.receive(dict(word))["state"] for _ in range(3)] == ["done"] * 3
    assert wired.receive({**word, "state": "refused"})["state"] == "done"
    told = wired.told(number)
    assert told.odd and wired.balance(li) == 800
    assert wired.receive({"type": "query", "reference": number})["state"] == "done"
    wired.sound()


def test_a_crash_between_sending_and_hearing(wired: Wired) -> None:
    """The answer is lost with the process: the order is not sent again, it is asked about."""
    li = wired.member("00")
    number = wired.ask(li)

    def lost(line: Any, message: dict[str, Any], wall: Any) -> None:
        wired.simulator.hear(
            headers([wired.secret], "m", int(wall.timestamp()), body := json.dumps(message).encode()), body
        )

    operations.talk_to_partners(at=moment(NOON), wall=wired.wall, post=lost)
    assert wired.told(number).state == "sent"
    wired.talk_later(6)
    assert (wired.told(number).state, wired.balance(li)) == ("done", 800)
    assert len(wired.simulator.books.orders()) == 1


def test_a_person_decides(wired: Wired) -> None:
    li = wired.member("06")
    number = wired.ask(li)
    wired.talk()
    given = {"exchange": number, "outcome": "done", "units": 50, "why": "传真 12"}
    told = wired.do(operations.settle_exchange, inputs.SettleExchange, **given)
    assert (told.state, told.theirs, told.owed, told.ours) == ("done", 50, 40, 200)
    refused("ExchangeSettled", lambda: wired.do(operations.settle_exchange, inputs.SettleExchange, **given))
    back = wired.ask(li)
    wired.talk()
    wired.do(operations.settle_exchange, inputs.SettleExchange, exchange=back, outcome="refused", why="传真 13")
    assert wired.balance(li) == 800
    wired.sound()


def test_whoever_does_not_sign_learns_nothing(wired: Wired) -> None:
    body = json.dumps({"type": "query", "reference": "X"}).encode()
    now = int(wired.wall.timestamp())
    other = "whsec_" + "QUJD" * 10
    for signed in ({}, headers([other], "m", now, body), headers([wired.secret], "m", now - 301, body)):
        refused("PartnerForged", lambda signed=signed: wired.take(signed, body))
    refused("PartnerForged", lambda: wired.take(headers([wired.secret], "m", now, b"{}"), body))
    assert wired.take(headers([wired.secret], "m", now - 300, body), body)["state"] == "unknown"


def test_an_account_is_one_members(wired: Wired) -> None:
    li, wang = wired.member("00"), wired.mall.member(0)
    account = f"YQ{wired.accounts}00"
    given = {"partner": "inn", "account": account.lower()}
    refused("AccountTaken", lambda: wired.do(operations.link_partner, inputs.LinkPartner, member=wang.number, **given))
    wired.ask(li)
    leave = {"member": li.number, "partner": "inn"}
    refused("ExchangeOpen", lambda: wired.do(operations.unlink_partner, inputs.UnlinkPartner, **leave))
    wired.talk()
    wired.do(operations.unlink_partner, inputs.UnlinkPartner, **leave)
    wired.do(operations.link_partner, inputs.LinkPartner, member=wang.number, **given)


@pytest.mark.parametrize("seed", [11, 12])
def test_nothing_is_lost_or_doubled_whatever_the_partner_does(wired: Wired, seed: int) -> None:
    """Random orders both ways, every behaviour, messages lost, repeated, late and contradictory: afterwards what members
    hold is what they had, less what is gone for done or open exchanges, plus what came in."""
    dice = random.Random(seed)
    people = [wired.member(tail) for tail in ("00", "02", "03", "04", "05", "06", "07", "08")]
    numbers: list[str] = []
    for _ in range(30):
        who = dice.choice(people)
        step = dice.randrange(5)
        if step < 2 and wired.balance(who) >= 100:
            numbers.append(wired.ask(who, 100, "out"))
        elif step == 2:
            numbers.append(wired.ask(who, dice.randint(1, 40), "in"))
        elif step == 3:
            wired.talk_later(dice.choice((1, 20, 700)))
        elif numbers:
            number = dice.choice(numbers)
            told = wired.told(number)
            state, units = dice.choice(("done", "refused", "pending")), dice.choice((told.theirs, told.theirs + 1))
            wired.receive({"type": "word", "reference": number, "state": state, "units": units})
    for wait in (4000, 4000):
        wired.talk_later(wait)
        wired.tell()
    found = [wired.told(number) for number in numbers]
    assert not [each for each in found if each.state in ("asked", "sent")], seed
    gone = sum(each.ours for each in found if each.direction == "out" and each.state != "refused")
    came = sum(each.ours for each in found if each.direction == "in" and each.state == "done")
    assert sum(wired.balance(who) for who in people) == 8000 - gone + came, seed
    total = queries.statement(wired.mall.actor, "inn", "2026-06", moment(NOON))
    assert total.ties and total.total.came == came, seed
    wired.sound()
