"""A sale that stands, and what came back of it, as its page shows them."""

from __future__ import annotations

from huiguan.checkout import queries as checkout
from huiguan.checkout.queries import ReturnRow
from huiguan.checkout.telling import told
from huiguan.checkout.values import SALE_MEANS, SaleView
from huiguan.console.acting import Acting, refused
from huiguan.console.pages import Act
from huiguan.console.sales.pages import ReturnTold, SalePage
from huiguan.console.sales.signing import signing_of
from huiguan.console.till import billing, verdicts
from huiguan.console.till.asking import Asked
from huiguan.console.till.billing import Quote
from huiguan.console.till.pages import BUYING, PRESENTED
from huiguan.console.wording import text_of, tier_mark, why
from huiguan.design.values import Figure, Mark, Stair, Why, Words
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme


def sale_page(now: Acting, reference: str, refusal: Refusal | None = None) -> SalePage:
    """The page of a sale; SaleUnknown where there is none the actor may see."""
    sale = checkout.sale(now.actor, reference)
    rulebook = programmes.version(sale.version)
    returns = checkout.returns_of(now.actor, sale.id)
    quote = Quote(Asked(""), rulebook, sale, told(rulebook, sale.document["reasons"]))
    page = f"/members/{sale.member}/" if sale.member else ""
    return SalePage(
        id=sale.id,
        number=sale.number,
        marks=_marks(sale, rulebook, returns),
        aside=_aside(now, sale, rulebook),
        member=_name(now, sale),
        member_href=page if now.actor.may("read_members") else "",
        acts=_acts(now, sale, rulebook, returns),
        figures=_figures(sale, returns),
        columns=billing.columns(quote),
        lines=billing.lines(quote),
        steps=[
            Stair(row.label, row.value, why=row.why, clauses=row.clauses, aside=row.aside)
            for row in billing.taken(quote)
        ],
        paid=Stair(Text(zh="实收", en="Paid"), sale.paid),
        tenders=[(SALE_MEANS[means], amount) for means, amount in sale.document["tenders"]],
        given=verdicts.given(quote),
        missed=verdicts.missed(quote, bill_tells=False),
        returns=[
            _return(rulebook, sale, row, before, n)
            for n, (row, before) in enumerate(zip(returns, _before(sale, returns), strict=True), 1)
        ],
        facts=_facts(sale, rulebook),
        refused=refused(refusal, now) if refusal else None,
        signing=signing_of(now, sale, rulebook, returns),
    )


def _name(now: Acting, sale: SaleView) -> str:
    if sale.member is None or not now.actor.may("read_members"):
        return sale.member or ""
    found = members.named(now.actor, [sale.member])
    return found[sale.member].name if sale.member in found else sale.member


def _aside(now: Acting, sale: SaleView, rulebook: Programme) -> Text:
    shop = identity.shop(now.actor.programme, sale.shop)
    at = f"{sale.at.astimezone(rulebook.zone):%Y-%m-%d %H:%M}"
    return Text(zh=f"{shop.name.zh} · {at} · 导购 {sale.clerk}", en=f"{shop.name.en} · {at} · served by {sale.clerk}")


def left_of(sale: SaleView, returns: list[ReturnRow]) -> list[int]:
    """Quantities of each line that are still with the customer."""
    return list(returns[-1].kept) if returns else [line["quantity"] for line in sale.document["lines"]]


def _marks(sale: SaleView, rulebook: Programme, returns: list[ReturnRow]) -> list[Mark]:
    marks = (
        [Mark(Text(zh="未签字，不作数", en="Not signed: does not count"), "warn")]
        if sale.document.get("unsigned")
        else []
    )
    tier = sale.document["tier"]
    if tier and (mark := tier_mark(rulebook, tier["before"])):
        marks.append(mark)
    if any(row.kind == "void" for row in returns):
        marks.append(Mark(Text(zh="已作废", en="Voided"), "stop"))
    elif returns and not any(left_of(sale, returns)):
        marks.append(Mark(Text(zh="已全退", en="All returned"), "stop"))
    elif returns:
        marks.append(Mark(Text(zh="退过一部分", en="Partly returned"), "warn"))
    return marks


def _acts(now: Acting, sale: SaleView, rulebook: Programme, returns: list[ReturnRow]) -> list[Act]:
    acts = [Act(Text(zh="小票", en="Receipt"), f"/sales/{sale.id}/receipt", key="P")]
    if now.actor.may("sell"):
        acts.append(Act(Text(zh="发票", en="Invoice"), f"/sales/{sale.id}/invoice"))
    today = local_day(sale.at, rulebook.zone) == local_day(now.at, rulebook.zone)
    if now.actor.may("void") and today and not returns:
        acts.append(Act(Text(zh="作废", en="Void"), f"/sales/{sale.id}/void", ask=True))
    if now.actor.may("return") and any(left_of(sale, returns)):
        acts.append(Act(Text(zh="退货", en="Return"), f"/sales/{sale.id}/return", solid=True, key="R"))
    return acts


def _figures(sale: SaleView, returns: list[ReturnRow]) -> list[Figure]:
    tags = sum(line["list"] for line in sale.document["lines"])
    back = sum(row.refund for row in returns)
    earned = sum(sale.document["earned"].values())
    used = sum(sale.document["used"].values())
    cells = [
        Figure(
            Text(zh="实收", en="Paid"),
            sale.paid,
            "money",
            Text(zh=f"吊牌价 {words.yuan(tags)}", en=f"tags {words.yuan(tags)}"),
        ),
        Figure(
            Text(zh="已退", en="Refunded"),
            back,
            "money",
            Text(zh=f"{len(returns)} 次", en=f"{len(returns)} {either(len(returns), 'time', 'times')}"),
        ),
    ]
    if sale.member:
        cells += [
            Figure(Text(zh="得分", en="Earned"), earned, "signed"),
            Figure(Text(zh="用分", en="Used"), -used, "signed"),
        ]
    return cells


def _facts(sale: SaleView, rulebook: Programme) -> list[tuple[Words, Words]]:
    document = sale.document
    facts: list[tuple[Words, Words]] = [(Text(zh="单号", en="Number"), sale.number)]
    if sale.member:
        shown, bought = dict(PRESENTED)[document["shown"]], dict(BUYING)["member" if document["by_member"] else "other"]
        facts.append((Text(zh="会员卡", en="Card"), document["card"] or "—"))
        facts.append((Text(zh="出示", en="Shown"), shown))
        facts.append((Text(zh="谁来买", en="Who bought"), bought))
    if document["opening"]:
        facts.append((Text(zh="办卡当次", en="Opening purchase"), Text(zh="是", en="yes")))
    tier = document["tier"]
    if tier and tier["before"] != tier["after"]:
        mark = tier_mark(rulebook, tier["after"])
        facts.append((Text(zh="收款后等级", en="Tier after"), mark.text if mark else ""))
    for balance in document["balance"].values():
        facts.append((Text(zh="收后积分", en="Points after"), words.grouped(balance)))
    return facts


# ---- what came back --------------------------------------------------------------------------------------------------


def _before(sale: SaleView, returns: list[ReturnRow]) -> list[list[int]]:
    """The quantities before each return."""
    sold = [line["quantity"] for line in sale.document["lines"]]
    return [sold, *(list(row.kept) for row in returns)][: len(returns)]


def _return(rulebook: Programme, sale: SaleView, row: ReturnRow, before: list[int], n: int) -> ReturnTold:
    pieces = [
        f"{line['name'].partition(' · ')[0]} × {had - kept}"
        for line, had, kept in zip(sale.document["lines"], before, row.kept, strict=True)
        if had > kept
    ]
    reasons: list[Why] = [why(rulebook, each) for each in told(rulebook, row.document["reasons"])]
    claim = row.document["claim"]
    if claim:
        settled = words.yuan(claim)
        reasons.append(
            Why(
                Text(
                    zh=f"差的分按现金补 {settled}，已从退款里扣。",
                    en=f"The missing points were settled with {settled} out of the refund.",
                )
            )
        )
    elif row.document["settle"] == "gift":
        reasons.append(
            Why(Text(zh="差的分以退回礼品结清。", en="The missing points were settled by returning the gift."))
        )
    return ReturnTold(
        title=Text(zh="作废", en="Voided") if row.kind == "void" else Text(zh="退货", en="Returned"),
        at=row.at,
        refund=row.refund,
        what=Text(zh="、".join(pieces), en=", ".join(pieces)),
        reasons=reasons,
        note=row.document["reason"],
        hand=row.document["actor"],
        receipt=f"/sales/{sale.id}/receipt?return={n}",
        tenders=[(SALE_MEANS[means], amount) for means, amount in row.document.get("tenders", ())],
    )


def tier_words(plan_tier: dict[str, object] | None) -> Text | None:
    """The tier a return falls back to, as `preview_return` names it."""
    if not plan_tier:
        return None
    title = plan_tier["title"]
    return text_of(title) if isinstance(title, dict) else None
