"""What is given to create places, people and programs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from huiguan.identity.values import CLIENT_POWERS, PURPOSES
from huiguan.kernel.actors import POWERS
from huiguan.kernel.inputs import Input, Line, Word


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Username = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._@-]{1,59}$"), BeforeValidator(_lower)]
Password = Annotated[str, Field(min_length=8, max_length=200)]
Named = Annotated[str, Field(min_length=1, max_length=120)]
Language = Literal["zh", "en"]
PostName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,29}$")]
SeatBody = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
SeatPlace = Annotated[int, Field(ge=1, le=20_000)]
Phone = Annotated[str, Field(pattern=r"^1[3-9][0-9]{9}$")]
Address = Annotated[
    str,
    Field(pattern=r"^(1[3-9][0-9]{9}|[a-z0-9._%+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,24})$", max_length=120),
    BeforeValidator(_lower),
]
Purpose = Annotated[str, Field(pattern=f"^({'|'.join(sorted(PURPOSES))})$")]
StaffPower = Annotated[str, Field(pattern=f"^({'|'.join(sorted(POWERS))})$")]
Power = Annotated[str, Field(pattern=f"^({'|'.join(sorted(CLIENT_POWERS))})$")]


class BothNames(Input):
    """A name in both languages."""

    zh: Named
    en: Named


class FoundHouse(Input):
    """The house's own name, and its first owner. `password` None: nobody can sign in as the owner yet. `owner_title`: what
    the owner's post is called here, where that is not 店主."""

    code: Code
    name: BothNames
    username: Username
    owner_name: Named
    owner_title: BothNames | None = None
    password: Password | None = None
    language: Language = "zh"


class CreateNode(Input):
    """A region or shop under the node with code `parent` (the house itself where none is named). `opens`: the moment it
    opens its doors, with its offset, where that is not now."""

    kind: Literal["region", "shop"]
    code: Code
    name: BothNames
    parent: Code | None = None
    opens: Word | None = None


class CreateStaff(Input):
    """`phone` tells whether somebody who wants to become a member works here."""

    username: Username
    name: Named
    phone: Phone | None = None
    password: Password | None = None
    language: Language = "zh"


class Dismiss(Input):
    """A post to be ended: whose, which, where, by username and node code."""

    username: Username
    post: PostName
    node: Code


class Appoint(Dismiss):
    """A post for a person at a node. `since` and `until`: moments with their offset; from now, and without an end, where
    they say nothing."""

    since: Word | None = None
    until: Word | None = None


class ChangeStaff(Input):
    """A person's name and phone as they should be; no phone where it says nothing."""

    username: Username
    name: Named
    phone: Phone | None = None


class SetPost(Input):
    """A post as it should be: its names, what it may do, at which kinds of place it is held, and whether who holds it
    signs in with a second factor."""

    post: PostName
    title: BothNames
    powers: Annotated[list[StaffPower], Field(max_length=len(POWERS))]
    held_at: Annotated[list[Literal["house", "region", "shop"]], Field(min_length=1, max_length=3)]
    second_factor: bool = False


class RenameNode(Input):
    """A place by its code, and its names as they should be."""

    node: Code
    name: BothNames


class PostNamed(Input):
    post: PostName


class DemandSecondFactor(Input):
    """Whether who holds this post signs in with a second factor."""

    post: PostName
    demanded: bool


class CreateClient(Input):
    """A program: its powers, its shops by code (None for every shop) and its calls a minute."""

    name: Named
    powers: Annotated[list[Power], Field(min_length=1, max_length=len(CLIENT_POWERS))]
    shops: Annotated[list[Code], Field(min_length=1, max_length=1000)] | None = None
    rate_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 6000


class ResetPassword(Input):
    username: Username
    password: Password


class ChangePassword(Input):
    """One's own password: the one used until now, and the new one."""

    old: Annotated[str, Field(max_length=200)]
    password: Password


class UseLink(Input):
    """The token of a link that sets a password, and the password."""

    token: Annotated[str, Field(min_length=1, max_length=200)]
    password: Password


class ConfirmTotp(Input):
    """The six digits the authenticator shows."""

    code: Annotated[str, Field(min_length=1, max_length=20)]


class RegisterPasskey(Input):
    """What the browser answered, as JSON, and the name its owner gives the passkey."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    credential: Annotated[str, Field(min_length=2, max_length=20_000)]


class NamePasskey(Input):
    passkey: int
    name: Annotated[str, Field(min_length=1, max_length=60)]


class PasskeyNumbered(Input):
    passkey: int


class SessionNumbered(Input):
    session: int


class ChangeClient(Input):
    """A program's powers, shops and calls a minute as they should be."""

    name: Word
    powers: Annotated[list[Power], Field(min_length=1, max_length=len(CLIENT_POWERS))]
    shops: Annotated[list[Code], Field(min_length=1, max_length=1000)] | None = None
    rate_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 6000


class RotateClient(Input):
    """A fresh key for a program; the old one opens for `overlap_hours` more."""

    name: Word
    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24


class ChangeLanguage(Input):
    language: Language


class StaffNamed(Input):
    username: Username


class ClientNamed(Input):
    name: Word


class NodeNamed(Input):
    node: Code


class IssueCode(Input):
    """`address`: a mobile number of eleven digits or a mailbox; `subject`: what the code is good for ("member:382"),
    nothing where it only proves the address. A `decoy` is answered like any other, sent to nobody and opens nothing:
    for an address that is not to have a code, which nobody shall learn."""

    purpose: Purpose
    address: Address
    subject: Annotated[str, Field(max_length=120)] = ""
    language: Language = "zh"
    decoy: bool = False


class CheckCode(Input):
    """The digits as typed, blanks and full-width digits and all, for the purpose, address and subject they were issued
    for."""

    purpose: Purpose
    address: Address
    code: Annotated[str, Field(min_length=1, max_length=40)]
    subject: Annotated[str, Field(max_length=120)] = ""


class SpendProof(Input):
    """The proof that the right code was answered with; `address`: where that was sent."""

    address: Address
    proof: Annotated[str, Field(min_length=1, max_length=100)]
    purpose: Purpose
    subject: Annotated[str, Field(max_length=120)] = ""


class SeatNamed(Input):
    """A place of a body, numbered from 1 in the order of the rulebook."""

    body: SeatBody
    place: SeatPlace


class SeatPerson(SeatNamed):
    """Who sits there: one of the `staff` by username, a `member` by number, card or phone, or somebody else by `name`.
    From the day `since` (now) until the day before `until` (as long as a term is); by which `resolution`."""

    staff: Username | None = None
    member: Word | None = None
    name: Named | None = None
    since: Word | None = None
    until: Word | None = None
    resolution: Annotated[Line, Field(max_length=120)] = ""


class VacateSeat(SeatNamed):
    """A place given up now, or on the day `until`, before its term is over; and why."""

    why: Annotated[Word, Field(max_length=200)]
    until: Word | None = None


class HandOverSeat(SeatPerson):
    """The place goes to another at once; why the one before gives it up."""

    why: Annotated[Word, Field(max_length=200)]
