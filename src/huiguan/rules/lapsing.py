"""When a package gives nothing any more, and how a decision about one is told. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.facts import PackageFact
from huiguan.rules.kinds.package import ENDINGS, REFUSALS
from huiguan.rules.packages import offers, title_of
from huiguan.rules.programme import Programme


def unshown(programme: Programme, package: PackageFact, shown: Collection[str]) -> Reason | None:
    offer = offers(programme).get(package.name)
    clause = offer.rule("shown") if offer else None
    if clause is None or "card" in shown:
        return None
    return Reason(clause.id, "not_shown", False, told_of(programme, package))


def stale(programme: Programme, package: PackageFact, at: datetime) -> Reason | None:
    """Why nothing is given under it at `at` any more."""
    told = told_of(programme, package)
    if package.ended is not None:
        return Reason(package.clause, "ended", False, {**told, "how": ENDINGS[package.ended].both()})
    if at < package.valid_from:
        since = package.valid_from.astimezone(programme.zone).date().isoformat()
        return Reason(package.clause, "not_yet", False, {**told, "since": since})
    if package.valid_until is not None and at >= package.valid_until:
        until = last_day(package.valid_until, programme)
        return Reason(_ending(programme, package), "expired", False, {**told, "until": until})
    return None


def _ending(programme: Programme, package: PackageFact) -> str:
    offer = offers(programme).get(package.name)
    clause = (offer.rule("use_by") or offer.rule("months")) if offer else None
    return clause.id if clause else package.clause


def last_day(until: datetime, programme: Programme) -> str:
    return (until.astimezone(programme.zone) - timedelta(microseconds=1)).date().isoformat()


def told_of(programme: Programme, package: PackageFact) -> dict[str, Any]:
    return {"title": title_of(programme, package.name, package.clause).both(), "code": package.code}


def stop(clause: str, say: str, field: str, values: Mapping[str, Any]) -> Decision:
    return refused(Reason(clause, say, False, values), field)


def refused(reason: Reason, field: str) -> Decision:
    code, rank = REFUSALS[reason.say]
    return Decision((Refuse(reason.clause, code, rank, field, {"reason": reason}),), (reason,))
