"""Friends brought to the neighbourhood shop: some of those who join name who sent them; one family shares an account."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.cli.demo.neighbourhood.days import FIRST, Told
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import AuthoriseUser, NameReferrer

BRINGERS = 3  # of those who joined first, in turn


def bring_friends(told: Told, day: date, closing: datetime) -> None:
    """The last who joined was sent by one of the first; who has bought already is too late, and is told so."""
    if day == FIRST:
        given = read(AuthoriseUser, {"member": told.numbers[0], "name": "曾小满", "kin": "relative"})
        members.authorise_user(actor=told.actor, at=closing, given=given)
        return
    asked = read(NameReferrer, {"member": told.numbers[-1], "referrer": told.numbers[day.toordinal() % BRINGERS]})
    try:
        members.name_referrer(actor=told.actor, at=closing, given=asked)
    except Refusal:
        return
