"""Awards as values, and what may be asked of them. Those with `conduct` or `audit` see every one, a member her own."""

from __future__ import annotations

from datetime import datetime

from huiguan.conduct.honouring import borne
from huiguan.conduct.keeping import POWER
from huiguan.conduct.models import Award
from huiguan.conduct.refusals import HonourUnknown
from huiguan.conduct.values import AwardKind, AwardTold, FieldAsked, Honour
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.kinds import award
from huiguan.rules.programme import Clause, Programme

PAGE = 200
_FILLED = ("name", "member", "award", "category", "words")


def award_told(actor: Actor, row: Award, at: datetime) -> AwardTold:
    """An award whole, as it is at `at`."""
    rulebook = programmes.version(row.version)
    clause = rulebook.clauses[row.clause]
    number, name = members.number_and_name(row.programme_id, members.holder_of(row.membership_id))
    held = borne(row, at)
    may = ("withdraw",) if held and actor.may(POWER) and actor.may("suspend") else ()
    return AwardTold(
        number=row.number, member=number, name=name, award=row.award, title=dict(award.called(rulebook, row.award)),
        category=_category(clause, row), clause=row.clause, state=row.state, borne=held, matter=row.matter,
        words=row.words, proposed_at=row.proposed_at, proposed_by=row.proposed_by_name, since=row.since,
        until=row.until, ended_at=row.ended_at, ended_why=row.ended_why,
        certificate=str(row.brought.get("certificate", "")),
        says=award.granted(rulebook, clause, row.since or at, rulebook.zone)[1], may=may,
    )  # fmt: skip


def _category(clause: Clause, row: Award) -> dict[str, str] | None:
    found = award.category(clause, row.category)
    return dict(found) if found is not None else None


def _demand(actor: Actor) -> None:
    if not actor.may("audit"):
        actor.demand(POWER)


def states_awards(actor: Actor, at: datetime) -> bool:
    """Whether the rulebook in force states awards at all."""
    rulebook = programmes.ruling_at(actor.programme, at)
    return rulebook is not None and bool(award.awards(rulebook))


def award_kinds(actor: Actor, at: datetime) -> tuple[AwardKind, ...]:
    """Every award that may be proposed, in the order of the rulebook. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    rulebook = programmes.programme_at(actor.programme, at)
    return tuple(_kind(rulebook, name, clause) for name, clause in award.awards(rulebook).items())


def _kind(rulebook: Programme, name: str, clause: Clause) -> AwardKind:
    rule = award.rule(clause)
    found = course(rulebook, rule.procedure) if rule.procedure is not None else None
    asked = [field for _, field in found.fields if field.name not in _FILLED] if found is not None else []
    return AwardKind(
        name, rule.called.both(), clause.id,
        tuple((each.category, each.called.both()) for each in rule.categories), rule.most,
        tuple(
            FieldAsked(
                each.name, each.title.both(), each.required,
                tuple((one.value, one.title.both()) for one in each.choices),
            )
            for each in asked
        ),
    )  # fmt: skip


def awards(actor: Actor, at: datetime, *, member: str = "", state: str = "") -> tuple[AwardTold, ...]:
    """Awards proposed and given, the newest first; those a member was given where she asks herself. Takes `conduct` or
    `audit`."""
    rows = Award.objects.filter(programme_id=actor.programme).order_by("-seq")
    if actor.kind == "member":
        rows = rows.filter(
            membership_id__in=members.lives_of(actor.membership or 0), state__in=["granted", "withdrawn"]
        )
    else:
        _demand(actor)
        rows = rows.filter(membership_id__in=members.lives_of(members.membership(actor, member))) if member else rows
    rows = rows.filter(state=state) if state else rows
    return tuple(award_told(actor, row, at) for row in rows[:PAGE])


def one_award(actor: Actor, number: str, at: datetime) -> AwardTold:
    """An award by its number: one she was given, or any with `conduct` or `audit`. HonourUnknown."""
    if actor.kind != "member":
        _demand(actor)
    row = Award.objects.filter(programme_id=actor.programme, number=number.strip().upper()).first()
    hidden = actor.kind == "member" and row is not None
    own = members.lives_of(actor.membership) if actor.membership is not None else ()
    if row is None or (hidden and (row.membership_id not in own or row.state in ("proposed", "dropped"))):
        raise HonourUnknown(field="award", given=number)
    return award_told(actor, row, at)


def honours(programme: int, at: datetime, *, among_members: bool = False) -> tuple[Honour, ...]:
    """The roll of honour at `at`, the newest first: awards borne that are made known to everybody, and `among_members`
    those made known to members too. Whoever is honoured is named in full."""
    rows = Award.objects.filter(programme_id=programme, state="granted", since__lte=at).order_by("-since", "-seq")
    shown = ("public", "members") if among_members else ("public",)
    told: list[Honour] = []
    for row in rows[:PAGE]:
        rulebook = programmes.version(row.version)
        clause = rulebook.clauses[row.clause]
        if award.rule(clause).published not in shown or not borne(row, at) or row.since is None:
            continue
        name = members.number_and_name(programme, members.holder_of(row.membership_id))[1]
        title = dict(award.called(rulebook, row.award))
        told.append(
            Honour(row.number, name, title, _category(clause, row), row.clause, row.since, row.until, row.words)
        )
    return tuple(told)
