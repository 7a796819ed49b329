"""Sentences of packages: what they are sold for, what they give, and what becomes of them."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

PACKAGE = (
    Sentence(Text(zh="套餐：{packages:package}。", en="Packages: {packages:package}."), always=True),
    Sentence(Text(zh="货号 {sku}。", en="Sold under number {sku}.")),
    Sentence(Text(zh="价格 {price}。", en="It costs {price}.")),
    Sentence(
        Text(zh="价格和内容另行商定。", en="Price and content are negotiated."),
        sets={"negotiated": True},
    ),
    Sentence(
        Text(
            zh="{items.title.zh}（英文 {items.title.en}，记作 {items.item}）",
            en="{items.title.en} (in Chinese {items.title.zh}, kept as {items.item})",
        ),
        rows="items",
        place="form",
    ),
    Sentence(Text(zh="{freely:thing}不限次数。", en="{freely:thing}: as often as one likes.")),
    Sentence(Text(zh="{gives.item:thing} {gives.times} 次", en="{gives.item:thing}: {gives.times}"), rows="gives"),
    Sentence(
        Text(zh="多选一：{choice.of:thing}任意共 {choice.times} 次", en="Either {choice.times} of {choice.of:thing}"),
        rows="choice",
    ),
    Sentence(Text(zh="这些商品享会员价：{member_price}。", en="Members' prices on {member_price}.")),
    Sentence(Text(zh="用到 {use_by} 为止。", en="To be used by {use_by}.")),
    Sentence(Text(zh="{months} 个月内用完。", en="To be used within {months} {months:month|months}.")),
    Sentence(Text(zh="须出示{shown}。", en="{shown} must be shown.")),
    Sentence(
        Text(
            zh="可以换更大的套餐，已用的划掉，补差价。",
            en="It may be handed in for a larger one: what was used is crossed off there, and the difference is paid.",
        ),
        sets={"swap": "pay_difference"},
    ),
    Sentence(Text(zh="只能换{swap_to:package}。", en="For {swap_to:package} only.")),
    Sentence(Text(zh="{refund}。", en="{refund}.")),
    Sentence(Text(zh="{transfer}。", en="{transfer}.")),
    Sentence(
        Text(zh="付了款才领会员卡。", en="The member card is handed out once it is paid for."),
        sets={"card": "after_payment"},
    ),
)
