"""A quote as lines and a bill: what each step took off, what is offered, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huiguan.checkout.values import SaleView
from huiguan.console.till.asking import Asked
from huiguan.console.till.pages import Asked as AskedPoints
from huiguan.console.till.pages import Bill, BillRow, Line, Tick
from huiguan.console.till.trading import trade_rows
from huiguan.console.wording import benefit_title, clause_ref, clause_refs, text_of, unit_title
from huiguan.console.wording import step_title as title_of
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.text import Text, either
from huiguan.rules.facts import TRADED, MemberFacts
from huiguan.rules.kinds import benefit as benefits
from huiguan.rules.kinds import grant, redemption
from huiguan.rules.programme import Programme
from huiguan.rules.windows import Months

Told = Mapping[str, Any]
MOST_BARRED = 6  # coupons that cannot be used, shown with why not


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with what is needed to tell it. `told`: its reasons, each with clause, say, given, values and text."""

    asked: Asked
    rulebook: Programme
    view: SaleView
    told: Sequence[Told]
    facts: MemberFacts | None = None

    @property
    def tier(self) -> str:
        """The tier the sale is priced on."""
        tier = self.view.document["tier"]
        return str(tier["before"]) if tier else ""

    def kind(self, reason: Told) -> str:
        return self.rulebook.clauses[reason["clause"]].kind

    @property
    def offsets(self) -> bool:
        """Whether this rulebook lets points pay on a sale."""
        rule = redemption.terms(self.rulebook)
        return rule is not None and "offset" in rule.ways

    def points_reason(self) -> Told | None:
        """What is said of paying with points on this sale; not of a coupon they were turned into."""
        return next((e for e in self.told if self.kind(e) == "redemption" and "code" not in e["values"]), None)


def step_title(quote: Quote, step: Told) -> Text:
    """What a step of the sale is called."""
    return title_of(quote.rulebook, step, quote.tier)


# ---- lines -----------------------------------------------------------------------------------------------------------


def columns(quote: Quote) -> list[Words]:
    """The heads of what each step takes off the lines."""
    return [step_title(quote, step) for step in quote.view.document["steps"]]


def taken(quote: Quote) -> list[BillRow]:
    """What came off a sale that stands, in the order it came off."""
    tags = sum(line["list"] for line in quote.view.document["lines"])
    rows = [_tags_row(quote.view, tags), *_promotion_rows(quote.view)]
    for step in quote.view.document["steps"]:
        units = (
            Text(zh=f"{step['units']} 分", en=f"{step['units']} {either(step['units'], 'point', 'points')}")
            if step["units"]
            else ""
        )
        rate = Fraction(step["rate"]) if step["rate"] else None
        why = f"× {words.rate(1 - rate)}" if rate is not None else units
        rows.append(
            BillRow(step_title(quote, step), -sum(step["offs"]), why, clause_refs(quote.rulebook, [step["clause"]]))
        )
    return rows


def lines(quote: Quote) -> list[Line]:
    document = quote.view.document
    return [_line(quote, i, line, document["steps"]) for i, line in enumerate(document["lines"])]


def _line(quote: Quote, i: int, line: Told, steps: Sequence[Told]) -> Line:
    name, _, aside = line["name"].partition(" · ")
    offs = [-step["offs"][i] for step in steps]
    promoted = line["price"] < line["list"]
    return Line(
        n=i + 1,
        sku=line["sku"],
        name=name,
        aside=" · ".join(part for part in (aside, line["sku"]) if part),
        quantity=line["quantity"],
        list_price=line["list"],
        due=line["due"],
        promotion=line["price"] if promoted else None,
        promotion_name=line["promotion"],
        offs=offs,
        made=_made(quote, i, line, steps),
    )


def _made(quote: Quote, i: int, line: Told, steps: Sequence[Told]) -> list[Words]:
    """How the line's price came about, step by step."""
    tag = words.plain_yuan(line["list"])
    made: list[Words] = [Text(zh=f"吊牌价 {tag}", en=f"Tag price {tag}")]
    if line["price"] < line["list"]:
        asked, off = words.plain_yuan(line["price"]), words.plain_yuan(line["price"] - line["list"])
        name = line["promotion"]
        made.append(Text(zh=f"{name or '促销'} {off}，为 {asked}", en=f"{name or 'Promotion'} {off}: {asked}"))
    left = line["price"]
    for step in steps:
        left -= step["offs"][i]
        title, off, rest = step_title(quote, step), words.plain_yuan(-step["offs"][i]), words.plain_yuan(left)
        made.append(Text(
            zh=f"{title.zh} {off}，按各行金额分摊到分，余 {rest}",
            en=f"{title.en} {off}, shared among the lines to the fen: {rest} left",
        ))  # fmt: skip
    return made


# ---- the bill --------------------------------------------------------------------------------------------------------


def bill_of(quote: Quote) -> Bill:
    """The rows in the rulebook's own order, and what it comes to."""
    view = quote.view
    tags = sum(line["list"] for line in view.document["lines"])
    rows = [
        _tags_row(view, tags),
        *_promotion_rows(view),
        *trade_rows(quote.rulebook, quote.told, view.document["lines"]),
        *_voucher_rows(quote),
        *_points_row(quote),
        *_benefit_rows(quote),
    ]
    coupons = any(row.tick and row.tick.name == "vouchers" and row.tick.allowed for row in rows)
    return Bill(rows=rows, due=view.paid, saved=tags - view.paid, after=_after(quote), coupons=coupons)


def _tags_row(view: SaleView, tags: int) -> BillRow:
    pieces = sum(line["quantity"] for line in view.document["lines"])
    return BillRow(Text(zh="吊牌价", en="Tag price"), tags, aside=Text(zh=f"{pieces} 件", en=f"{pieces} pc"))


def _promotion_rows(view: SaleView) -> list[BillRow]:
    offs: dict[str, int] = {}
    numbers: dict[str, list[int]] = {}
    for n, line in enumerate(view.document["lines"], 1):
        if line["price"] < line["list"]:
            offs[line["promotion"]] = offs.get(line["promotion"], 0) + line["price"] - line["list"]
            numbers.setdefault(line["promotion"], []).append(n)
    return [_promotion_row(name, off, numbers[name]) for name, off in offs.items()]


def _promotion_row(name: str, off: int, lines: Sequence[int]) -> BillRow:
    said = Text(zh="、".join(map(str, lines)), en=", ".join(map(str, lines)))
    label = Text(zh=f"{name}促销", en=f"{name} promotion") if name else Text(zh="促销", en="Promotion")
    return BillRow(label, off, Text(zh=f"第 {said.zh} 行", en=f"line {said.en}"))


def _voucher_rows(quote: Quote) -> list[BillRow]:
    """The coupons taken, those that could be, and why not the others; the first few of these."""
    rows, barred = [], []
    for reason in quote.told:
        values, say = reason["values"], reason["say"].removeprefix(grant.COUPON)
        if "code" not in values or "worth" not in values:
            continue
        on, refs = say == "used", clause_refs(quote.rulebook, [reason["clause"]])
        tick = Tick("vouchers", values["code"], on=on, allowed=say in ("used", "ready"))
        if not tick.allowed:
            barred.append(BillRow(text_of(values["title"]), None, reason["text"], refs, tick=tick))
            continue
        worth = values["worth"] or values.get("off", 0)
        value = -values["off"] if on else None
        rows.append(BillRow(text_of(values["title"]), value, values["code"], refs, words.yuan(worth), tick=tick))
    return rows + barred[:MOST_BARRED]


def _points_row(quote: Quote) -> list[BillRow]:
    """Points that pay: asked for, offered, or why not."""
    if quote.facts is None:
        return []
    rule = redemption.terms(quote.rulebook)
    if rule is None or "offset" not in rule.ways:
        return []
    used = sum(step["units"] for step in quote.view.document["steps"] if step["name"] == "points")
    off = sum(sum(step["offs"]) for step in quote.view.document["steps"] if step["name"] == "points")
    reason = quote.points_reason()
    traded = sum(step["units"] for step in quote.view.document["steps"] if step["name"].startswith(TRADED))
    has = max(0, quote.facts.available(rule.unit, quote.view.at) - traded)
    allowed = bool(used) or (reason is not None and reason["say"] == "ready")
    most = _most(quote, rule, has)
    why, refs = _points_why(quote, rule, reason, used, has)
    title = unit_title(quote.rulebook, rule.unit)
    label = Text(zh=f"{title.zh}抵扣", en=f"Pay with {title.en}")
    return [BillRow(label, -off if used else None, why, refs, asked=AskedPoints(used, most, allowed))]


def _most(quote: Quote, rule: redemption.Terms, has: int) -> int:
    """The most units this sale would take: at the stage they come off, whatever is asked now."""
    steps = quote.view.document["steps"]
    base = sum(line["price"] for line in quote.view.document["lines"])
    for step in steps:
        if step["name"] == "points" or step["rate"] is not None:
            break
        base -= sum(step["offs"])
    return min(has, redemption.most_units(rule, base, quote.tier))


def _points_why(quote: Quote, rule: redemption.Terms, reason: Told | None, used: int, has: int) -> tuple[Words, Any]:
    if reason is not None and not used and reason["say"] != "ready":
        return reason["text"], clause_refs(quote.rulebook, [reason["clause"]])
    if not used and not has:
        return Text(zh="没有可用的分。", en="There are none to use."), ()
    few = 1 if rule.value("rates") is None else 100  # a tier may use 90 for what others use 100 for
    worth = words.yuan(redemption.off_of(rule, few, quote.tier))
    before = _stacking(quote.rulebook)
    month = quote.view.at.astimezone(quote.rulebook.zone).month
    once = isinstance(rule.window, Months) and rule.window.times == 1
    zh = [f"{few} 分 = {worth}", "先于折扣" if before else "", f"{month} 月的一次用在本单" if used and once else ""]
    en = [f"{few} point{'s' if few > 1 else ''} = {worth}", "before the discount" if before else "",
          f"{words.month(month, 'en')}’s redemption goes to this sale" if used and once else ""]  # fmt: skip
    clauses = [rule.clause, before, rule.window.clause if used and rule.window else None]
    why = Text(zh="；".join(each for each in zh if each), en="; ".join(each for each in en if each))
    return why, _by_number(quote.rulebook, clauses)


def _by_number(rulebook: Programme, clauses: Sequence[str | None]) -> tuple[Any, ...]:
    """Clauses that bear the same number in the document are named once."""
    refs = {ref.number: ref for each in reversed(clauses) if (ref := clause_ref(rulebook, each))}
    return tuple(reversed(refs.values()))


def _stacking(rulebook: Programme) -> str | None:
    clause = rulebook.first_of("stacking", first="points")
    return clause.id if clause else None


def _benefit_rows(quote: Quote) -> list[BillRow]:
    """Discounts taken; one that is asked for stands with its tick, taken or not."""
    rows = []
    for reason in quote.told:
        values = reason["values"]
        if quote.kind(reason) != "benefit" or not (reason["say"] == "taken" or offered(quote, reason)):
            continue
        on = reason["say"] == "taken"
        tick = Tick("benefits", values["benefit"], on=on) if _asked_for(quote.rulebook, values["benefit"]) else None
        label = benefit_title(quote.rulebook, values["benefit"], quote.tier)
        refs = clause_refs(quote.rulebook, [reason["clause"]])
        rows.append(BillRow(label, -values["off"] if on else None, _benefit_why(values, on), refs, tick=tick))
    return rows


def offered(quote: Quote, reason: Told) -> bool:
    """Whether a benefit stands ready to be asked for; where only one may come, it would take the other's place."""
    asked = _asked_for(quote.rulebook, reason["values"].get("benefit", ""))
    return asked and reason["say"] in ("ready", "other_taken")


def _benefit_why(values: Told, on: bool) -> Words:
    if not on:
        return Text(
            zh="可用；会员提出时勾上，代替别的折扣。",
            en="Available: tick it when asked; it replaces the other discount.",
        )
    off = words.rate(1 - Fraction(values["rate"]))
    return f"{words.plain_yuan(values['base'])} × {off}"


def _asked_for(rulebook: Programme, benefit: str) -> bool:
    return benefits.table(rulebook).apply.get(benefit) == "asked"


def _after(quote: Quote) -> Words:
    """What the member then has of the sale's unit."""
    for unit, balance in quote.view.document["balance"].items():
        title = unit_title(quote.rulebook, unit)
        return Text(zh=f"收后{title.zh} {words.grouped(balance)}", en=f"{words.grouped(balance)} {title.en} after")
    return ""
