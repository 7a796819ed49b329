"""What a paper is called and how it stands, on whatever page it is listed."""

from __future__ import annotations

from huiguan.design.values import Mark
from huiguan.documents.values import DocumentView
from huiguan.kernel.text import Text
from huiguan.rules.dossiers import WHOSE, docs
from huiguan.rules.programme import Programme

OTHER = Text(zh="其他材料", en="Another paper")
VERDICTS = {
    "pass": Mark(Text(zh="通过", en="Passed"), "ok"),
    "fail": Mark(Text(zh="已退回", en="Returned"), "stop"),
    "unclear": Mark(Text(zh="要说明", en="Unclear"), "warn"),
}
NEW = Mark(Text(zh="待看", en="To look at"))


def titled(rulebook: Programme, view: DocumentView) -> Text:
    """What a paper is called: as its dossier's line is, with the year and the person it is of."""
    title = docs(rulebook).get(view.doc, OTHER if view.doc == "other" else Text(zh=view.doc, en=view.doc))
    zh, en = title.zh, title.en
    if view.period:
        zh, en = f"{view.period} 年度{zh}", f"{en}, {view.period}"
    if view.whose:
        person = WHOSE.get(view.whose, Text(zh=view.whose, en=view.whose))
        zh, en = f"{zh} · {person.zh}", f"{en} · {person.en}"
    return Text(zh=zh, en=en)


def mark_of(view: DocumentView) -> Mark:
    if view.withdrawn_at is not None:
        return Mark(Text(zh="已撤回", en="Withdrawn"), "stop")
    return VERDICTS.get(view.verdict.verdict, NEW) if view.verdict else NEW
