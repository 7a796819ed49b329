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
from huiguan.console.till.buying import Known, buyer_of, known_buyer
from huiguan.console.till.pages import MEANS, Bill, Choice, Means, Product, TillPage
from huiguan.console.till.quoting import Quoted, quoted
from huiguan.design.values import RailItem, Refused, Words
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

_BY_MEANS = {means.value: means for means in MEANS}
UPDATED = Text(zh="报价已更新。", en="The quote is updated.")
LEFT_OUT = Text(zh="已从这一单去掉，其余照算。", en="It was left out; the rest stands.")


def drawn(
    now: Acting, asked: Asked, *, held: int, refusal: Refusal | None = None, products: Sequence[ProductView] = ()
) -> tuple[TillPage, Asked]:
    """The page, and the sale as it now stands: what is refused has been left out of it."""
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
        refused=_refused(now, said, left_out=refusal is None) if said else None,
        products=[Product(each.sku, *_named(each), each.price or 0) for each in products],
        held=held,
        version=_version(now, rulebook),
        means=quote.asked.means,
    )
    return _priced(page, rulebook, quote, known), quote.asked


def _priced(page: TillPage, rulebook: Programme, quoted: Quoted, known: Known | None) -> TillPage:
    view, asked = quoted.view, quoted.asked
    if view is None:
        return replace(page, bill=Bill(), selected=0)
    quote = Quote(
        asked, rulebook, view, told(rulebook, view.document["reasons"]), known.facts if known and page.buyer else None
    )
    tenders = _tenders(asked, view.paid)
    return replace(
        page,
        columns=billing.columns(quote),
        lines=billing.lines(quote),
        selected=min(asked.selected or len(view.document["lines"]), len(view.document["lines"])),
        bill=billing.bill_of(quote),
        given=verdicts.given(quote),
        missed=verdicts.missed(quote),
        tenders=tenders,
        cannot_pay=_cannot_pay(tenders, view.paid),
    )


def _tenders(asked: Asked, due: int) -> list[tuple[Means, int]]:
    """The parts of a mixed payment; all of it by the first means until somebody says otherwise."""
    if asked.means != MIXED:
        return []
    amounts = dict(asked.tenders)
    if not any(amounts.values()):
        amounts[PARTS[0]] = due
    return [(_BY_MEANS[means], amounts.get(means, 0)) for means in PARTS]


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


def _refused(now: Acting, refusal: Refusal, *, left_out: bool) -> Refused:
    """A refusal at the till, with what has become of the sale and one way on."""
    ways: tuple[RailItem, ...] = ()
    if refusal.code == "UnknownSku" and now.actor.may("enrol"):
        ways = ()
    told_as = refused(refusal, now, ways)
    also = UPDATED if refusal.code in _CHANGED else LEFT_OUT if left_out and refusal.code in _LEAVES else ""
    return replace(told_as, also=also)


# The sale has changed since it was quoted: another till, another hour, another price.
_CHANGED = frozenset({"QuoteChanged", "BalanceTooLow", "LimitReached", "RightUsed"})
_LEAVES = frozenset({"UnknownSku", "NotPriced", "OutsideWindow", "NotInPerson", "CardNotShown", "NotOnOpeningSale"})
