"""What a paper is called and how it stands, on whatever page it is listed."""

from __future__ import annotations

from huiguan.design.values import Mark
from huiguan.documents.values import STATE_TITLES, DocumentView, called
from huiguan.kernel.text import Text
from huiguan.rules.dossiers import WHOSE, docs
from huiguan.rules.programme import Programme

_TONES = {"": "plain", "pass": "ok", "fail": "stop", "unclear": "warn", "withdrawn": "stop"}


def titled(rulebook: Programme, view: DocumentView) -> Text:
    """What a paper is called: as its dossier's line is, with the year and the person it is of."""
    title = called(docs(rulebook), view.doc)
    zh, en = title.zh, title.en
    if view.period:
        zh, en = f"{view.period} 年度{zh}", f"{en}, {view.period}"
    if view.whose:
        person = WHOSE.get(view.whose, Text(zh=view.whose, en=view.whose))
        zh, en = f"{zh} · {person.zh}", f"{en} · {person.en}"
    return Text(zh=zh, en=en)


def mark_of(view: DocumentView) -> Mark:
    return Mark(STATE_TITLES[view.state], _TONES[view.state])
