"""Whether somebody may join, by what she has bought and what members hold here. Pure."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members.forms import Form
from huiguan.members.inputs import EnrolMember
from huiguan.members.refusals import NoCardsIssued, PurchaseNeeded, RelationNotAdmitted
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.kinds import credential, eligibility, relation
from huiguan.rules.programme import Programme

BY_CODE: dict[str, type[Refusal]] = {each.__name__: each for each in (PurchaseNeeded, RelationNotAdmitted)}
NOT_SHARED = Text(zh="章程没有共用账号的规定。", en="The rulebook lets nobody share an account.")


def admission(rulebook: Programme, given: EnrolMember, form: Form, *, carried_over: bool) -> tuple[Reason, ...]:
    """Why she may join. Refuses PurchaseNeeded, NoCardsIssued; whoever belonged before this system bought long ago."""
    demand_cards(rulebook, form.known.card)
    if carried_over:
        return ()
    return _stands(rulebook, eligibility.joining(rulebook, [receipt.amount for receipt in given.receipts]))


def demand_cards(rulebook: Programme, card: str | None) -> None:
    """NoCardsIssued where a card is named and the phone is the account."""
    clause = credential.account_clause(rulebook) if card else None
    if clause is not None:
        raise NoCardsIssued(field="card", clause=clause.id)


def demand_relation(rulebook: Programme, kin: str) -> str:
    """The clause by which people so related may use an account; RelationNotAdmitted where none lets them."""
    if not relation.shared(rulebook):
        raise RelationNotAdmitted(field="kin", why=NOT_SHARED)
    _stands(rulebook, relation.admits(rulebook, kin))
    return next(clause.id for clause in rulebook.of("relation") if clause.parameters.who)  # type: ignore[attr-defined]


def _stands(rulebook: Programme, decision: Decision) -> tuple[Reason, ...]:
    for effect in decision.effects:
        if isinstance(effect, Refuse):
            reason: Reason = effect.values["reason"]
            says = rulebook.clauses[reason.clause].module.SAYS[reason.say]
            raise BY_CODE[effect.code](field=effect.field, clause=effect.clause, why=says.both(**reason.values))
    return decision.reasons
