"""What a member must have signed before something of hers begins."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents import operations as documents
from huiguan.kernel.actors import Actor
from huiguan.members.models import Membership
from huiguan.members.register import papers_holder
from huiguan.programme import queries as programmes
from huiguan.rules.kinds.acceptance import Before


def demand_signed(actor: Actor, member: Membership, at: datetime, before: Before) -> None:
    """AcceptanceNeeded where the rulebook wants something signed `before` this, and she has not."""
    rulebook = programmes.programme_at(actor.programme, at)
    if rulebook.of("acceptance"):
        holder = papers_holder(actor.programme, member.pk)
        documents.demand_signed(actor=actor, at=at, rulebook=rulebook, holder=holder, before=before)
