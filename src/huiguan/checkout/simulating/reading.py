"""Questions about simulations: how far, what they come to, who is moved, what is refused, one member's two stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from django.db.models import Count, F, Q, QuerySet

from huiguan.checkout.documents import reasons_of
from huiguan.checkout.models import Simulation, SimulationMover, SimulationPart, SimulationRefusal
from huiguan.checkout.simulating.figures import ALL, merged, units_of
from huiguan.checkout.simulating.records import GiftBack, GoodsBack, Redeemed, SaleMade, Setting
from huiguan.checkout.simulating.replaying import Outcome, Pair, replay
from huiguan.checkout.simulating.running import mover_of, what_of
from huiguan.checkout.simulating.selling import Side
from huiguan.checkout.simulating.settings import gatherer
from huiguan.checkout.telling import told
from huiguan.checkout.values import Happened, MemberStory, Mover, SimulatedRefusal, SimulationView, StorySide
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.kinds import earn
from huiguan.rules.programme import Programme

WORD = Text(zh="试算", en="simulation")
_READERS = ("write_rulebook", "approve_rulebook", "publish", "audit")
ORDERS = {"size": "-size", "pays_more": "-kept", "pays_less": "kept", "points_more": "-units", "points_less": "units"}


def view_of(row: Simulation) -> SimulationView:
    """A simulation as it is told, with the sums so far."""
    parts = list(SimulationPart.objects.filter(simulation=row))
    draft = compile_rulebook(row.source)
    real, tried = merged(part.real for part in parts), merged(part.draft for part in parts)
    return SimulationView(
        number=row.pk,
        kind=row.kind,
        of=row.number,
        title=row.title,
        digest=row.digest,
        since=row.since,
        until=row.until,
        as_written=row.as_written,
        asked_at=row.asked_at,
        by=row.actor_name,
        state=row.state,
        sales=row.sales,
        done=sum(part.sales for part in parts),
        members=sum(part.members for part in parts),
        movers=sum(part.movers for part in parts),
        refusals=sum(part.refusals for part in parts),
        real=real,
        draft=tried,
        worth=_worth(row, draft, {**real.get(ALL, {}), **tried.get(ALL, {})}),
        seconds=(row.ended_at - row.begun_at) // timedelta(seconds=1) if row.ended_at and row.begun_at else None,
    )


def _worth(row: Simulation, draft: Programme, amounts: dict[str, int]) -> dict[str, tuple[int, int]]:
    in_force = programmes.timeline(row.programme_id)
    began = next((rulebook for begins, rulebook in in_force if begins <= row.as_written), draft)
    return {unit: (earn.worth_of(began, unit), earn.worth_of(draft, unit)) for unit in units_of(amounts)}


def simulations(actor: Actor, *, before: int | None = None, limit: int = 20) -> tuple[SimulationView, ...]:
    """The simulations of the actor's programme, the newest first, from before number `before`. Takes `write_rulebook`,
    `approve_rulebook`, `publish` or `audit`, as all questions about simulations do."""
    _demand(actor)
    rows = Simulation.objects.filter(programme_id=actor.programme).order_by("-id")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return tuple(view_of(row) for row in rows[:limit])


def simulation(actor: Actor, number: int) -> SimulationView:
    """A simulation by its number; NotFound otherwise."""
    return view_of(_row(actor, number))


def simulated_source(actor: Actor, number: int) -> str:
    """The text of the rulebook that was tried."""
    return _row(actor, number).source


def _demand(actor: Actor) -> None:
    if not any(actor.may(power) for power in _READERS):
        actor.demand(_READERS[0])


def _row(actor: Actor, number: int) -> Simulation:
    _demand(actor)
    row = Simulation.objects.filter(pk=number, programme_id=actor.programme).first() if number < 2**63 else None
    if row is None:
        raise NotFound(field="simulation", what=WORD, given=str(number))
    return row


def movers(
    actor: Actor,
    number: int,
    *,
    order: str = "size",
    tier_only: bool = False,
    after: tuple[int, int] | None = None,
    limit: int = 50,
) -> tuple[Mover, ...]:
    """The members for whom something differs, by `order` (one of ORDERS), from beyond `after` (value, membership) on;
    `tier_only`: those whose tier does. Takes `read_members` as well."""
    rows = SimulationMover.objects.filter(simulation=_row(actor, number))
    if tier_only:
        rows = rows.exclude(tier_real=F("tier_draft"))
    by = ORDERS[order]
    field = by.lstrip("-")
    if after is not None:
        beyond = {f"{field}__lt" if by.startswith("-") else f"{field}__gt": after[0]}
        rows = rows.filter(Q(**beyond) | Q(**{field: after[0]}, membership_id__gt=after[1]))
    return _movers(actor, rows.order_by(by, "membership_id")[:limit])


def _movers(actor: Actor, rows: QuerySet[SimulationMover] | Sequence[SimulationMover]) -> tuple[Mover, ...]:
    found = list(rows)
    names = members.names(actor, [row.membership_id for row in found])
    return tuple(_mover(row, *names.get(row.membership_id, ("", ""))) for row in found)


def _mover(row: SimulationMover, number: str, name: str) -> Mover:
    return Mover(
        membership=row.membership_id,
        member=number,
        name=name,
        size=row.size,
        kept=row.kept,
        units=row.units,
        tier_real=row.tier_real,
        tier_draft=row.tier_draft,
        real=row.document["real"],
        draft=row.document["draft"],
        changed=row.document["changed"],
        why=row.document["why"],
    )


def mover_place(mover: Mover, order: str) -> tuple[int, int]:
    """Where the list by `order` goes on after this one."""
    value = {"size": mover.size, "pays_more": mover.kept, "pays_less": mover.kept}.get(order, mover.units)
    return value, mover.membership


def simulated_refusals(
    actor: Actor, number: int, *, after: int | None = None, limit: int = 50
) -> tuple[tuple[int, SimulatedRefusal], ...]:
    """What the rulebook tried refuses, each with its place in the list, from beyond place `after` on."""
    rows = SimulationRefusal.objects.filter(simulation=_row(actor, number)).order_by("id")
    found = list((rows.filter(pk__gt=after) if after is not None else rows)[:limit])
    names = members.names(actor, {row.membership_id for row in found})
    return tuple((row.pk, _refusal(row, *names.get(row.membership_id, ("", "")))) for row in found)


def _refusal(row: SimulationRefusal, number: str, name: str) -> SimulatedRefusal:
    return SimulatedRefusal(
        membership=row.membership_id,
        member=number,
        name=name,
        reference=f"{row.membership_id}-{row.seq}",
        what=row.what,
        code=row.code,
        clause=row.clause,
        told=row.told,
        made=row.made,
        at=row.at,
        amount=row.amount,
    )


def refusal_counts(actor: Actor, number: int) -> dict[str, int]:
    """How often each refusal is met, the most frequent first."""
    rows = SimulationRefusal.objects.filter(simulation=_row(actor, number)).values_list("code")
    return dict(rows.annotate(n=Count("id")).order_by("-n", "code"))


def member_story(actor: Actor, number: int, ref: str) -> MemberStory:
    """Both stories of one member, happening by happening, with the reasons of each; told again from the records as they
    stood when the simulation was asked for. NotFound for a member there is not."""
    row = _row(actor, number)
    membership = members.membership(actor, ref)
    reader = gatherer(row.programme_id, row.source, row.since, row.until, row.as_written)
    lives = reader.lives(membership - 1, membership)
    if not lives:
        raise NotFound(field="member", what=_MEMBER, given=ref)
    outcome = replay(reader.setting, lives[0])
    (mover,) = _movers(actor, [mover_of(row, reader.setting.draft, outcome)])
    shown = [pair for pair in outcome.pairs if pair.real.amounts or pair.draft.amounts or pair.draft.refused]
    return MemberStory(mover, tuple(_happened(reader.setting, outcome, pair) for pair in shown))


_MEMBER = Text(zh="会员", en="member")


def _happened(setting: Setting, outcome: Outcome, pair: Pair) -> Happened:
    happening, membership = pair.happening, outcome.life.member.membership
    seq = getattr(happening, "seq", 0)
    real: list[dict[str, Any]] = []
    if isinstance(happening, SaleMade):
        judged_by = setting.judged_by(happening.version) or setting.in_force(happening.at)
        real = told(judged_by, msgspec.json.decode(happening.told.reasons))
    of = happening.sale_seq if isinstance(happening, GoodsBack) else seq
    return Happened(
        what=what_of(pair),
        reference=f"{membership}-{of}" if isinstance(happening, SaleMade | GoodsBack | Redeemed | GiftBack) else "",
        at=happening.at,
        real=_side(pair.real, real),
        draft=_side(pair.draft, _draft_reasons(setting, pair)),
        differs=pair.differs,
    )


def _draft_reasons(setting: Setting, pair: Pair) -> list[dict[str, Any]]:
    """A return of a sale made before the time has the reasons of that sale's version."""
    rulebook = setting.draft
    if isinstance(pair.happening, GoodsBack) and pair.happening.before is not None:
        rulebook = setting.judged_by(pair.happening.before.version) or rulebook
    return told(rulebook, reasons_of(pair.draft.reasons))


def _side(side: Side, reasons: Iterable[dict[str, Any]]) -> StorySide:
    return StorySide(
        amounts={name: amount for name, amount in side.amounts.items() if amount},
        tier=side.tier,
        after=side.after,
        made=side.made,
        reasons=tuple(reasons),
        refused=side.refused.as_problem() if side.refused else None,
    )
