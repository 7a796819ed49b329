"""Sentences of a field that is a list, in whichever form it stands: what each row says, how many there may be."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

LISTS = (
    Sentence(Text(zh="{fields.once}", en="{fields.once}"), rows="fields", place="form"),
    Sentence(
        Text(zh="至少填 {fields.least} 行", en="at least {fields.least} {fields.least:row|rows}"),
        rows="fields",
        place="form",
    ),
    Sentence(
        Text(zh="至多填 {fields.most} 行", en="{fields.most} {fields.most:row|rows} at most"),
        rows="fields",
        place="form",
    ),
    Sentence(
        Text(
            zh="每行：{fields.parts.title.zh}（英文 {fields.parts.title.en}，记作 {fields.parts.name}）：{fields.parts.type}，{fields.parts.required}，{fields.parts.sensitive}",
            en="In each row: {fields.parts.title.en} (in Chinese {fields.parts.title.zh}, kept as {fields.parts.name}): {fields.parts.type}, {fields.parts.required}, {fields.parts.sensitive}",
        ),
        rows="fields.parts",
        place="form",
    ),
    Sentence(
        Text(
            zh="选项：{fields.parts.choices.title.zh}（英文 {fields.parts.choices.title.en}，记作 {fields.parts.choices.value}）",
            en="Choice: {fields.parts.choices.title.en} (in Chinese {fields.parts.choices.title.zh}, kept as {fields.parts.choices.value})",
        ),
        rows="fields.parts.choices",
        place="form",
    ),
)
