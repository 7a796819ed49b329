"""Clocks written down at night, and matters looked at again because something they wait for has happened."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import transaction

from huiguan.cases.dossiers import holders, home
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.models import Matter
from huiguan.documents import operations as documents
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import Refusal
from huiguan.rules.moving import OPEN, RETURNED, Happening

logger = logging.getLogger(__name__)
_WAITING = """
SELECT number FROM cases_matter
WHERE programme_id = %s AND state = ANY(%s::text[])
  AND (due_at <= %s AND overdue_at IS NULL OR warn_at <= %s OR looks_at <= %s OR awaits_file)
ORDER BY due_at, seq
"""


def run_clocks(programme: int, until: datetime) -> int:
    """Write down what fell due in every matter up to `until`, each at its own moment; how many moved. Again changes
    nothing. One that cannot go on, because the room that owns it refuses, stays where it is and holds up no other."""
    actor = system(programme, "nightly")
    found = hot_rows(_WAITING, [programme, [OPEN, RETURNED], until, until, until])
    return sum(_alone(actor, until, number) for (number,) in found)


def _alone(actor: Actor, until: datetime, number: str) -> int:
    """In a transaction of its own. Whoever takes the matter in hand next is told the refusal."""
    try:
        return in_transaction(partial(_run, actor, until, number))
    except Refusal as refusal:
        logger.warning("matter %s cannot go on by itself: %s", number, refusal.code)
        return 0


def _run(actor: Actor, until: datetime, number: str) -> int:
    before = Matter.objects.filter(programme_id=actor.programme, number=number).values_list("revision", flat=True).get()
    return int(in_hand(actor, until, number).row.revision != before)


def poke(*, actor: Actor, at: datetime, subject: str = "", subject_ref: str = "", membership: int | None = None) -> int:
    """Something a matter may wait for has happened (a fee was paid, the last paper came): every living matter about that
    thing, or of that membership, is looked at again inside the caller's transaction; how many went on. One that cannot
    go on, because the room that owns it refuses, stays where it is and undoes nothing."""
    rows = Matter.objects.filter(programme_id=actor.programme, state=OPEN).order_by("seq")
    if membership is not None:
        rows = rows.filter(membership_id=membership)
    else:
        rows = rows.filter(subject=subject, subject_ref=subject_ref)
    return sum(_look(actor, at, number) for number in rows.values_list("number", flat=True))


def _look(actor: Actor, at: datetime, number: str) -> bool:
    try:
        with transaction.atomic():
            return happen(in_hand(actor, at, number), Happening("looked"))
    except Refusal as refusal:
        logger.warning("matter %s cannot go on by itself: %s", number, refusal.code)
        return False


def link_matter(
    *,
    actor: Actor,
    at: datetime,
    matter: int,
    subject_ref: str,
    party: int | None = None,
    membership: int | None = None,
) -> None:
    """The owning room says what a matter (by its key) is about once it knows, inside its own transaction."""
    row = Matter.objects.select_for_update().get(pk=matter, programme_id=actor.programme)
    before = holders(row)[0]
    row.subject_ref = subject_ref
    row.party_id = party if party is not None else row.party_id
    row.membership_id = membership if membership is not None else row.membership_id
    row.save(update_fields=["subject_ref", "party_id", "membership_id"])
    if home(row) != before:
        documents.move_documents(actor=actor, at=at, holder=before, to=home(row))
