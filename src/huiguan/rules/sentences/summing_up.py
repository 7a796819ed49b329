"""A rulebook in a few lines: what kind of business it is for, and what it does, for somebody who chooses one."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.kernel.text import Text
from huiguan.rules.courses import courses
from huiguan.rules.kinds import member_type
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.sentences.telling import Term, terms

# What a shop owner asks first: who belongs, what it costs, what comes back, for what, until when.
_FIRST = (
    ("tier_ladder", "rungs"),
    ("benefit", "rates"),
    ("price", "holds"),
    ("earn", "per"),
    ("redemption", "ways"),
    ("redemption", "rewards"),
    ("redemption", "months"),
    ("expiry", "clears"),
    ("multiplier", "times"),
    ("grant", "on"),
    ("tier_ladder", "promote"),
    ("credential", "fee"),
    ("fee", "amount"),
    ("deposit", "amount"),
    ("profile", "fields"),
    ("body", "places"),
)
_SELLING = ("earn", "benefit", "price", "redemption", "coupon", "package", "top_up")  # what a till works by
_NAMED = ("fee", "deposit")
_TITLES = 4
_ABOUT = Text(zh="写的是：{titles}。", en="It is about: {titles}.")
_TYPES = Text(zh="会员分{types}。", en="Members are of these sorts: {types}.")
_COURSE = Text(zh="入会经过：{stages}。", en="Joining goes through: {stages}.")


def sells(rulebook: Programme) -> bool:
    """Whether it says anything of what is bought; one that does not is about belonging and its procedures alone."""
    return any(rulebook.of(kind) for kind in _SELLING)


def in_short(rulebook: Programme, lines: int = 5) -> tuple[Term, ...]:
    """The first sentence that says each of the first few things the rulebook settles; its first titles where none of
    them is settled."""
    found = (_first(rulebook, kind, parameter) for kind, parameter in _FIRST)
    told = (*_entry(rulebook), *(term for term in found if term is not None))[:lines]
    return told or (
        Term(_ABOUT, {"titles": _listed([each.title for each in rulebook.clauses.values()][:_TITLES], "; ")}),
    )


def _entry(rulebook: Programme) -> tuple[Term, ...]:
    """Who may belong and how one comes in, told first where nothing is sold."""
    if sells(rulebook):
        return ()
    sorts = [Text(**member_type.called(rulebook, name)) for name in member_type.types(rulebook)]
    joining = next((each for each in courses(rulebook).values() if each.terms.of == "membership"), None)
    stages = [leg.title for leg in joining.legs] if joining else []
    told = [Term(_TYPES, {"types": _listed(sorts, ", ")})] if len(sorts) > 1 else []
    return (*told, Term(_COURSE, {"stages": _listed(stages, " → ")})) if stages else tuple(told)


def _listed(texts: Sequence[Text], between: str) -> Text:
    """Texts in one; a list is parted in Chinese by its own comma."""
    return Text(
        zh={", ": "、", "; ": "；"}.get(between, between).join(each.zh for each in texts),
        en=between.join(each.en for each in texts),
    )


def _first(rulebook: Programme, kind: str, parameter: str) -> Term | None:
    told = ((clause, term) for clause in rulebook.of(kind) for term in terms(rulebook, clause))
    found = next((each for each in told if any(name.partition("_")[0] == parameter for name in each[1].values)), None)
    if found is None:
        return None
    clause, term = found
    return _named(clause, term) if kind in _NAMED else term


def _named(clause: Clause, term: Term) -> Term:
    """A sum alone says nothing: the clause's own title says what it is for."""
    return Term(
        Text(zh="{title}：" + term.text.zh, en="{title}: " + term.text.en), {"title": clause.title, **term.values}
    )
