"""The copy of all that is kept of a member, to be read and to be taken away. What lies sealed is opened for it, logged."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from huiguan.checkout import queries as checkout
from huiguan.checkout.values import SaleView
from huiguan.copies import operations as copies
from huiguan.copies.inputs import TakeCopy
from huiguan.design.sending import archive_answer
from huiguan.ledger import queries as ledger
from huiguan.portal.acting import Visiting, member_only, show
from huiguan.portal.knowing import Member, known_member
from huiguan.visits import queries as visit_queries

ALL = 1_000_000


@require_GET
@member_only
def copy(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What the copy holds, before it is taken: kinds and how many of each."""
    member = known_member(now)
    context: dict[str, Any] = {
        "fields": sum(1 for each in member.told.profile if each.shown),
        "entries": sum(len(_ledger(member, unit)) for unit in member.rulebook.units),
        "coupons": len(member.told.rights),
        "sales": len(_sales(member)),
        "consents": len(visit_queries.consent_history(now.actor)),
    }
    return show(request, now, "portal/me/copy.html", current="me", **context)


@require_POST
@member_only
def copy_file(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The copy as an archive, to be kept."""
    number = known_member(now).told.number
    given = TakeCopy(member=number)
    write = partial(copies.copy_member, actor=now.actor, at=now.at, given=given, wall=now.wall)
    return archive_answer(f"{now.programme.code}-{number}.zip", lambda out: write(out=out))


def _ledger(member: Member, unit: str) -> list[Any]:
    return list(ledger.entries(actor=member.now.actor, membership=member.told.membership, unit=unit, limit=ALL))


def _sales(member: Member) -> list[SaleView]:
    return checkout.sales(member.now.actor, membership=member.told.membership, limit=ALL)
