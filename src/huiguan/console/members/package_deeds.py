"""What is done with a member's packages, asked in a sheet: sold, used, a use taken back, handed in, passed on.

A deed's address names the package: `packages/K1234567/use/expert`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput, TransferPackage, UndoPackageUse, UsePackage
from huiguan.checkout.values import MEANS, AllowanceLeft, PackageView
from huiguan.console.acting import Acting
from huiguan.console.keys import new_key
from huiguan.console.members.asking import Blank, Deed, Form, place_of
from huiguan.console.members.knowing import Member
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.rules.packages import offers

BOOK = "packages"
_PACKAGE = Text(zh="套餐", en="package")
_MEANS = Blank("means", Text(zh="怎么付", en="Paid by"), choices=tuple(MEANS.items()))
_REASON = Blank("reason", Text(zh="为什么，会留在账上", en="Why; it is kept"))


def package_deed(what: str) -> Deed | None:
    """The deed at an address beginning with `packages/`; None for no such deed."""
    parts = what.split("/")
    if parts[0] != BOOK:
        return None
    match parts[1:]:
        case ["sale"]:
            return SALE
        case [code, "use"]:
            return _use(code, "")
        case [code, "use", item]:
            return _use(code, item)
        case [code, "undo", n] if n.isdecimal() and len(n) < 9:
            return _undo(code, int(n))
        case [code, "swap"]:
            return _swap(code)
        case [code, "transfer"]:
            return _transfer(code)
    return None


def held(member: Member, code: str) -> PackageView:
    """The member's package with this code; NotFound."""
    found = [
        each for each in queries.packages(member.now.actor, member.told.number, member.now.at) if each.code == code
    ]
    if not found:
        raise NotFound(field="package", what=_PACKAGE, given=code)
    return next((each for each in found if each.state in ("open", "spent", "waiting")), found[0])


def titled(view: PackageView) -> Text:
    return Text(zh=view.title["zh"], en=view.title["en"])


# ---- sold ------------------------------------------------------------------------------------------------------------


def _sell(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    line: dict[str, Any] = {"sku": form["sku"]}
    made = _sold(now, member, line, form, key)
    return Text(zh=f"已办 · 收 {words.yuan(made.paid)}", en=f"Sold for {words.yuan(made.paid)}")


def _sold(now: Acting, member: Member, line: dict[str, Any], form: Form, key: str | None) -> Any:
    """The sale of one package, paid by one means in full."""
    asked = {"member": member.told.number, "lines": [line], **place_of(now)}
    due = checkout.quote_sale(actor=now.actor, at=now.at, given=read(SaleInput, asked)).paid
    asked["tenders"] = [{"means": form["means"], "amount": words.plain_yuan(due).replace(",", "")}]
    return checkout.commit_sale(actor=now.actor, at=now.at, given=read(SaleInput, asked), key=key or new_key())


def _sale_blanks(member: Member) -> Sequence[Blank]:
    choices = tuple(
        (
            offer.sku,
            Text(zh=f"{offer.title.zh} {words.yuan(offer.price)}", en=f"{offer.title.en} {words.yuan(offer.price)}"),
        )
        for offer in offers(member.rulebook).values()
        if offer.price is not None
    )
    return (Blank("sku", Text(zh="哪一种", en="Which one"), choices=choices), _MEANS)


SALE = Deed(
    "sell",
    Text(zh="办套餐", en="Sell a package"),
    lambda member: Text(
        zh="照章程的价格收款，收了就开通。和别的商品一起买，在开单里扫货号即可。",
        en="Paid at the rulebook's price, it begins at once. With other goods, scan its number at the till.",
    ),
    _sale_blanks,
    Text(zh="收款开通", en="Take the money"),
    _sell,
    BOOK,
)


# ---- used ------------------------------------------------------------------------------------------------------------


def _use(code: str, item: str) -> Deed:
    return Deed(
        "sell",
        Text(zh="使用套餐", en="Use a package"),
        partial(_use_explains, code),
        partial(_use_blanks, code, item),
        Text(zh="记一次", en="Note it"),
        partial(_do_use, code),
        BOOK,
    )


def _use_explains(code: str, member: Member) -> Words:
    view = held(member, code)
    lines = [_left(each) for each in view.remaining if each.open and each.left != 0]
    left_zh, left_en = "；".join(each.zh for each in lines), "; ".join(each.en for each in lines)
    return Text(zh=f"{titled(view).zh}（{code}）还有：{left_zh}。", en=f"{titled(view).en} ({code}) has: {left_en}.")


def _left(allowance: AllowanceLeft) -> Text:
    zh = "、".join(title["zh"] for _, title in allowance.items)
    en = ", ".join(title["en"] for _, title in allowance.items)
    if allowance.left is None:
        return Text(zh=f"{zh}不限次数", en=f"{en} any number")
    return Text(zh=f"{zh} {allowance.left} 次", en=f"{en} {allowance.left}")


def _use_blanks(code: str, item: str, member: Member) -> Sequence[Blank]:
    view = held(member, code)
    open_items = {name: title for each in view.remaining if each.open and each.left != 0 for name, title in each.items}
    ordered = sorted(open_items, key=lambda name: name != item)
    choices = tuple((name, Text(zh=open_items[name]["zh"], en=open_items[name]["en"])) for name in ordered)
    offer = offers(member.rulebook).get(view.name)
    shown = offer is not None and offer.rule("shown") is not None
    blanks = [
        Blank("item", Text(zh="用什么", en="What"), choices=choices),
        Blank("quantity", Text(zh="几次（不写是 1）", en="How often (empty: once)"), "numeric", needed=False),
    ]
    if shown:
        blanks.append(
            Blank("shown", Text(zh="出示了会员卡", en="The card was shown"), tick=True, field="presented", needed=False)
        )
    return blanks


def _do_use(code: str, now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked: dict[str, Any] = {"member": member.told.number, "package": code, "item": form["item"], **place_of(now)}
    asked["presented"] = ["card"] if form.get("shown") else []
    asked["quantity"] = int(form["quantity"]) if form["quantity"].isdecimal() and len(form["quantity"]) < 6 else 1
    made = checkout.use_package(actor=now.actor, at=now.at, given=read(UsePackage, asked), key=key)
    (reason,) = made.reasons
    says = member.rulebook.clauses[reason.clause].module.SAYS[reason.say].both(**reason.values)
    return Text(zh=says["zh"], en=says["en"])


# ---- a use taken back ------------------------------------------------------------------------------------------------


def _undo(code: str, n: int) -> Deed:
    def do(now: Acting, member: Member, form: Form, key: str | None) -> Text:
        asked = {"member": member.told.number, "package": code, "n": n, "reason": form["reason"], **place_of(now)}
        checkout.undo_package_use(actor=now.actor, at=now.at, given=read(UndoPackageUse, asked), key=key)
        return Text(zh="这次使用撤销了，次数还回", en="That use is taken back")

    return Deed(
        "return",
        Text(zh="撤销一次使用", en="Take a use back"),
        partial(_undo_explains, code, n),
        lambda member: (_REASON,),
        Text(zh="撤销", en="Take it back"),
        do,
        BOOK,
    )


def _undo_explains(code: str, n: int, member: Member) -> Words:
    line = next((each for each in held(member, code).steps if each.n == n and each.title), None)
    if line is None or line.title is None:
        raise NotFound(field="use", what=_PACKAGE, given=f"{code} {n}")
    at = f"{member.local(line.at):%Y-%m-%d %H:%M}"
    return Text(
        zh=f"{at} {line.title['zh']} {line.quantity} 次，记错了才撤销。",
        en=f"{at}: {line.quantity} × {line.title['en']}. Only where it was noted by mistake.",
    )


# ---- handed in, passed on --------------------------------------------------------------------------------------------


def _swap(code: str) -> Deed:
    def do(now: Acting, member: Member, form: Form, key: str | None) -> Text:
        made = _sold(now, member, {"sku": form["sku"], "swaps": code}, form, key)
        return Text(zh=f"已换 · 补 {words.yuan(made.paid)}", en=f"Handed in · {words.yuan(made.paid)} paid")

    return Deed(
        "sell",
        Text(zh="换大卡", en="A larger package"),
        lambda member: Text(
            zh=f"交回{titled(held(member, code)).zh}（{code}），补差价；用过的在新卡上划掉。",
            en=f"{titled(held(member, code)).en} ({code}) is handed in and the difference paid; what was used is crossed off.",
        ),
        partial(_swap_blanks, code),
        Text(zh="收差价，换卡", en="Take the difference"),
        do,
        BOOK,
    )


def _swap_blanks(code: str, member: Member) -> Sequence[Blank]:
    choices = tuple(
        (
            each.sku,
            Text(
                zh=f"{each.title['zh']} 补 {words.yuan(each.pay)}", en=f"{each.title['en']} for {words.yuan(each.pay)}"
            ),
        )
        for each in held(member, code).swaps
    )
    return (Blank("sku", Text(zh="换成", en="For"), choices=choices), _MEANS)


def _transfer(code: str) -> Deed:
    def do(now: Acting, member: Member, form: Form, key: str | None) -> Text:
        asked = {"member": member.told.number, "package": code, "to": _to(form["to"]), "reason": form["reason"]}
        checkout.transfer_package(actor=now.actor, at=now.at, given=read(TransferPackage, asked), key=key)
        return Text(zh="已转出，剩下的由对方接着用", en="Passed on with what is left of it")

    return Deed(
        "cards",
        Text(zh="转给另一位会员", en="Pass it on"),
        lambda member: Text(
            zh=f"{titled(held(member, code)).zh}（{code}）连同剩下的次数归对方；对方须先登记为会员。",
            en=f"{titled(held(member, code)).en} ({code}) goes over with what is left; the other must be a member.",
        ),
        lambda member: (Blank("to", Text(zh="对方的会员号或手机", en="Member number or mobile")), _REASON),
        Text(zh="转出", en="Pass on"),
        do,
        BOOK,
    )


def _to(typed: str) -> dict[str, str]:
    return {"phone" if typed.isdecimal() and len(typed) == 11 else "number": typed}
