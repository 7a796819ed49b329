"""Asking partners over the wire: each exchange is sent once in its life, and asked about until there is a last word.

That it is being sent is written down before it is sent. Whatever happens then (no answer, a crash, a restart), it is never
sent again, only asked about. A message is signed with its moment, and no partner takes one older than five minutes: what
it does not know ten minutes after it was sent it can never have done.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from huiguan.foundation.outward.sending import send
from huiguan.foundation.outward.signing import headers
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.rewards.inputs.partners import HearPartner
from huiguan.rewards.models import Exchange, PartnerLine
from huiguan.rewards.partnering.hearing import hear_partner, partner_actor
from huiguan.rewards.partnering.lines import account_of, reachable, secret_word
from huiguan.rewards.values.partners import ASKED, SENT
from huiguan.rules.kinds import partner

SECONDS = 10
FINAL = timedelta(minutes=10)
AT_ONCE = 20
# How long until it is asked about again: seconds after the first, second … time; the last goes on.
_PAUSES = (5, 15, 60, 300, 900, 3600)
_KEPT = 4000
Post = Callable[[PartnerLine, dict[str, Any], datetime], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Moments:
    """The domain's moment and the wall's."""

    at: datetime
    wall: datetime


def talk_to_partners(*, at: datetime, wall: datetime, post: Post | None = None) -> int:
    """Send what was asked, and ask about what has no last word; how many messages went out. `post` a message of its
    own for tests."""
    due = Q(state=ASKED, sent_wall=None) | Q(state=SENT, ask_wall__lte=wall)
    keys = list(Exchange.objects.filter(due).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_talk(key, Moments(at, wall), post or posted) for key in keys)


def _talk(key: int, now: Moments, post: Post) -> bool:
    taken = in_transaction(lambda: _taken(key, now))
    if taken is None:
        return False
    row, line, first = taken
    answer = post(line, _message(row) if first else {"type": "query", "reference": row.reference}, now.wall)
    in_transaction(lambda: _hear(row, answer, "answer" if first else "query", now))
    return True


def _taken(key: int, now: Moments) -> tuple[Exchange, PartnerLine, bool] | None:
    """The exchange marked as sent, or as asked about, before either is done; None where another was faster."""
    row = Exchange.objects.select_for_update(of=("self",)).select_related("link").get(pk=key)
    line = PartnerLine.objects.filter(programme_id=row.programme_id, partner=row.partner).first()
    first = row.state == ASKED and row.sent_wall is None
    if line is None or not (first or (row.state == SENT and row.ask_wall is not None and row.ask_wall <= now.wall)):
        return None
    if first:
        row.state, row.sent_wall = SENT, now.wall
    pause = _PAUSES[min(row.asks, len(_PAUSES) - 1)]
    row.asks, row.ask_wall = row.asks + 1, now.wall + timedelta(seconds=pause)
    row.save(update_fields=["state", "sent_wall", "asks", "ask_wall"])
    return row, line, first


def _message(row: Exchange) -> dict[str, Any]:
    """What the partner is asked: to credit its units to the account where points go out, to debit them where they come
    in."""
    return {
        "type": "credit" if row.direction == partner.OUT else "debit",
        "reference": row.reference,
        "account": account_of(row.link),
        "units": row.theirs,
        "asked_at": row.asked_at.isoformat(),
    }


def _hear(row: Exchange, answer: dict[str, Any] | None, via: str, now: Moments) -> None:
    """Its answer as a word; no answer, or none that can be read, is no word."""
    actor = partner_actor(row.programme_id, row.partner)
    final = row.sent_wall is not None and now.wall >= row.sent_wall + FINAL
    try:
        given = read(HearPartner, _told(row, answer))
    except Refusal:
        given = None
    if given is None or (given.state == "unknown" and not (via == "query" and final)):
        return
    hear_partner(actor=actor, at=now.at, given=given, via=via, final=final)


def _told(row: Exchange, answer: dict[str, Any] | None) -> dict[str, Any]:
    """Of an answer what is a word; it must be about this exchange. One that says done and no amount says nothing."""
    told = answer or {}
    if told.get("reference") != row.reference or (
        told.get("state") == "done" and not isinstance(told.get("units"), int)
    ):
        return {}
    words = {name: told[name] for name in ("state", "units") if told.get(name) is not None}
    said = told.get("told") or told.get("why") or ""
    return {"exchange": row.number, **words, "told": said[:200] if isinstance(said, str) else ""}


def posted(line: PartnerLine, message: dict[str, Any], wall: datetime) -> dict[str, Any] | None:
    """A signed message posted to the partner's address, and its answer; None where there is none to be read."""
    body = json.dumps(message, ensure_ascii=False).encode()
    name = f"{message['type']}-{message['reference']}"
    signed = headers([secret_word(line)], name, int(wall.timestamp()), body)
    sent = send(line.url, signed, body, networks=reachable(), seconds=SECONDS, kept=_KEPT)
    if not sent.taken:
        return None
    try:
        told = json.loads(sent.answer)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
