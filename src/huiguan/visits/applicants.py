"""What somebody who applied may know of her data, and for how long it is kept when she became no member."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.cases import queries as cases
from huiguan.foundation.auditing import about
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.visits.models import ApplicantConsent
from huiguan.visits.own_data import papers_read
from huiguan.visits.values import ApplicantData, ConsentLine, Look

_CODE = Text(zh="换发查询码：{reason}", en="The code was renewed: {reason}")


def applicants_before(rulebook: Programme, until: datetime) -> tuple[str, datetime] | None:
    """The clause that says how long what an applicant gave is kept, and before which moment her matter must have ended for
    that to be over at `until`; None: no end is set."""
    days = profile.kept_of_applicants(rulebook)
    if days is None:
        return holders_before(rulebook, until)
    return days[0].id, at_day(local_day(until, rulebook.zone) - timedelta(days=days[1] - 1), rulebook.zone)


def holders_before(rulebook: Programme, until: datetime) -> tuple[str, datetime] | None:
    """The same of whoever held a membership before another."""
    kept = profile.kept(rulebook)
    if kept is None:
        return None
    day = add_months(local_day(until, rulebook.zone), -kept[1]) + timedelta(days=1)
    return kept[0].id, at_day(day, rulebook.zone)


def applicant_data(actor: Actor, number: str, at: datetime) -> ApplicantData:
    """What the applicant of a matter may know of her data. MatterUnknown."""
    status = cases.status_for_applicant(actor, number, at)
    found = cases.application_traces(actor.programme, number)
    rows = ApplicantConsent.objects.filter(matter_id__in=found.matters if found else [actor.id]).order_by("id")
    end = _kept_until(programmes.programme_at(actor.programme, at), status.ended_at, status.state)
    return ApplicantData(
        agreed=tuple(ConsentLine(row.what, True, row.version, Text(**row.words), row.at) for row in rows),
        looks=_looks(actor, number, found.holders if found else ()), kept_until=end[1], clause=end[0],
        under_way=bool(found and found.open), members=found is None,
    )  # fmt: skip


def _kept_until(rulebook: Programme, ended: datetime | None, state: str) -> tuple[str, datetime | None]:
    days, months = profile.kept_of_applicants(rulebook), profile.kept(rulebook)
    if ended is None or state == "passed" or (days is None and months is None):
        return "", None
    day = local_day(ended, rulebook.zone)
    if days is not None:
        return days[0].id, at_day(day + timedelta(days=days[1]), rulebook.zone)
    return (months[0].id, at_day(add_months(day, months[1]), rulebook.zone)) if months else ("", None)


def _looks(actor: Actor, number: str, holders: tuple[str, ...]) -> tuple[Look, ...]:
    """Who opened her papers, and who had her code renewed, the newest first."""
    found = [look for holder in holders for look in papers_read(actor.programme, holder, actor.reference)]
    found += [
        Look(each.at, each.actor_name, Text(**_CODE.both(reason=str(each.given.get("reason", "")))), False)
        for each in about(actor.programme, f"matter:{number}", ["reissue_code"])
        if not each.actor.startswith("applicant:")
    ]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))
