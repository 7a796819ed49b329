"""What a sale gives, what it does not, and why: the stored reasons as verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiguan.console.till.billing import Quote
from huiguan.console.till.pages import Verdict
from huiguan.console.wording import benefit_title, clause_refs, text_of
from huiguan.design.values import Climb
from huiguan.kernel import text as words
from huiguan.kernel.text import Text, either

Told = Mapping[str, Any]
IN_THE_BILL = frozenset({"benefit", "coupon", "grant", "redemption", "earn", "tier_ladder"})
POINTS = Text(zh="积分抵扣", en="Points")
# What stays shut while nothing is shown.
OPENED = {"discount": Text(zh="会员折扣", en="Member discount"), "points": Text(zh="消费积分", en="Points")}


def given(quote: Quote) -> list[Verdict]:
    """What is earned and where she stands after; what came off the price stands in the bill."""
    found = (_given(quote, reason) for reason in quote.told if reason["given"])
    return [verdict for verdict in found if verdict]


def missed(quote: Quote, *, bill_tells: bool = True) -> list[Verdict]:
    """What was not given, and how far off it is. At the till what is only not asked for stands in the bill with its
    tick, and so does why points may not pay; a sale that stands has no such bill (`bill_tells` false)."""
    reasons = (reason for reason in quote.told if not reason["given"] and (not _in_bill(reason) or not bill_tells))
    found = (_missed(quote, reason, bill_tells) for reason in reasons)
    return [verdict for verdict in found if verdict]


def _in_bill(reason: Told) -> bool:
    """What is only not asked for, and coupons with why they may not be used."""
    return bool(reason["say"] == "ready" or {"code", "right"} <= reason["values"].keys())


def _given(quote: Quote, reason: Told) -> Verdict | None:
    values, refs = reason["values"], clause_refs(quote.rulebook, [reason["clause"]])
    kind = quote.kind(reason)
    if kind == "earn":
        units = words.signed(values["units"])
        paid, rest = words.yuan(values["per"]), words.yuan(values["rest"])
        text = Text(
            zh=f"实付满 {_short(paid)} 积 {values['give']} 分，{values['steps']} 个整份。",
            en=f"{values['give']} {either(values['give'], 'point', 'points')} for every full {_short(paid)} paid: {values['steps']} full.",
        )
        return Verdict(
            Text(zh=f"{units} 分", en=f"{units} {either(units, 'pt', 'pts')}"),
            text,
            _rest(quote, rest),
            refs,
            gain=True,
        )
    if kind == "tier_ladder" and reason["say"] == "promoted":
        title, total, reach = values["to"], words.yuan(values["total"]), words.yuan(values["reach"])
        text = Text(
            zh=f"{values['over']['zh']}累计到 {total}，满 {reach}。",
            en=f"{total} {values['over']['en']} reaches {reach}.",
        )
        headline = Text(zh=f"晋级{title['zh']}", en=f"Now {title['en']}")
        why = Text(zh="收款后生效，下一单起按新等级。", en="Takes effect once paid; the next sale is on the new tier.")
        return Verdict(headline, text, why, refs, climb=_climb(quote, values))
    if kind == "tier_ladder" and reason["say"] == "promoted_by":
        title = values["to"]
        return Verdict(Text(zh=f"晋级{title['zh']}", en=f"Now {title['en']}"), _told(reason), "", refs)
    if kind == "multiplier":
        units = words.signed(values["units"])
        return Verdict(
            Text(zh=f"{units} 分", en=f"{units} {either(units, 'pt', 'pts')}"), _told(reason), "", refs, gain=True
        )
    if kind in IN_THE_BILL or "code" in values:
        return None
    return Verdict(quote.rulebook.clauses[reason["clause"]].title, _told(reason), "", refs)


def _short(yuan: str) -> str:
    return yuan.removesuffix(".00")


def _rest(quote: Quote, rest: str) -> Text:
    by_points = any(step["name"] in ("points", "voucher") for step in quote.view.document["steps"])
    zh, en = f"余 {rest} 不计", f"{rest} is left over"
    return (
        Text(zh=f"{zh}；抵掉的部分不再积分", en=f"{en}; the part paid otherwise earns none")
        if by_points
        else Text(zh=zh, en=en)
    )


def _climb(quote: Quote, values: Told) -> Climb:
    adds = 0 if quote.view.document.get("unsigned") else quote.view.paid
    return Climb(before=values["total"] - adds, adds=adds, threshold=values["reach"])


def _missed(quote: Quote, reason: Told, bill_tells: bool) -> Verdict | None:
    values, refs = reason["values"], clause_refs(quote.rulebook, [reason["clause"]])
    say = reason["say"]
    if say == "next":
        give = values["give"]
        return Verdict(
            Text(zh=f"再得 {give} 分", en=f"{give} more {either(give, 'point', 'points')}"),
            _told(reason),
            _next_step(quote, values),
            refs,
        )
    if say == "gap":
        headline = Text(zh=f"晋级{values['to']['zh']}", en=str(values["to"]["en"]))
        return Verdict(headline, _told(reason), "", refs, climb=_climb(quote, values))
    if say == "other_taken":
        return None  # offered in the bill, or the one that was asked for took its place
    by_points = quote.kind(reason) == "redemption" and "code" not in values
    if by_points and bill_tells and quote.offsets:
        return None  # said in the bill, where the points are asked
    return Verdict(POINTS if by_points else _headline(quote, reason), _told(reason), "", refs)


def _headline(quote: Quote, reason: Told) -> Text:
    """What was not given, by the name a clerk knows it by."""
    values = reason["values"]
    if "benefit" in values:
        return benefit_title(quote.rulebook, values["benefit"], quote.tier)
    if "title" in values:
        return text_of(values["title"])
    return OPENED.get(values.get("what", ""), quote.rulebook.clauses[reason["clause"]].title)


def _told(reason: Told) -> Text:
    return text_of(reason["text"])


def _next_step(quote: Quote, values: Told) -> Text:
    at = words.yuan(quote.view.paid + values["gap"])
    return Text(zh=f"下一个整份在 {at}", en=f"the next full step is at {at}")
