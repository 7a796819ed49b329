"""Questions about members: who is meant, what is known of her, where she stood, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.entitlements import queries as entitlements
from huiguan.entitlements.values import HeldRight
from huiguan.foundation.sheets import Field
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import facts, forms, living, register, standings
from huiguan.members.arriving import CHANNELS, came_between
from huiguan.members.asking import (
    certificates,
    change_reason,
    encumbrances,
    last_day,
    marks,
    may,
    membership,
    standing,
    standing_why,
    verified_certificate,
    way_back,
)
from huiguan.members.belonging import belonging
from huiguan.members.card_history import card_turns
from huiguan.members.desk import cards_on_desk, waiting_cards
from huiguan.members.ending import ends_between
from huiguan.members.finding import find, listed, named, profile_faults
from huiguan.members.forgetting import Former, FormerHolder, due_to_erase, erased, former, former_holders, nobody_elses
from huiguan.members.importing import member_fields
from huiguan.members.inputs import EnrolMember
from huiguan.members.lives import (
    absorbed_by,
    demand_in_force,
    former_selves,
    has_left,
    holder_of,
    lives_of,
    lots_elsewhere,
    number_as_named,
)
from huiguan.members.marking import encumbrances as ties_of
from huiguan.members.marking import marked
from huiguan.members.merging.comparing import merges_told
from huiguan.members.merging.finding import duplicates_of
from huiguan.members.models import Card, Membership
from huiguan.members.pins import has_pin
from huiguan.members.reaching import (
    birthdays_between,
    called,
    contacts,
    joined_at_shop,
    members_of_parties,
    phone_field,
)
from huiguan.members.reading import card_in_use, cards_of, changes_by_key, changes_of, member_told, status_of
from huiguan.members.recycling import PhoneHolder, phone_holder
from huiguan.members.referrals import (
    is_referral_code,
    open_referrals,
    referral_code,
    referrals,
    rewarded_sale,
    rewards_of,
)
from huiguan.members.register import number_and_name, papers_holder
from huiguan.members.related import ROLES as ROLES
from huiguan.members.related import relations as relations
from huiguan.members.related import shares_head as shares_head
from huiguan.members.resolving import Reference, buyers_question, named_membership, resolve
from huiguan.members.reviewing import reviews, waiting_reviews
from huiguan.members.seating import bodies, body
from huiguan.members.segments import in_segment, inside_segment, segment, segment_size
from huiguan.members.sharing import authorised_users, users_at
from huiguan.members.troubles import said_of_card
from huiguan.members.values import CardTold, CardTurn, ChangeTold, MemberTold, StandingWhy
from huiguan.members.values.merging import Duplicate, MergeTold
from huiguan.members.verifying import verification_progress, verifications, verified
from huiguan.parties import formats
from huiguan.parties import queries as parties
from huiguan.parties.values import PhoneHeld
from huiguan.programme import queries as programmes

__all__ = [
    "CHANNELS", "Former", "FormerHolder", "PhoneHolder", "Reference", "absorbed_by", "authorised_users", "belonging", "birthdays_between",
    "bodies", "body", "buyers_question", "called", "came_between", "card_history", "card_in_use", "card_status", "card_status_title", "cards",
    "cards_on_desk", "certificates", "change_reason", "changes", "changes_by_key", "contacts",
    "demand_in_force", "due_to_erase", "duplicates", "encumbrances", "ends_between", "enrolment_faults", "erased",
    "find", "former", "former_holders", "former_selves", "has_left", "has_pin", "holder_of", "import_fields", "in_segment", "inside_segment", "is_referral_code", "joined_at_shop",
    "last_day", "listed", "lives_of", "lots_elsewhere", "marked", "marks", "may", "member", "member_count",
    "members_of_parties", "membership", "merges", "named", "names", "nobody_elses", "number_and_name",
    "number_as_named", "numbers", "open_referrals", "papers_holder", "phone_field", "phone_holder", "phones",
    "profile_faults", "referral_code", "referrals", "resolve", "reviews", "rewarded_sale", "rewards_of", "rights",
    "said_of_card", "segment", "segment_size", "standing", "standing_at", "standing_title", "standing_why",
    "tier_at", "ties_of", "users_at", "verification_progress", "verifications", "verified", "verified_certificate",
    "waiting_cards", "waiting_reviews", "way_back",
]  # fmt: skip

CARD = Text(zh="卡", en="card")


def member(actor: Actor, ref: str, at: datetime, *, itself: bool = False) -> MemberTold:
    """Everything of a member's page as of `at`, sealed values masked. One merged into another is told as that other,
    or as she was where `itself`. NotFound; takes `read_members`."""
    if itself:
        _demand(actor)
    key = named_membership(actor.programme, ref).pk if itself else membership(actor, ref)
    return member_told(actor, key, at)


def rights(actor: Actor, ref: str, at: datetime) -> tuple[HeldRight, ...]:
    """The rights given by `at`, newest first, as they read then."""
    return entitlements.held_rights(membership(actor, ref), at)


def cards(actor: Actor, ref: str, at: datetime | None = None) -> tuple[CardTold, ...]:
    """All cards, newest first; where `at` is named, one whose years are over by then reads as expired."""
    key = membership(actor, ref)
    return cards_of(key, programmes.programme_at(actor.programme, at) if at is not None else None, at)


def card_status(programme: int, number: str, at: datetime) -> str | None:
    """How a card reads at `at`: expired where its years are over by then, unissued where it came later (a late sale);
    None where there is no such card."""
    written = formats.card_number(number, "card")
    card = Card.objects.filter(programme_id=programme, number=written).first()
    if card is None:
        return None
    return status_of(card, programmes.programme_at(programme, at), at) if card.issued_at <= at else "unissued"


def duplicates(actor: Actor, *, limit: int = 200) -> tuple[Duplicate, ...]:
    """Pairs of members who may be one person, with why, the surest first; those found to be two are left out. Takes
    `correct`."""
    actor.demand("correct")
    return duplicates_of(actor.programme, limit)


def merges(actor: Actor, ref: str, *, itself: bool = False) -> tuple[MergeTold, ...]:
    """The merges a member took part in, the newest first; those that were undone too. `itself` as for `member`. Takes
    `read_members`."""
    _demand(actor)
    return merges_told(named_membership(actor.programme, ref).pk if itself else membership(actor, ref))


def phones(actor: Actor, ref: str, *, itself: bool = False) -> tuple[PhoneHeld, ...]:
    """Every phone a member was found by, by its tail, from when to when, the newest first. `itself` as for `member`.
    Takes `read_members`."""
    _demand(actor)
    if itself:
        return parties.phone_history(named_membership(actor.programme, ref).party_id)
    return parties.phone_history(Membership.objects.get(pk=membership(actor, ref)).party_id)


def changes(actor: Actor, ref: str) -> tuple[ChangeTold, ...]:
    """Every change of tier, standing and cards, newest first."""
    return changes_of(membership(actor, ref))


def card_history(actor: Actor, ref: str, card: str, at: datetime) -> tuple[CardTurn, ...]:
    """Everything that became of a member's card by `at`, the newest first. NotFound naming `card`."""
    key = membership(actor, ref)
    row = Card.objects.filter(membership_id=key, number=formats.card_number(card, "card")).first()
    if row is None:
        raise NotFound(field="card", what=CARD, given=card)
    return card_turns(row, programmes.programme_at(actor.programme, at), at)


def enrolment_faults(actor: Actor, given: EnrolMember, at: datetime) -> tuple[Refusal, ...]:
    """Everything wrong with a form at once, as a screen shows it; what needs the register (phones, cards) is not asked."""
    actor.demand("enrol")
    return forms.all_faults(programmes.programme_at(actor.programme, at), given, at)


def import_fields(actor: Actor, at: datetime) -> tuple[Field, ...]:
    """The columns a list of members may have under the rulebook in force, for `foundation.sheets.preview`."""
    actor.demand("import")
    return member_fields(programmes.programme_at(actor.programme, at))


def standing_why_of(programme: int, membership: int, at: datetime) -> StandingWhy:
    """`standing_why` of a membership that is known already, for rooms above."""
    return living.standing_why(programme, membership, at)


def tier_at(membership: int, at: datetime) -> str | None:
    """The tier at `at`, from history; None before she joined. For a rulebook without tiers ''."""
    then = facts.tier_at_moments([(membership, at)]).get((membership, at))
    return then[0] if then else None


def standing_at(membership: int, at: datetime) -> str | None:
    """The standing at `at`, from history; None before she joined."""
    then = facts.standing_at_moments([(membership, at)]).get((membership, at))
    return then[0] if then else None


def numbers(programme: int, memberships: Iterable[int]) -> dict[int, str]:
    """membership -> member number; unknown ones are left out."""
    return dict(register.numbers_of(programme, memberships))


def names(actor: Actor, memberships: Iterable[int]) -> dict[int, tuple[str, str]]:
    """membership -> (member number, name) of the actor's programme; unknown ones are left out. Takes `read_members`."""
    _demand(actor)
    return register.names_of(actor.programme, memberships)


def member_count(actor: Actor) -> int:
    """How many members the programme has; those another has absorbed count no more."""
    _demand(actor)
    return Membership.objects.filter(programme_id=actor.programme, merged_into=None).count()


def has_members(actor: Actor) -> bool:
    """Whether anybody belongs yet, without counting."""
    _demand(actor)
    return Membership.objects.filter(programme_id=actor.programme).exists()


def standing_title(word: str) -> Text:
    """What people call a standing."""
    return standings.STANDINGS[word]


def card_status_title(word: str) -> Text:
    """What people call a card's status; `none` where there is no card."""
    return standings.CARD_STATUSES[word]


def _demand(actor: Actor) -> None:
    actor.demand("read_members")
