"""What is signed in a matter, by both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.cases import dossiers
from huiguan.cases.countersigning import HOUSE, entered_other_side, may_countersign
from huiguan.cases.holding import Handling
from huiguan.cases.queries.reading import found
from huiguan.cases.values import LIVING, SigningTold
from huiguan.documents import queries
from huiguan.documents.values import SignedView
from huiguan.kernel.actors import Actor
from huiguan.rules.kinds import acceptance
from huiguan.rules.programme import Clause


def signed_in(held: Handling, name: str) -> tuple[SignedView, ...]:
    """Who signed an acceptance in a matter, the first first."""
    own = dossiers.holders(held.row)
    rows = (each for holder in own for each in queries.signed(held.actor, holder, own=holder))
    return tuple(sorted((each for each in rows if each.acceptance == name), key=lambda each: each.at))


def signings(actor: Actor, number: str, at: datetime) -> tuple[SigningTold, ...]:
    """What is signed in a matter, by whom it was and who is still awaited. For whoever may read the matter; MatterUnknown."""
    held = found(actor, number, at)
    return tuple(_told(held, clause) for clause in _asked(held))


def _asked(held: Handling) -> Iterator[Clause]:
    """The acceptances a stage of the matter needs, or that come before it is handed in."""
    names = {name for leg in held.course.legs for name in leg.stage.needs}
    first = dossiers.signed_first(held)
    for name, (clause, _) in acceptance.editions(held.rulebook).items():
        if name in names or clause in first:
            yield clause


def _told(held: Handling, clause: Clause) -> SigningTold:
    rule: acceptance.Parameters = clause.parameters  # type: ignore[assignment]
    signatures = dossiers.signatures(held)
    awaited = acceptance.awaited(clause, signatures)
    reason = acceptance.standing(clause, signatures)
    mine = HOUSE in awaited and held.row.state in LIVING and may_countersign(held)
    mine = mine and not entered_other_side(held, rule)
    return SigningTold(
        rule.acceptance, rule.edition, clause.id, clause.title, acceptance.words(clause), reason.given,
        signed_in(held, rule.acceptance),
        tuple(acceptance.SIGNERS[role] for role in awaited), mine,
    )  # fmt: skip
