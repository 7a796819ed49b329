"""Tender: how stored value pays for goods.

Principal and bonus pay in a stated order or in proportion; bonus may be kept for certain goods; what stored value pays
earns points in whole, for its principal only, or not at all. It may pay of itself before any other means, and from a
certain amount on the member proves that it is she: by her PIN, or by a code sent to her phone. Clauses are read
together; each part comes from the first clause that states it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from huiguan.kernel.amounts import allocate
from huiguan.kernel.text import Text
from huiguan.rules import wallet
from huiguan.rules.conditions import LineCondition
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse, Spend
from huiguan.rules.facts import Bill, MemberFacts, Sale
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import line_values
from huiguan.rules.wallet import BONUS, PRINCIPAL, Parts, Stored

ROOM = "checkout"
TITLE = Text(zh="储值支付", en="Paying from stored value")
Order = Literal["principal_first", "bonus_first", "ratio"]
Proof = Literal["pin", "code"]


class Parameters(Base):
    """`spend`: which part pays first, or both in proportion to the balances. `bonus_for`: goods that bonus may pay.
    `earns`: what of it earns points. `of_itself`: it pays where no means is named. `proof_above`: beyond this amount of one
    sale the member proves herself by one of `proof`. `not_on`: orders it cannot pay. `in_person`: nobody else pays
    with it."""

    spend: Order | None = None
    bonus_for: LineCondition | None = None
    earns: Literal["all", "principal", "none"] | None = None
    of_itself: bool = False
    proof_above: Yuan | None = None
    proof: list[Proof] = []
    not_on: list[Literal["group", "promotion"]] = []
    in_person: bool = False


SAYS = {
    "paid": Text(
        zh="储值付 {amount:yuan}：本金 {principal:yuan}，赠送 {bonus:yuan}。",
        en="Stored value pays {amount:yuan}: {principal:yuan} of principal, {bonus:yuan} of bonus.",
    ),
    "ready": Text(
        zh="储值余额 {has:yuan}，本单可付 {most:yuan}，未用。",
        en="{has:yuan} is stored; {most:yuan} of it could pay this sale and was not asked for.",
    ),
    "short": Text(
        zh="储值可付 {has:yuan}，要付 {needs:yuan}，差 {gap:yuan}。",
        en="{gap:yuan} short: stored value can pay {has:yuan}, {needs:yuan} was asked.",
    ),
    "bonus_short": Text(
        zh="储值可付 {has:yuan}，要付 {needs:yuan}，差 {gap:yuan}：赠送余额只可付其中 {eligible:yuan} 的商品。",
        en="{gap:yuan} short: stored value can pay {has:yuan}, {needs:yuan} was asked; bonus may pay only for goods of {eligible:yuan}.",
    ),
    "too_much": Text(zh="本单应收 {most:yuan}，储值不能多付。", en="{most:yuan} is due; stored value cannot pay more."),
    "group": Text(zh="团购单不能用储值付。", en="Stored value cannot pay a group order."),
    "promotion": Text(zh="促销单不能用储值付。", en="Stored value cannot pay an order under a promotion."),
    "not_in_person": Text(zh="储值须会员本人使用。", en="Only the member in person pays from stored value."),
    "needs_proof": Text(
        zh="储值付 {amount:yuan}，超过 {above:yuan}，须{ways}。",
        en="{amount:yuan} from stored value is above {above:yuan}; it takes {ways}.",
    ),
}
REFUSALS = {
    "short": ("BalanceTooLow", "balance"),
    "bonus_short": ("BalanceTooLow", "balance"),
    "too_much": ("MoreThanDue", "limit"),
    "group": ("NotTogether", "window"),
    "promotion": ("NotTogether", "window"),
    "not_in_person": ("NotInPerson", "credential"),
}
PROOFS = {
    "pin": Text(zh="输入支付密码", en="the PIN"),
    "code": Text(zh="输入短信验证码", en="a one-time code"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The clauses read together; `clause` is named where no other is, `said` who states what."""

    clause: str
    spend: str
    earns: str
    of_itself: bool
    bonus_for: Any
    said: dict[str, Clause]

    def value(self, name: str) -> Any:
        clause = self.said.get(name)
        return getattr(clause.parameters, name) if clause else None

    def by(self, name: str) -> str:
        """The clause that states `name`."""
        return self.said[name].id if name in self.said else self.clause


@once
def terms(programme: Programme) -> Terms | None:
    """How stored value pays; None where this rulebook has none. Without a clause of this kind: principal first, and all
    of it earns."""
    clauses = [*programme.of("tender"), *programme.of("top_up")]
    if not clauses:
        return None
    said: dict[str, Clause] = {}
    for clause in programme.of("tender"):
        for name in Parameters.model_fields:
            if getattr(clause.parameters, name) not in (None, [], False):
                said.setdefault(name, clause)
    given: dict[str, Any] = {name: getattr(clause.parameters, name) for name, clause in said.items()}
    return Terms(
        clause=said.get("spend", clauses[0]).id,
        spend=given.get("spend", "principal_first"),
        earns=given.get("earns", "all"),
        of_itself="of_itself" in said,
        bonus_for=given.get("bonus_for"),
        said=said,
    )


def held(facts: MemberFacts, sale: Sale) -> Parts:
    """What may be spent at the sale's moment."""
    return Parts(max(0, facts.available(PRINCIPAL, sale.at)), max(0, facts.available(BONUS, sale.at)))


def eligible_lines(rule: Terms, bill: Bill) -> tuple[int, ...]:
    """What is due on goods that bonus may pay, per line."""
    return _for_bonus(rule, bill.sale, bill.due_lines)


def _for_bonus(rule: Terms, sale: Sale, due_lines: Sequence[int]) -> tuple[int, ...]:
    if rule.bonus_for is None:
        return tuple(due_lines)
    fits = (holds(rule.bonus_for, line_values(line)) for line in sale.lines)
    return tuple(due if each else 0 for due, each in zip(due_lines, fits, strict=True))


def stored(programme: Programme, sale: Sale, due_lines: Sequence[int], parts: Parts) -> Stored:
    """What stored value paid of a sale whose lines came to `due_lines`."""
    rule, due = terms(programme), sum(due_lines)
    return Stored(parts, due, sum(_for_bonus(rule, sale, due_lines)) if rule else due)


def decide(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """What stored value pays of what is due after everything that comes off."""
    rule, asked = terms(programme), bill.sale.wallet
    if rule is None:
        return NOTHING
    has = held(facts, bill.sale)
    eligible = sum(eligible_lines(rule, bill))
    can = wallet.most(has, bill.due, eligible)
    stop = _stop(rule, bill.sale)
    if asked is None:
        asked = can if rule.of_itself and stop is None else 0
    if not asked:
        ready = Reason(rule.clause, "ready", False, {"has": has.total, "most": can})
        return Decision(reasons=(ready,)) if can and stop is None else NOTHING
    stop = stop or _too_much(rule, asked, can, has, bill.due, eligible)
    if stop is not None:
        code, rank = REFUSALS[stop.say]
        return Decision((Refuse(stop.clause, code, rank, "tenders", {"reason": stop}),), (stop,))
    return _paid(programme, rule, wallet.shared(rule.spend, asked, has, eligible))


def _paid(programme: Programme, rule: Terms, parts: Parts) -> Decision:
    spends = [Spend(rule.clause, unit, getattr(parts, unit), wallet.WALLET) for unit in wallet.MONEY]
    told = {"amount": parts.total, "principal": parts.principal, "bonus": parts.bonus}
    needed = proofs(programme, parts.total)
    reasons = (Reason(rule.clause, "paid", True, told), *((needed[0],) if needed else ()))
    return Decision(tuple(each for each in spends if each.amount), reasons)


def paid_again(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """What did pay a sale that is judged again, of as much as is now due."""
    rule, (principal, bonus) = terms(programme), bill.sale.settled or (0, 0)
    principal = min(principal, bill.due)
    parts = Parts(principal, min(bonus, bill.due - principal))
    spends = [Spend(rule.clause if rule else "", unit, getattr(parts, unit), wallet.WALLET) for unit in wallet.MONEY]
    return Decision(tuple(each for each in spends if each.amount))


def _stop(rule: Terms, sale: Sale) -> Reason | None:
    for order in sale.order:
        if order in (rule.value("not_on") or ()):
            return Reason(rule.by("not_on"), order, False)
    if rule.value("in_person") and not sale.by_member:
        return Reason(rule.by("in_person"), "not_in_person", False)
    return None


def _too_much(rule: Terms, asked: int, can: int, has: Parts, due: int, eligible: int) -> Reason | None:
    if asked > due:
        return Reason(rule.clause, "too_much", False, {"most": due})
    if asked <= can:
        return None
    values = {"has": can, "needs": asked, "gap": asked - can}
    if has.bonus > eligible:
        return Reason(rule.by("bonus_for"), "bonus_short", False, {**values, "eligible": eligible})
    return Reason(rule.clause, "short", False, values)


def proofs(programme: Programme, amount: int) -> tuple[Reason, tuple[str, ...]] | None:
    """The proofs one of which paying `amount` takes, and why; None where it takes none."""
    rule = terms(programme)
    above = rule.value("proof_above") if rule else None
    if rule is None or above is None or amount <= above:
        return None
    ways: tuple[str, ...] = tuple(rule.value("proof") or ("pin", "code"))
    told = [PROOFS[way] for way in ways]
    said = Text(zh="或".join(each.zh for each in told), en=" or ".join(each.en for each in told))
    values = {"amount": amount, "above": above, "ways": {"zh": said.zh, "en": said.en}}
    return Reason(rule.by("proof_above"), "needs_proof", False, values), ways


def silent_lines(programme: Programme, bill: Bill, parts: Parts) -> tuple[int, ...]:
    """What of each line was paid so that it earns nothing; () where all of it earns."""
    rule = terms(programme)
    if rule is None or rule.earns == "all" or not parts.total:
        return ()
    bonus = allocate(parts.bonus, eligible_lines(rule, bill))
    if rule.earns == "principal":
        return tuple(bonus)
    rest = [due - part for due, part in zip(bill.due_lines, bonus, strict=True)]
    principal = allocate(parts.principal, rest)
    return tuple(one + other for one, other in zip(bonus, principal, strict=True))


def again(programme: Programme, bill: Bill, paid: Stored) -> Parts:
    """What stays paid from stored value where only the goods of `bill` are kept."""
    rule = terms(programme)
    if rule is None or not bill.sale.lines:
        return wallet.NO_PARTS
    return wallet.kept(rule.spend, paid, bill.due, sum(eligible_lines(rule, bill)))


_TWICE = Text(zh="{other} 已经写了这一项，写得不一样。", en="{other} already states this, and differently.")
_NO_TOP_UP = Text(zh="没有充值的条款，储值从何而来？", en="No clause says how value is stored in the first place.")
_PROOF = Text(
    zh="写了用什么验证，却没有写超过多少要验证。",
    en="How the member is verified is said, but not above which amount.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each part is stated once, or alike; and there is something to pay with."""
    found: list[Finding] = []
    for i, clause in enumerate(clauses):
        for name in Parameters.model_fields:
            mine = getattr(clause.parameters, name)
            for other in clauses[:i]:
                theirs = getattr(other.parameters, name)
                if mine not in (None, [], False) and theirs not in (None, [], False) and mine != theirs:
                    found.append(refused(programme, clause, "disagreement", name, _TWICE, other=other.id))
        if clause.parameters.proof and not any(c.parameters.proof_above is not None for c in clauses):  # type: ignore[attr-defined]
            found.append(refused(programme, clause, "no_threshold", "proof", _PROOF))
    if clauses and not (programme.of("top_up") or programme.of("rebate") or _stored_by_fee(programme)):
        found.append(refused(programme, clauses[0], "no_top_up", "kind", _NO_TOP_UP))
    return found


def _stored_by_fee(programme: Programme) -> bool:
    """Whether a part of some fee is stored for the member."""
    return any(part.unit is not None for clause in programme.of("fee") for part in clause.parameters.parts)  # type: ignore[attr-defined]
