"""Points that go on at the neighbourhood shop: gifts, a family that shares, and exchange with an inn."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiguan.cli.demo.neighbourhood.days import FIRST, Told
from huiguan.cli.demo.story import LAST, moment
from huiguan.cli.partnering.playing import DEMO_SECRET, PORT
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import VerifyMember
from huiguan.rewards import operations
from huiguan.rewards.inputs import partners as inputs

INN = "inn"
LINKED = 12  # of those who joined first; the last two digits of an account say how the played inn behaves
TAILS = ("00", "00", "01", "02", "09", "00", "03", "10", "11", "06", "07", "08")


@dataclass(slots=True)
class Exchanging:
    """Its own chance, so that the other parts tell the same."""

    random: Random = field(default_factory=lambda: Random(77))
    stays: int = 0

    def __call__(self, told: Told, day: date, closing: datetime) -> None:
        at = moment(day, 20)
        if day == FIRST:
            self.random, self.stays = Random(77), 0
            self._begin(told, closing)
        if (day - FIRST).days < 14:
            return
        who = self.random.randrange(LINKED)
        if self.random.random() < 0.45:
            self._out(told, who, at, last=day == LAST)
        if self.random.random() < 0.25:
            self._stay(told, who, at)
        if self.random.random() < 0.2:
            self._gift(told, at)
        if day == LAST - timedelta(days=1):
            self._disputed(told, at)
        if day.day == 2 and day.month in (11, 12):
            month = (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
            self._do(told, operations.close_month, inputs.CloseMonth, at, partner=INN, month=month)

    def _do(self, told: Told, operation: Any, record: type[Input], at: datetime, **given: Any) -> Any:
        try:
            return operation(actor=told.actor, at=at, given=read(record, given))
        except Refusal:
            return None

    def _begin(self, told: Told, at: datetime) -> None:
        url = f"http://127.0.0.1:{PORT}/"
        self._do(told, operations.keep_partner, inputs.KeepPartner, at, partner=INN, url=url, secret=DEMO_SECRET)
        for i, number in enumerate(told.numbers[:LINKED]):
            self._do(told, members.verify_member, VerifyMember, at, member=number, what="phone", how="call")
            account = f"YQ{2600 + i}{TAILS[i]}"
            self._do(told, operations.link_partner, inputs.LinkPartner, at, member=number, partner=INN, account=account)
        for number in told.numbers[:3]:
            self._do(told, operations.join_pool, inputs.JoinPool, at, member=number, keeper=told.numbers[0])

    def _out(self, told: Told, who: int, at: datetime, *, last: bool) -> None:
        asked = {"member": told.numbers[who], "partner": INN, "direction": "out", "units": 100}
        made = self._do(told, operations.exchange_points, inputs.ExchangePoints, at, **asked)
        if made is None or last:
            return
        word = {"exchange": made.number, "state": "done", "units": made.theirs, "told": f"CI-{made.number}"}
        if TAILS[who] == "07":
            word = {"exchange": made.number, "state": "refused", "told": "账号已注销"}
        self._hear(told, at, word)

    def _hear(self, told: Told, at: datetime, word: dict[str, Any]) -> None:
        partner = operations.partner_actor(told.programme, INN)
        operations.hear_partner(actor=partner, at=at, given=read(inputs.HearPartner, word), via="answer")

    def _disputed(self, told: Told, at: datetime) -> None:
        """One the inn did only half: a person is to decide."""
        for number in told.numbers[:LINKED]:
            asked = {"member": number, "partner": INN, "direction": "out", "units": 100}
            made = self._do(told, operations.exchange_points, inputs.ExchangePoints, at, **asked)
            if made is not None:
                self._hear(told, at, {"exchange": made.number, "state": "done", "units": 25, "told": "CI-half"})
                return

    def _stay(self, told: Told, who: int, at: datetime) -> None:
        self.stays += 1
        amount, account = f"{self.random.randint(260, 980)}.00", f"YQ{2600 + who}{TAILS[who]}"
        given = {
            "partner": INN,
            "reference": f"STAY-{self.stays:04d}",
            "account": account,
            "amount": amount,
            "what": "住宿",
        }
        partner = operations.partner_actor(told.programme, INN)
        with suppress(Refusal):
            operations.earn_at_partner(actor=partner, at=at, given=read(inputs.PartnerEarning, given))

    def _gift(self, told: Told, at: datetime) -> None:
        giver, taker = self.random.sample(told.numbers[:LINKED], 2)
        given = {"member": giver, "to": taker, "points": 100, "note": "谢谢帮忙"}
        self._do(told, operations.give_points, inputs.GivePoints, at, **given)
