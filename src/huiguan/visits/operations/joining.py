"""Joining by oneself: a phone that is proved, the rulebook's form, and what was agreed to, in one transaction."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import EnrolMember, NameReferrer
from huiguan.members.refusals import PhoneDormant, PhoneTaken, ReferrerUnknown, SecondFactNeeded
from huiguan.members.values import EnrolledMember
from huiguan.programme import queries as programmes
from huiguan.visits.agreements import asked_of, missing_consents
from huiguan.visits.inputs import JoinByPhone
from huiguan.visits.opening import becomes_member, locked, phone_of
from huiguan.visits.operations.consenting import write_consent
from huiguan.visits.refusals import AlreadyMember, NotAnotherPerson
from huiguan.visits.values import FACT, STRANGER, Joined, joining_actor

_SHOP = Text(zh="门店", en="shop")


def join_by_phone(
    *, actor: Actor, at: datetime, given: JoinByPhone, token: str, wall: datetime, key: str | None = None
) -> Joined:
    """The visitor of `token` becomes a member, with the phone she proved, and is in, under the next token
    (`queries.next_token`). What she agreed to is kept with its version and words.

    Refuses ConsentNeeded, NotSignedIn, AlreadyMember, NotAnotherPerson (a number's new owner whose form does not tell her
    from the former one), what `enrol_member` refuses of the form, and `name_referrer` of who brought her.
    """

    def do() -> Joined:
        row = locked(actor.programme, token, wall, (STRANGER, FACT))
        rulebook = programmes.programme_at(actor.programme, at)
        asked = asked_of(rulebook, programmes.number_of(rulebook.version or 0))
        for missing in missing_consents(rulebook, asked, given):
            raise missing
        made = _enrolled(actor, at, given, phone_of(row))
        member = Actor("member", made.membership, made.name, actor.programme, membership=made.membership)
        for each in asked:
            write_consent(
                actor=member, at=at, membership=made.membership, asked=each, given=each.what in given.consents
            )
        becomes_member(row, made.membership, wall, token)
        member_operations.phone_proved(actor=member, at=at, membership=made.membership)
        return Joined(made.membership, made.number, made.name, made.joined_at)

    return perform(
        "join_by_phone", actor=actor, at=at, subject="members", given=given, do=do, returns=Joined, key=key,
        secret=frozenset({"profile", "name"}),
    )  # fmt: skip


def _enrolled(actor: Actor, at: datetime, given: JoinByPhone, phone: str) -> EnrolledMember:
    """The form entered by herself, at the shop whose code she scanned; a former owner of the number is not named."""
    shops = None
    if given.shop is not None:
        shop = identity.shops_by_code(actor.programme, [given.shop]).get(given.shop)
        if shop is None or shop.closed_at is not None:
            raise NotFound(field="shop", what=_SHOP, given=given.shop)
        shops = frozenset({shop.id})
    joining = joining_actor(actor, shops)
    form = EnrolMember(
        name=given.name, phone=phone, profile=given.profile, shop=given.shop, new_holder=given.new_holder
    )
    try:
        made = member_operations.enrol_member(actor=joining, at=at, given=form)
    except PhoneTaken:
        raise AlreadyMember(field="phone") from None
    except (PhoneDormant, SecondFactNeeded):
        raise NotAnotherPerson(field="phone") from None
    if given.referrer is not None:
        _brought(joining, at, made.number, given.referrer)
    return made


def _brought(joining: Actor, at: datetime, number: str, code: str) -> None:
    """Who brought her, by the code she was given: nobody learns here whether a number or a phone is a member's."""
    if not members.is_referral_code(code):
        raise ReferrerUnknown(field="referrer", given=code)
    given = NameReferrer(member=number, referrer=code)
    member_operations.name_referrer(actor=joining, at=at, given=given)
