"""The pages at the door: what membership brings, and, in a demonstration, whom one may come in as."""

from __future__ import annotations

from django.conf import settings

from huiguan.design.values import Refused, Words
from huiguan.identity import queries as identity
from huiguan.members import queries as members
from huiguan.portal.acting import Visiting
from huiguan.portal.door.pages import PhonePage, TryMember
from huiguan.rules.courses import courses

# What a newcomer wants to know first, as the rulebook says it.
TELLING = ("grant", "earn", "benefit", "price", "tier_ladder", "redemption")
TOLD = 4


def phone_page(now: Visiting, phone: str, *, join: bool, shop: str, refused: Refused | None = None) -> PhonePage:
    return PhonePage(
        phone=phone,
        join=join,
        shop=shop,
        shop_name=shop_name(now, shop),
        refused=refused,
        gives=gives(now) if join else (),
        tries=tries(now),
        applies=applies(now),
    )


def joins_by_application(now: Visiting) -> bool:
    """Whether one becomes a member here by an application that is decided, not by filling in a form."""
    offered = (each.terms for each in courses(now.rulebook).values())
    return any(terms.of == "membership" and "applicant" in terms.opened_by for terms in offered)


def shop_name(now: Visiting, code: str) -> Words:
    found = identity.shops_by_code(now.programme.id, [code]) if code else {}
    return found[code].name if code in found else ""


def applies(now: Visiting) -> bool:
    """Whether there is anything one may apply for without being a member."""
    return any("applicant" in each.terms.opened_by for each in courses(now.rulebook).values())


def gives(now: Visiting) -> tuple[tuple[str, Words, Words], ...]:
    """The clauses a newcomer wants to know first: id, title, text."""
    found = [next((c for c in now.rulebook.of(kind) if c.text.zh and c.waits_for is None), None) for kind in TELLING]
    return tuple((clause.id, clause.title, clause.text) for clause in found if clause is not None)[:TOLD]


def tries(now: Visiting) -> tuple[TryMember, ...]:
    """In a demonstration, members whose phones anybody may use."""
    if not settings.HUIGUAN_DEMO:
        return ()
    told = []
    for phone in settings.HUIGUAN_DEMO_PHONES.get(now.programme.code, ()):
        holder = members.phone_holder(now.programme.id, phone, now.at)
        if holder is not None:
            told.append(TryMember(phone, members.number_and_name(now.programme.id, holder.membership)[1]))
    return tuple(told)


def digits_of(now: Visiting, phone: str) -> str:
    """The code just sent, where the demonstration shows it; '' everywhere else."""
    if not settings.HUIGUAN_DEMO:
        return ""
    waiting = identity.codes_to_send(now.wall)
    found = [each for each in waiting if each.programme == now.programme.id and each.address == phone]
    return found[-1].code if found else ""


def masked(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}"
