"""The clause that takes a law in, and what each rule of its edition does here."""

from __future__ import annotations

from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules import laws
from huiguan.rules.laws import Does, Rule
from huiguan.rules.programme import Clause, Programme


def clause_of(programme: Programme) -> Clause | None:
    """The clause that takes the law in."""
    return programme.one("custody")


def rule_of(clause: Clause, name: str) -> tuple[Rule, Does] | None:
    """A rule of the clause's edition and what it does here; None where the edition has none or it is off."""
    given: Any = clause.parameters
    found = laws.edition(given.law, given.edition)
    rule = found.rules.get(name) if found else None
    if rule is None:
        return None
    does: Does = next((each.does for each in given.switches if each.rule == name), rule.does)
    return None if does == "off" else (rule, does)


def figure(clause: Clause, name: str) -> Rule:
    """The rule with its figures; without any where it is off."""
    found = rule_of(clause, name)
    return found[0] if found else Rule(name, "off", "text", Text(zh="", en=""))


def article_of(rule: Rule) -> dict[str, str]:
    """The article as a reason's value."""
    return {"zh": rule.article.zh, "en": rule.article.en}
