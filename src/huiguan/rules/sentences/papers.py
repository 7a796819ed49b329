"""Sentences of papers: what a dossier asks for line by line, and what is signed before what."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence


def _item(zh: str, en: str) -> Sentence:
    """What the form says of one line of a dossier."""
    return Sentence(Text(zh=zh, en=en), rows="items", place="form")


DOSSIER = (
    Sentence(Text(zh="材料清单 {dossier}。", en="The dossier {dossier}."), always=True, place="form"),
    Sentence(Text(zh="叫作{called.zh}（英文 {called.en}）。", en="Called {called.en} (in Chinese {called.zh}).")),
    Sentence(Text(zh="每份材料都要：{every}。", en="Every paper takes {every}.")),
    Sentence(Text(zh="要交：{items:papers}。", en="Asked for: {items:papers}."), place="reading"),
    Sentence(Text(zh="分项：{parts:paper_parts}。", en="In parts: {parts:paper_parts}."), place="reading"),
    Sentence(
        Text(
            zh="{items.title.zh}（英文 {items.title.en}，记作 {items.doc}）",
            en="{items.title.en} (in Chinese {items.title.zh}, kept as {items.doc})",
        ),
        rows="items",
        place="form",
    ),
    _item("形式：{items.form}", "as {items.form}"),
    _item("{items.stamp}", "{items.stamp}"),
    _item("{items.optional}", "{items.optional}"),
    _item("纸质件 {items.copies} 份", "{items.copies} on paper"),
    _item("用模板 {items.template}", "on the template {items.template}"),
    _item("写明{items.wants}", "with {items.wants}"),
    _item("资料项 {items.if_field} 是 {items.if_is} 才要", "where {items.if_field} is {items.if_is}"),
    _item("{items.whose}各一份", "one of each: {items.whose}"),
    _item("同时可作 {items.satisfies}，{items.unified}", "serving as {items.satisfies} too, {items.unified}"),
    _item("最近 {items.each_of} 个会计年度各一份", "one for each of the last {items.each_of} fiscal {items.each_of:year|years}"),
    _item("会计年度到 {items.year_end} 为止", "fiscal years end on {items.year_end}"),
    _item("资料项 {items.since} 那天以前的年度不要", "none before the day in {items.since}"),
    _item("申请前 {items.within} 以内的", "of the {items.within} before the application"),
    _item("至少 {items.min} 份", "at least {items.min}"),
    _item("与 {items.pairs_with} 成对", "each with its {items.pairs_with}"),
    Sentence(
        Text(
            zh="{parts.of} 包括{parts.title.zh}（英文 {parts.title.en}，记作 {parts.part}）",
            en="{parts.title.en} (in Chinese {parts.title.zh}, kept as {parts.part}) is part of {parts.of}",
        ),
        rows="parts",
        place="form",
    ),
)  # fmt: skip

ACCEPTANCE = (
    Sentence(Text(zh="签署的是 {acceptance}。", en="What is signed is {acceptance}."), always=True, place="form"),
    Sentence(Text(zh="{signs}签署。", en="Signed by {signs}."), always=True),
    Sentence(Text(zh="现在是第 {edition} 版。", en="Its edition is {edition}.")),
    Sentence(Text(zh="用模板 {template}。", en="On the template {template}.")),
    Sentence(
        Text(zh="所签的话：{words.zh}（英文 {words.en}）。", en="Its words: {words.en} (in Chinese {words.zh})."), place="form"
    ),
    Sentence(Text(zh="签好之前不能{before}。", en="Before it is signed: no {before}.")),
    Sentence(
        Text(zh="购物当天起 {within} 天之内可以补签。", en="It may be signed up to {within} {within:day|days} after the day of the purchase.")
    ),
    Sentence(Text(zh="换了版本，{again}。", en="With a new edition it is {again}.")),
)  # fmt: skip
