"""Goods coming back: the form read, the plan previewed, its shortfall with its choices, and the return made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as questions
from huiguan.checkout.inputs import ReturnInput
from huiguan.checkout.telling import told
from huiguan.checkout.values import MEANS, ReturnView, SaleView
from huiguan.console.acting import Acting, refused
from huiguan.console.keys import new_key
from huiguan.console.sales.pages import BackLine, GiftChoice, ReturnPage, ReturnPlan, Shortfall
from huiguan.console.sales.telling import left_of, sale_page, tier_words
from huiguan.console.wording import clause_refs, main_unit, text_of, unit_title, why
from huiguan.design.values import Stair, Why, Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

WAY_IT_CAME = Text(zh="原路退回", en="The way it came")


@dataclass(frozen=True, slots=True)
class Back:
    """The form: pieces coming back by line (from 1), how a shortfall is settled, the reason as written, by which
    means the money goes back where that is not the way it came."""

    key: str
    lines: tuple[tuple[int, int], ...] = ()
    way: str = ""
    redemption: str = ""
    reason: str = ""
    means: str = ""

    def given(self, sale: str, shop: str | None) -> ReturnInput:
        """As the till's input."""
        told_as: dict[str, Any] = {
            "sale": sale,
            "lines": [{"line": line, "quantity": quantity} for line, quantity in self.lines],
            "reason": self.reason,
        }
        if shop:
            told_as["shop"] = shop
        if self.means:
            told_as["means"] = self.means
        if self.way == "gift":
            told_as["settle"] = {"way": "gift", "redemption": self.redemption}
        elif self.way == "cash":
            told_as["settle"] = {"way": "cash"}
        return read(ReturnInput, told_as)


def back_of(form: QueryDict) -> Back:
    """The form as posted; `whole` takes every piece that is left, which its fields then say."""
    lines = []
    for n, text in enumerate(form.getlist("back"), 1):
        count = int(text) if text.strip().isdecimal() and len(text.strip()) < 7 else 0
        if count:
            lines.append((n, count))
    way = next((each for each in reversed(form.getlist("way")) if each), "")
    gift = way.partition(":")[2]
    return Back(
        key=form.get("key") or new_key(),
        lines=tuple(lines),
        way="gift" if gift else "cash" if way == "cash" else "",
        redemption=gift,
        reason=form.get("reason", "").strip()[:200],
        means=form.get("means", "") if form.get("means") in MEANS else "",
    )


def return_page(now: Acting, reference: str, back: Back | None = None, refusal: Refusal | None = None) -> ReturnPage:
    """The page with what the chosen lines would come to; `refusal`: why it was not made."""
    sale = questions.sale(now.actor, reference)
    left = left_of(sale, questions.returns_of(now.actor, sale.id))
    back = back or Back(new_key())
    page = sale_page(now, sale.id)
    return ReturnPage(
        id=sale.id,
        number=sale.number,
        key=back.key,
        aside=page.aside,
        member=page.member,
        member_href=page.member_href,
        lines=_lines(sale, left, dict(back.lines)),
        plan=return_plan(now, sale, back, refusal),
        reason=back.reason,
        means=[("", WAY_IT_CAME, not back.means), *((each, MEANS[each], each == back.means) for each in MEANS)],
        whole=not any(left),
    )


def _lines(sale: SaleView, left: list[int], back: dict[int, int]) -> list[BackLine]:
    lines = []
    for n, (line, remaining) in enumerate(zip(sale.document["lines"], left, strict=True), 1):
        name, _, aside = line["name"].partition(" · ")
        parts = " · ".join(part for part in (aside, line["sku"]) if part)
        lines.append(BackLine(n, name, parts, line["quantity"], remaining, back.get(n, 0), line["due"]))
    return lines


def return_plan(now: Acting, sale: SaleView, back: Back, refusal: Refusal | None = None) -> ReturnPlan:
    """What the chosen lines would come to. Nothing chosen: an empty plan that says so."""
    said = refused(refusal, now) if refusal else None
    if not back.lines:
        return ReturnPlan(cannot=Text(zh="选要退的件数。", en="Choose what comes back."), refused=said)
    try:
        view = checkout.preview_return(actor=now.actor, at=now.at, given=back.given(sale.id, None))
    except Refusal as wrong:
        return ReturnPlan(
            refused=refused(wrong, now), cannot=Text(zh="这样退不了。", en="It cannot come back like this.")
        )
    return replace(_plan(now, sale, back, view), refused=said)


def _plan(now: Acting, sale: SaleView, back: Back, view: ReturnView) -> ReturnPlan:
    rulebook = programmes.version(sale.version)
    shortfall = _shortfall(now, rulebook, sale, back, view)
    claim = view.shortfall["worth"] if view.shortfall and back.way == "cash" else 0
    unsettled = shortfall is not None and not back.way
    return ReturnPlan(
        steps=_steps(rulebook, sale, view, claim),
        refund=view.refund - claim,
        shortfall=shortfall,
        reasons=_reasons(rulebook, view),
        after=_after(rulebook, view),
        cannot=Text(zh="先选怎么补差的分。", en="Choose how the missing points are settled.") if unsettled else "",
    )


def _steps(rulebook: Programme, sale: SaleView, view: ReturnView, claim: int) -> list[Stair]:
    kept = words.yuan(view.left_paid)
    steps = [
        Stair(
            Text(zh="应退货款", en="For the goods"),
            view.refund,
            why=Text(zh=f"留下的部分重算为 {kept}", en=f"what is kept comes to {kept}"),
        )
    ]
    if claim:
        title = Text(zh="补差的分", en="For the missing points")
        steps.append(Stair(title, -claim))
    return [*steps, *_units(rulebook, view)]


def _units(rulebook: Programme, view: ReturnView) -> list[Stair]:
    steps = []
    for unit, amount in view.given_back.items():
        title = unit_title(rulebook, unit)
        steps.append(Stair(Text(zh=f"退回{title.zh}", en=f"{title.en.capitalize()} given back"), amount, "signed"))
    for unit, amount in view.taken_back.items():
        title = unit_title(rulebook, unit)
        steps.append(Stair(Text(zh=f"扣回{title.zh}", en=f"{title.en.capitalize()} taken back"), -amount, "signed"))
    for unit, amount in view.forgiven.items():
        if amount:
            title = unit_title(rulebook, unit)
            why_not = Text(zh="已清零，不再扣", en="cleared before, not asked again")
            steps.append(
                Stair(Text(zh=f"免扣{title.zh}", en=f"{title.en.capitalize()} forgiven"), amount, "points", why_not)
            )
    tier = tier_words(view.tier)
    if tier is not None:
        steps.append(Stair(Text(zh="等级恢复为", en="Tier falls back to"), tier, "text"))
    return steps


def _reasons(rulebook: Programme, view: ReturnView) -> list[Why]:
    return [
        why(rulebook, each)
        for each in told(rulebook, [list(row) for row in view.reasons])
        if each["say"] != "shortfall"
    ]


def _after(rulebook: Programme, view: ReturnView) -> Words:
    unit = main_unit(rulebook)
    if unit is None or unit not in view.balance:
        return ""
    left, title = words.grouped(view.balance[unit]), unit_title(rulebook, unit)
    return Text(zh=f"退后{title.zh} {left}", en=f"{left} {title.en} after")


def _shortfall(now: Acting, rulebook: Programme, sale: SaleView, back: Back, view: ReturnView) -> Shortfall | None:
    """What the balance lacks, with the ways the rulebook offers; a gift only where one was had and is not back."""
    if view.shortfall is None:
        return None
    reason = next(each for each in told(rulebook, [list(row) for row in view.reasons]) if each["say"] == "shortfall")
    gifts = _gifts(now, sale, back) if "gift" in view.shortfall["ways"] else []
    ways = [way for way in view.shortfall["ways"] if way != "gift" or gifts]
    refs = clause_refs(rulebook, [reason["clause"]])
    return Shortfall(text_of(reason["text"]), view.shortfall["worth"], ways, back.way, gifts, refs)


def _gifts(now: Acting, sale: SaleView, back: Back) -> list[GiftChoice]:
    membership = int(sale.id.partition("-")[0])
    return [
        GiftChoice(
            each.id,
            Text(
                zh=f"{each.gift}（{each.units:,} 分）",
                en=f"{each.gift} ({each.units:,} {either(each.units, 'point', 'points')})",
            ),
            on=back.redemption == each.id,
        )
        for each in questions.redemptions(now.actor, membership)
        if each.returned_at is None
    ]
