"""What a member owes, why, and paying it by herself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.values import STATES, ChargeView
from huiguan.billing.values.dues import CHARGE_STATES, PURPOSE, WAYS
from huiguan.design.values import Mark, Refused, Why, Words
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text, either
from huiguan.portal.acting import Visiting, clause_refs, member_only, refused, show
from huiguan.portal.knowing import Member, known_member

_NONE = Text(zh="会费", en="dues")
_TONES = {"open": "plain", "part": "warn", "overdue": "stop"}


@dataclass(frozen=True, slots=True)
class OwedRow:
    number: str
    title: Words
    owed: int
    due: date
    mark: Mark
    whys: Sequence[Why]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnDues:
    """`owed` rows of what is open, `paid` of what was: (title, day, amount); deposits as (title, held, why)."""

    owed: int
    credit: int
    rows: Sequence[OwedRow]
    paid_until: Sequence[tuple[Words, date]]
    deposits: Sequence[tuple[Words, int, Sequence[Why]]]
    money: Sequence[tuple[str, Words, date, int, bool]]
    pays: bool
    key: str
    refused: Refused | None = None


def owes(member: Member) -> bool:
    """Whether this rulebook charges anything."""
    return bool(member.rulebook.of("fee") or member.rulebook.of("deposit"))


@require_http_methods(["GET", "POST"])
@member_only
def dues(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What is owed and why; POST asks for a payment of all, or of one charge, and leads to it."""
    member = known_member(now)
    if not owes(member):
        raise NotFound(field="dues", what=_NONE, given="")
    told: Refused | None = None
    status = 200
    if request.method == "POST":
        try:
            charge, key = request.POST.get("charge", "")[:20] or None, request.POST.get("key") or None
            made = billing.ask_dues_payment(actor=now.actor, at=now.at, charge=charge, key=key)
            back = f"{now.base}dues/payments/{made.number}"
            return HttpResponseRedirect(f"{made.pay_href}?{urlencode({'back': back})}" if made.pay_href else back)
        except Refusal as refusal:
            told, status = refused(refusal, now), refusal.status
    return show(request, now, "portal/books/dues.html", current="card", page=_page(now, member, told), status=status)


def _page(now: Visiting, member: Member, told: Refused | None) -> OwnDues:
    book = queries.dues_of(now.actor, member.told.number, now.at)
    titles = {each.name: each.title for each in queries.fees(now.actor, now.at)}
    return OwnDues(
        book.owed, book.credit, [_row(now, each) for each in book.charges if each.owed],
        [(titles.get(name, name), day) for name, day in sorted(book.paid_until.items())],
        [(each.title, each.held, [_why(now, reason) for reason in each.reasons]) for each in book.deposits],
        [
            (each.number, WAYS.get(each.means, each.means), each.day, each.amount, each.way == "out")
            for each in book.money[:20]
        ],
        book.owed > 0 and queries.enabled(), get_random_string(22), told,
    )  # fmt: skip


def _row(now: Visiting, view: ChargeView) -> OwedRow:
    late = view.late_days if view.state == "overdue" else 0
    mark = (
        Text(zh=f"逾期 {late} 天", en=f"{late} {either(late, 'day', 'days')} late")
        if late
        else CHARGE_STATES[view.state]
    )
    whys = [_why(now, each) for each in view.reasons]
    return OwedRow(view.number, view.title, view.owed, view.due, Mark(mark, _TONES[view.state]), whys, view.note)


def _why(now: Visiting, reason: Any) -> Why:
    clause = now.rulebook.clauses[reason.clause]
    return Why(clause.module.SAYS[reason.say].both(**reason.values), clause_refs(now, reason.clause))


@require_GET
@member_only
def payment(request: HttpRequest, now: Visiting, payment: str) -> HttpResponse:
    """What became of a payment of hers for dues."""
    view = queries.payment(now.actor, payment)
    if view.purpose != PURPOSE:
        raise NotFound(field="payment", what=queries.PAYMENT, given=payment)
    href = f"{view.pay_href}?{urlencode({'back': request.path})}" if view.pay_href else ""
    told: dict[str, Any] = {"payment": view, "state": STATES[view.state], "pay_href": href}
    return show(request, now, "portal/books/dues_payment.html", current="card", **told)
