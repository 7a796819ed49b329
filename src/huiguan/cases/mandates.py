"""A body lets another decide for it, in writing and for a time; and takes it back."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import refusals
from huiguan.cases.ballots import called
from huiguan.cases.inputs import DelegateBody, WithdrawMandate
from huiguan.cases.models import Mandate
from huiguan.cases.values import MandateTold
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, day_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import vote as votes

POWER = "organise"
_PAST = Text(zh="须在今天之后", en="must lie after today")


def delegate_body(*, actor: Actor, at: datetime, given: DelegateBody, key: str | None = None) -> MandateTold:
    """From now until the day `until` the other body decides where this one would. Takes `organise`. Refuses
    MandateNotForeseen (no vote clause lets it), InvalidInput (a day that is over)."""
    actor.demand(POWER)

    def do() -> MandateTold:
        rulebook = programmes.programme_at(actor.programme, at)
        until = at_day(day_of(given.until, "until"), rulebook.zone)
        if until <= at:
            raise InvalidInput(field="until", rule=_PAST)
        rules = [votes.rule_of(clause) for clause in rulebook.of("vote")]
        if not any(rule.body == given.body and given.to in rule.delegated_to for rule in rules):
            to = called(rulebook, given.to)
            raise refusals.MandateNotForeseen(field="to", body=called(rulebook, given.body), to=to)
        made = Mandate.objects.create(
            programme_id=actor.programme, body=given.body, to=given.to, resolution=given.resolution, since=at,
            until=until,
        )  # fmt: skip
        return MandateTold(made.body, made.to, made.resolution, made.since, made.until)

    return perform(
        "delegate_body", actor=actor, at=at, subject=f"body:{given.body}", given=given, key=key, returns=MandateTold,
        do=do,
    )  # fmt: skip


def withdraw_mandate(*, actor: Actor, at: datetime, given: WithdrawMandate, key: str | None = None) -> MandateTold:
    """The body decides by itself again from now on; votes that are open go on where they are. Takes `organise`. Refuses
    MandateNotRunning."""
    actor.demand(POWER)

    def do() -> MandateTold:
        running = Mandate.objects.select_for_update().filter(
            programme_id=actor.programme, body=given.body, to=given.to, since__lte=at, until__gt=at
        )
        row = running.order_by("-until").first()
        if row is None:
            raise refusals.MandateNotRunning(field="to")
        running.update(until=at)
        return MandateTold(row.body, row.to, row.resolution, row.since, at)

    return perform(
        "withdraw_mandate", actor=actor, at=at, subject=f"body:{given.body}", given=given, key=key,
        returns=MandateTold, do=do,
    )  # fmt: skip
