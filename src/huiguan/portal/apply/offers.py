"""What one may apply for here, and what each takes: read off the rulebook."""

from __future__ import annotations

from collections.abc import Iterable

from huiguan.cases import queries
from huiguan.cases.values import ProcedureTold, StageTold
from huiguan.design.values import Words
from huiguan.design.wording import length_told
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_ref
from huiguan.portal.apply.pages import Course, OfferCard, OfferPage
from huiguan.rules import courses, dossiers
from huiguan.rules.kinds import member_type
from huiguan.rules.programme import Clause

TYPE = "member_type"
_WHO = {
    "applicant": Text(zh="还不是会员的", en="whoever is not a member yet"),
    "member": Text(zh="会员本人", en="members"),
}
_NAMED = Text(zh="由本会提名", en="named by the house")
_PAPERS = Text(zh="材料 {n} 份", en="papers: {n}")
_STAGES = Text(zh="{n} 个环节", en="stages: {n}")
_COSTS = Text(zh="有费用", en="it has a cost")
_FREE = Text(zh="不收费", en="free of charge")
_TAKEN = Text(zh="正在受理，到 {until:day} 为止", en="taken now, up to {until:day}")
_CALLED = Text(zh="{since:day} 至 {until:day} 受理", en="taken from {since:day} to {until:day}")


def offered(now: Visiting, actor: Actor) -> tuple[ProcedureTold, ...]:
    """The procedures somebody like the actor may open."""
    return tuple(each for each in queries.procedures(actor, now.at) if actor.kind in each.opened_by)


def cards(now: Visiting, actor: Actor) -> list[OfferCard]:
    """What one may apply for, each with what it takes in a few words."""
    return [_card(now, each) for each in offered(now, actor)]


def _card(now: Visiting, told: ProcedureTold) -> OfferCard:
    clause, papers = now.rulebook.clauses[told.clause], _papers(now, told)
    takes: list[Words] = [Text(**_STAGES.both(n=len(told.stages)))]
    if papers:
        takes.append(Text(**_PAPERS.both(n=len(papers))))
    takes.append(_COSTS if _fees(now, told) else _FREE)
    call = _call(told)
    return OfferCard(told.name, told.title, clause.text, [call, *takes] if call else takes)


def _call(told: ProcedureTold) -> Words:
    """When forms are handed in, '' where they are all year."""
    if told.called_from is None or told.called_until is None:
        return ""
    days = {"since": told.called_from.isoformat(), "until": told.called_until.isoformat()}
    return Text(**(_TAKEN if told.taken else _CALLED).both(**days))


def offer_page(now: Visiting, told: ProcedureTold) -> OfferPage:
    """Everything one should know before one begins."""
    clause = now.rulebook.clauses[told.clause]
    found = courses.course(now.rulebook, told.name)
    earlier = found.terms.follows if found is not None else None
    before = courses.course(now.rulebook, earlier.procedure) if earlier is not None else None
    return OfferPage(
        name=told.name, title=told.title, text=clause.text, clause=clause_ref(now, clause.id), who=_who(now, told),
        conditions=[(each.text, clause_ref(now, each.id)) for each in _conditions(now, told)],
        papers=_papers(now, told),
        costs=[(each.title, each.text, clause_ref(now, each.id)) for each in _fees(now, told)],
        course=[drawn(now, each) for each in told.stages], sorts=_sorts(told),
        follows=before.title if before is not None else "", fields=len(told.fields), call=_call(told), taken=told.taken,
    )  # fmt: skip


def drawn(now: Visiting, stage: StageTold) -> Course:
    """A stage with who takes it and how long."""
    by, within = stage.by, length_told(stage.within)
    aside: Words = Text(zh=f"{by.zh} · {within.zh}", en=f"{by.en} · {within.en}") if isinstance(within, Text) else by
    return Course(stage.title, aside, stage.standing, clause_ref(now, stage.clause))


def _sorts(told: ProcedureTold) -> list[tuple[str, Words]]:
    """The sorts of members one may choose from, as the form's own field has them."""
    field = next((each for each in told.fields if each.name == TYPE), None)
    return [(each.value, Text(zh=each.title.zh, en=each.title.en)) for each in field.choices] if field else []


def _who(now: Visiting, told: ProcedureTold) -> list[Words]:
    """Who may open it, and as what."""
    who: list[Words] = [_WHO[each] for each in told.opened_by if each in _WHO]
    if told.subject not in ("membership", "registration"):
        return who
    for clause in member_type.types(now.rulebook).values():
        rule = member_type.rule(clause)
        called = Text(zh=rule.called.zh, en=rule.called.en)
        named = rule.apply != "self"
        who.append(Text(zh=f"{called.zh}（{_NAMED.zh}）", en=f"{called.en} ({_NAMED.en})") if named else called)
    return who


def _conditions(now: Visiting, told: ProcedureTold) -> Iterable[Clause]:
    joins = told.subject in ("membership", "registration")
    return [each for each in now.rulebook.of("eligibility") if each.text.zh and each.waits_for is None] if joins else []


def _papers(now: Visiting, told: ProcedureTold) -> list[Words]:
    """The papers its stages ask for."""
    found = courses.course(now.rulebook, told.name)
    needs = dict.fromkeys(name for leg in found.legs for name in leg.stage.needs) if found is not None else {}
    known = dossiers.names(now.rulebook)
    return [
        dossiers.described(now.rulebook, item)
        for name in needs
        if name in known
        for _, item in dossiers.items(now.rulebook, name)
    ]


def _fees(now: Visiting, told: ProcedureTold) -> list[Clause]:
    """The fees its stages wait for; of an application to join also what every member pays."""
    found = courses.course(now.rulebook, told.name)
    needs = {name for leg in found.legs for name in leg.stage.needs} if found is not None else set()
    named = [each for each in now.rulebook.of("fee") if each.parameters.name in needs]  # type: ignore[attr-defined]
    if told.subject != "membership":
        return named
    usual = [each for each in now.rulebook.of("fee") if each.parameters.every != "asked"]  # type: ignore[attr-defined]
    return [*named, *(each for each in usual if each not in named)]
