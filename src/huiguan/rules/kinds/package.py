"""Package: rights sold together for one price, used up one by one.

"The silver card costs 500 yuan: lectures as often as you like, three expert courses, two parent or mother classes or one
early-education class, and members' prices on four more things": a clause names the package and its price, others add what
it gives. Where branches are given to choose from, the first use of one closes the others. A package ends on its day of
use; it may be handed in for a larger one, what was used being crossed off there; used, it is not taken back.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding
from huiguan.rules.packages import offers, things
from huiguan.rules.parameters import Bilingual, DayOfYear, Positive, Slug, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "entitlements"
TITLE = Text(zh="套餐与次卡", en="Packages and passes")
Sku = Annotated[str, BeforeValidator(str), Field(pattern=r"^[^\s\x00-\x1f]{1,60}$")]


class Thing(Base):
    """What is used: a class, a visit, a service."""

    item: Slug
    title: Bilingual


class Given(Base):
    """`times` uses of the `item`."""

    item: Slug
    times: Positive


class Branch(Base):
    """`times` uses altogether of any of these items."""

    times: Positive
    of: list[Slug]


class Parameters(Base):
    """`packages` it speaks of. Sold as goods `sku` at `price`, or `negotiated`. `items` are what things are called; `freely`
    those used as often as one likes, `gives` so many of each; `choice` between branches, the first use of one closing the others; `member_price` on those goods.
    To be used by the day `use_by` of the year it is bought in, or within `months`. `shown` what must be shown. `swap` for
    one of `swap_to`; taken back while `refund: unused`, or never; may `transfer` to another member, or never. The `card` is handed out once a package is paid."""

    packages: list[Slug]
    sku: Sku | None = None
    price: Yuan | None = None
    negotiated: bool = False
    items: list[Thing] = []
    freely: list[Slug] = []
    gives: list[Given] = []
    choice: list[Branch] = []
    member_price: list[Sku] = []
    use_by: DayOfYear | None = None
    months: Positive | None = None
    shown: list[Literal["card"]] = []
    swap: Literal["pay_difference"] | None = None
    swap_to: list[Slug] = []
    refund: Literal["unused", "never"] | None = None
    transfer: Literal["member", "never"] | None = None
    card: Literal["after_payment"] | None = None


SAYS = {
    "sold": Text(zh="{title}一份，不限期。", en="One {title}, without an end."),
    "sold_until": Text(zh="{title}一份，用到 {until:day}为止。", en="One {title}, to be used by {until:day}."),
    "needs_member": Text(zh="{title}只卖给会员，请先写明会员。", en="{title} is sold to members: name the member."),
    "not_negotiated": Text(
        zh="{title}的内容写在章程里，不另行商定。", en="What {title} gives is in the rulebook; nothing is negotiated."
    ),
    "negotiate": Text(
        zh="{title}的价格和内容须商定：请写明协议号、价格和内容。",
        en="Price and content of {title} are negotiated: give the agreement's number, the price and what it gives.",
    ),
    "swapped": Text(
        zh="{before}换{title}，补差价 {pay:yuan}；已用的 {used} 次记在新卡上。",
        en="{before} is handed in for {title}, paying the difference of {pay:yuan}; {used} uses go along.",
    ),
    "no_swap": Text(zh="{before}不能换{title}。", en="{before} cannot be handed in for {title}."),
    "not_larger": Text(
        zh="{before}（{price:yuan}）不能换更小的{title}。",
        en="{before} ({price:yuan}) cannot be handed in for the smaller {title}.",
    ),
    "used": Text(
        zh="{title}：{item}用 {quantity} 次，还剩 {left} 次。", en="{title}: {quantity} × {item}, {left} left."
    ),
    "used_freely": Text(
        zh="{title}：{item}用 {quantity} 次，不限次数。", en="{title}: {quantity} × {item}, any number."
    ),
    "chosen": Text(
        zh="{title}：选了{item}（用 {quantity} 次，还剩 {left} 次），{others}不能再选。",
        en="{title}: {item} was chosen ({quantity} used, {left} left); {others} can no longer be.",
    ),
    "absent": Text(zh="{title}里没有{item}。", en="{title} does not give {item}."),
    "used_up": Text(
        zh="{title}的{items}共 {times} 次，已用 {used} 次，不够再用 {quantity} 次。",
        en="{title} gives {times} × {items}; {used} are used, {quantity} more are not left.",
    ),
    "closed": Text(
        zh="{title}已经选了{chosen}，不能再用{item}。",
        en="{chosen} was chosen under {title}, so {item} is no longer given.",
    ),
    "expired": Text(zh="{title}用到 {until:day}为止，已过期。", en="{title} was to be used by {until:day}."),
    "not_yet": Text(zh="{title}从 {since:day}起才能用。", en="{title} begins on {since:day}."),
    "ended": Text(zh="{title}已经{how}，不能再用。", en="{title} is {how} and can no longer be used."),
    "not_shown": Text(zh="使用{title}须出示会员卡。", en="The card must be shown to use {title}."),
    "unused": Text(zh="{title}没有用过，可以退。", en="{title} has not been used and can be taken back."),
    "in_use": Text(
        zh="{title}已经用过 {used} 次，不能退。", en="{title} has been used (uses: {used}) and is not taken back."
    ),
    "never_back": Text(zh="{title}售出不退。", en="{title} is not taken back."),
    "member_price": Text(
        zh="按{title}的会员价，少付 {off:yuan}。", en="At the member price of {title}: {off:yuan} less."
    ),
    "transferred": Text(zh="{title}转给 {to}，剩下的照旧。", en="{title} goes to {to} with what is left of it."),
    "paid": Text(zh="已付款办理{title}，可以领卡。", en="{title} is paid for: the card can be handed out."),
    "unpaid": Text(zh="先选卡付款，再领会员卡。", en="A package is chosen and paid for before the card is handed out."),
    "no_transfer": Text(zh="{title}不能转让。", en="{title} cannot be passed on."),
}
ENDINGS = {
    "swapped": Text(zh="换成别的卡", en="handed in for another"),
    "refunded": Text(zh="退掉", en="taken back"),
    "transferred": Text(zh="转给别人", en="passed on"),
    "moved": Text(zh="并到另一个会员名下", en="moved to another membership"),
}
REFUSALS = {
    "needs_member": ("MembersOnly", "permission"),
    "not_negotiated": ("AgreementNotOffered", "input"),
    "negotiate": ("AgreementNeeded", "input"),
    "no_swap": ("SwapNotOffered", "window"),
    "not_larger": ("SwapNotOffered", "window"),
    "absent": ("NotInPackage", "limit"),
    "used_up": ("PackageUsedUp", "limit"),
    "closed": ("ChoiceMade", "limit"),
    "expired": ("OutsideWindow", "window"),
    "not_yet": ("OutsideWindow", "window"),
    "ended": ("PackageEnded", "state"),
    "not_shown": ("CardNotShown", "credential"),
    "in_use": ("PackageInUse", "limit"),
    "never_back": ("PackageInUse", "limit"),
    "unpaid": ("PackageNeeded", "limit"),
    "no_transfer": ("PackageNotTransferable", "limit"),
}


def of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_NO_HEAD = Text(
    zh="没有哪一条写明套餐 {name} 的货号（sku）。",
    en="No clause says under which number (sku) the package {name} is sold.",
)
_TWICE = Text(zh="{name} 已由 {other} 规定。", en="{name} is already governed by {other}.")
_NO_TITLE = Text(zh="没有写明 {item} 叫什么（items）。", en="It is not said what {item} is called (items).")
_NO_PRICE = Text(
    zh="写明价格（price），或写明商定（negotiated），两者取一。",
    en="Give a price, or say that it is negotiated: one of the two.",
)
_ONE = Text(zh="写货号的一条只说一种套餐。", en="A clause that gives the number speaks of one package alone.")
_ONE_BRANCH = Text(zh="只有一个分支，没有可选的。", en="With one branch there is nothing to choose.")
_NO_SWAP = Text(zh="写明换卡补差价（swap），才能写可换哪些。", en="swap_to goes with swap: pay_difference.")
_NOTHING = Text(zh="套餐 {name} 什么也没有给。", en="The package {name} gives nothing.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Every package is sold once, everything it gives has a name, and a choice is one."""
    found = [finding for clause in clauses for finding in _check_one(clause, programme)]
    heads: dict[str, str] = {}
    for clause in clauses:
        if of(clause).sku is None:
            continue
        for key in (of(clause).packages[0], f"sku {of(clause).sku}"):
            if heads.setdefault(key, clause.id) != clause.id:
                found.append(refused(programme, clause, "overlap", "sku", _TWICE, name=key, other=heads[key]))
    known = offers(programme)
    for clause in clauses:
        for path, names in (("packages", of(clause).packages), ("swap_to", of(clause).swap_to)):
            missing = [name for name in names if name not in known]
            found += [refused(programme, clause, "unknown_package", path, _NO_HEAD, name=name) for name in missing]
    for offer in known.values():
        if not (offer.allowances or offer.member_price or of(offer.clause).negotiated):
            found.append(refused(programme, offer.clause, "gives_nothing", "gives", _NOTHING, name=offer.name))
    return found


def _check_one(clause: Clause, programme: Programme) -> list[Finding]:
    rule, found = of(clause), list[Finding]()
    if rule.sku is not None and (rule.price is None) != rule.negotiated:
        found.append(refused(programme, clause, "no_price", "price", _NO_PRICE))
    if rule.sku is not None and len(rule.packages) != 1:
        found.append(refused(programme, clause, "one_package", "packages", _ONE))
    if len(rule.choice) == 1:
        found.append(refused(programme, clause, "no_choice", "choice", _ONE_BRANCH))
    if rule.swap_to and rule.swap is None:
        found.append(refused(programme, clause, "no_swap", "swap_to", _NO_SWAP))
    named = [("freely", item) for item in rule.freely] + [("gives", each.item) for each in rule.gives]
    named += [("choice", item) for each in rule.choice for item in each.of]
    for path, item in named:
        if item not in things(programme):
            found.append(refused(programme, clause, "unknown_item", path, _NO_TITLE, item=item))
    return found
