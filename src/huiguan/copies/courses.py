"""What was applied for, decided and asked of her: matters with their letters and steps, measures, what is due, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.cases import queries as cases
from huiguan.cases.values import STATES
from huiguan.conduct import queries as conduct
from huiguan.conduct.values import MEASURE_STATES, OWED_STATES
from huiguan.copies.persons import CLAUSE, MANY, NUMBER, STATE, WHAT, WHEN
from huiguan.copies.values import Part
from huiguan.documents import queries as documents
from huiguan.documents.values import STATE_TITLES, DocumentView, called
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text
from huiguan.rules.dossiers import docs
from huiguan.rules.kinds.acceptance import SIGNERS
from huiguan.rules.listed import rows_of
from huiguan.rules.programme import Programme

_SAYS = Text(zh="内容", en="Words")


def matter_parts(actor: Actor, at: datetime) -> Iterator[Part]:
    """The matters that are the actor's own, member or applicant, each with answers, rounds and what happened; the letters."""
    lines = cases.matters(actor, at, limit=MANY)
    views = [cases.matter(actor, line.number, at) for line in lines]
    yield Part(
        "matters", Text(zh="申请与事项", en="Matters"),
        (("number", NUMBER), ("title", WHAT), ("state", STATE), ("opened_at", WHEN), ("ended", Text(zh="现在", en="Now"))),
        [
            {"number": v.line.number, "title": v.line.title, "state": STATES[v.line.state], "ended": v.line.stage_title,
             "opened_at": v.line.opened_at, "submitted_at": v.line.submitted_at, "form": dict(v.form),
             "rounds": [{"n": r.n, "at": r.at} for r in v.rounds],
             "steps": [{"at": s.at, "text": s.text, "clause": s.clause, "by": s.by} for s in v.steps]}
            for v in views
        ],
    )  # fmt: skip
    yield Part(
        "answers", Text(zh="填写的内容", en="What was filled in"),
        (("matter", NUMBER), ("field", WHAT), ("value", _SAYS)),
        [
            {"matter": v.line.number, "field": name, "value": rows_of(value) or value}
            for v in views for name, value in v.form.items() if value not in (None, "")
        ],
    )  # fmt: skip
    yield Part(
        "letters", Text(zh="收到的函件", en="Letters"),
        (("at", WHEN), ("matter", NUMBER), ("subject", WHAT), ("text", _SAYS)),
        [
            {"matter": line.number, "at": letter.at, "subject": letter.subject, "text": letter.text}
            for line in lines for letter in cases.letters_of(actor, line.number, at)
        ],
    )  # fmt: skip


def conduct_parts(herself: Actor, at: datetime) -> Iterator[Part]:
    """Measures with what she said, and what is due by a day."""
    yield Part(
        "measures", Text(zh="处分", en="Measures"),
        (("number", NUMBER), ("title", WHAT), ("words", _SAYS), ("state", STATE), ("decided_at", WHEN), ("clause", CLAUSE)),
        [
            {"number": m.number, "title": Text(**m.title), "words": m.words, "state": MEASURE_STATES[m.state], "clause": m.clause,
             "fine": as_yuan(m.fine) if m.fine is not None else None, "demerits": m.demerits, "proposed_at": m.proposed_at,
             "decided_at": m.decided_at, "since": m.since, "until": m.until, "appeal_until": m.appeal_until,
             "pleas": [{"at": plea.at, "words": plea.words} for plea in m.pleas]}
            for m in conduct.measures(herself, at)
        ],
    )  # fmt: skip
    yield Part(
        "due", Text(zh="应办的事", en="What is due"),
        (("title", WHAT), ("arose", WHEN), ("due", Text(zh="期限", en="Due")), ("done", Text(zh="已办", en="Done")), ("clause", CLAUSE)),
        [
            {"title": Text(**each.title), "arose": each.arose, "due": each.due, "done": each.done, "state": OWED_STATES[each.state],
             "by": each.by, "clause": each.clause}
            for each in conduct.obligations(herself, at)
        ],
    )  # fmt: skip


def paper_parts(actor: Actor, rulebook: Programme, holders: Sequence[str]) -> Iterator[Part]:
    """What was signed, and what lies with her of papers; the papers themselves go along as files."""
    signed = [each for holder in holders for each in documents.signed(actor, holder, own=holder)]
    yield Part(
        "signatures", Text(zh="签署", en="Signatures"),
        (("at", WHEN), ("words", WHAT), ("role", Text(zh="身份", en="As")), ("signer", Text(zh="签名", en="By")), ("edition", Text(zh="版本", en="Edition")), ("clause", CLAUSE)),
        [
            {"at": s.at, "acceptance": s.acceptance, "edition": s.edition, "words": s.words, "role": SIGNERS[s.role],
             "signer": s.signer, "post": s.post, "way": s.way, "clause": s.clause}
            for s in signed
        ],
    )  # fmt: skip
    views = [each for holder in holders for each in documents.documents(actor, holder, own=holder, withdrawn=True)]
    yield Part(
        "papers", Text(zh="材料", en="Papers"),
        (("number", NUMBER), ("doc", WHAT), ("name", Text(zh="文件", en="File")), ("uploaded_at", WHEN), ("verdict", STATE)),
        [_paper(docs(rulebook), each) for each in views],
    )  # fmt: skip


def _paper(titles: Mapping[str, Text], view: DocumentView) -> dict[str, Any]:
    verdict = view.verdict
    return {
        "number": view.number, "doc": called(titles, view.doc), "form": view.form, "name": view.file.name if view.file else "",
        "issuer": view.issuer, "issued": view.issued, "expires": view.expires, "uploaded_at": view.uploaded_at,
        "verdict": STATE_TITLES[view.state], "why": verdict.words if verdict else "",
        "withdrawn_at": view.withdrawn_at, "holder": view.holder,
    }  # fmt: skip
