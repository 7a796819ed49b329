"""What an example may do and ask about papers, templates and signatures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from PIL import Image
from pydantic import BaseModel
from pypdf import PdfWriter

from huiguan.cases import inputs as matters
from huiguan.cases import operations as cases
from huiguan.cases import queries as matter_queries
from huiguan.documents import inputs, operations, queries
from huiguan.documents.values import Upload
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.rehearsal.doing import Deed, Given, plain_deed
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told
from huiguan.visits import operations as visits
from huiguan.visits.inputs import OwnPaper, OwnSignature

_SAMPLE = re.compile(r"sample\((pdf|jpg|png|program|locked|bomb|large|empty)\)")
_RULE = Text(
    zh="写作 sample(pdf)，或 jpg、png、program、locked、bomb、large、empty",
    en="is written as sample(pdf), or jpg, png, program, locked, bomb, large, empty",
)
_MEMBER = Text(zh="写明是谁的材料（member）", en="says whose paper it is")
_DOSSIER = Text(zh="材料清单", en="dossier")
_LARGE = 40 * 1024 * 1024


def sample(written: object) -> Upload | None:
    """A file an example speaks of; None where it speaks of none. What is not whole bears a harmless name."""
    if written is None:
        return None
    found = _SAMPLE.fullmatch(str(written))
    if found is None:
        raise InvalidInput(field="file", rule=_RULE)
    kind = found.group(1)
    return Upload(f"sample.{kind if kind in ('jpg', 'png') else 'pdf'}", _bytes(kind))


def _bytes(kind: str) -> bytes:
    out = io.BytesIO()
    if kind in ("jpg", "png"):
        Image.new("RGB", (40, 60), (180, 40, 40)).save(out, "JPEG" if kind == "jpg" else "PNG")
    elif kind in ("pdf", "locked"):
        writer = PdfWriter()
        writer.add_blank_page(width=210, height=297)
        if kind == "locked":
            writer.encrypt("sample", algorithm="AES-128")
        writer.write(out)
    elif kind == "bomb":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", b"")
            packed.writestr("word/document.xml", bytes(20_000_000))
    else:
        return {"program": b"MZ" + bytes(200), "large": b"%PDF-1.7" + bytes(_LARGE), "empty": b""}[kind]
    return out.getvalue()


def holder(stage: Stage, given: Given) -> str:
    """Whose papers a step speaks of: those of its `member`, or of a `holder` by its own word."""
    if "member" in given:
        return members.papers_holder(stage.world.programme, stage.membership(given.pop("member")))
    if "holder" not in given:
        raise InvalidInput(field="member", rule=_MEMBER)
    return str(given.pop("holder"))


def _upload(stage: Stage, actor: Actor, given: Given) -> Any:
    key, file = given.pop("key", None), sample(given.pop("file", None))
    if "matter" in given:
        asked_for = read(matters.AttachDocument, given)
        return told(cases.attach_document(actor=actor, at=stage.now, given=asked_for, file=file, key=key))
    if actor.kind == "member" and not {"member", "holder"} & set(given):
        own = read(OwnPaper, given)
        return told(
            visits.upload_own_document(actor=actor, at=stage.now, given=own, file=file or Upload("", b""), key=key)
        )
    if "member" in given:
        given["holder"] = holder(stage, given)
    asked = read(inputs.UploadDocument, given)
    return told(operations.upload_document(actor=actor, at=stage.now, given=asked, file=file, key=key))


def _sign(stage: Stage, actor: Actor, given: Given) -> Any:
    key = given.pop("key", None)
    if "matter" in given:
        given_now = read(matters.SignInMatter, given)
        return told(cases.sign_in_matter(actor=actor, at=stage.now, given=given_now, key=key))
    if actor.kind == "member" and not {"member", "holder"} & set(given):
        return told(visits.sign_own(actor=actor, at=stage.now, given=read(OwnSignature, given), key=key))
    whose = holder(stage, given)
    asked = read(inputs.SignAcceptance, {**given, "holder": whose})
    done = operations.sign_acceptance(actor=actor, at=stage.now, given=asked, rulebook=stage.rulebook, key=key)
    return told(done)


def _of_one(operation: Callable[..., Any], record: type[BaseModel]) -> Deed:
    """An operation on one paper: by its number, or the newest of its `doc` (and `whose`, `period`) in a `matter`, whose
    dossier is then named by its own name."""
    plain = plain_deed(operation, record)

    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        if "matter" in given:
            matter, doc = str(given.pop("matter")), given.pop("doc", "")
            which = {name: given.pop(name) for name in ("whose", "period", "part") if name in given}
            rows = matter_queries.papers_of(stage.world.owner, matter, stage.now)
            alike = [row for row in rows if row.doc == doc and all(getattr(row, n) == v for n, v in which.items())]
            if not alike:
                raise NotFound(field="doc", what=_DOSSIER, given=doc)
            given["document"] = alike[-1].number
            if "dossier" in given:
                given["dossier"] = f"{matter}/{given['dossier']}"
        return plain(stage, actor, given)

    return deed


def _keep_template(stage: Stage, actor: Actor, given: Given) -> Any:
    file = sample(given.pop("file", "sample(pdf)")) or Upload("", b"")
    asked = read(inputs.KeepTemplate, given)
    return told(operations.keep_template(actor=actor, at=stage.now, given=asked, file=file))


def _withdraw_template(stage: Stage, actor: Actor, given: Given) -> Any:
    return operations.withdraw_template(actor=actor, at=stage.now, given=read(inputs.WithdrawTemplate, given))


def _open(stage: Stage, actor: Actor, given: Given) -> Any:
    """What comes out of the safe: its name, its kind, how long it is. A member opens her own."""
    number = str(given.pop("document", ""))
    if "matter" in given:
        of = str(given.pop("matter"))
        opened = cases.open_matter_document(actor=actor, at=stage.now, matter=of, document=number)
    elif actor.kind == "member":
        opened = visits.open_own_document(actor=actor, at=stage.now, document=number)
    else:
        opened = operations.open_document(actor=actor, at=stage.now, document=number)
    return {"name": opened.name, "media": opened.media, "size": len(opened.data)}


def _documents(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.documents(actor, holder(stage, given)))


def _dossier(stage: Stage, actor: Actor, given: Given) -> Any:
    """How a dossier of a `matter` stands, line by line; `dossier` names it where the matter has several; of one `doc`
    its lines alone."""
    number, name, doc = str(given.pop("matter", "")), given.pop("dossier", None), given.pop("doc", None)
    found = matter_queries.dossiers(actor, number, stage.now)
    one = next((each for each in found if name in (None, each.dossier)), None)
    if one is None:
        raise NotFound(field="dossier", what=_DOSSIER, given=name or number)
    lines = [
        {
            "doc": line.doc, "clause": line.clause, "state": line.state, "say": line.reason.say, "blocks": line.blocks,
            "period": line.period, "whose": line.whose, "template": line.template, "title": told(line.title),
            "values": told(dict(line.reason.values)), "flags": [flag.say for flag in line.flags],
            "papers": list(line.papers),
        }
        for line in one.lines
    ]  # fmt: skip
    if doc is not None:
        return [line for line in lines if line["doc"] == doc]
    return {"dossier": one.dossier, "complete": one.complete, "open": [line.doc for line in one.open], "lines": lines}


def _readings(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.readings(actor, str(given.pop("document", ""))))


def _templates(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.templates(actor))


def _signed(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.signed(actor, holder(stage, given)))


DEEDS: dict[str, Deed] = {
    "upload_document": _upload,
    "open_document": _open,
    "judge_document": _of_one(operations.judge_document, inputs.JudgeDocument),
    "see_original": _of_one(operations.see_original, inputs.SeeOriginal),
    "receive_copies": _of_one(operations.receive_copies, inputs.ReceiveCopies),
    "withdraw_document": _of_one(operations.withdraw_document, inputs.WithdrawDocument),
    "keep_template": _keep_template,
    "withdraw_template": _withdraw_template,
    "sign_acceptance": _sign,
    "sign_for_house": plain_deed(cases.sign_for_house, matters.SignForHouse),
}
QUESTIONS: dict[str, Deed] = {
    "documents": _documents,
    "dossier": _dossier,
    "readings": _readings,
    "templates": _templates,
    "signatures": _signed,
}
