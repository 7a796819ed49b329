"""How a sale is undone: the kept part is priced again, the differences go back, what is owed waits to be settled."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.auditor.model import merging
from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.lots import Taken
from tests.auditor.model.people import Member, Redemption, Sale
from tests.auditor.model.pricing import Bill, bill

if TYPE_CHECKING:
    from tests.auditor.model.books import Books

Given = dict[str, Any]


def returned(books: Books, now: datetime, given: Given, *, preview: bool = False, kind: str = "return") -> Expected:
    """A return of lines, or of all that is left."""
    sale, at = books.sales.get(given["sale"]), given.get("at", now)
    if sale is None:
        return refused(Refused("SaleUnknown", "existence"))
    found, kept = _kept(sale, given)
    if at > now:
        found.append(Refused("MomentInFuture", "input"))
    if at < sale.at:
        found.append(Refused("ReturnBeforeSale", "input"))
    return refused(*found) if found else _give_back(books, sale, kept, at, now, given, preview, kind)


def _kept(sale: Sale, given: Given) -> tuple[list[Refused], list[int]]:
    kept, found = list(sale.kept), []
    if not any(kept):
        found.append(Refused("AlreadyReturned", "state"))
    lines: Iterable[Given] = given.get("lines") or [
        {"line": n, "quantity": pieces} for n, pieces in enumerate(kept, 1) if pieces
    ]
    for line in lines:
        if line["line"] > len(kept):
            found.append(Refused("LineUnknown", "existence"))
        elif line["quantity"] > kept[line["line"] - 1]:
            found.append(Refused("MoreThanSold", "limit"))
        else:
            kept[line["line"] - 1] -= line["quantity"]
    return found, kept


def _give_back(
    books: Books, sale: Sale, kept: list[int], at: datetime, now: datetime, given: Given, preview: bool, kind: str
) -> Expected:
    before, after = _bill(books, sale, sale.kept), _bill(books, sale, kept)
    money = before.paid - after.paid
    basic: Given = {"kind": kind, "kept": kept, "left_paid": after.paid}
    if sale.member is None:
        sale = deepcopy(sale) if preview else sale
        sale.kept = kept
        sale.returns += 1
        return answer(**basic, refund=money, claim=0, given_back=0, taken_back=0, forgiven=0, tier=None, balance=0)
    trial_books = merging.apart(books, sale.member) if preview or books.members[sale.member].into else books
    sale, member = trial_books.sales[sale.label], trial_books.members[sale.member]
    merge = trial_books.merges.get(member.label)
    if merge:
        merge.call_back(now)
    trial = _Return(trial_books, sale, member, at, now)
    trial.give_back(before.points - after.points)
    short = trial.take_back(before.earned(books.figures) - after.earned(books.figures), given, preview)
    if trial.found:
        return refused(*trial.found)
    claim = 0 if preview else short * books.figures.unit_worth
    trial.keep(kept, money)
    holder = member
    if merge:
        trial.withdraw_own()
        merge.hand_on(now)
        holder = merge.keep
    trial.withdraw(holder)
    if merge and not preview:
        books.__dict__.update(trial_books.__dict__)
    told = {"short": short} if preview else {}
    return answer(
        **basic, **told, refund=money - claim, claim=claim, given_back=trial.given, taken_back=trial.taken,
        forgiven=trial.forgiven, tier=trial.tier, balance=holder.purse.balance(now),
    )  # fmt: skip


def _bill(books: Books, sale: Sale, kept: list[int]) -> Bill:
    """The kept lines with the steps the sale took. What is not there any more took nothing."""
    return bill(sale.amounts(kept), sale.terms, books.figures)


class _Return:
    """A return at work on its member; a refusal found on the way is kept in `found`, and nothing is done."""

    def __init__(self, books: Books, sale: Sale, member: Member, at: datetime, now: datetime) -> None:
        self.books, self.sale, self.member, self.at, self.now = books, sale, member, at, now
        self.given = self.taken = self.forgiven = 0
        self.tier: str | None = None
        self.found: list[Refused] = []
        self.gift: Redemption | None = None

    def give_back(self, units: int) -> None:
        self.given = units

    def take_back(self, owed: int, given: Given, preview: bool) -> int:
        """How many units are short in the end. A gift that comes back covers first, money the rest."""
        settle = given.get("settle") or {}
        short = self._owing(owed)
        if short and not preview and not settle:
            self.found.append(Refused("ShortfallUnsettled", "balance", self.books.figures.shortfall_clause))
        if short and settle.get("way") == "gift":
            self._take_gift(settle["redemption"])
            short = self._owing(owed)
        self.taken = owed - self.forgiven - short
        return short

    def _owing(self, owed: int) -> int:
        """What is short once the one who goes on has helped out."""
        short = self._short(owed)
        merge = self.books.merges.get(self.member.label)
        if not short or not merge:
            return short
        merge.lend(short, self.now)
        return self._short(owed)

    def _short(self, owed: int) -> int:
        """What the goods earned is owed; what of their own lot lapsed unused, wherever merges took it, is forgiven, and the balance is taken, with
        all that comes back to it."""
        sale, now = self.sale, self.now
        coming = [
            parts_back(sale.taken, sale.back, self.given),
            parts_back(self.gift.taken, 0, self.gift.units) if self.gift else [],
        ]
        parts = [part for parts in coming for part in parts]
        lots = self.member.purse.lots
        own = None if sale.lot is None else lots[sale.lot]
        lapsed = own.lapsed(now) if own else 0
        lapsed += sum(
            merge.keep.purse.lots[there].lapsed(now)
            for merge in (*self.books.merges.values(), *self.books.undone)
            if merge.absorb.label == self.member.label
            for there, origin in merge.lots.items()
            if origin == sale.lot
        )
        lapsed += sum(units for number, units in parts if number == sale.lot and now >= lots[number].dies)
        self.forgiven = min(owed, max(0, lapsed - sale.forgiven))
        has = self.member.purse.balance(now) + sum(units for number, units in parts if now < lots[number].dies)
        return max(0, owed - self.forgiven - has)

    def _take_gift(self, label: str) -> None:
        gift = self.books.redemptions.get(label)
        if gift is None or gift.member != self.member.label:
            self.found.append(Refused("RedemptionUnknown", "existence"))
        elif gift.returned:
            self.found.append(Refused("GiftAlreadyReturned", "state"))
        else:
            self.gift = gift

    def keep(self, kept: list[int], money: int) -> None:
        """Write it all down."""
        sale, member, day = self.sale, self.member, self.sale.at.date()
        member.purse.give_back(self.given, sale.taken, sale.back, self.at, self.now)
        sale.back += self.given
        if self.given and sale.back == sale.terms.points:  # the turn comes back with the last of its points
            member.redeemed[day] -= 1
        if self.gift:
            undo_gift(member, self.gift, self.at, self.now)
        alive = member.purse.alive(self.now)
        own = [lot for lot in alive if lot.number == sale.lot]
        member.purse.take(self.taken, own + [lot for lot in alive if lot.number != sale.lot], self.at, self.now)
        sale.forgiven += self.forgiven
        sale.kept = kept
        sale.returns += 1
        member.spend[day] -= money
        if not any(kept):
            self._undo_uses(day)

    def _undo_uses(self, day: Any) -> None:
        """The last line is back: so is the visit, the use of the benefit and of the coupons."""
        sale, member = self.sale, self.member
        member.visits[day] -= 1
        if sale.benefit:
            member.benefits[(sale.benefit, day)] -= 1
        for coupon in sale.coupons:
            coupon.used = False

    def withdraw(self, member: Member) -> None:
        """The step this sale brought goes where no window from its day on is full any more."""
        self.tier = self._withdrawn(member)
        if self.tier:
            self.sale.step = None

    def withdraw_own(self) -> None:
        """The absorbed one's own step, by her own days: without it she is when she is her own again."""
        self._withdrawn(self.member)

    def _withdrawn(self, member: Member) -> str | None:
        sale, figures = self.sale, self.books.figures
        if not sale.step or not figures.withdraws or member.tier_at(self.now) != sale.step[1]:
            return None
        (step,) = [each for each in figures.steps if (each.since, each.to) == sale.step]
        if member.reaches(step, sale.at.date(), self.now.date()):
            return None
        reached = max(at for at, _ in member.tiers)  # a late return takes nothing back before it was reached
        member.tiers.append((max(self.at, reached), step.since))
        return step.since


def parts_back(taken: Taken, back: int, units: int) -> Taken:
    """Where `units` of a spend go back to, `back` of it being back already: the last lot taken first."""
    parts = []
    for number, part in reversed(taken):
        skipped = min(back, part)
        back, room = back - skipped, part - skipped
        given = min(units, room)
        units -= given
        parts.append((number, given))
    return parts


def undo_gift(member: Member, gift: Redemption, at: datetime, now: datetime) -> None:
    member.purse.give_back(gift.units, gift.taken, 0, at, now)
    member.redeemed[gift.at.date()] -= 1
    gift.returned = True


def gift_returned(books: Books, now: datetime, given: Given) -> Expected:
    """A gift comes back by itself."""
    gift, at = books.redemptions.get(given["redemption"]), given.get("at", now)
    if gift is None:
        return refused(Refused("RedemptionUnknown", "existence"))
    found = []
    if gift.returned:
        found.append(Refused("GiftAlreadyReturned", "state"))
    if at > now:
        found.append(Refused("MomentInFuture", "input"))
    if at < gift.at:
        found.append(Refused("ReturnBeforeSale", "input"))
    if found:
        return refused(*found)
    member, merge = books.members[gift.member], books.merges.get(gift.member)
    if merge:
        merge.call_back(now)
    undo_gift(member, gift, at, now)
    if merge:
        merge.hand_on(now)
    return answer(balance=(merge.keep if merge else member).purse.balance(now))


def voided(books: Books, now: datetime, given: Given) -> Expected:
    """Only on the sale's own day, and only where nothing has come back yet."""
    sale = books.sales.get(given["sale"])
    if sale is None:
        return refused(Refused("SaleUnknown", "existence"))
    if sale.returns or sale.at.date() != now.date():
        return refused(Refused("VoidWindowClosed", "window"))
    return returned(books, now, {"sale": given["sale"]}, kind="void")
