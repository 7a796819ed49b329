"""Certificates handed out, taken back and handed out again by people."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members.certificates import asked, end_certificate, put_certificate, told
from huiguan.members.inputs import IssueCertificate, ReissueCertificate, RevokeCertificate
from huiguan.members.life_refusals import NoSuchCertificate
from huiguan.members.models import Certificate, Membership
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.turning import settle
from huiguan.members.values import CertificateTold
from huiguan.programme import queries as programmes


def issue_certificate(
    *, actor: Actor, at: datetime, given: IssueCertificate, key: str | None = None
) -> CertificateTold:
    """A certificate with the next number. Refuses NoSuchCertificate, CertificateHeld, NotInForce, NotFound, Forbidden."""
    actor.demand("cards")

    def do() -> CertificateTold:
        member, rulebook = locked_member(actor, given.member), programmes.programme_at(actor.programme, at)
        settle(rulebook, member, at)
        clause = asked(rulebook, member, given.certificate, at)
        return told(put_certificate(rulebook, member, clause, at, actor.reference), member, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "issue_certificate", actor=actor, at=at, subject=subject, given=given, do=do, returns=CertificateTold, key=key
    )


def revoke_certificate(
    *, actor: Actor, at: datetime, given: RevokeCertificate, key: str | None = None
) -> CertificateTold:
    """It is good no more from `at` on. Refuses NoSuchCertificate, NotFound, Forbidden."""
    actor.demand("suspend")

    def do() -> CertificateTold:
        member = locked_member(actor, given.member)
        row = _good(member, given.number)
        end_certificate(row, "revoked", at, actor.reference, given.reason)
        return told(row, member, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "revoke_certificate", actor=actor, at=at, subject=subject, given=given, do=do, returns=CertificateTold, key=key
    )


def reissue_certificate(
    *, actor: Actor, at: datetime, given: ReissueCertificate, key: str | None = None
) -> CertificateTold:
    """Another in its place, with a number and a code of its own: lost, damaged, or another name. Refuses
    NoSuchCertificate, NotInForce, NotFound, Forbidden."""
    actor.demand("cards")

    def do() -> CertificateTold:
        member, rulebook = locked_member(actor, given.member), programmes.programme_at(actor.programme, at)
        settle(rulebook, member, at)
        row = _good(member, given.number)
        clause = asked(rulebook, member, row.certificate, at)
        end_certificate(row, "replaced", at, actor.reference, given.reason)
        made = put_certificate(rulebook, member, clause, at, actor.reference)
        Certificate.objects.filter(pk=row.pk).update(replaced_by=made.number)
        return told(made, member, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "reissue_certificate", actor=actor, at=at, subject=subject, given=given, do=do, returns=CertificateTold, key=key
    )


def _good(member: Membership, number: str) -> Certificate:
    rows = Certificate.objects.select_for_update().filter(membership_id=member.pk, ended_at=None)
    row = rows.filter(number=number.strip().upper()).first()
    if row is None:
        raise NoSuchCertificate(field="number", given=number)
    return row
