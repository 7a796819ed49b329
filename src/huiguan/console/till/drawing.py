"""The till's page out of what was asked: quoted, told, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiguan.checkout.telling import told
from huiguan.checkout.values import ProductView
from huiguan.console.acting import Acting, refused
from huiguan.console.till import billing, verdicts
from huiguan.console.till.asking import MIXED, PARTS, Asked
from huiguan.console.till.billing import Quote
from huiguan.console.till.buying import Known, buyer_of, known_buyer, orders_of, signers_of, users_of
from huiguan.console.till.pages import MEANS, Bill, Choice, Line, Means, Product, TillPage
from huiguan.console.till.quoting import Quoted, quoted
from huiguan.design.values import RailItem, Refused, Words
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import tender
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import MONEY, WALLET

Tenders = tuple[tuple[str, int], ...]
_BY_MEANS = {means.value: means for means in MEANS}
UPDATED = Text(zh="报价已更新。", en="The quote is updated.")
LEFT_OUT = Text(zh="已从这一单去掉，其余照算。", en="It was left out; the rest stands.")


def drawn(
    now: Acting,
    asked: Asked,
    *,
    held: int,
    refusal: Refusal | None = None,
    products: Sequence[ProductView] = (),
    before: Asked | None = None,
) -> tuple[TillPage, Asked]:
    """The page, and the sale as it now stands: what is refused has been left out of it. `before` is the sale as it was
    last drawn, from which it is seen which part of a mixed payment was changed."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    known = known_buyer(now, asked.member)
    quote = quoted(now, asked if known is None or known.active else replace(asked, points=0, benefits=(), vouchers=()))
    said = refusal or quote.refusal
    page = TillPage(
        key=quote.asked.key,
        clerks=_clerks(now, quote.asked),
        buyer=buyer_of(now, rulebook, known) if known and quote.asked.member == known.facts.number else None,
        presented=quote.asked.presented,
        buying=quote.asked.buying,
        refused=_refused(now, said, asked, left_out=refusal is None) if said else None,
        products=[Product(each.sku, *_named(each), each.price or 0) for each in products],
        unknown=quote.asked.unknown,
        orders=orders_of(rulebook, quote.asked),
        signers=signers_of(rulebook, quote.asked),
        users=users_of(now, rulebook, quote.asked, known),
        held=held,
        version=_version(now, rulebook),
        means=quote.asked.means,
    )
    stands = quote.asked
    if quote.view is not None and stands.means == MIXED:
        tenders = balanced(stands.tenders, before.tenders if before else (), quote.view.paid)
        quote = replace(quote, asked=replace(stands, tenders=tenders))
    return _priced(page, rulebook, quote, known), quote.asked


def balanced(tenders: Tenders, before: Tenders, due: int) -> Tenders:
    """The parts of a mixed payment so that they come to `due`: what was changed stays, the rest moves to the first part
    that was not. Where that cannot be, they stay as they are."""
    amounts, known = dict(tenders), dict(before)
    changed = {means for means, amount in amounts.items() if known and known.get(means) != amount}
    parts = [means for means in PARTS if means != WALLET or WALLET in amounts]
    free = [means for means in parts if means not in changed]
    free.sort(key=lambda means: not amounts.get(means))  # a part already in use moves first
    rest = due - sum(amounts.values())
    for means in free:
        moved = amounts.get(means, 0) + rest
        if moved >= 0:
            amounts[means] = moved
            break
        rest, amounts[means] = moved, 0
    return tuple((means, amounts.get(means, 0)) for means in parts)


def _priced(page: TillPage, rulebook: Programme, quoted: Quoted, known: Known | None) -> TillPage:
    view, asked = quoted.view, quoted.asked
    if view is None:
        return _unpriced(page, quoted)
    quote = Quote(
        asked, rulebook, view, told(rulebook, view.document["reasons"]), known.facts if known and page.buyer else None
    )
    stored = stored_of(quote)
    tenders = [
        (_BY_MEANS[means], amount) for means, amount in asked.tenders if means != WALLET or stored is not None or amount
    ]
    paid = {asked.means: view.paid, **dict(asked.tenders)}.get(WALLET, 0)
    short = _stored_short(paid, stored) if asked.means in (WALLET, MIXED) else ""
    return replace(
        page,
        stored=stored,
        proofs=_proofs(rulebook, paid),
        columns=billing.columns(quote),
        lines=billing.lines(quote),
        selected=min(asked.selected or len(view.document["lines"]), len(view.document["lines"])),
        bill=billing.bill_of(quote),
        given=verdicts.given(quote),
        missed=verdicts.missed(quote),
        tenders=tenders,
        received=asked.received,
        cannot_pay=_said(quoted.refusal)
        if quoted.blocked and quoted.refusal
        else short or _cannot_pay(tenders, view.paid),
    )


def _proofs(rulebook: Programme, paid: int) -> tuple[str, ...]:
    """By what she proves that she pays so much herself; () where nothing is asked."""
    needed = tender.proofs(rulebook, paid) if paid > 0 else None
    return needed[1] if needed else ()


def stored_of(quote: Quote) -> int | None:
    """What the buyer has stored; None for a walk-in, or where this rulebook stores nothing or she has nothing."""
    if quote.facts is None or tender.terms(quote.rulebook) is None:
        return None
    return sum(max(0, quote.facts.available(unit, quote.view.at)) for unit in MONEY) or None


def _stored_short(paid: int, stored: int | None) -> Words:
    if paid <= (stored or 0):
        return ""
    has = words.yuan(stored or 0)
    return Text(
        zh=f"储值余额 {has}，不够付这么多；请用组合付。", en=f"{has} is stored, less than that; pay by several means."
    )


def _unpriced(page: TillPage, quoted: Quoted) -> TillPage:
    """A sale that cannot be priced as it is keeps its lines; it is said why it cannot be paid."""
    lines = [Line(n, sku, sku, "", count, None, None) for n, (sku, count) in enumerate(quoted.asked.lines, 1)]
    said: Words = _said(quoted.refusal) if quoted.refusal else ""
    return replace(page, bill=Bill(), lines=lines, selected=min(quoted.asked.selected, len(lines)), cannot_pay=said)


def _cannot_pay(tenders: Sequence[tuple[Means, int]], due: int) -> Words:
    paid = sum(amount for _, amount in tenders)
    if not tenders or paid == due:
        return ""
    off = words.yuan(abs(due - paid))
    if paid < due:
        return Text(zh=f"各种付款合计还差 {off}。", en=f"The tenders are {off} short.")
    return Text(zh=f"各种付款合计多出 {off}。", en=f"The tenders are {off} too much.")


def _named(product: ProductView) -> tuple[Words, Words]:
    name, _, aside = product.name.partition(" · ")
    parts = [aside, product.sku, product.promotion or ""]
    return name, " · ".join(part for part in parts if part)


def _clerks(now: Acting, asked: Asked) -> list[Choice]:
    """Who may be named as serving: the shop's own people, and whoever is at the till."""
    assert now.shop is not None, "the till asks for a shop first"
    names = identity.sellers(now.actor.programme, now.shop.id, now.at)
    chosen = asked.clerk or now.actor.name
    known = names if now.actor.name in names else (now.actor.name, *names)
    return [Choice(name, name, name == chosen) for name in known]


def _version(now: Acting, rulebook: Programme) -> Words:
    for version in programmes.versions(now.actor) if now.actor.may("read_rulebook") else ():
        if version.id == rulebook.version:
            return Text(zh=f"章程第 {version.number} 版", en=f"Rulebook {version.number}")
    return ""


def _refused(now: Acting, refusal: Refusal, asked: Asked, *, left_out: bool) -> Refused:
    """A refusal at the till, with what has become of the sale, or what else may be tried."""
    also: Words = UPDATED if refusal.code in _CHANGED else LEFT_OUT if left_out and refusal.code in _LEAVES else ""
    if refusal.code == "UnknownSku":
        also = Text(zh="可试拼音首字母；找会员按 F2。", en="Initials in pinyin will do too; F2 finds a member.")
    if refusal.code == "UnusualUse":
        also = AS_WALK_IN
    if refusal.code == "KeyReused":
        return Refused(title=TAKEN, ways=(RailItem(TO_SALES, "/sales/"),), also=START_ANEW)
    ways = (RailItem(TO_REVIEW, f"/members/{asked.member}/card/freeze"),) if refusal.code == "UnusualUse" else ()
    return replace(refused(refusal, now, ways), title=_said(refusal), also=also)


def _said(refusal: Refusal) -> Words:
    """A refusal in words; of wrong input only the rule, for the till's form has no names of fields."""
    rule = refusal.values.get("rule")
    told: Words = rule if isinstance(rule, Text) else refusal.as_problem()["text"]
    return told


# The answer to a payment was lost on its way, and the sale was changed before it was asked for again.
TAKEN = Text(
    zh="这一单刚才已经收过款，这次没有再收。", en="This sale was paid a moment ago; nothing was taken this time."
)
START_ANEW = Text(
    zh="在单据里核对收了哪些，再清空（Esc），重扫没收的。",
    en="See among the sales what was paid for, then clear (Esc) and scan what was not.",
)
TO_SALES = Text(zh="看单据", en="To the sales")
AS_WALK_IN = Text(zh="这一单先按散客算。", en="Meanwhile it is priced as for a walk-in.")
TO_REVIEW = Text(zh="冻结这张卡，送复核", en="Freeze the card and have it looked at")
# The sale has changed since it was quoted: another till, another hour, another price.
_CHANGED = frozenset({"QuoteChanged", "BalanceTooLow", "LimitReached", "RightUsed"})
_LEAVES = frozenset({
    "UnknownSku", "NotPriced", "OutsideWindow", "NotInPerson", "CardNotShown", "NotOnOpeningSale", "NotAtThisShop",
})  # fmt: skip
