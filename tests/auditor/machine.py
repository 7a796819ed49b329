"""A seeded machine of commands: it looks at the model to ask for what is interesting, and at the dice for the rest."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests.auditor.model.books import Books
from tests.auditor.model.days import next_month
from tests.auditor.model.people import Member, Sale

Command = dict[str, Any]
FIRST = datetime(2025, 3, 1, 10)
BIRTHDAYS = (date(1992, 2, 29), date(1990, 6, 15), date(1988, 12, 31), date(1991, 1, 1), date(1985, 6, 30))
WEIGHTS = {
    "sell": 40, "batch": 5, "quote": 4, "again": 5, "give_back": 16, "preview": 4, "void": 4, "redeem": 8,
    "return_gift": 3, "enrol": 2, "lose": 1, "replace": 4, "suspend": 1, "restore": 4, "opening": 2, "night": 5,
    "price": 1, "stranger": 1, "merge": 1, "unmerge": 1,
}  # fmt: skip


class Machine:
    """Draws the next command. `crowd` is how many members there will be."""

    def __init__(self, seed: int, books: Books, skus: tuple[str, ...], crowd: int = 8) -> None:
        self.dice, self.books, self.skus, self.crowd = random.Random(seed), books, skus, crowd
        self.small = tuple(sku for sku in skus if (books.prices.asked(sku, "S1", FIRST) or 0) <= 400000)
        self.now, self.count = FIRST, 0
        self.weights, self.sizes = WEIGHTS, {(2, 6): 1}
        self.past: list[Command] = []
        self.joining = ""  # who has just joined, for the purchase at which her card is opened
        self.theme: Member | None = None  # whose turn it is: what follows on each other is mostly hers

    def next(self) -> Command:
        self.now = max(self.now, self._later())
        members = self.books.members
        if self.joining:
            self.theme, self.joining = members[self.joining], ""
        elif self.dice.random() < 0.12:
            self.theme = self.dice.choice(self._crowd()) if members else None
        deed = "enrol" if len(members) < 2 else self._deed()
        if deed == "enrol" and len(members) >= self.crowd:
            deed = "sell"
        made: Command | None = getattr(self, f"_{deed}")()
        command = made or self._sell()
        command.setdefault("now", self.now)
        if command["do"] in ("sell", "give_back", "redeem", "void", "return_gift") and "key" in command:
            self.past = [*self.past[-30:], command]
        return command

    def _deed(self) -> str:
        return str(self._one(self.weights))

    def _label(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    # ── the clock ──

    def _later(self) -> datetime:
        roll = self.dice.random() * (0.85 if self.now.month in (6, 12) else 1)
        if roll < 0.35:
            return self.now
        if roll < 0.6:
            return self.now + timedelta(seconds=self.dice.choice((1, 30, 600)))
        if roll < 0.8:
            return self.now + timedelta(hours=self.dice.randint(1, 20))
        if roll < 0.95:
            return self.now + timedelta(days=self.dice.randint(1, 9), minutes=self.dice.randint(0, 600))
        return self._border() + timedelta(seconds=self.dice.choice((-1, -1, 0, 0, 1, 3600)))

    def _border(self) -> datetime:
        """A moment at which something ends or begins: a month, the points year, a window of redemption, a birthday."""
        year, ahead = self.now.year, self.now + timedelta(seconds=2)
        borders = [next_month(self.now)]
        borders += [datetime(y, m, 1) for y in (year, year + 1) for m in (1, 3, 6, 7, 12)]
        borders += [
            datetime(y, m, 1) for y in (year, year + 1) for m in (member.birthday.month for member in self._crowd())
        ]
        coming = sorted(each for each in borders if each > ahead)
        return self.dice.choice(coming[:4])

    def _past_moment(self) -> datetime:
        """A moment of the past for what is entered late, often just before a border."""
        back = self.dice.choice(
            (timedelta(seconds=1), timedelta(hours=3), timedelta(days=1), timedelta(days=self.dice.randint(2, 60)))
        )
        at = self.now - back
        if self.dice.random() < 0.3:
            start = datetime(self.now.year, self.now.month, 1)
            at = start - timedelta(seconds=self.dice.choice((0, 1)))
        return max(at, FIRST)

    def _first_moment(self, member: Member) -> datetime:
        """From when a member may have bought: the purchase at which a card is opened may come a little before it."""
        return member.joined - timedelta(hours=1) if member.joined.hour else member.joined

    # ── who and what ──

    def _crowd(self) -> list[Member]:
        """Those who are their own."""
        return [member for member in self.books.members.values() if not member.into]

    def _absorbed(self) -> list[Member]:
        return [member for member in self.books.members.values() if member.into]

    def _member(self) -> Member:
        if self.theme is None or self.dice.random() < 0.3:
            return self.dice.choice(self._crowd())
        return self.books.holder(self.theme.label) or self.theme

    def _one(self, weights: dict[Any, int]) -> Any:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def _sale(self) -> Sale | None:
        """Mostly one of the last, often of her whose turn it is, now and then one that brought a rung."""
        sales = list(self.books.sales.values())
        recent = sales[-40:]
        wanted = self._one({"last": 4, "hers": 6, "stepped": 2, "any": 1})
        if wanted == "hers":
            recent = [sale for sale in recent if self.theme and sale.member == self.theme.label]
        elif wanted == "stepped":
            recent = [sale for sale in recent if sale.step]
        elif wanted == "any":
            recent = sales
        found = [sale for sale in recent if any(sale.kept) or self.dice.random() < 0.1] or sales
        return self.dice.choice(found[-12:] if wanted == "last" else found) if found else None

    # ── deeds ──

    def _enrol(self) -> Command:
        given: Command = {"birthday": self._birthday(), "shop": "S1"}
        if self.dice.random() < 0.25:
            given["at"] = self._past_moment()
            given["at"] = self.dice.choice((given["at"], max(given["at"], self.now - timedelta(minutes=10))))
        label = self._label("m")
        self.joining = label
        return {"do": "enrol", "as": label, "given": given}

    def _birthday(self) -> date:
        return self.dice.choice((*BIRTHDAYS, date(1990, self.dice.randint(1, 12), self.dice.randint(1, 28))))

    def _sell(self) -> Command:
        label = self._label("s")
        given = self._asked()
        with_due = self._one({"": 72, "tenders": 15, "quoted": 13})
        due = self.books.quote(self.now, given, {}).values if with_due else None
        if due:
            given |= self._due(with_due, due["paid"], self.dice.choice((0, 0, 1)))
        return {"do": "sell", "as": label, "key": f"k-{label}", "given": given}

    def _due(self, with_due: str, paid: int, wrong: int) -> Command:
        """What the till says is due: parts of it in money, or the whole as it was quoted; now and then a fen off."""
        if with_due == "quoted":
            return {"quoted": paid + wrong}
        parts = [paid // 3, paid - paid // 3 + wrong]
        return {"tenders": [{"means": m, "amount": a} for m, a in zip(("cash", "wechat"), parts, strict=True)]}

    def _batch(self) -> Command:
        sales = [self._sell() for _ in range(self._size())]
        if self.dice.random() < 0.4:  # the same customer again, and the same slip sent twice
            sales.append({**self._sell(), "given": sales[0]["given"]})
            sales.append({**sales[1]})
        return {"do": "batch", "given": {"sales": sales}}

    def _size(self) -> int:
        """How many sales come together."""
        return self.dice.randint(*self._one(self.sizes))

    def _quote(self) -> Command:
        return {"do": "quote", "given": self._asked()}

    def _asked(self) -> Command:
        given: Command = {"shop": self.dice.choice(("S1", "S1", "S2")), "lines": self._lines()}
        if self.dice.random() < 0.08:
            return given
        member = self._member()
        given |= self._shown(member)
        if self.dice.random() < 0.15:
            given["at"] = min(self.now, max(self._past_moment(), self._first_moment(member)))
        at = given.get("at", self.now)
        if self.dice.random() < (0.5 if member.birthday.month == at.month else 0.03):
            given["benefits"] = ["birthday"]
            given["presented"] = self._one({"card": 9, "none": 1})
            given["buyer"] = self._one({"member": 9, "other": 1})
        if member.coupons and self.dice.random() < 0.2:
            given["vouchers"] = self._vouchers(member)
        given["points"] = self._points(member, at)
        return {name: value for name, value in given.items() if value}

    def _lines(self) -> list[Command]:
        lines = []
        for _ in range(self._one({1: 5, 2: 4, 3: 2, 5: 1})):
            line: Command = {"sku": self._sku(), "quantity": self._one({1: 6, 2: 2, 3: 1, 7: 1})}
            if self.dice.random() < 0.06:
                line["price"] = self.dice.choice((0, 1, 4999, 9999, 10001, 123456))
            lines.append(line)
        return lines

    def _sku(self) -> str:
        """Small sums more often than great ones: a great one makes a diamond card at once."""
        return self.dice.choice(self.skus) if self.dice.random() < 0.4 else self.dice.choice(self.small)

    def _shown(self, member: Member) -> Command:
        """By number, card or phone; the card shown or not, by its number or not, now and then somebody else's."""
        others = [each for each in self._absorbed() if each.into == member.label]
        if others and self.dice.random() < 0.5:  # by what she went by before
            member = self.dice.choice(others)
        by = self._one({"number": 8, "phone": 1, "card": 1})
        given: Command = {"member": [member.label, by, self.dice.randrange(len(member.cards))]}
        shown = self._one({"card": 10, "none": 4, "phone": 1, "own": 4, "other": 1})
        if shown in ("own", "other"):
            whose = member if shown == "own" else self._member()
            given["presented"] = [
                whose.label,
                self.dice.randrange(len(whose.cards)) if self.dice.random() < 0.3 else len(whose.cards) - 1,
            ]
            if shown == "own" and self.dice.random() < 0.5:
                del given["member"]
        else:
            given["presented"] = shown
        return given

    def _vouchers(self, member: Member) -> list[list[str]]:
        whose = member if self.dice.random() < 0.95 else self._member()
        picked = self.dice.sample(whose.coupons[-3:], min(len(whose.coupons[-3:]), self._one({1: 4, 2: 1})))
        refs = [[coupon.owner, coupon.gift.name, coupon.occasion] for coupon in picked]
        return refs + refs[:1] if self.dice.random() < 0.05 else refs

    def _points(self, member: Member, at: datetime) -> int:
        if self.dice.random() > (0.35 if at.month in (6, 12) else 0.03):
            return 0
        has = member.purse.available(at, self.now)
        return max(0, self.dice.choice((has, has, has // 2, has // 3, has + 1, self.dice.randint(1, 40), 31)))

    def _again(self) -> Command | None:
        """A command once more under its key: as it was, or with another body."""
        if not self.past:
            return None
        old = self.dice.choice(self.past)
        command = {**old, "now": self.now, "as": self._label("x")}
        if self.dice.random() < 0.35 and old["do"] == "sell":
            command["given"] = self._asked()
        elif self.dice.random() < 0.2 and old["do"] == "redeem":
            command["given"] = {**old["given"], "points": old["given"]["points"] + 1}
        return command

    def _give_back(self) -> Command | None:
        sale = self._sale()
        if sale is None:
            return None
        given: Command = {"sale": sale.label}
        if self.dice.random() < 0.7:
            given["lines"] = self._some(sale)
        if self.dice.random() < 0.06:
            given["at"] = max(self._past_moment(), sale.at - timedelta(seconds=1))
        settle = self._one({"none": 5, "cash": 5, "gift": 3})
        gifts = [
            label
            for label, gift in self.books.redemptions.items()
            if gift.member == sale.member or self.dice.random() < 0.02
        ]
        if settle == "cash":
            given["settle"] = {"way": "cash"}
        elif settle == "gift" and gifts:
            given["settle"] = {"way": "gift", "redemption": self.dice.choice(gifts[-3:])}
        return {"do": "give_back", "key": f"r-{self._label('r')}", "given": given}

    def _some(self, sale: Sale) -> list[Command]:
        left = [n for n, pieces in enumerate(sale.kept, 1) if pieces] or [1]
        lines = self.dice.sample(left, self.dice.randint(1, len(left)))
        most = {n: max(1, sale.kept[n - 1]) for n in lines}
        picked = [{"line": n, "quantity": self.dice.randint(1, most[n])} for n in lines]
        if self.dice.random() < 0.04:
            picked[0] = self.dice.choice(
                ({"line": 99, "quantity": 1}, {"line": lines[0], "quantity": most[lines[0]] + 1})
            )
        return picked

    def _preview(self) -> Command | None:
        command = self._give_back()
        if command is None:
            return None
        command["given"].pop("settle", None)
        return {"do": "preview", "given": command["given"]}

    def _void(self) -> Command | None:
        today = [sale for sale in self.books.sales.values() if sale.at.date() == self.now.date()]
        sale = self.dice.choice(today) if today and self.dice.random() < 0.8 else self._sale()
        return sale and {"do": "void", "key": f"v-{self._label('v')}", "given": {"sale": sale.label}}

    def _redeem(self) -> Command | None:
        member = self._member()
        given: Command = {"member": member.label, "shop": "S1"}
        if self.dice.random() < 0.1:
            given["at"] = max(self._past_moment(), member.joined)
        at = given.get("at", self.now)
        if at.month not in (6, 12) and self.dice.random() < 0.9:
            return None
        has = member.purse.available(at, self.now)
        given["points"] = max(1, self.dice.choice((has, has, has - 1, has // 2, has + 1)))
        label = self._label("g")
        return {"do": "redeem", "as": label, "key": f"g-{label}", "given": given}

    def _return_gift(self) -> Command | None:
        gifts = list(self.books.redemptions)
        if not gifts:
            return None
        open_gifts = [label for label in gifts if not self.books.redemptions[label].returned]
        label = self.dice.choice(open_gifts if open_gifts and self.dice.random() < 0.8 else gifts)
        given: Command = {"redemption": label}
        if self.dice.random() < 0.2:
            given["at"] = max(self._past_moment(), self.books.redemptions[label].at - timedelta(seconds=1))
        return {"do": "return_gift", "key": f"b-{self._label('b')}", "given": given}

    def _lose(self) -> Command:
        given: Command = {"member": self._member().label}
        if self.dice.random() < 0.3:
            given["at"] = max(self._past_moment(), self._issued(given["member"]))
        return {"do": "lose", "given": given}

    def _issued(self, label: str) -> datetime:
        return self.books.members[label].cards[-1].issued

    def _replace(self) -> Command:
        lost = [member for member in self._crowd() if member.cards[-1].lost]
        member = self.dice.choice(lost) if lost and self.dice.random() < 0.9 else self._member()
        given: Command = {"member": member.label, "shop": "S2"}
        if self.dice.random() < 0.3:
            last = member.cards[-1]
            given["at"] = min(self.now, max(self._past_moment(), last.issued, last.lost or last.issued))
        return {"do": "replace", "given": given}

    def _suspend(self) -> Command:
        return {"do": "suspend", "given": {"member": self._member().label}}

    def _restore(self) -> Command | None:
        down = [member for member in self._crowd() if member.standing_at(self.now) != "active"]
        if not down and self.dice.random() < 0.8:
            return None
        member = self.dice.choice(down) if down and self.dice.random() < 0.95 else self._member()
        return {"do": "restore", "given": {"member": member.label}}

    def _merge(self) -> Command | None:
        """Mostly two who may become one. The kept one's card is in use: else the absorbed one's would take its place."""
        crowd = self._crowd()
        keep = self._member()
        if len(crowd) < 3 or not keep.cards[-1].usable(self.now):
            return None
        free = [each for each in crowd if each is not keep and not any(m.into == each.label for m in self._absorbed())]
        anybody = list(self.books.members.values())
        absorb = self.dice.choice(free if free and self.dice.random() < 0.85 else anybody)
        return {"do": "merge", "given": {"keep": keep.label, "absorb": absorb.label}}

    def _unmerge(self) -> Command | None:
        absorbed = self._absorbed()
        if not absorbed and self.dice.random() < 0.8:
            return None
        member = self.dice.choice(absorbed) if absorbed and self.dice.random() < 0.95 else self._member()
        return {"do": "unmerge", "given": {"member": member.label}}

    def _opening(self) -> Command:
        bill = self._label("bill") if self.dice.random() < 0.9 or not self.books.bills else sorted(self.books.bills)[0]
        given: Command = {"member": self._member().label, "bill": bill, "points": self.dice.choice((1, 20, 77, 300))}
        if self.dice.random() < 0.5:
            given["earned_at"] = self._past_moment()
        if self.dice.random() < 0.3:
            day = (self.now - timedelta(days=self.dice.randint(0, 250))).date()
            given["spend"] = [{"day": day.isoformat(), "amount": self.dice.choice((1, 400000, 999999, 1000000))}]
        return {"do": "opening", "given": given}

    def _night(self) -> Command:
        return {"do": "night"}

    def _price(self) -> Command:
        since = self.now + timedelta(days=self.dice.randint(-10, 5))
        until = since + timedelta(days=self.dice.randint(1, 20)) if self.dice.random() < 0.8 else None
        given = {
            "sku": self.dice.choice(self.skus), "kind": self._one({"promotion": 3, "list": 1}),
            "amount": self.dice.choice((1, 999, 10000, 88888, 100050)), "shop": self._one({None: 2, "S2": 1}),
            "since": since, "until": until,
        }  # fmt: skip
        return {"do": "price", "given": given}

    def _stranger(self) -> Command:
        """What nobody knows: a member, a product, a benefit, a sale."""
        given = self._asked()
        wrong: tuple[Callable[[], Command], ...] = (
            lambda: {"do": "quote", "given": {**given, "member": ["nobody", "number", 0], "presented": "none"}},
            lambda: {"do": "quote", "given": {**given, "lines": [{"sku": "NOPE"}, *given["lines"]]}},
            lambda: {"do": "quote", "given": {**given, "benefits": ["anniversary"]}},
            lambda: {"do": "quote", "given": {**given, "at": self.now + timedelta(seconds=1)}},
            lambda: {"do": "give_back", "given": {"sale": "nothing"}},
            lambda: {"do": "quote", "given": {"shop": "S1", "lines": given["lines"], "points": 5}},
        )
        return self.dice.choice(wrong)()
