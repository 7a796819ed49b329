"""All that members have stored, watched: noted when a day has ended, and what is out of the law's bounds told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from huiguan.checkout.documents import reasons_of
from huiguan.checkout.events import PrepaidBoundsPassed
from huiguan.checkout.inputs import CustodyInput
from huiguan.checkout.models import CustodyBalance, StoredDay
from huiguan.checkout.values import CustodyView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, day_of, local_day, month_start
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.ledger.queries import UnitTotal
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules import outstanding
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import BONUS, PRINCIPAL

_AHEAD = Text(zh="不能晚于今天", en="must not be after today")


def record_custody(*, actor: Actor, at: datetime, given: CustodyInput, key: str | None = None) -> CustodyView:
    """Note what the custodian's statement of a day says; the latest note of a day holds. Takes `organise`."""
    actor.demand("organise")
    day = day_of(given.day, "day")
    if day > local_day(at, programmes.programme_at(actor.programme, at).zone):
        raise InvalidInput(field="day", rule=_AHEAD)

    def do() -> CustodyView:
        row = CustodyBalance.objects.create(
            programme_id=actor.programme, day=day, balance=given.balance, note=given.note, written_at=at,
            actor=actor.reference, actor_name=actor.name,
        )  # fmt: skip
        return CustodyView(day, row.balance, row.note, row.actor_name)

    return perform(
        "record_custody", actor=actor, at=at, subject="custody", given=given, key=key, returns=CustodyView, do=do
    )


def watch_stored_value(*, actor: Actor, at: datetime) -> bool:
    """Note what was outstanding when the last local day ended, once; whether it was noted now. For the night.

    Nothing is noted where no clause stores value. Of what is out of bounds the house is told (PrepaidBoundsPassed).
    """
    try:
        rulebook = programmes.programme_at(actor.programme, at)
    except NoRulebookInForce:
        return False
    if not rulebook.of("top_up"):
        return False
    day = local_day(at, rulebook.zone) - timedelta(days=1)
    return in_transaction(lambda: _note(actor, at, rulebook, day))


def _note(actor: Actor, at: datetime, rulebook: Programme, day: date) -> bool:
    if StoredDay.objects.filter(programme_id=actor.programme, day__gte=day).exists():
        return False
    principal, bonus = totals_of(actor, at_day(day + timedelta(days=1), rulebook.zone))
    kept = in_custody(actor.programme, day)
    found = outstanding.watched(
        rulebook,
        outstanding=principal.held,
        quarter_end=quarter_end(actor.programme, day),
        in_custody=kept or 0,
    )
    StoredDay.objects.create(
        programme_id=actor.programme, day=day, principal=principal.held, bonus=bonus.held, holders=principal.holders,
        in_custody=kept, findings=reasons_of(found), version=rulebook.version, written_at=at,
    )  # fmt: skip
    if found:
        told = PrepaidBoundsPassed(
            reference=day.isoformat(), at=at, clause=found[0].clause, day=day, outstanding=principal.held,
            findings=",".join(reason.say for reason in found),
        )  # fmt: skip
        tell(actor.programme, [told], at)
    return True


def totals_of(actor: Actor, at: datetime) -> tuple[UnitTotal, UnitTotal]:
    """Principal and bonus over all members at `at`, also where that lies back: what moved since was not moved then."""
    found = ledger.held_at(actor=actor, at=at, units=(PRINCIPAL, BONUS))
    return tuple(UnitTotal(unit, held=held, holders=holders) for unit, (held, holders) in found.items())  # type: ignore[return-value]


def in_custody(programme: int, day: date) -> int | None:
    """What lies with the custodian by the last statement up to `day`; None where there is none."""
    row = CustodyBalance.objects.filter(programme_id=programme, day__lte=day).order_by("-day", "-id").first()
    return row.balance if row else None


def quarter_begins(day: date) -> date:
    """The first day of the quarter `day` lies in."""
    return month_start(day).replace(month=(day.month - 1) // 3 * 3 + 1)


def quarter_end(programme: int, day: date) -> int:
    """What was outstanding when the quarter before `day`'s ended, by the last night noted until then."""
    begins = quarter_begins(day)
    row = StoredDay.objects.filter(programme_id=programme, day__lt=begins).order_by("-day").first()
    return row.principal if row else 0
