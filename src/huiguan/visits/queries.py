"""Who is at the other end of a visit, which code she may show, what she agreed to."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings

from huiguan.cases import queries as matters
from huiguan.documents import queries as documents
from huiguan.documents.values import DocumentView, SignedView
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import FieldTold
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile
from huiguan.rules.kinds.acceptance import Signature
from huiguan.rules.programme import Programme
from huiguan.visits.agreements import asked_of, asked_of_applicants, missing_consents
from huiguan.visits.applicants import applicant_data
from huiguan.visits.codes import GOOD_FOR, looks_like_code, signed_code
from huiguan.visits.herself import own_phone
from huiguan.visits.inputs import JoinByPhone
from huiguan.visits.models import ApplicantConsent, Consent, Visit
from huiguan.visits.opening import found, next_token, open_of, told
from huiguan.visits.own_data import disclosures, due_to_erase, erasures, kept_for, looks, shared, shares_with
from huiguan.visits.refusals import NotSignedIn
from huiguan.visits.values import ConsentAsked, ConsentLine, ConsentTold, FreshCode, OpenVisit, joining_actor

ANY_PHONE = "13000000000"  # her own is proved; a form's other fields are looked at without it

__all__ = [
    "agreed_to",
    "agreements",
    "applicant_agreements",
    "applicant_data",
    "came_in",
    "consent_history",
    "consents",
    "corrects_herself",
    "disclosures",
    "due_to_erase",
    "erasures",
    "fresh_code",
    "joining_faults",
    "kept_for",
    "looks",
    "looks_like_code",
    "next_token",
    "own_holder",
    "own_papers",
    "own_phone",
    "own_signatures",
    "own_signed",
    "shared",
    "shares_with",
    "visit_of",
    "visits",
]


def came_in(membership: int) -> bool:
    """Whether a member was ever in by herself."""
    return Visit.objects.filter(membership_id=membership).exists()


def visit_of(programme: int, token: str, wall: datetime) -> OpenVisit | None:
    """The visit a browser's token stands for; None where it ended, never was, or its member has left or was taken out."""
    row = found(programme, token, wall) if token else None
    visit = told(row) if row is not None else None
    gone = visit is not None and visit.membership is not None and members.has_left(visit.membership)
    return None if gone else visit


def visits(actor: Actor, wall: datetime) -> tuple[OpenVisit, ...]:
    """The devices the acting member is signed in at, the last used first."""
    rows = open_of(_own(actor)).filter(ends_at__gt=wall)
    return tuple(told(row) for row in rows.order_by("-seen_at", "-id")[:50])


def fresh_code(actor: Actor, at: datetime, wall: datetime) -> FreshCode:
    """A code the acting member may show for sixty seconds from `wall`. MemberSuspended, NotInForce: it would open
    nothing at `at`."""
    members.demand_in_force(actor.programme, _own(actor), at)
    since = wall.replace(microsecond=0)
    text = signed_code(settings.SECRET_KEY, actor.programme, _own(actor), since, secrets.randbits(32))
    return FreshCode(text, since, since + GOOD_FOR)


def agreements(programme: int, at: datetime) -> tuple[ConsentAsked, ...]:
    """What joining at `at` asks one to agree to."""
    rulebook = programmes.programme_at(programme, at)
    return asked_of(rulebook, programmes.number_of(rulebook.version or 0))


def joining_faults(actor: Actor, given: JoinByPhone, at: datetime) -> tuple[Refusal, ...]:
    """Everything wrong with a visitor's form at once, agreements that are missing last; what needs the register is not
    asked."""
    rulebook = programmes.programme_at(actor.programme, at)
    form = EnrolMember(name=given.name, phone=ANY_PHONE, profile=given.profile)
    faults = members.enrolment_faults(joining_actor(actor), form, at)
    return (*faults, *missing_consents(rulebook, agreements(actor.programme, at), given))


def consents(actor: Actor, at: datetime) -> tuple[ConsentTold, ...]:
    """Where the acting member stands with all that is asked."""
    newest = _newest(_own(actor))
    return tuple(
        ConsentTold(
            asked,
            given=asked.what in newest and newest[asked.what].given,
            at=newest[asked.what].at if asked.what in newest else None,
            version=newest[asked.what].version if asked.what in newest else "",
        )
        for asked in agreements(actor.programme, at)
    )


def consent_history(actor: Actor) -> tuple[ConsentLine, ...]:
    """Every line, the newest first."""
    rows = Consent.objects.filter(membership_id=_own(actor)).order_by("-id")
    return tuple(
        ConsentLine(row.what, row.given, row.version, Text(zh=row.words["zh"], en=row.words["en"]), row.at)
        for row in rows
    )


def agreed_to(membership: int, what: str) -> bool:
    """Whether a member stands by an agreement, for rooms that may act only with it."""
    newest = _newest(membership).get(what)
    return newest is not None and newest.given


def corrects_herself(rulebook: Programme, field: FieldTold) -> bool:
    """Whether a member may change this field of hers by herself: not what she is found by, nor a birthday once it is
    known, for a birthday brings gifts."""
    kinds = {each.name: each.type for each in profile.form(rulebook)[1]}
    kind = kinds.get(field.name, "text")
    if kind in ("phone", "card"):
        return False
    return not (kind in ("date", "id_number") and field.shown)


def applicant_agreements(programme: int, procedure: str, at: datetime) -> tuple[ConsentAsked, ...]:
    """What somebody who applies at `at` is asked to agree to."""
    return asked_of_applicants(programmes.programme_at(programme, at), procedure)


def _newest(membership: int) -> dict[str, Consent]:
    """The newest word on each; what she agreed to when she applied counts until she says something else."""
    applied = ApplicantConsent.objects.filter(matter_id__in=matters.matters_of(membership)).order_by("id")
    found = {
        row.what: Consent(
            programme_id=row.programme_id, membership_id=membership, what=row.what, given=True, version=row.version,
            words=row.words, at=row.at,
        )
        for row in applied
    }  # fmt: skip
    return found | {row.what: row for row in Consent.objects.filter(membership_id=membership).order_by("id")}


def _own(actor: Actor) -> int:
    if actor.membership is None:
        raise NotSignedIn()
    return actor.membership


def own_holder(actor: Actor) -> str:
    """Under which word the acting member's papers lie. Refuses NotSignedIn."""
    return members.papers_holder(actor.programme, members.holder_of(_own(actor)))


def own_papers(actor: Actor) -> tuple[DocumentView, ...]:
    """The acting member's papers, the oldest first. Refuses NotSignedIn."""
    own = own_holder(actor)
    return documents.documents(actor, own, own=own)


def own_signed(actor: Actor) -> tuple[SignedView, ...]:
    """Every signature with the acting member's papers, hers and the house's, the newest first. Refuses NotSignedIn."""
    holder = own_holder(actor)
    return documents.signed(actor, holder, own=holder)


def own_signatures(actor: Actor) -> tuple[Signature, ...]:
    """What the acting member signed. Refuses NotSignedIn."""
    return documents.signatures(actor.programme, own_holder(actor))
