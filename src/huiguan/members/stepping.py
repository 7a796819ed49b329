"""What handing out a card does to the member's tier and to the years that count, where a rulebook ties them to cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.members.admitting import stands
from huiguan.members.facts import member_facts
from huiguan.members.keeping import judge
from huiguan.members.models import Card
from huiguan.members.refusals import OldCardNotReturned
from huiguan.members.values import CARD_ACTIVE, CARD_LOST, NewChange
from huiguan.rules.effects import Reason, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import credential, tier_ladder
from huiguan.rules.needs import needs
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import as_it_stands, ends_at, judged


@dataclass(frozen=True, slots=True)
class Stepped:
    """The tier a card brings (None: none), why, and from when its years count (None: from its issue)."""

    change: NewChange | None = None
    reasons: tuple[Reason, ...] = ()
    term_since: datetime | None = None
    reviewed_at: datetime | None = None


def step_on_card(
    actor: Actor,
    rulebook: Programme,
    membership: int,
    *,
    number: str,
    issued_at: datetime,
    written_at: datetime,
    old: Card | None,
    returned: bool,
) -> Stepped:
    """What the card `number` brings. Refuses TierNotReached, OldCardNotReturned."""
    if not tier_ladder.with_card(rulebook) and not judged(rulebook):
        return Stepped()
    day = local_day(issued_at, rulebook.zone)
    found = member_facts(actor.programme, [membership], at=written_at, since=needs(rulebook).since(day))
    judge(actor.programme, rulebook, found, issued_at, written_at)
    facts = as_it_stands(rulebook, found[membership], issued_at)
    decision = tier_ladder.on_card(rulebook, facts, day=day, at=issued_at)
    reasons = stands(rulebook, decision)
    up = next((effect for effect in decision.effects if isinstance(effect, SetTier)), None)
    if up is None:
        return Stepped(None, reasons, *_running_on(rulebook, facts, old, issued_at))
    swap = credential.swap_clause(rulebook)
    if swap is not None and old is not None and old.status == CARD_ACTIVE and not returned:
        raise OldCardNotReturned(field="returned", clause=swap.id, number=old.number)
    by, cause = actor.reference, f"card:{number}"
    return Stepped(
        NewChange(membership, "tier", facts.tier, up.tier, issued_at, up.clause, cause, up.values, by), reasons
    )


def _running_on(
    rulebook: Programme, facts: MemberFacts, old: Card | None, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """A card in the place of one that still ran goes on with its years; any other begins its own."""
    if old is None or facts.card is None or facts.card.status not in (CARD_ACTIVE, CARD_LOST):
        return None, None
    end = ends_at(rulebook, facts.card)
    if end is not None and end <= at:
        return None, None
    return old.term_since or old.issued_at, facts.card.reviewed_at
