"""How a partner is reached, and whose account at it a member's is."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, QuerySet, When

from huiguan.foundation import sealing
from huiguan.foundation.outward.addresses import demand_url
from huiguan.foundation.outward.signing import SECRET_BYTES, secret_of
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.networks import Network, networks_of
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import partner_refusals as refusals
from huiguan.rewards.inputs.partners import KeepPartner, LinkPartner, StopPartner, UnlinkPartner
from huiguan.rewards.models import Exchange, PartnerLine, PartnerLink
from huiguan.rewards.values.partners import OPEN_STATES, LinkTold, PartnerKept
from huiguan.rewards.whom import membership_for, subject_of
from huiguan.rules.kinds import partner
from huiguan.rules.programme import Programme

KEEP = "organise"


def keep_partner(*, actor: Actor, at: datetime, given: KeepPartner, key: str | None = None) -> PartnerKept:
    """Set up or change the line to a partner. The secret is made with it and shown once; with `renew` another is made.
    Takes `organise`. PartnerUnknown, PartnerAddressRefused, Forbidden."""
    actor.demand(KEEP)

    made: list[str] = []

    def do() -> PartnerKept:
        terms_of(programmes.programme_at(actor.programme, at), given.partner)
        demand_url(given.url, reachable(), refusals.PartnerAddressRefused)
        row = PartnerLine.objects.filter(programme_id=actor.programme, partner=given.partner).first()
        fresh = secret_of(secrets.token_bytes(SECRET_BYTES)) if row is None or given.renew else None
        word = given.secret or fresh
        row = row or PartnerLine(programme_id=actor.programme, partner=given.partner, made_at=at)
        row.url = given.url
        if word is not None:
            row.secret = sealing.seal(word, bound=_bound(row))
            made[:] = [] if given.secret else [word]
        row.save()
        return PartnerKept(given.partner, given.url, None)

    kept = perform(
        "keep_partner", actor=actor, at=at, subject=f"partner:{given.partner}", given=given, key=key,
        returns=PartnerKept, do=do, secret=frozenset({"secret"}),
    )  # fmt: skip
    # The secret is told once, and not written into the answer that is kept under the key.
    return replace(kept, secret=made[0]) if made else kept


def stop_partner(*, actor: Actor, at: datetime, given: StopPartner, key: str | None = None) -> PartnerKept:
    """Exchange nothing new with a partner, or again. What is open is asked about until it is settled. Takes `organise`.
    PartnerStopped where there is no line."""
    actor.demand(KEEP)

    def do() -> PartnerKept:
        row = PartnerLine.objects.filter(programme_id=actor.programme, partner=given.partner).first()
        if row is None:
            raise refusals.PartnerStopped(field="partner", partner=given.partner)
        row.stopped_at = at if given.stopped else None
        row.save(update_fields=["stopped_at"])
        return PartnerKept(given.partner, row.url, None)

    return perform(
        "stop_partner", actor=actor, at=at, subject=f"partner:{given.partner}", given=given, key=key,
        returns=PartnerKept, do=do,
    )  # fmt: skip


def reachable() -> list[Network]:
    """The private networks partners may lie in: those webhooks may go to; a demonstration reaches its own machine."""
    own = ["127.0.0.1/32"] if settings.HUIGUAN_DEMO else []
    return list(networks_of([*settings.HUIGUAN_HOOK_NETWORKS, *own]))


def _bound(row: PartnerLine) -> str:
    return f"partner:{row.programme_id}:{row.partner}"


def secret_word(row: PartnerLine) -> str:
    """What both sides sign with."""
    return sealing.unseal(bytes(row.secret), bound=_bound(row))


def terms_of(rulebook: Programme, name: str) -> partner.Terms:
    """What the rulebook says of a partner; PartnerUnknown."""
    terms = partner.partners(rulebook).get(name)
    if terms is None:
        raise refusals.PartnerUnknown(field="partner", partner=name)
    return terms


def line_to(programme: int, terms: partner.Terms) -> PartnerLine:
    """The line to a partner with which something new may be exchanged; PartnerStopped."""
    row = PartnerLine.objects.filter(programme_id=programme, partner=terms.partner, stopped_at=None).first()
    if row is None:
        raise refusals.PartnerStopped(field="partner", partner=terms.title)
    return row


def link_partner(*, actor: Actor, at: datetime, given: LinkPartner, key: str | None = None) -> LinkTold:
    """Name a member's account at a partner; the same one again changes nothing. A member names her own, staff take `sell`.
    PartnerUnknown, AccountTaken, UnknownMember."""
    membership = membership_for(actor, given.member)

    def do() -> LinkTold:
        terms_of(programmes.programme_at(actor.programme, at), given.partner)
        return link_told(linked(actor, at, membership, given.partner, given.account))

    return perform(
        "link_partner", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=given, key=key,
        returns=LinkTold, do=do, secret=frozenset({"account", "member"}),
    )  # fmt: skip


def linked(actor: Actor, at: datetime, membership: int, name: str, account: str) -> PartnerLink:
    """The link of a member to this account, made where it is not there. AccountTaken."""
    found = blind_of(actor.programme, name, account)
    own = _open_links(membership, name).first()
    if own is not None and bytes(own.blind) == found:
        return own
    row = PartnerLink(
        programme_id=actor.programme, membership_id=membership, partner=name, blind=found, since=at, tail=account[-4:],
        account=sealing.seal(account, bound=_account_bound(membership, name)), actor=actor.reference,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refusals.AccountTaken(field="account") from None
    return row


def unlink_partner(*, actor: Actor, at: datetime, given: UnlinkPartner, key: str | None = None) -> LinkTold:
    """The account is hers no more. NotLinked, ExchangeOpen."""
    membership = membership_for(actor, given.member)

    def do() -> LinkTold:
        row = link_of(membership, given.partner, given.partner)
        if Exchange.objects.filter(link=row, state__in=OPEN_STATES).exists():
            raise refusals.ExchangeOpen(field="partner")
        row.until = at
        row.save(update_fields=["until"])
        return link_told(row)

    return perform(
        "unlink_partner", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=given, key=key,
        returns=LinkTold, do=do, secret=frozenset({"member"}),
    )  # fmt: skip


def _account_bound(membership: int, name: str) -> str:
    return f"partner:{name}:{membership}"


def account_of(row: PartnerLink) -> str:
    """The account in clear, for the partner alone."""
    return sealing.unseal(bytes(row.account), bound=_account_bound(row.membership_id, row.partner))


def blind_of(programme: int, name: str, account: str) -> bytes:
    return sealing.blind(programme, f"partner:{name}", account.upper())


def _open_links(membership: int, name: str) -> QuerySet[PartnerLink]:
    """Hers, and those of members merged into her, her own first."""
    rows = PartnerLink.objects.filter(membership_id__in=members.lives_of(membership), partner=name, until=None)
    return rows.order_by(Case(When(membership_id=membership, then=0), default=1), "pk")


def link_of(membership: int, name: str, called: object) -> PartnerLink:
    """The member's open link, locked; NotLinked."""
    row = _open_links(membership, name).select_for_update().first()
    if row is None:
        raise refusals.NotLinked(field="partner", partner=called)
    return row


def link_by_account(programme: int, name: str, account: str) -> PartnerLink:
    """Whose account at the partner this is; NotLinked."""
    rows = PartnerLink.objects.filter(programme_id=programme, partner=name, until=None)
    row = rows.filter(blind=blind_of(programme, name, account)).first()
    if row is None:
        raise refusals.NotLinked(field="account", partner=name)
    return row


def link_told(row: PartnerLink) -> LinkTold:
    number = members.numbers(row.programme_id, [row.membership_id])[row.membership_id]
    return LinkTold(number, row.partner, f"•••{row.tail}", row.since)
