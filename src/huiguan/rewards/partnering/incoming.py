"""What a partner asks of us: points for its own units, points for what was spent there, what became of an exchange.

Everything comes in one signed message to one address; what was asked before is answered again as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from huiguan.foundation.outward.signing import fits
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import partner_refusals as refusals
from huiguan.rewards.inputs.partners import HearPartner, PartnerCredit, PartnerEarning
from huiguan.rewards.models import Exchange, PartnerLine
from huiguan.rewards.partnering.asking import PARTNER, give, judged, new_exchange, tell_exchange
from huiguan.rewards.partnering.hearing import hear_partner, partner_actor, write_word
from huiguan.rewards.partnering.lines import line_to, link_by_account, secret_word, terms_of
from huiguan.rewards.partnering.telling import exchange_told
from huiguan.rewards.values.partners import DONE, ExchangeTold
from huiguan.rewards.whom import active
from huiguan.rules.kinds import partner

Answer = dict[str, Any]


def receive_partner(
    *, programme: int, name: str, headers: Mapping[str, str], body: bytes, at: datetime, wall: datetime
) -> Answer:
    """One message of a partner, and the answer to it. Refuses PartnerForged, MessageUnknown, InvalidInput, and what
    `credit_points` and `earn_at_partner` refuse."""
    line = PartnerLine.objects.filter(programme_id=programme, partner=name).first()
    if line is None or not fits(secret_word(line), headers, int(wall.timestamp()), body):
        raise refusals.PartnerForged()
    told = _mapping(body)
    deed = _DEEDS.get(str(told.pop("type", "")))
    if deed is None:
        raise refusals.MessageUnknown(field="type", given=str(body[:40], errors="replace"))
    return deed(partner_actor(programme, name), at, told)


def _mapping(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise refusals.MessageUnknown(field="body", given=str(body[:40], errors="replace"))
    return told


def credit_points(*, actor: Actor, at: datetime, given: PartnerCredit) -> ExchangeTold:
    """The partner took units of its own from one of our members' accounts; she gets ours for them. Under a reference it
    used before, the same is answered again, anything else refused (ReferenceUsed).

    Refuses PartnerUnknown, PartnerStopped, NotLinked, MembershipNotActive, NotVerified, WayNotOffered, BlockWrong,
    AmountTooSmall, LimitReached.
    """
    return _come_in(actor, at, given.reference, given.account, partner.IN, given.units, "")


def earn_at_partner(*, actor: Actor, at: datetime, given: PartnerEarning) -> ExchangeTold:
    """A member spent something at the partner, which earns points here and is billed to it. As `credit_points`."""
    return _come_in(actor, at, given.reference, given.account, partner.EARNED, given.amount, given.what)


def _come_in(
    actor: Actor, at: datetime, reference: str, account: str, direction: str, amount: int, what: str
) -> ExchangeTold:
    def do() -> ExchangeTold:
        _alone(actor, reference)
        before = Exchange.objects.filter(
            programme_id=actor.programme, partner=actor.name, begun_by=PARTNER, reference=reference
        ).first()
        if before is not None:
            if (before.direction, before.theirs, before.account) != (direction, amount, account[-4:]):
                raise refusals.ReferenceUsed(field="reference", reference=reference)
            return exchange_told(actor, before)
        rulebook = programmes.programme_at(actor.programme, at)
        terms = terms_of(rulebook, actor.name)
        line_to(actor.programme, terms)
        link = link_by_account(actor.programme, actor.name, account)
        here = active(actor, at, members.holder_of(link.membership_id), rulebook, terms.clause)
        row = new_exchange(actor, judged(here, terms, link, direction, amount), PARTNER, reference)
        give(actor, row, here)
        row.state, row.ended_at, row.told = DONE, at, what[:64]
        row.save(force_insert=True)
        write_word(actor, row, "notice", DONE, amount, what, at)
        row.save(update_fields=["words"])
        tell_exchange(row, at)
        return exchange_told(actor, row)

    return in_transaction(do)


def _alone(actor: Actor, reference: str) -> None:
    """Two messages under one reference wait for each other, so that the second sees what became of the first."""
    with connection.cursor() as cursor:
        name = f"partner|{actor.programme}|{actor.name}|{reference}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 31))", [name])


def _credit(actor: Actor, at: datetime, told: dict[str, Any]) -> Answer:
    given = read(PartnerCredit, {"partner": actor.name, **told})
    return _answered(given.reference, lambda: credit_points(actor=actor, at=at, given=given))


def _earning(actor: Actor, at: datetime, told: dict[str, Any]) -> Answer:
    given = read(PartnerEarning, {"partner": actor.name, **told})
    return _answered(given.reference, lambda: earn_at_partner(actor=actor, at=at, given=given))


def _answered(reference: str, do: Callable[[], ExchangeTold]) -> Answer:
    """Done, or refused for a reason of the rulebook: the partner gives its units back then. Whatever else is refused
    (a reference used otherwise) is a problem, and says nothing of the first."""
    try:
        told = do()
    except refusals.ReferenceUsed:
        raise
    except Refusal as refusal:
        why = refusal.as_problem()
        return {"state": "refused", "reference": reference, "why": why["code"], "told": why.get("detail")}
    return {"state": "done", "reference": reference, "exchange": told.number, "points": told.ours}


def _query(actor: Actor, at: datetime, told: dict[str, Any]) -> Answer:
    """What became of a reference: of the partner's own, or of ours that it was asked about."""
    reference = str(told.get("reference", ""))
    rows = Exchange.objects.filter(programme_id=actor.programme, partner=actor.name, reference=reference)
    row = rows.order_by("begun_by").last()
    if row is None:
        return {"state": "unknown", "reference": reference}
    return {"state": row.state, "reference": reference, "exchange": row.number, "points": row.ours, "units": row.theirs}


def _word(actor: Actor, at: datetime, told: dict[str, Any]) -> Answer:
    named = {"exchange": told.pop("reference", ""), **told}
    view = hear_partner(actor=actor, at=at, given=read(HearPartner, named), final=False)
    return {"state": view.state, "reference": view.number}


_DEEDS: dict[str, Callable[[Actor, datetime, dict[str, Any]], Answer]] = {
    "credit": _credit,
    "earning": _earning,
    "query": _query,
    "word": _word,
}
