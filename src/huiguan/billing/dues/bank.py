"""A bank's statement: brought in once, its lines matched to members by a person, with a proposal for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from huiguan.billing.dues.charges import by_member, moves_of, open_charges, stands
from huiguan.billing.dues.receiving import receive
from huiguan.billing.inputs import BringStatement, ConfirmLine, ReceiveMoney, SetAside
from huiguan.billing.models import BankLine, Charge, Money
from huiguan.billing.refusals import BankLineDecided, BankLineDiffers, BankLineUnknown
from huiguan.billing.values.dues import TRANSFER, BankLineView, Brought, MoneyView, Proposal
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes

_CHARGE = re.compile(r"F\d{4}-\d{6}", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{0,6}\d{3,12}")
_BY_CHARGE = Text(zh="写了缴费单号", en="names the charge")
_BY_NUMBER = Text(zh="写了会员号", en="names the member's number")
_BY_NAME = Text(zh="户名相符", en="the payer bears the name")
_EXACT = Text(zh="金额正好", en="the amount fits")
_AGAIN = Text(zh="同额的款 {day:day} 已收过（{number}）", en="the same amount came on {day:day} already ({number})")


def bring_statement(*, actor: Actor, at: datetime, given: BringStatement, key: str | None = None) -> Brought:
    """Take in lines of a bank's statement; a line whose number is known stays as it is. Takes `bill`. Refuses BankLineDiffers
    where it is known with another amount or day."""
    actor.demand("bill")
    subject = f"statement:{given.file or given.lines[0].day}"[:80]
    return perform(
        "bring_statement", actor=actor, at=at, subject=subject, given=given, do=lambda: _bring(actor, at, given), key=key,
        returns=Brought,
    )  # fmt: skip


def _bring(actor: Actor, at: datetime, given: BringStatement) -> Brought:
    rows = BankLine.objects.filter(programme_id=actor.programme, reference__in=[line.reference for line in given.lines])
    known = {row.reference: (row.day, row.amount) for row in rows}
    new = []
    for n, line in enumerate(given.lines):
        if line.reference not in known:
            known[line.reference] = (line.day, line.amount)
            new.append(line)
        elif known[line.reference] != (line.day, line.amount):
            raise BankLineDiffers(field=f"lines.{n}.reference", given=line.reference)
    BankLine.objects.bulk_create(
        BankLine(
            programme_id=actor.programme, file=given.file, brought_at=at, brought_by=actor.name, **line.model_dump()
        )
        for line in new
    )
    return Brought(len(new), len(given.lines) - len(new), sum(line.amount for line in new))


def confirm_line(*, actor: Actor, at: datetime, given: ConfirmLine, key: str | None = None) -> MoneyView:
    """A person says whose money a line is; it is received as of the bank's day. Takes `bill`. Refuses BankLineUnknown,
    BankLineDecided, and what `receive_money` refuses."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)

    def do() -> MoneyView:
        row = _locked(actor, given.line)
        asked = {
            "member": given.member, "amount": as_yuan(row.amount), "means": TRANSFER, "reference": row.reference,
            "charges": given.charges, "deposit": given.deposit, "payer": row.payer or None, "day": row.day,
            "note": row.text[:200] or None,
        }  # fmt: skip
        view = receive(actor, at, read(ReceiveMoney, asked), membership)
        row.state, row.money, row.decided_at, row.decided_by = "matched", view.number, at, actor.name
        row.save(update_fields=["state", "money", "decided_at", "decided_by"])
        return view

    return perform(
        "confirm_line", actor=actor, at=at, subject=f"line:{given.line}", given=given, do=do, key=key, returns=MoneyView
    )


def set_aside(*, actor: Actor, at: datetime, given: SetAside, key: str | None = None) -> int:
    """A line that is no member's payment; its number. Takes `bill`. Refuses BankLineUnknown, BankLineDecided."""
    actor.demand("bill")

    def do() -> int:
        row = _locked(actor, given.line)
        row.state, row.reason, row.decided_at, row.decided_by = "aside", given.reason, at, actor.name
        row.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        return row.pk

    return perform(
        "set_aside", actor=actor, at=at, subject=f"line:{given.line}", given=given, do=do, key=key, returns=int
    )


def _locked(actor: Actor, line: int) -> BankLine:
    row = BankLine.objects.select_for_update().filter(programme_id=actor.programme, pk=line).first()
    if row is None:
        raise BankLineUnknown(field="line", given=line)
    if row.state != "open":
        raise BankLineDecided(field="line")
    return row


def lines(actor: Actor, at: datetime, state: str = "open", limit: int = 100) -> list[BankLineView]:
    """Lines of a state, the oldest first while they are open, with proposals. Takes `bill`."""
    actor.demand("bill")
    rows = BankLine.objects.filter(programme_id=actor.programme, state=state)
    rows = rows.order_by("day", "pk") if state == "open" else rows.order_by("-decided_at", "-pk")
    found = list(rows[:limit])
    proposals = _proposals(actor, at, found) if state == "open" else {}
    return [_view(row, proposals.get(row.pk, ())) for row in found]


def _view(row: BankLine, proposals: Sequence[Proposal]) -> BankLineView:
    owed = proposals[0].owed if proposals else 0
    fits = "" if not proposals else "exact" if owed == row.amount else "short" if row.amount < owed else "over"
    return BankLineView(
        id=row.pk, reference=row.reference, day=row.day, amount=row.amount, payer=row.payer, account=row.account,
        text=row.text, state=row.state, money=row.money, reason=row.reason, decided_by=row.decided_by,
        proposals=tuple(proposals), fits=fits,
    )  # fmt: skip


def _proposals(actor: Actor, at: datetime, rows: Sequence[BankLine]) -> Mapping[int, list[Proposal]]:
    """For each line the members it may be of, the likeliest first."""
    today = local_day(at, programmes.programme_at(actor.programme, at).zone)
    wanted = [_named_in(row) for row in rows]
    charges = Charge.objects.filter(programme_id=actor.programme, number__in={n for found, _ in wanted for n in found})
    by_charge = {charge.number: charge.membership_id for charge in charges}
    numbers = members.resolve(actor.programme, {("number", word) for _, words in wanted for word in words})
    whose: list[dict[int, list[Text]]] = []
    for row, (found, words) in zip(rows, wanted, strict=True):
        why: dict[int, list[Text]] = {}
        for number in found:
            if number in by_charge:
                why.setdefault(by_charge[number], []).append(_BY_CHARGE)
        for word in words:
            if ("number", word) in numbers:
                why.setdefault(numbers["number", word], []).append(_BY_NUMBER)
        for hit in members.find(actor, row.payer, limit=5) if row.payer else ():
            if hit.name == row.payer:
                why.setdefault(hit.membership, []).append(_BY_NAME)
        whose.append(why)
    books = _books({key for why in whose for key in why}, actor, today)
    return {row.pk: _ranked(actor, row, why, books) for row, why in zip(rows, whose, strict=True)}


def _named_in(row: BankLine) -> tuple[set[str], set[str]]:
    """Charges' numbers in a line's text, and words that may be a member's."""
    found = {each.upper() for each in _CHARGE.findall(row.text)}
    return found, set(_WORD.findall(_CHARGE.sub(" ", row.text)))


def _books(memberships: Iterable[int], actor: Actor, today: date) -> dict[int, list[tuple[str, int]]]:
    """{membership: (charge, owed) of what is open}."""
    charges = open_charges(actor.programme, list(memberships))
    moves = moves_of(charges)
    return {
        key: [(row.number, stands(row, moves[row.pk], today).owed) for row in mine]
        for key, mine in by_member(charges).items()
    }


def _ranked(
    actor: Actor, row: BankLine, why: Mapping[int, Sequence[Text]], books: Mapping[int, list[tuple[str, int]]]
) -> list[Proposal]:
    told = []
    for key, reasons in why.items():
        number, name = members.number_and_name(actor.programme, key)
        is_open = books.get(key, [])
        owed = sum(left for _, left in is_open)
        named = [charge for charge, _ in is_open if charge in row.text.upper()]
        exact = [charge for charge, left in is_open if left == row.amount]
        charges = named or ([charge for charge, _ in is_open] if owed == row.amount else exact[:1])
        asked = sum(left for charge, left in is_open if charge in charges) or owed
        fits = [_EXACT] if asked == row.amount else []
        twice = _came_before(actor.programme, key, row) if not fits else []
        sure = bool(fits) and any(each is not _BY_NAME for each in reasons)
        told.append(Proposal(number, name, tuple(charges), asked, sure, (*reasons, *fits, *twice)))
    return sorted(told, key=lambda each: (not each.sure, -len(each.why), each.member))


def _came_before(programme: int, membership: int, row: BankLine) -> list[Text]:
    """Whether the same amount came shortly before: a transfer made twice."""
    money = Money.objects.filter(programme_id=programme, membership_id=membership, way="in", amount=row.amount)
    last = money.filter(day__lte=row.day).order_by("-day").first()
    if last is None or (row.day - last.day).days > 31:
        return []
    return [Text(**_AGAIN.both(day=last.day.isoformat(), number=last.number))]
