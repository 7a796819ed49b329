"""Stored value on the books: what is outstanding, what the law allows, what lies in custody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiguan.checkout import queries as checkout
from huiguan.checkout.telling import sentence
from huiguan.checkout.values import CustodyView, OutstandingView
from huiguan.console.acting import Acting, refused_field
from huiguan.console.keys import new_key
from huiguan.console.wording import clause_refs, text_of
from huiguan.design.values import ClauseRef, Figure, Mark, Refused, Words
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes
from huiguan.rules import laws
from huiguan.rules.lawful import clause_of, rule_of
from huiguan.rules.laws import Rule
from huiguan.rules.programme import Programme
from huiguan.rules.sentences.words import said

NAMES = {
    "day": Text(zh="哪一天", en="Day"),
    "balance": Text(zh="存管余额", en="In custody"),
    "note": Text(zh="备注", en="Note"),
}
DOES = {
    "block": Mark(Text(zh="拦截", en="Blocks"), "stop"),
    "warn": Mark(Text(zh="提醒", en="Warns"), "warn"),
    "off": Mark(Text(zh="不管", en="Off")),
}
CHECKED = {
    "text": Text(zh="读过原文", en="read in the text"),
    "secondary": Text(zh="转引，未读原文", en="as others report it"),
    "assumed": Text(zh="未证实", en="not confirmed"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of the law: what it says, its figure, its article, what it does here and how its figure was confirmed."""

    title: Words
    figure: Words
    article: Words
    does: Mark
    checked: Words
    sure: bool


@dataclass(frozen=True, slots=True)
class StoredPage:
    """All stored value. `findings`: what is out of bounds, each with its clauses; `nights`: (day, principal, bonus,
    holders, findings), newest first; `law`: what is followed; `stores` false where this rulebook stores nothing."""

    stores: bool
    figures: Sequence[Figure]
    findings: Sequence[tuple[Words, Sequence[ClauseRef]]]
    nights: Sequence[tuple[date, int, int, int, int]]
    statements: Sequence[CustodyView]
    law: Words
    law_refs: Sequence[ClauseRef]
    rules: Sequence[RuleRow]
    may_note: bool
    key: str
    today: date
    typed: Mapping[str, str]
    refused: Refused | None = None
    wrong: str = ""


def stored_page(now: Acting, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None) -> StoredPage:
    """What is stored as of now. Takes `audit`."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    view = checkout.outstanding(now.actor, now.at)
    clause = clause_of(rulebook)
    return StoredPage(
        stores=bool(rulebook.of("top_up")),
        figures=_figures(view),
        findings=[(text_of(sentence(rulebook, each)), clause_refs(rulebook, [each.clause])) for each in view.findings],
        nights=view.nights,
        statements=view.statements,
        law=_law(rulebook),
        law_refs=clause_refs(rulebook, [clause.id]) if clause else (),
        rules=_rules(rulebook),
        may_note=now.actor.may("organise"),
        key=new_key(),
        today=now.at.astimezone(rulebook.zone).date(),
        typed=typed or {},
        refused=refused_field(refusal, now, NAMES) if refusal else None,
        wrong=refusal.field or "" if refusal else "",
    )


def _figures(view: OutstandingView) -> list[Figure]:
    ceiling: Words = Text(zh="没有上限", en="no ceiling")
    if view.ceiling is not None:
        most = words.yuan(view.ceiling)
        ceiling = Text(zh=f"上限 {most}", en=f"ceiling {most}")
    holders = Text(zh=f"{view.holders:,} 位会员", en=f"{view.holders:,} {either(view.holders, 'member', 'members')}")
    needed = words.yuan(view.needed)
    return [
        Figure(Text(zh="预收本金", en="Principal"), view.principal, "money", ceiling),
        Figure(Text(zh="赠送余额", en="Bonus"), view.bonus, "money", holders),
        Figure(
            Text(zh="存管余额", en="In custody"),
            view.in_custody,
            "money",
            Text(zh=f"应有 {needed}", en=f"{needed} needed") if view.needed else Text(zh="不须存管", en="none needed"),
        ),
        Figure(
            Text(zh="上季末预收", en="At the quarter’s end"), view.quarter_end, "money",
            Text(zh="存管按它算", en="custody goes by it"),
        ),
    ]  # fmt: skip


def _law(rulebook: Programme) -> Words:
    clause = clause_of(rulebook)
    if clause is None:
        return ""
    given: Any = clause.parameters
    edition = laws.edition(given.law, given.edition)
    if edition is None:
        return ""
    return Text(
        zh=f"{edition.title.zh}，{edition.since.isoformat()} 起",
        en=f"{edition.title.en}, from {edition.since.isoformat()}",
    )


def _rules(rulebook: Programme) -> list[RuleRow]:
    """Every rule of the edition that is followed, as it holds here."""
    clause = clause_of(rulebook)
    if clause is None:
        return []
    given: Any = clause.parameters
    edition = laws.edition(given.law, given.edition)
    rules = edition.rules.values() if edition else ()
    rows = []
    for rule in rules:
        found = rule_of(clause, rule.rule)
        rows.append(
            RuleRow(
                said("switches.rule", rule.rule), _figure(rule), rule.article, DOES[found[1] if found else "off"],
                CHECKED[rule.checked], rule.checked == "text",
            )
        )  # fmt: skip
    return rows


def _figure(rule: Rule) -> Words:
    if rule.amount:
        return words.yuan(rule.amount)
    if rule.percent:
        return f"{rule.percent}%"
    if rule.days:
        return Text(zh=f"{rule.days} 天", en=f"{rule.days} {either(rule.days, 'day', 'days')}")
    return (
        Text(zh=f"{rule.months} 个月", en=f"{rule.months} {either(rule.months, 'month', 'months')}")
        if rule.months
        else "—"
    )
