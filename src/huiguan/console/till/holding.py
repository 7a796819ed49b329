"""Sales put aside, and the one being rung up, in the session: a page that is closed loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import get_random_string

from huiguan.console.till.asking import Asked, fresh, taken_up
from huiguan.design.values import Words

DRAFT, HELD = "till_draft", "till_held"
MOST_HELD = 30


@dataclass(frozen=True, slots=True)
class Held:
    """A sale put aside. `label` whose, `aside` what and when; `due` fen."""

    id: str
    label: Words
    aside: Words
    due: int


def draft(request: HttpRequest) -> Asked:
    """The sale this session was ringing up, an empty one at the beginning."""
    kept = request.session.get(DRAFT)
    return taken_up(kept) if kept else fresh()


def keep(request: HttpRequest, asked: Asked) -> None:
    """Remember what is being rung up."""
    kept = asked.kept()
    if request.session.get(DRAFT) != kept:
        request.session[DRAFT] = kept


def put_aside(request: HttpRequest, asked: Asked, label: Words, aside: Words, due: int) -> str:
    """Hold a sale; what it is called from then on. Of too many the oldest is let go."""
    held = {"id": get_random_string(8), "label": label, "aside": aside, "due": due, "asked": asked.kept()}
    request.session[HELD] = [held, *_kept(request)][:MOST_HELD]
    return str(held["id"])


def put_aside_sales(request: HttpRequest) -> tuple[Held, ...]:
    """The held sales, newest first."""
    return tuple(Held(each["id"], each["label"], each["aside"], each["due"]) for each in _kept(request))


def count(request: HttpRequest) -> int:
    return len(_kept(request))


def take(request: HttpRequest, wanted: str) -> Asked | None:
    """A held sale, taken up again; None where it is no longer there."""
    kept = _kept(request)
    found = next((each for each in kept if each["id"] == wanted), None)
    if found is None:
        return None
    request.session[HELD] = [each for each in kept if each is not found]
    return taken_up(found["asked"])


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = request.session.get(HELD, [])
    return kept
