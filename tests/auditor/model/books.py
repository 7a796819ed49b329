"""The model: every command in, what must come of it out; and what must be read afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.auditor.model import giving_back, merging
from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.days import month_of, next_month
from tests.auditor.model.figures import Figures
from tests.auditor.model.people import Card, Coupon, Member, Redemption, Sale
from tests.auditor.model.pricing import Price, PriceList, bill
from tests.auditor.model.selling import Judged, judge, points_refusals, promotion

Given = dict[str, Any]


class Books:
    """One house. A command is {"do", "now", "given", …}; members, sales and gifts go by labels."""

    def __init__(self, figures: Figures, shops: frozenset[str]) -> None:
        self.figures, self.shops = figures, shops
        self.prices = PriceList()
        self.members: dict[str, Member] = {}
        self.sales: dict[str, Sale] = {}
        self.redemptions: dict[str, Redemption] = {}
        self.keys: dict[tuple[str, str], tuple[Given, Expected]] = {}
        self.bills: set[str] = set()
        self.merges: dict[str, merging.Merge] = {}
        self.undone: list[merging.Merge] = []
        self.granted_until: datetime | None = None

    def do(self, command: Given) -> Expected | list[Expected]:
        """What must come of a command; a refused one changes nothing."""
        return getattr(self, command["do"])(command["now"], command.get("given", {}), command)

    # ── keys ──

    def _once(self, scope: str, command: Given, made: Any) -> Expected:
        """Under a key the first answer again, and another input refused. A refusal leaves the key free."""
        key = command.get("key")
        scopes = [
            scope,
            *(
                f"sold to {each.label}"
                for each in self.members.values()
                if each.into and f"sold to {each.into}" == scope
            ),
        ]
        known = next((self.keys[(each, key)] for each in scopes if key and (each, key) in self.keys), None)
        if known:
            same = known[0] == command["given"]
            again = {"replayed": True} if scope.startswith("sold") else {}
            return Expected({**(known[1].values or {}), **again}) if same else refused(Refused("KeyReused", "input"))
        made = made()
        if key and made.values is not None:
            self.keys[(scope, key)] = (command["given"], made)
        return made

    # ── members ──

    def enrol(self, now: datetime, given: Given, command: Given) -> Expected:
        joined = given.get("at", now)
        tier = self.figures.lowest
        member = Member(command["as"], joined, now, given["birthday"], tier)
        member.standings.append((joined, "active"))
        member.tiers.append((joined, tier))
        member.cards.append(Card(joined))
        for gift in self.figures.gifts:
            if gift.on == "card_issued":
                member.coupons.append(Coupon(gift, "", joined, None, member.label))
        self.members[member.label] = member
        return answer(tier=tier, rights=len(member.coupons), late=joined.date() != now.date())

    def lose(self, now: datetime, given: Given, command: Given) -> Expected:
        card = self.members[given["member"]].cards[-1]
        if card.lost or card.replaced:
            return refused(Refused("CardNotActive", "state"))
        card.lost = given.get("at", now)
        return answer()

    def replace(self, now: datetime, given: Given, command: Given) -> Expected:
        member, at = self.members[given["member"]], given.get("at", now)
        if member.standing_at(now) != "active":
            return refused(Refused("MemberSuspended", "standing"))
        member.cards[-1].replaced = at
        member.cards.append(Card(at))
        return answer(rights=0)

    def suspend(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._stand(now, given, "suspended", Refused("AlreadySuspended", "standing"))

    def restore(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._stand(now, given, "active", Refused("NotSuspended", "standing"))

    def _stand(self, now: datetime, given: Given, word: str, already: Refused) -> Expected:
        member = self.members[given["member"]]
        if member.standing_at(now) == word:
            return refused(already)
        member.standings.append((now, word))
        return answer(standing=word)

    def opening(self, now: datetime, given: Given, command: Given) -> Expected:
        """Points and spending from before; the tier follows, counting from now."""
        member = self.members[given["member"]]
        if given["bill"] in self.bills:
            return refused(Refused("BillAlreadyRecorded", "limit"))
        self.bills.add(given["bill"])
        dies = None
        if given.get("points"):
            earned = given.get("earned_at", now)
            dies = member.dies(earned, self.figures)
            member.purse.open(given["points"], earned, dies, now, counts=now)
        days = [(date.fromisoformat(each["day"]), each["amount"]) for each in given.get("spend", [])]
        for day, amount in days:
            member.spend[day] += amount
        for step in self.figures.steps:
            first = min([day for day, _ in days], default=now.date())
            if member.tier_at(now) == step.since and days and member.reaches(step, first, now.date()):
                member.tiers.append((now, step.to))
        return answer(tier=member.tier_at(now), dies=dies)

    def merge(self, now: datetime, given: Given, command: Given) -> Expected:
        return merging.merged(self, now, given)

    def unmerge(self, now: datetime, given: Given, command: Given) -> Expected:
        return merging.unmerged(self, now, given)

    def holder(self, label: str) -> Member | None:
        """Who goes on for the one named: she herself, or who absorbed her."""
        member = self.members.get(label)
        return self.members[member.into] if member and member.into else member

    # ── the clock ──

    def night(self, now: datetime, given: Given, command: Given) -> Expected:
        """Every month-end up to now that is not written yet gives its coupons to those who were known and active then."""
        start = self.granted_until or min((m.entered for m in self.members.values()), default=now)
        end = next_month(month_of(start))
        while end <= now:
            for member in self.members.values():
                self._month_end(member, end, now)
            end = next_month(end)
        self.granted_until = now
        return answer()

    def _month_end(self, member: Member, end: datetime, now: datetime) -> None:
        for gift in self.figures.gifts:
            known = member.entered < end and member.joined < end and member.standing_at(end) == "active"
            if gift.on == "month_end" and known and member.birthday.month == end.month:
                member.coupons.append(Coupon(gift, end.strftime("%Y-%m"), end, next_month(end), member.label))
                merge = self.merges.get(member.label)
                if merge:  # written late: hers all the same, and it goes along
                    merge.call_back(now)
                    merge.hand_on(now)

    def price(self, now: datetime, given: Given, command: Given) -> Expected:
        self.prices.put(Price(**given))
        return answer()

    # ── sales ──

    def sell(self, now: datetime, given: Given, command: Given) -> Expected:
        """A key is one sale of one buyer."""
        buyer = self._buyer(given)
        return self._once(f"sold to {buyer and buyer.label}", command, lambda: self._sold(now, given, command["as"]))

    def batch(self, now: datetime, given: Given, command: Given) -> list[Expected]:
        return [self.sell(now, each["given"], each) for each in given["sales"]]

    def quote(self, now: datetime, given: Given, command: Given) -> Expected:
        judged = self._judged(now, given)
        return self._told(judged, now) if not judged.found else refused(*judged.found)

    def _sold(self, now: datetime, given: Given, label: str) -> Expected:
        judged = self._judged(now, given)
        if judged.found:
            return refused(*judged.found)
        assert judged.bill is not None
        if given.get("tenders") and sum(each["amount"] for each in given["tenders"]) != judged.bill.paid:
            return refused(Refused("TendersDiffer", "input"))
        if given.get("quoted") not in (None, judged.bill.paid):
            return refused(Refused("QuoteChanged", "state"))
        return self._write(judged, given, now, label)

    def _judged(self, now: datetime, given: Given) -> Judged:
        at = given.get("at", now)
        judged = Judged(at, self._buyer(given))
        if at > now:
            judged.found.append(Refused("MomentInFuture", "input"))
        self._price_lines(judged, given)
        wants = bool(given.get("vouchers") or given.get("points") or given.get("benefits"))
        if any(name not in self.figures.rates for name in given.get("benefits", [])):
            judged.found.append(Refused("UnknownBenefit", "input"))
        if judged.member is None:
            if given.get("member") or isinstance(given.get("presented"), list):
                judged.found.append(Refused("UnknownMember", "existence"))
            elif wants:
                judged.found.append(Refused("NeedsMember", "input"))
        if judged.member is not None:
            judged.found += self._showing(judged.member, given, at)
        blocked = {"MomentInFuture", "UnknownSku", "UnknownBenefit", "UnknownMember", "NeedsMember"}
        if not blocked & {each.code for each in judged.found}:
            if judged.member is not None:
                judge(judged, given, self.figures, now)
            else:
                judged.bill = bill(_amounts(judged), judged.terms, self.figures)
        return judged

    def _price_lines(self, judged: Judged, given: Given) -> None:
        for line in given["lines"]:
            asked = line.get("price")
            if not self.prices.known(line["sku"]):
                judged.found.append(Refused("UnknownSku", "existence"))
                continue
            price = self.prices.asked(line["sku"], given["shop"], judged.at) if asked is None else asked
            assert price is not None
            judged.unit_prices.append(price)
            judged.pieces.append(line.get("quantity", 1))

    def _buyer(self, given: Given) -> Member | None:
        if given.get("member"):
            return self.holder(given["member"][0])
        shown = given.get("presented")
        return self.holder(shown[0]) if isinstance(shown, list) else None

    def _showing(self, member: Member, given: Given, at: datetime) -> list[Refused]:
        """Standing, then what was shown: a card must be this member's newest and in use."""
        found = []
        if member.standing_at(at) != "active":
            found.append(Refused("MembershipNotActive", "standing"))
        shown = given.get("presented", "none")
        if shown == "card" and given.get("member", ("", ""))[1] == "card":  # named by the very card that is shown
            shown = [given["member"][0], given["member"][2]]
        whose = self.members.get(shown[0]) if isinstance(shown, list) else None
        if isinstance(shown, list) and (
            whose is None or self.holder(whose.label) is not member or shown[1] >= len(whose.cards)
        ):
            found.append(Refused("CardOfAnother", "credential"))
        elif whose is not None and whose is not member:  # a card that came along is good where it is in use
            if whose.cards[shown[1]].issued > at or not whose.cards[shown[1]].usable(at):
                found.append(Refused("CardNotUsable", "credential"))
        elif shown == "card" or isinstance(shown, list):
            newest = member.card_at(at)
            if (isinstance(shown, list) and shown[1] != newest) or not member.cards[newest].usable(at):
                found.append(Refused("CardNotUsable", "credential"))
        return found

    def _told(self, judged: Judged, now: datetime) -> Expected:
        member, told = judged.member, judged.bill
        assert told is not None
        basic = {"price": told.price, "paid": told.paid, "lines": list(told.lines), "member": member and member.label}
        if member is None:
            return answer(**basic, earned=0, used=0, opening=False, tier=None, dies=None)
        earned = told.earned(self.figures)
        dies = member.dies(judged.at, self.figures) if earned else None
        step = promotion(member, judged.at, told.paid, self.figures, now)
        before = member.tier_at(judged.at)
        tier = (before, step[2] if step else before)
        return answer(**basic, earned=earned, used=told.points, opening=judged.opening, tier=tier, dies=dies)

    def _write(self, judged: Judged, given: Given, now: datetime, label: str) -> Expected:
        told, made = self._told(judged, now), judged.bill
        assert told.values is not None and made is not None
        sale = Sale(
            label, judged.member and judged.member.label, given["shop"], judged.at, judged.unit_prices,
            list(judged.pieces), judged.terms, judged.coupons, judged.benefit, [], None, None,
        )  # fmt: skip
        self.sales[label] = sale
        if judged.member is None:
            return Expected({**told.values, "balance": 0, "replayed": False})
        self._enter(sale, judged.member, told.values, now)
        return Expected({**told.values, "balance": judged.member.purse.balance(now), "replayed": False})

    def _enter(self, sale: Sale, member: Member, told: Given, now: datetime) -> None:
        """What a sale does to its member."""
        step = promotion(member, sale.at, told["paid"], self.figures, now)
        sale.taken = member.purse.take(told["used"], member.purse.spendable(sale.at, now), sale.at, now)
        if told["earned"]:
            sale.lot = member.purse.open(told["earned"], sale.at, told["dies"], now)
        day = sale.at.date()
        member.spend[day] += told["paid"]
        member.visits[day] += 1
        member.redeemed[day] += 1 if sale.terms.points else 0
        if sale.benefit:
            member.benefits[(sale.benefit, day)] += 1
        for coupon in sale.coupons:
            coupon.used = True
        if step:
            member.tiers.append((step[0], step[2]))
            sale.step = (step[1], step[2])

    # ── what comes back, and gifts ──

    def give_back(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"return {given['sale']}", command, lambda: giving_back.returned(self, now, given))

    def preview(self, now: datetime, given: Given, command: Given) -> Expected:
        return giving_back.returned(self, now, given, preview=True)

    def void(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("void", command, lambda: giving_back.voided(self, now, given))

    def redeem(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"redeem {given['member']}", command, lambda: self._redeemed(now, given, command["as"]))

    def _redeemed(self, now: datetime, given: Given, label: str) -> Expected:
        member, at = self.holder(given["member"]), given.get("at", now)
        assert member is not None
        found = list(points_refusals(member, given["points"], at, self.figures, now))
        if member.standing_at(at) != "active":
            found.append(Refused("MembershipNotActive", "standing"))
        if found:
            return refused(*found)
        taken = member.purse.take(given["points"], member.purse.spendable(at, now), at, now)
        self.redemptions[label] = Redemption(label, member.label, at, given["points"], taken)
        member.redeemed[at.date()] += 1
        return answer(units=given["points"], balance=member.purse.balance(now))

    def return_gift(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("gift", command, lambda: giving_back.gift_returned(self, now, given))


def _amounts(judged: Judged) -> list[int]:
    return [price * pieces for price, pieces in zip(judged.unit_prices, judged.pieces, strict=True)]
