"""Custody: the law on prepaid cards, taken in by one clause.

The clause names the edition of the law it follows and what kind of issuer the house is; every rule of that edition then
blocks or warns at the till, or is watched at night: caps and validity of cards, who must be identified, when money must
come by transfer, the seven days in which principal is given back, how much may be outstanding and how much of it must
lie with a custodian. Each rule may be set to block, to warn or off. A change of the law is another edition: the clause
names it in a new version of the rulebook.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules import laws, outstanding
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse, Warn
from huiguan.rules.findings import Finding
from huiguan.rules.lawful import article_of, clause_of, figure, rule_of
from huiguan.rules.laws import Does
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "checkout"
TITLE = Text(zh="预付卡法规", en="Prepaid-card law")
Issuer = Literal["retail", "services", "group", "brand"]
RuleName = Literal[
    "filing", "named_cap", "unnamed_cap", "named_validity", "unnamed_validity", "named_identity", "unnamed_identity", "unit_transfer", "person_transfer", "refund_identity", "refund_cash", "seven_days", "ceiling_retail", "ceiling_services", "ceiling_group", "ceiling_new", "custody_large", "custody_group", "custody_brand",
]  # fmt: skip


class Switch(Base):
    """What one rule does here, other than its edition says."""

    rule: RuleName
    does: Does


class Parameters(Base):
    """`law` and the `edition` that is followed (the day from which it holds). `issuer`: retail (with lodging and
    catering), services, group, brand; `large`: of the size that keeps money in custody; `young`: less than a year old.
    `filing` number and `custodian` bank, absent until there are any; last year's main `revenue`, registered `capital`.
    `guaranteed`: insurance or a bank's guarantee stands for custody. `cards`: named, unnamed, or named where the
    profile is complete. `switches`: rules that do otherwise here."""

    law: Literal["cn-prepaid"]
    edition: date
    issuer: Issuer = "retail"
    large: bool = False
    young: bool = False
    filing: str | None = None
    custodian: str | None = None
    revenue: Yuan | None = None
    capital: Yuan | None = None
    guaranteed: bool = False
    cards: Literal["named", "unnamed", "by_profile"] = "named"
    switches: list[Switch] = []


SAYS = {
    "filing": Text(
        zh="没有备案号或存管银行，不能收储值（{article}）。",
        en="Without filing number and custodian bank no value may be stored ({article}).",
    ),
    "named_cap": Text(
        zh="记名卡至多 {most:yuan}，充后将为 {would:yuan}（{article}）。",
        en="A named card holds {most:yuan} at most; this would make {would:yuan} ({article}).",
    ),
    "unnamed_cap": Text(
        zh="不记名卡至多 {most:yuan}，充后将为 {would:yuan}（{article}）。",
        en="An unnamed card holds {most:yuan} at most; this would make {would:yuan} ({article}).",
    ),
    "named_validity": Text(
        zh="记名卡的储值不得设有效期（{article}）。", en="What a named card stores may not expire ({article})."
    ),
    "unnamed_validity": Text(
        zh="不记名卡的储值至少有效 {months} 个月（{article}）。",
        en="What an unnamed card stores lives {months} {months:month|months} at least ({article}).",
    ),
    "named_identity": Text(
        zh="首次充值须登记身份证件（{article}）。", en="The first top-up takes an identity paper ({article})."
    ),
    "unnamed_identity": Text(
        zh="不记名卡一次 {from_:yuan} 以上，须登记身份证件（{article}）。",
        en="From {from_:yuan} at once an unnamed card takes an identity paper ({article}).",
    ),
    "unit_transfer": Text(
        zh="单位一次 {from_:yuan} 以上，须转账，不收现金（{article}）。",
        en="From {from_:yuan} at once an organisation pays by transfer, not in cash ({article}).",
    ),
    "person_transfer": Text(
        zh="个人一次 {from_:yuan} 以上，须转账，不收现金（{article}）。",
        en="From {from_:yuan} at once a person pays by transfer, not in cash ({article}).",
    ),
    "refund_identity": Text(zh="退卡须核对身份证件（{article}）。", en="A refund takes an identity paper ({article})."),
    "refund_cash": Text(
        zh="退款超过 {most:yuan}，不退现金（{article}）。", en="Above {most:yuan} no cash is refunded ({article})."
    ),
    "seven_days": Text(
        zh="付款后 {days} 天内，本金可以退（{article}）。",
        en="Within {days} {days:day|days} of payment the principal is refunded ({article}).",
    ),
    "ceiling": Text(
        zh="预收余额 {outstanding:yuan}，上限 {most:yuan}（{article}）。",
        en="{outstanding:yuan} is outstanding; the ceiling is {most:yuan} ({article}).",
    ),
    "custody": Text(
        zh="应存管 {needs:yuan}，现存管 {has:yuan}（{article}）。",
        en="{needs:yuan} must be in custody, {has:yuan} is ({article}).",
    ),
    "figure_missing": Text(
        zh="缺上年主营收入或注册资本，上限算不出（{article}）。",
        en="The ceiling cannot be worked out without last year's revenue or the capital ({article}).",
    ),
}


@record
class Happening:
    """A top-up or refund as the law sees it: `amount` fen, `held` afterwards (principal), in `cash` of that; paid by a
    person or a `unit`; whether the card is `named`, an identity paper was shown now (`shown`) or at a top-up before
    (`known`); `outstanding` with all members when the last night looked."""

    amount: int
    held: int = 0
    cash: int = 0
    unit: bool = False
    named: bool = True
    shown: bool = False
    known: bool = False
    outstanding: int = 0


def is_named(programme: Programme, *, complete: bool) -> bool:
    """Whether a member's card is a named one; `complete`: her profile is."""
    clause = clause_of(programme)
    cards = _of(clause).cards if clause else "named"
    return cards == "named" or (cards == "by_profile" and complete)


def topping_up(programme: Programme, asked: Happening) -> Decision:
    """What the law says of a top-up: what blocks it refuses, what warns is told."""
    clause = clause_of(programme)
    if clause is None:
        return NOTHING
    given, kind = _of(clause), "named" if asked.named else "unnamed"
    broken: list[tuple[str, dict[str, Any]]] = []
    if not (given.filing and given.custodian):
        broken.append(("filing", {}))
    broken += _capped(clause, f"{kind}_cap", asked)
    if _short_lived(programme, clause, asked.named):
        broken.append((f"{kind}_validity", {"months": figure(clause, f"{kind}_validity").months}))
    if _unidentified(clause, f"{kind}_identity", asked):
        broken.append((f"{kind}_identity", {"from_": figure(clause, f"{kind}_identity").amount}))
    payer = "unit_transfer" if asked.unit else "person_transfer"
    if asked.cash and asked.amount >= figure(clause, payer).amount:
        broken.append((payer, {"from_": figure(clause, payer).amount}))
    broken += _beyond_ceiling(programme, asked)
    return _decision(clause, broken, "amount")


def refunding(programme: Programme, asked: Happening) -> Decision:
    """What the law says of paying `amount` back, `cash` of it in cash."""
    clause = clause_of(programme)
    if clause is None:
        return NOTHING
    broken: list[tuple[str, dict[str, Any]]] = []
    if not asked.shown:
        broken.append(("refund_identity", {}))
    if asked.cash and asked.amount > figure(clause, "refund_cash").amount:
        broken.append(("refund_cash", {"most": figure(clause, "refund_cash").amount}))
    return _decision(clause, broken, "means")


def given_back(programme: Programme, paid: date, today: date) -> Reason | None:
    """Why principal paid on `paid` is given back whatever the clauses say; None where the law does not."""
    clause = clause_of(programme)
    found = rule_of(clause, "seven_days") if clause else None
    if clause is None or found is None or today > paid + timedelta(days=found[0].days):
        return None
    return Reason(clause.id, "seven_days", True, {"days": found[0].days, "article": article_of(found[0])})


def _capped(clause: Clause, name: str, asked: Happening) -> list[tuple[str, dict[str, Any]]]:
    most = figure(clause, name).amount
    return [(name, {"most": most, "would": asked.held})] if most and asked.held > most else []


def _beyond_ceiling(programme: Programme, asked: Happening) -> list[tuple[str, dict[str, Any]]]:
    bounds, would = outstanding.limits(programme), asked.outstanding + asked.amount
    if bounds.ceiling is None or bounds.ceiling_rule is None or would <= bounds.ceiling:
        return []
    return [(bounds.ceiling_rule.rule, {"outstanding": would, "most": bounds.ceiling})]


def _short_lived(programme: Programme, clause: Clause, named: bool) -> bool:
    months = [c.parameters.principal_months for c in programme.of("top_up") if c.parameters.principal_months]  # type: ignore[attr-defined]
    if not months:
        return False
    return named or min(months) < figure(clause, "unnamed_validity").months


def _unidentified(clause: Clause, name: str, asked: Happening) -> bool:
    return not (asked.shown or asked.known) and asked.amount >= figure(clause, name).amount


def _decision(clause: Clause, broken: list[tuple[str, dict[str, Any]]], field: str) -> Decision:
    effects: list[Refuse | Warn] = []
    reasons: list[Reason] = []
    for name, values in broken:
        found = rule_of(clause, name)
        if found is None:
            continue
        rule, does = found
        said = "ceiling" if name.startswith("ceiling") else name
        reason = Reason(clause.id, said, False, {**values, "article": article_of(rule), "does": does})
        reasons.append(reason)
        if does == "block":
            effects.append(Refuse(clause.id, "LawForbids", "limit", field, {"reason": reason}))
        else:
            effects.append(Warn(clause.id, name, dict(reason.values)))
    return Decision(tuple(effects), tuple(reasons)) if reasons else NOTHING


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_EDITION = Text(
    zh="法规没有 {edition} 这一版，有：{known}。", en="The law has no edition of {edition}; there are: {known}."
)
_TWO = Text(zh="{other} 已经写了法规，只能有一条。", en="{other} already takes the law in; there can be one only.")
_OLD = Text(zh="法规已有 {edition} 起的新版。", en="There is a newer edition, from {edition}.")
_LIVES = Text(zh="储值本金的有效期短于法规所许。", en="Principal lives for less than the law allows.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """One clause, of an edition there is, with rules there are; and top-ups whose life the law allows."""
    found = [refused(programme, clause, "law_twice", "law", _TWO, other=clauses[0].id) for clause in clauses[1:]]
    for clause in clauses[:1]:
        given = _of(clause)
        known = [each.since for each in laws.editions(given.law)]
        if given.edition not in known:
            told = {"edition": given.edition.isoformat(), "known": ", ".join(each.isoformat() for each in known)}
            found.append(refused(programme, clause, "unknown_edition", "edition", _EDITION, **told))
            continue
        if given.edition != known[-1]:
            found.append(unwise(programme, clause, "old_edition", "edition", _OLD, edition=known[-1].isoformat()))
        if _short_lived(programme, clause, given.cards != "unnamed"):
            found.append(unwise(programme, clause, "short_lived", "edition", _LIVES))
    return found
