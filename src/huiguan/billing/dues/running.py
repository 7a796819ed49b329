"""A fee for everybody: seen before it is done, done member by member, and taken up again where it was cut short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.billing.dues.books import Books, close_books
from huiguan.billing.dues.charges import by_member, demand_house
from huiguan.billing.dues.charging import (
    Asked,
    clause_named,
    known_charges,
    payers,
    plan_for,
    settle_if_any,
    write_charges,
)
from huiguan.billing.inputs import RunFee
from huiguan.billing.models import FeeRun
from huiguan.billing.refusals import FeeNotRun
from huiguan.billing.values.dues import PlannedLine, RunPreview, RunView
from huiguan.calendar import queries as calendar
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.members import queries as members
from huiguan.members.values import MemberHit
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import fee

AT_ONCE = 200
SHOWN = 100


def preview_run(actor: Actor, at: datetime, given: RunFee) -> RunPreview:
    """Who would be charged what, who nothing and why. Writes nothing. Takes `bill`; refuses FeeUnknown, FeeNotRun."""
    actor.demand("bill")
    asked = _asked(actor, at, given)
    charged, left_out, total = 0, 0, 0
    lines: list[PlannedLine] = []
    shown = {True: 0, False: 0}
    after = ""
    while hits := members.listed(actor, after=after, limit=AT_ONCE):
        after = hits[-1].number
        for hit, plan in _planned(actor, at, asked, hits).items():
            amount = sum(each.amount for each in plan.charges)
            charged, left_out, total = charged + bool(amount), left_out + (not amount), total + amount
            if shown[bool(amount)] < SHOWN:
                shown[bool(amount)] += 1
                due = plan.charges[0].due if plan.charges else None
                lines.append(PlannedLine(hit.number, hit.name, amount, due, plan.reason))
    return RunPreview(given.fee, asked.clause.title, asked.day, charged, left_out, total, tuple(lines))


def run_fee(*, actor: Actor, at: datetime, given: RunFee, key: str | None = None) -> RunView:
    """Charge everybody what a fee costs for the period of its day. Cut short, it goes on where it was; run again, it charges
    those alone who were not. Takes `bill`. Refuses FeeUnknown, FeeNotRun."""
    actor.demand("bill")
    asked = _asked(actor, at, given)
    name = asked.clause.parameters.name  # type: ignore[attr-defined]

    def begin() -> int:
        run, _ = FeeRun.objects.get_or_create(
            programme_id=actor.programme, fee=name, day=asked.day,
            defaults={"begun_at": at, "by": actor.name},
        )  # fmt: skip
        return run.pk

    run = perform(
        "run_fee", actor=actor, at=at, subject=f"fee:{name}:{asked.day}", given=given, do=begin, returns=int, key=key
    )
    while in_transaction(lambda: _go_on(actor, at, asked, run)):
        pass
    return view_of_run(FeeRun.objects.get(pk=run), asked.clause.title)


def _asked(actor: Actor, at: datetime, given: RunFee) -> Asked:
    rulebook = programmes.programme_at(actor.programme, at)
    clause = clause_named(rulebook, given.fee)
    if clause.parameters.every == "asked":  # type: ignore[attr-defined]
        raise FeeNotRun(field="fee", clause=clause.id)
    day = given.day or local_day(at, rulebook.zone)
    return Asked(rulebook, clause, day, calendar.workdays(actor.programme).after)


def _planned(actor: Actor, at: datetime, asked: Asked, hits: Sequence[MemberHit]) -> dict[MemberHit, fee.Plan]:
    """What is planned for each, with what was charged before left out."""
    seen = payers(actor.programme, asked, at, [hit.membership for hit in hits])
    plans = {
        hit.membership: plan_for(hit.membership, asked, seen[hit.membership]) for hit in hits if hit.membership in seen
    }
    known = known_charges(actor.programme, asked.clause, plans)
    return {
        hit: fee.Plan((), fee.known(asked.clause, known[hit.membership]))
        if hit.membership in known
        else plans[hit.membership]
        for hit in hits
        if hit.membership in plans
    }


def _go_on(actor: Actor, at: datetime, asked: Asked, key: int) -> bool:
    """The next members of a run, in one transaction; whether there are more."""
    run = FeeRun.objects.select_for_update().get(pk=key)
    if run.finished_at is not None:
        return False
    hits = members.listed(actor, after=run.reached, limit=AT_ONCE)
    accounts = ledger.lock_accounts([hit.membership for hit in hits]) if hits else {}
    planned = {hit.membership: plan for hit, plan in _planned(actor, at, asked, hits).items()}
    due = {membership: plan for membership, plan in planned.items() if plan.charges}
    made = write_charges(actor, at, asked, due) if due else []
    for membership, rows in by_member(made).items():
        books = Books(actor, at, asked.rulebook, accounts[membership])
        settle_if_any(books, rows)
        close_books(books)
    run.charged, run.left_out = run.charged + len(due), run.left_out + len(hits) - len(due)
    run.total += sum(row.amount for row in made)
    run.reached = hits[-1].number if hits else run.reached
    run.finished_at = at if len(hits) < AT_ONCE else None
    run.save()
    return run.finished_at is None


def view_of_run(run: FeeRun, title: Text) -> RunView:
    return RunView(
        run.pk, run.fee, title, run.day, run.charged, run.left_out, run.total, run.by, run.begun_at, run.finished_at
    )


def runs(actor: Actor, at: datetime, limit: int = 20) -> list[RunView]:
    """The runs made, the newest first. Takes `bill` or `audit`."""
    demand_house(actor)
    rulebook = programmes.programme_at(actor.programme, at)
    rows = FeeRun.objects.filter(programme_id=actor.programme).order_by("-begun_at", "-pk")[:limit]
    titles = {clause.parameters.name: clause.title for clause in rulebook.of("fee")}  # type: ignore[attr-defined]
    return [view_of_run(row, titles.get(row.fee, Text(zh=row.fee, en=row.fee))) for row in rows]
