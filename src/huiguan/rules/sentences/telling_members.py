"""Sentences of the kind that tells members what happened."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

NOTICE = (
    Sentence(Text(zh="{on}，用{to}告诉会员。", en="{on} the member is told by {to}."), always=True),
    Sentence(Text(zh="只告诉这样的会员：{where}。", en="Only these members are told: {where}.")),
    Sentence(Text(zh="提前 {before} 天。", en="{before} {before:day|days} ahead.")),
    Sentence(Text(zh="{at} 发出。", en="Sent at {at}."), when=("before", "at")),
    Sentence(
        Text(zh="正文：{says.zh}（英文：{says.en}）", en="The text: {says.en} (in Chinese: {says.zh})"),
        always=True,
        place="form",
    ),
    Sentence(Text(zh="正文：“{says:letter}”", en="The text: “{says:letter}”"), always=True, place="reading"),
    Sentence(
        Text(
            zh="邮件标题：{subject.zh}（英文：{subject.en}）",
            en="The mail’s subject: {subject.en} (in Chinese: {subject.zh})",
        ),
        when=("subject",),
        place="form",
    ),
    Sentence(Text(zh="邮件标题：“{subject:letter}”。", en="The mail’s subject: “{subject:letter}”."), place="reading"),
    Sentence(Text(zh="写成{language}。", en="Written in {language}.")),
    Sentence(
        Text(
            zh="{quiet.since} 到 {quiet.until} 之间不打扰，到时再发。",
            en="Nobody is disturbed from {quiet.since} to {quiet.until}; it waits until then.",
        )
    ),
    Sentence(Text(zh="属于{purpose}。", en="It is a message of {purpose}.")),
)
