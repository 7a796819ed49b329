"""What applicants are told of their matters, and who is asked to recommend them: variables, words, and where to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiguan.cases import queries as cases
from huiguan.kernel.text import Text, moment
from huiguan.parties.values import Contact

_NO_END = Text(zh="审定之前", en="it is decided")
_ASKED = Text(zh="请您推荐 {applicant}", en="{applicant} asks for your recommendation")
_ASKS = Text(
    zh="{name}，{applicant}正在办“{procedure}”，请您推荐。是否推荐、写几句理由，请在 {until} 前打开：{link} 不认识此人请不必理会。",
    en="{name}, {applicant} is in the middle of “{procedure}” and asks for your recommendation. Please answer before {until}:"
    " {link} If you do not know who this is, ignore it.",
)


def asked(
    programme: int, matter: str, said: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Text, Text], Contact, str] | None:
    """Her variables, subject and text, the phone or mailbox the applicant named, and the link, hers alone; None once it means nothing any more."""
    told = cases.invitation_to_carry(programme, matter, int(said["invitation"]), str(said["link"]))
    if told is None:
        return None
    known = {
        "name": told.name, "number": told.matter, "applicant": told.applicant, "procedure": told.procedure,
        "link": told.link, "until": moment(told.until) if told.until else _NO_END,
    }  # fmt: skip
    own = (Text(**_ASKED.both(**known)), Text(**_ASKS.both(**known)))
    return known, own, Contact(told.phone, told.email), told.link


def letter(
    programme: int, matter: str, said: Mapping[str, Any], membership: int | None
) -> tuple[datetime, dict[str, Any], tuple[Text, Text], Contact] | None:
    """When it was written, its variables, subject and text, and the applicant's own phone and mailbox."""
    told = cases.letter_to_carry(programme, matter, int(said["n"]))
    if told is None:
        return None
    known: dict[str, Any] = {"letter": told.letter.text, "matter": told.matter, "procedure": told.title}
    if membership is None:
        known |= {"name": told.name or told.matter, "number": told.matter}
    return told.letter.at, known, (told.letter.subject, told.letter.text), Contact(told.phone, told.email)
