"""What the house itself notes of what members owe: an event it learned of, and that something is done."""

from __future__ import annotations

from datetime import datetime

from huiguan.conduct import refusals
from huiguan.conduct.inputs import CompleteObligation, NoteEvent, WithdrawEvent
from huiguan.conduct.keeping import POWER, next_number
from huiguan.conduct.models import Completion, Occurrence
from huiguan.conduct.owed import gathered, key_of, owed_by
from huiguan.conduct.owing import told
from huiguan.conduct.values import Noted, OwedTold
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values.bodies import Belonging
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Decision, Refuse
from huiguan.rules.findings import suggestion
from huiguan.rules.kinds import obligation
from huiguan.rules.kinds.obligation import Obligation
from huiguan.rules.programme import Programme

_FUTURE = Text(zh="不能晚于今天", en="must not lie in the future")


def note_event(*, actor: Actor, at: datetime, given: NoteEvent, key: str | None = None) -> Noted:
    """The house learned of something a member must report; from then on it is owed. Takes `conduct`. Refuses NotFound,
    ObligationUnknown, NotToReport, EventNoted, InvalidInput (a day to come)."""
    actor.demand(POWER)

    def do() -> Noted:
        rulebook = programmes.programme_at(actor.programme, at)
        member = _belonging(actor, at, given.member)
        owed = _named(rulebook, given.obligation)
        _demand(obligation.noted(owed, member.type, given.event, given.amount))
        if given.on > local_day(at, rulebook.zone):
            raise InvalidInput(field="on", rule=_FUTURE)
        same = Occurrence.objects.filter(
            membership_id=member.membership, obligation=given.obligation, event=given.event, happened_on=given.on,
            withdrawn_at=None,
        )  # fmt: skip
        _, number = next_number(actor.programme, "E")
        if (earlier := same.first()) is not None:
            raise refusals.EventNoted(field="event", number=earlier.number)
        Occurrence.objects.create(
            programme_id=actor.programme, number=number, membership_id=member.membership, obligation=given.obligation,
            event=given.event, happened_on=given.on, amount=given.amount, words=given.words, noted_at=at,
            noted_by=actor.reference, noted_by_name=actor.name,
        )  # fmt: skip
        wanted = key_of(given.event, given.on)
        due = next((each.due for each in _all(actor, at, member) if each.key == wanted), given.on)
        return Noted(number, given.member, given.obligation, given.event, given.on, due)

    return perform(
        "note_event", actor=actor, at=at, subject=f"member:{given.member}", given=given, key=key, returns=Noted, do=do
    )


def withdraw_event(*, actor: Actor, at: datetime, given: WithdrawEvent, key: str | None = None) -> Noted:
    """An event that was noted by mistake calls for nothing any more; a breach reported of it is for people to dismiss. Takes
    `conduct`. Refuses OccurrenceUnknown."""
    actor.demand(POWER)

    def do() -> Noted:
        rows = Occurrence.objects.select_for_update().filter(programme_id=actor.programme, withdrawn_at=None)
        row = rows.filter(number=given.event.strip().upper()).first()
        if row is None:
            raise refusals.OccurrenceUnknown(field="event", given=given.event)
        row.withdrawn_at, row.withdrawn_why = at, given.reason
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        number = members.number_and_name(actor.programme, row.membership_id)[0]
        return Noted(row.number, number, row.obligation, row.event, row.happened_on, row.happened_on, True)

    return perform(
        "withdraw_event", actor=actor, at=at, subject=f"event:{given.event}", given=given, key=key, returns=Noted, do=do
    )


def complete_obligation(*, actor: Actor, at: datetime, given: CompleteObligation, key: str | None = None) -> OwedTold:
    """Somebody of the house notes that something owed is done. Takes `conduct`. Refuses NotFound, ObligationUnknown,
    NothingOwed, InvalidInput (a day to come)."""
    actor.demand(POWER)

    def do() -> OwedTold:
        rulebook = programmes.programme_at(actor.programme, at)
        member = _belonging(actor, at, given.member)
        _named(rulebook, given.obligation)
        if given.on > local_day(at, rulebook.zone):
            raise InvalidInput(field="on", rule=_FUTURE)
        open_ones = [each for each in _all(actor, at, member) if each.done is None]
        if (given.obligation, given.which) not in {(each.obligation, each.key) for each in open_ones}:
            raise refusals.NothingOwed(field="which", given=given.which, member=given.member)
        Completion.objects.create(
            programme_id=actor.programme, membership_id=member.membership, obligation=given.obligation, key=given.which,
            done_on=given.on, words=given.words, at=at, by=actor.reference, by_name=actor.name,
        )  # fmt: skip
        now = _all(actor, at, member)
        return next(each for each in now if (each.obligation, each.key) == (given.obligation, given.which))

    return perform(
        "complete_obligation", actor=actor, at=at, subject=f"member:{given.member}", given=given, key=key,
        returns=OwedTold, do=do,
    )  # fmt: skip


def _belonging(actor: Actor, at: datetime, member: str) -> Belonging:
    """The member as obligations ask about her; she owes nothing where she does not belong."""
    membership = members.membership(actor, member)
    found = members.belonging(actor.programme, at, [membership])
    if not found:
        raise refusals.NothingOwed(field="member", given="—", member=member)
    return found[0]


def _named(rulebook: Programme, name: str) -> Obligation:
    known = obligation.obligations(rulebook)
    if name not in known:
        raise refusals.ObligationUnknown(field="obligation", given=name, near=suggestion(name, known))
    return known[name]


def _demand(decision: Decision) -> None:
    for effect in decision.effects:
        if isinstance(effect, Refuse):
            reason = effect.values["reason"]
            why = Text(**obligation.SAYS[reason.say].both(**reason.values))
            raise refusals.NotToReport(field=effect.field, clause=effect.clause, why=why)


def _all(actor: Actor, at: datetime, member: Belonging) -> tuple[OwedTold, ...]:
    facts = gathered(actor.programme, at, [member.membership])
    return told(actor.programme, facts, [(member, each) for each in owed_by(facts, member)]) if facts else ()
