"""The house's own signature in a matter."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import dossiers
from huiguan.cases.countersigning import HOUSE, entered_other_side, may_countersign, post_of_signer
from huiguan.cases.deciders import told_by
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.holding import Handling, note, save
from huiguan.cases.inputs import SignForHouse
from huiguan.cases.queries.reading import reads
from huiguan.cases.refusals import MakerMayNotDecide, MatterEnded, MatterUnknown, NotYourStage
from huiguan.cases.values import LIVING, STATES
from huiguan.documents import operations as documents
from huiguan.documents.inputs import SignAcceptance
from huiguan.documents.values import SignedView
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.rules.kinds import acceptance
from huiguan.rules.moving import Happening


def sign_for_house(*, actor: Actor, at: datetime, given: SignForHouse, key: str | None = None) -> SignedView:
    """The house signs what the rulebook the matter was opened under wants signed by both: by somebody of the staff who may
    decide the stage or handles matters, under her name and in her post; never by who filled it in or entered the other
    side's signature. A stage that waits for it goes on.

    Refuses MatterUnknown, MatterEnded, NotYourStage, MakerMayNotDecide, and what `documents.sign_acceptance` does.
    """

    def do() -> SignedView:
        held = in_hand(actor, at, given.matter)
        _demand_may(held, given)
        own = dossiers.home(held.row)
        asked = SignAcceptance(**given.model_dump(exclude={"matter"}), holder=own, role=HOUSE, signer=actor.name)
        made = documents.sign_acceptance(
            actor=actor, at=at, given=asked, rulebook=held.rulebook, own=own, post=post_of_signer(held), key=key
        )
        stage = held.row.stage
        note(held, "signed_house", stage=stage, acceptance=given.acceptance, edition=given.edition, name=actor.name)
        save(held)
        happen(held, Happening("looked"))
        return made

    return in_transaction(do)


def _demand_may(held: Handling, given: SignForHouse) -> None:
    row, actor, leg = held.row, held.actor, held.leg
    if not reads(actor, row, held.at):
        raise MatterUnknown(field="matter", matter=given.matter)
    if row.state not in LIVING:
        raise MatterEnded(field="matter", matter=row.number, state=STATES[row.state])
    clause = acceptance.clause_of(held.rulebook, given.acceptance)
    rule = clause.parameters if clause is not None else None
    if actor.reference in row.makers or (rule is not None and entered_other_side(held, rule)):  # type: ignore[arg-type]
        raise MakerMayNotDecide(field="matter")
    if not may_countersign(held):
        by = told_by(actor.programme, held.course, leg) if leg is not None else STATES[row.state]
        raise NotYourStage(field="stage", stage=leg.title if leg is not None else STATES[row.state], by=by)
