"""Questions about what members owe, paid and left with the house. A member sees her own alone."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.billing.dues.charges import demand_house, found_charge, moves_of, view_of, views_of
from huiguan.billing.dues.deposits import views_of as deposits_of
from huiguan.billing.dues.sharing import view_of as division_of
from huiguan.billing.dues.telling import book_of, money_view, money_views, units_of
from huiguan.billing.models import Charge, DepositBase, Division, Money, Waiver
from huiguan.billing.refusals import MoneyUnknown
from huiguan.billing.values.dues import ChargeView, DepositView, DivisionView, DuesBook, FeeOffer, MoneyView, WaiverView
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Clause


def dues_of(actor: Actor, ref: str, at: datetime) -> DuesBook:
    """All a member owes and has. Takes `read_members`, or the member herself. Refuses NotFound."""
    return book_of(actor, at, members.membership(actor, ref))


def charge(actor: Actor, number: str, at: datetime) -> ChargeView:
    """One charge as it stands. Takes `read_members`, or the member herself. Refuses ChargeUnknown."""
    _demand(actor)
    row = found_charge(actor, number)
    called = members.number_and_name(actor.programme, row.membership_id)
    return view_of(row, moves_of([row])[row.pk], called, _today(actor, at))


def charges(actor: Actor, at: datetime, *, fee: str = "", before: str = "", limit: int = 50) -> list[ChargeView]:
    """Charges by number, the newest first, from before the number `before` on. Takes `bill` or `audit`."""
    demand_house(actor)
    rows = Charge.objects.filter(programme_id=actor.programme)
    rows = rows.filter(fee=fee) if fee else rows
    rows = rows.filter(number__lt=before) if before else rows
    found = list(rows.order_by("-number")[:limit])
    called = members.called(actor.programme, {row.membership_id for row in found})
    return views_of(found, called, _today(actor, at))


def money(actor: Actor, number: str) -> MoneyView:
    """One receipt or voucher. Takes `read_members`, or the member herself. Refuses MoneyUnknown."""
    _demand(actor)
    rows = Money.objects.filter(programme_id=actor.programme, number=number)
    if actor.membership is not None:
        rows = rows.filter(membership_id=actor.membership)
    row = rows.first()
    if row is None:
        raise MoneyUnknown(field="money", given=number[:40])
    return money_view(actor, row)


def moneys(actor: Actor, *, before: int | None = None, limit: int = 50) -> list[tuple[int, MoneyView]]:
    """(place, money), the latest first, from before the place `before` on. Takes `bill` or `audit`."""
    demand_house(actor)
    rows = Money.objects.filter(programme_id=actor.programme)
    rows = rows.filter(pk__lt=before) if before is not None else rows
    found = list(rows.order_by("-pk")[:limit])
    return list(zip([row.pk for row in found], money_views(actor, found), strict=True))


def fees(actor: Actor, at: datetime) -> list[FeeOffer]:
    """The fees of the rulebook in force."""
    rulebook = programmes.programme_at(actor.programme, at)
    return [_offer(clause) for clause in rulebook.of("fee")]


def _offer(clause: Clause) -> FeeOffer:
    rule = clause.parameters
    return FeeOffer(rule.name, clause.title, clause.id, rule.every, rule.amount)  # type: ignore[attr-defined]


def deposit_names(actor: Actor, at: datetime) -> list[tuple[str, Text, bool]]:
    """(name, title, whether it is a part of a figure) of the deposits of the rulebook in force."""
    rulebook = programmes.programme_at(actor.programme, at)
    return [
        (each.parameters.name, each.title, each.parameters.part is not None)  # type: ignore[attr-defined]
        for each in rulebook.of("deposit")
    ]


def share_names(actor: Actor, at: datetime) -> list[tuple[str, Text]]:
    """(name, title) of the shares of the rulebook in force."""
    rulebook = programmes.programme_at(actor.programme, at)
    return [(each.parameters.name, each.title) for each in rulebook.of("share")]  # type: ignore[attr-defined]


def deposits(actor: Actor, at: datetime, limit: int = 200) -> list[DepositView]:
    """Everybody's deposits that were assessed, those short first. Takes `bill` or `audit`."""
    demand_house(actor)
    rulebook = programmes.programme_at(actor.programme, at)
    today = local_day(at, rulebook.zone)
    keys = DepositBase.objects.filter(programme_id=actor.programme).values_list("membership_id", flat=True)
    shown = sorted(set(keys))[:limit]
    called = members.called(actor.programme, shown)
    told = [view for key in shown for view in deposits_of(rulebook, key, units_of(key, at), today, called[key])]
    return sorted(told, key=lambda each: (not each.short, each.due or date.max, each.member))


def waivers(actor: Actor, *, decided: bool = False, limit: int = 50) -> list[WaiverView]:
    """What is asked to be written off, or was decided. Takes `bill` or `correct`."""
    if not actor.may("bill"):
        actor.demand("correct")
    rows = Waiver.objects.select_related("charge").filter(programme_id=actor.programme)
    rows = rows.exclude(decision="").order_by("-decided_at") if decided else rows.filter(decision="").order_by("pk")
    told = []
    for row in rows[:limit]:
        number, name = members.number_and_name(actor.programme, row.membership_id)
        clause = programmes.version(row.charge.version).clauses[row.charge.clause]
        told.append(
            WaiverView(
                row.pk, row.charge.number, number, name, clause.title, row.portion, row.amount, row.reason,
                row.asked_name, row.asked_at, row.decision, row.decided_by, row.asked_by == actor.reference,
            )
        )  # fmt: skip
    return told


def divisions(actor: Actor, limit: int = 20) -> list[DivisionView]:
    """Amounts divided, the newest first. Takes `bill` or `audit`."""
    demand_house(actor)
    rows = Division.objects.filter(programme_id=actor.programme).order_by("-at", "-pk")[:limit]
    return [division_of(actor, row, programmes.version(row.version).clauses[row.clause].title) for row in rows]


def _today(actor: Actor, at: datetime) -> date:
    return local_day(at, programmes.programme_at(actor.programme, at).zone)


def _demand(actor: Actor) -> None:
    if actor.membership is None:
        actor.demand("read_members")
