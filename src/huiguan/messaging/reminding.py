"""What is told on a day: points and coupons about to end, birthdays. Each moment of the day once, however late it runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from huiguan.entitlements import queries as entitlements
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.moments import at_day, local_day
from huiguan.ledger import queries as ledger
from huiguan.members import queries as members
from huiguan.messaging.composing import Meant, messages_for
from huiguan.messaging.models import Cursor, Message
from huiguan.messaging.occasions import POINTS, Occasion, coupon
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import notice
from huiguan.rules.programme import Clause, Programme

_DAY = timedelta(days=1)


def remind(programme: int, occasion: str, until: datetime, written_at: datetime) -> int:
    """Write what is to be told of a daily occasion at the moments after the last one written, up to `until`; how many
    messages. Begun where it never was: from `until` on."""
    rulebook = programmes.ruling_at(programme, until)
    if rulebook is None or not notice.noticed(rulebook, occasion):
        return 0
    return in_transaction(lambda: _remind(programme, rulebook, occasion, until, written_at))


def _remind(programme: int, rulebook: Programme, occasion: str, until: datetime, written_at: datetime) -> int:
    cursor, _ = Cursor.objects.select_for_update().get_or_create(
        programme_id=programme, name=occasion, defaults={"told_until": until}
    )
    since = cursor.told_until or until
    rows: list[Message] = []
    for clause in notice.noticed(rulebook, occasion) if since < until else ():
        for meant in _FINDERS[occasion](programme, rulebook, clause, since, until):
            rows += [row for row in messages_for(programme, rulebook, meant, written_at) if row.clause == clause.id]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    Cursor.objects.filter(pk=cursor.pk).update(told_until=max(since, until))
    return len(rows)


def _moments(rulebook: Programme, clause: Clause, since: datetime, until: datetime) -> Iterator[tuple[datetime, date]]:
    """The moments after `since` up to `until` at which a clause tells, each with the day it is about."""
    rule = clause.parameters
    ahead = timedelta(days=rule.before or 0)  # type: ignore[attr-defined]
    clock = time.fromisoformat(rule.at)  # type: ignore[attr-defined]
    day = local_day(since, rulebook.zone)
    while day <= local_day(until, rulebook.zone):
        moment = datetime.combine(day, clock, rulebook.zone)
        if since < moment <= until:
            yield moment, day + ahead
        day += _DAY


def _end_of(day: date, rulebook: Programme) -> datetime:
    return at_day(day + _DAY, rulebook.zone)


def _points(programme: int, rulebook: Programme, clause: Clause, since: datetime, until: datetime) -> Iterator[Meant]:
    for moment, day in _moments(rulebook, clause, since, until):
        ends = _end_of(day, rulebook)
        sums: dict[int, int] = {}
        for membership, _, left in ledger.ending(programme, POINTS, ends - _DAY, ends):
            sums[membership] = sums.get(membership, 0) + left
        for membership, left in sums.items():
            known = {"points": left, "day": day, "days": _days(clause)}
            occasion = Occasion("points_expiring", moment, known)
            yield Meant(membership, occasion, f"points:{membership}:{day}", f"points:{day}", ends)


def _coupons(programme: int, rulebook: Programme, clause: Clause, since: datetime, until: datetime) -> Iterator[Meant]:
    for moment, day in _moments(rulebook, clause, since, until):
        ends = _end_of(day, rulebook)
        found = entitlements.ending(programme, ends - _DAY, ends)
        rights = entitlements.rights_by_key([(membership, right) for membership, right, _ in found])
        for membership, right, _ in found:
            held = rights[(membership, right)]
            if held.granted_at < moment:
                known = {**coupon(rulebook, held), "day": day, "days": _days(clause)}
                occasion = Occasion("coupon_expiring", moment, known)
                yield Meant(
                    membership, occasion, f"coupon:{membership}-{right}", f"RightGranted:{membership}-{right}", ends
                )


def _birthdays(
    programme: int, rulebook: Programme, clause: Clause, since: datetime, until: datetime
) -> Iterator[Meant]:
    for moment, day in _moments(rulebook, clause, since, until):
        for membership in members.born_on(programme, day):
            occasion = Occasion("birthday", moment, {"day": day, "days": _days(clause)})
            yield Meant(membership, occasion, f"birthday:{membership}:{day.year}", "", _end_of(day, rulebook))


def _days(clause: Clause) -> int:
    return clause.parameters.before or 0  # type: ignore[attr-defined]


_FINDERS = {"points_expiring": _points, "coupon_expiring": _coupons, "birthday": _birthdays}
