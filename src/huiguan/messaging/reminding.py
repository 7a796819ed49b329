"""What is told on a day: points, coupons, papers and memberships about to end, birthdays. Each moment of the day once, however late it runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from huiguan.documents import queries as documents
from huiguan.entitlements import queries as entitlements
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.moments import at_day, local_day
from huiguan.ledger import queries as ledger
from huiguan.members import queries as members
from huiguan.messaging.composing import Meant, messages_for
from huiguan.messaging.models import Message
from huiguan.messaging.occasions import POINTS, Occasion, coupon
from huiguan.programme import queries as programmes
from huiguan.rules import dossiers
from huiguan.rules.kinds import notice
from huiguan.rules.programme import Clause, Programme

_DAY = timedelta(days=1)
_TO_USE = ("ready", "waiting")
# The row is made where there is none, and is ours until the transaction ends.
_TOLD_UNTIL = """
INSERT INTO messaging_cursor (programme_id, name, position, generation, told_until) VALUES (%s, %s, 0, '', %s)
ON CONFLICT (programme_id, name) DO UPDATE SET name = excluded.name RETURNING told_until
"""
_TELL_ON = "UPDATE messaging_cursor SET told_until = %s WHERE programme_id = %s AND name = %s"


def remind(programme: int, occasion: str, until: datetime, written_at: datetime) -> int:
    """Write what is to be told of a daily occasion at the moments after the last one written, up to `until`; how many
    messages. Begun where it never was: from `until` on."""
    rulebook = programmes.ruling_at(programme, until)
    if rulebook is None or not notice.noticed(rulebook, occasion):
        return 0
    return in_transaction(lambda: _remind(programme, rulebook, occasion, until, written_at))


def _remind(programme: int, rulebook: Programme, occasion: str, until: datetime, written_at: datetime) -> int:
    ((told_until,),) = hot_rows(_TOLD_UNTIL, [programme, occasion, until])
    since = told_until or until
    rows: list[Message] = []
    for clause in notice.noticed(rulebook, occasion):
        span = _span(rulebook, clause, since, until)
        for meant in _FINDERS[occasion](programme, rulebook, clause, *span) if span else ():
            rows += [row for row in messages_for(programme, rulebook, meant, written_at) if row.clause == clause.id]
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
    hot_rows(_TELL_ON, [max(since, until), programme, occasion])
    return len(rows)


def _span(rulebook: Programme, clause: Clause, since: datetime, until: datetime) -> tuple[date, date] | None:
    """The first and the last day told of by a clause at its moments after `since` up to `until`; None where it has none."""
    day = local_day(since, rulebook.zone)
    first = day if _moment(rulebook, clause, day) > since else day + _DAY
    day = local_day(until, rulebook.zone)
    last = day if _moment(rulebook, clause, day) <= until else day - _DAY
    ahead = timedelta(days=_days(clause))
    return (first + ahead, last + ahead) if first <= last else None


def _moment(rulebook: Programme, clause: Clause, day: date) -> datetime:
    clock = time.fromisoformat(clause.parameters.at)  # type: ignore[attr-defined]
    return datetime.combine(day, clock, rulebook.zone)


def _told_at(rulebook: Programme, clause: Clause, about: date) -> datetime:
    """When a clause tells of the day `about`."""
    return _moment(rulebook, clause, about - timedelta(days=_days(clause)))


def _end_of(day: date, rulebook: Programme) -> datetime:
    return at_day(day + _DAY, rulebook.zone)


def _last_day(ends: datetime, rulebook: Programme) -> date:
    """The last day something that ends then is good: 24:00 is the end of the day before."""
    return local_day(ends - timedelta(microseconds=1), rulebook.zone)


def _points(programme: int, rulebook: Programme, clause: Clause, first: date, last: date) -> Iterator[Meant]:
    sums: dict[tuple[int, date], int] = {}
    for membership, ends, left in ledger.ending(
        programme, POINTS, at_day(first, rulebook.zone), _end_of(last, rulebook)
    ):
        key = (membership, _last_day(ends, rulebook))
        sums[key] = sums.get(key, 0) + left
    for (membership, day), left in sums.items():
        known = {"points": left, "day": day, "days": _days(clause)}
        occasion = Occasion("points_expiring", _told_at(rulebook, clause, day), known)
        yield Meant(membership, occasion, f"points:{membership}:{day}", f"points:{day}", _end_of(day, rulebook))


def _coupons(programme: int, rulebook: Programme, clause: Clause, first: date, last: date) -> Iterator[Meant]:
    found = entitlements.ending(programme, at_day(first, rulebook.zone), _end_of(last, rulebook))
    rights = entitlements.rights_by_key([(membership, right) for membership, right, _ in found])
    for membership, right, ends in found:
        held, day = rights[(membership, right)], _last_day(ends, rulebook)
        told_at = _told_at(rulebook, clause, day)
        if held.granted_at < told_at and _still_hers(membership, right, told_at):
            known = {**coupon(rulebook, held), "day": day, "days": _days(clause)}
            about = f"RightGranted:{membership}-{right}"
            occasion = Occasion("coupon_expiring", told_at, known)
            yield Meant(membership, occasion, f"coupon:{membership}-{right}", about, _end_of(day, rulebook))


def _still_hers(membership: int, right: int, at: datetime) -> bool:
    """Whether she held it at that moment, and had neither used it nor given it away."""
    held = entitlements.held_rights(membership, at)
    return any(each.right.id == right and each.state in _TO_USE for each in held)


def _birthdays(programme: int, rulebook: Programme, clause: Clause, first: date, last: date) -> Iterator[Meant]:
    for membership, day in members.birthdays_between(programme, first, last):
        known = {"day": day, "days": _days(clause)}
        occasion = Occasion("birthday", _told_at(rulebook, clause, day), known)
        yield Meant(membership, occasion, f"birthday:{membership}:{day.year}", "", _end_of(day, rulebook))


def _papers(programme: int, rulebook: Programme, clause: Clause, first: date, last: date) -> Iterator[Meant]:
    """Papers of members; those of a matter are its applicant's to hand in anew when they are asked for."""
    found = [each for each in documents.expiring(programme, since=first, until=last) if each.party is not None]
    members_of = members.members_of_parties(programme, {each.party for each in found if each.party is not None})
    titles = dossiers.docs(rulebook)
    for paper in found:
        known = {"paper": titles.get(paper.doc, paper.doc), "day": paper.expires, "days": _days(clause)}
        occasion = Occasion("paper_expiring", _told_at(rulebook, clause, paper.expires), known)
        for membership in members_of.get(paper.party or 0, ()):
            cause = f"paper:{membership}:{paper.number}:{paper.expires}"
            yield Meant(membership, occasion, cause, f"paper:{paper.number}", _end_of(paper.expires, rulebook))


def _memberships(programme: int, rulebook: Programme, clause: Clause, first: date, last: date) -> Iterator[Meant]:
    """Of a membership that ends unless something is done; a purchase or a renewal makes it another end, told anew."""
    for membership, day in members.ends_between(programme, rulebook, first, last).items():
        known = {"day": day, "days": _days(clause)}
        occasion = Occasion("membership_ending", _told_at(rulebook, clause, day), known)
        yield Meant(membership, occasion, f"ends:{membership}:{day}", f"ends:{day}", _end_of(day, rulebook))


def _days(clause: Clause) -> int:
    return clause.parameters.before or 0  # type: ignore[attr-defined]


_FINDERS = {
    "points_expiring": _points, "coupon_expiring": _coupons, "birthday": _birthdays, "paper_expiring": _papers,
    "membership_ending": _memberships,
}  # fmt: skip
