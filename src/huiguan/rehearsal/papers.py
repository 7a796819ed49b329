"""What an example may do and ask about papers, templates and signatures."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from PIL import Image
from pypdf import PdfWriter

from huiguan.documents import inputs, operations, queries
from huiguan.documents.values import Upload
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
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
    if actor.kind == "member" and not {"member", "holder"} & set(given):
        own = read(OwnPaper, given)
        return told(
            visits.upload_own_document(actor=actor, at=stage.now, given=own, file=file or Upload("", b""), key=key)
        )
    asked = read(inputs.UploadDocument, {**given, "holder": holder(stage, given)} if "member" in given else given)
    return told(operations.upload_document(actor=actor, at=stage.now, given=asked, file=file, key=key))


def _sign(stage: Stage, actor: Actor, given: Given) -> Any:
    key = given.pop("key", None)
    if actor.kind == "member" and not {"member", "holder"} & set(given):
        return told(visits.sign_own(actor=actor, at=stage.now, given=read(OwnSignature, given), key=key))
    whose = holder(stage, given)
    asked = read(inputs.SignAcceptance, {**given, "holder": whose})
    done = operations.sign_acceptance(actor=actor, at=stage.now, given=asked, rulebook=stage.rulebook, key=key)
    return told(done)


def _keep_template(stage: Stage, actor: Actor, given: Given) -> Any:
    file = sample(given.pop("file", "sample(pdf)")) or Upload("", b"")
    asked = read(inputs.KeepTemplate, given)
    return told(operations.keep_template(actor=actor, at=stage.now, given=asked, file=file))


def _withdraw_template(stage: Stage, actor: Actor, given: Given) -> Any:
    return operations.withdraw_template(actor=actor, at=stage.now, given=read(inputs.WithdrawTemplate, given))


def _open(stage: Stage, actor: Actor, given: Given) -> Any:
    """What comes out of the safe: its name, its kind, how long it is. A member opens her own."""
    number = str(given.pop("document", ""))
    if actor.kind == "member":
        opened = visits.open_own_document(actor=actor, at=stage.now, document=number)
    else:
        opened = operations.open_document(actor=actor, at=stage.now, document=number)
    return {"name": opened.name, "media": opened.media, "size": len(opened.data)}


def _documents(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.documents(actor, holder(stage, given)))


def _readings(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.readings(actor, str(given.pop("document", ""))))


def _templates(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.templates(actor))


def _signed(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.signed(actor, holder(stage, given)))


DEEDS: dict[str, Deed] = {
    "upload_document": _upload,
    "open_document": _open,
    "judge_document": plain_deed(operations.judge_document, inputs.JudgeDocument),
    "see_original": plain_deed(operations.see_original, inputs.SeeOriginal),
    "receive_copies": plain_deed(operations.receive_copies, inputs.ReceiveCopies),
    "withdraw_document": plain_deed(operations.withdraw_document, inputs.WithdrawDocument),
    "keep_template": _keep_template,
    "withdraw_template": _withdraw_template,
    "sign_acceptance": _sign,
}
QUESTIONS: dict[str, Deed] = {
    "documents": _documents,
    "readings": _readings,
    "templates": _templates,
    "signatures": _signed,
}
