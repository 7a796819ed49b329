"""What anybody may see: notices that run, with masked answers."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from huiguan.cases import viewing
from huiguan.cases.holding import Handling, handling
from huiguan.cases.models import Notice, Objection
from huiguan.cases.refusals import NotPosted
from huiguan.cases.values import NoticeTold, ObjectionTold
from huiguan.foundation import sealing
from huiguan.kernel.actors import system
from huiguan.kernel.text import Text


def notices_public(programme: int, at: datetime) -> tuple[NoticeTold, ...]:
    """The notices that run at `at`, the newest first. For anybody."""

    def ask() -> tuple[NoticeTold, ...]:
        rows = Notice.objects.filter(
            programme_id=programme, posted_at__lte=at, ends_at__gt=at, taken_down_at=None
        ).select_related("matter")
        actor = system(programme)
        return tuple(told(handling(actor, at, row.matter), row, house=False) for row in rows.order_by("-posted_at"))

    return viewing.true_at(programme, at, ask)


def notice_public(programme: int, number: str, at: datetime) -> NoticeTold:
    """The running notice of one matter. For anybody; NotPosted where there is none."""
    found = next((each for each in notices_public(programme, at) if each.matter == number), None)
    if found is None:
        raise NotPosted(field="matter", matter=number)
    return found


def told_notices(held: Handling, *, house: bool) -> tuple[NoticeTold, ...]:
    """All notices of a matter, the newest first; with objections for the house."""
    return tuple(told(held, row, house=house) for row in Notice.objects.filter(matter=held.row).order_by("-posted_at"))


def told(held: Handling, row: Notice, *, house: bool) -> NoticeTold:
    """A notice as it is read."""
    leg = held.course.leg(row.stage)
    running = row.taken_down_at is None and row.posted_at <= held.at < row.ends_at
    objections = Objection.objects.filter(notice=row).order_by("n") if house else ()
    return NoticeTold(
        matter=held.row.number,
        procedure=held.course.title,
        stage=leg.title if leg else held.course.title,
        shown=tuple((Text(**each["title"]), _shown(each["value"])) for each in row.shown),
        posted_at=row.posted_at,
        ends_at=row.ends_at,
        running=running,
        objections=tuple(map(_objection, objections)),
    )


def _shown(value: Any) -> Text:
    return Text(**value) if isinstance(value, dict) else Text(zh=str(value), en=str(value))


def _objection(row: Objection) -> ObjectionTold:
    who = json.loads(sealing.unseal(bytes(row.who), bound=f"objection:{row.notice_id}:{row.n}"))
    return ObjectionTold(
        row.n, row.words, row.at, row.answer, row.upheld, row.answered_at, f"{who['name']} {who['contact']}"
    )
