"""Certificates of members: given out with the next number, read as they stand, verified by anybody who has the code."""

from __future__ import annotations

import secrets
from datetime import datetime

from huiguan.members.ahead import tier_at
from huiguan.members.life_refusals import CertificateHeld, NoSuchCertificate, NotInForce
from huiguan.members.marking import encumber
from huiguan.members.models import Certificate, CertificateSeries, Encumbrance, Membership
from huiguan.members.standings import STANDINGS, standing_of
from huiguan.members.typing import type_at
from huiguan.members.values import CertificateTold, VerifiedCertificate
from huiguan.parties import queries as parties
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import certificate, member_type, tier_ladder
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.standing import ACTIVE, FROZEN, OVER, SUSPENDED

TIE = "certificate"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 20  # letters of a code: a hundred bits, which nobody guesses


def put_certificate(rulebook: Programme, member: Membership, clause: Clause, at: datetime, by: str) -> Certificate:
    """Hand one out, inside the caller's transaction. CertificateHeld where she has a good one."""
    name = certificate.rule(clause).certificate
    held = Certificate.objects.filter(membership_id=member.pk, certificate=name, ended_at=None).first()
    if held is not None:
        raise CertificateHeld(field="certificate", number=held.number)
    CertificateSeries.objects.get_or_create(programme_id=member.programme_id, certificate=name)
    series = CertificateSeries.objects.select_for_update().get(programme_id=member.programme_id, certificate=name)
    made = Certificate.objects.create(
        programme_id=member.programme_id, membership_id=member.pk, certificate=name, seq=series.next,
        number=certificate.number(clause, series.next), code="".join(secrets.choice(_LETTERS) for _ in range(LENGTH)),
        issued_at=at, issued_by=by, until=certificate.until(rulebook, clause, at), clause=clause.id,
        version=rulebook.version,
    )  # fmt: skip
    series.next += 1
    series.save(update_fields=["next"])
    if certificate.rule(clause).returned:
        encumber(
            programme=member.programme_id, membership=member.pk, kind=TIE, ref=made.number,
            said=f"{certificate.rule(clause).called.zh} {made.number}", at=at, actor=by, clause=clause.id,
        )  # fmt: skip
    return made


def on_joining(rulebook: Programme, member: Membership, at: datetime, by: str) -> None:
    """The certificates that come with joining."""
    for clause in certificate.certificates(rulebook, member.type).values():
        if certificate.rule(clause).on == "joining":
            put_certificate(rulebook, member, clause, at, by)


def asked(rulebook: Programme, member: Membership, name: str, at: datetime) -> Clause:
    """The clause of a certificate she may have now; NoSuchCertificate, NotInForce."""
    clause = certificate.certificates(rulebook, member.type).get(name)
    if clause is None:
        raise NoSuchCertificate(field="certificate", given=name)
    now = standing_of(member, at)
    if now != ACTIVE:
        raise NotInForce(field="member", number=member.number, standing=STANDINGS[now])
    return clause


def end_certificate(row: Certificate, how: str, at: datetime, by: str, why: str, replaced_by: str = "") -> None:
    """It is good no more. What had to be handed back of it is settled by whoever takes it in."""
    row.ended, row.ended_at, row.ended_by, row.why, row.replaced_by = how, at, by, why, replaced_by
    row.save(update_fields=["ended", "ended_at", "ended_by", "why", "replaced_by"])
    if how == "replaced":
        tie = Encumbrance.objects.filter(membership_id=row.membership_id, kind=TIE, ref=row.number, cleared_at=None)
        tie.update(cleared_at=at, cleared_by=by, how="replaced")


def state_of(row: Certificate, member: Membership, at: datetime) -> str:
    """good, revoked, replaced, expired, over (the membership is), suspended (it is, for now)."""
    if row.ended_at is not None and row.ended_at <= at:
        return row.ended
    if row.until is not None and row.until <= at:
        return "expired"
    now = standing_of(member, at)
    if now in OVER:
        return "over"
    return "good" if now == ACTIVE else "suspended" if now in (FROZEN, SUSPENDED) else "expired"


def until_of(row: Certificate, member: Membership) -> datetime | None:
    """The first moment after its validity as it is told: its own, the term's, the day the member is out; None: no end."""
    known = [each for each in (row.until, member.ends_at, member.exits_at) if each is not None]
    return min(known, default=None)


def told(row: Certificate, member: Membership, at: datetime) -> CertificateTold:
    rulebook = programmes.programme_at(row.programme_id, at)
    clause = rulebook.clauses.get(row.clause)
    called = certificate.rule(clause).called.both() if clause is not None else {"zh": "", "en": ""}
    return CertificateTold(
        row.number, row.certificate, called, row.code, state_of(row, member, at), row.issued_at,
        until_of(row, member), row.ended_at, row.why, row.replaced_by or None, row.clause,
    )  # fmt: skip


def certificates_of(membership: int, at: datetime) -> tuple[CertificateTold, ...]:
    """Every certificate a member was given by `at`, the newest first."""
    member = Membership.objects.get(pk=membership)
    rows = Certificate.objects.filter(membership_id=membership, issued_at__lte=at).order_by("-issued_at", "-pk")
    return tuple(told(row, member, at) for row in rows)


def verified(code: str, at: datetime) -> VerifiedCertificate | None:
    """What anybody may know who has the code; None where there is none such."""
    row = Certificate.objects.filter(code=code.strip().upper(), issued_at__lte=at).first()
    if row is None:
        return None
    member = Membership.objects.select_related("party").get(pk=row.membership_id)
    rulebook = programmes.version(row.version)
    clause = rulebook.clauses[row.clause]
    shows, sort = certificate.rule(clause).shows, type_at(rulebook, member, at)
    unit = member.party.kind == "organisation"
    name = parties.persons([member.party_id])[member.party_id].name
    since = member.member_since or member.joined_at
    tier, _ = tier_at(member.tier, member.tier_since, member.ahead, at)
    return VerifiedCertificate(
        programme=row.programme_id,
        number=row.number,
        called=certificate.rule(clause).called.both(),
        state=state_of(row, member, at),
        issued_at=row.issued_at,
        ended_at=row.ended_at,
        name=(name if unit else masked(name)) if "name" in shows else "",
        type=member_type.called(rulebook, sort) if "type" in shows and sort else None,
        tier=tier_ladder.title_of(rulebook, tier) if "tier" in shows and tier else None,
        since=since if "since" in shows else None,
        until=until_of(row, member) if "until" in shows else None,
    )


def masked(name: str) -> str:
    """A person's name as strangers see it: the first sign of it."""
    return name[:1] + "＊" * max(1, min(2, len(name) - 1))
