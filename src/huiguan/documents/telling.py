"""Papers told: as people see them, and as a dossier judges them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from huiguan.documents.keeping import file_view, note_view, number_of
from huiguan.documents.models import Document, Note, Signed, Version
from huiguan.documents.values import DocumentView, SignedView
from huiguan.foundation.sealing import seal, unseal
from huiguan.kernel.text import Text
from huiguan.rules.papers import Paper

_SHOWN = 4


def sealed_number(holder: str, number: str) -> bytes | None:
    return seal(number, bound=f"paper:{holder}") if number else None


def paper_number(document: Document) -> str:
    """The paper's own number in the clear."""
    sealed = document.sealed_number
    return unseal(bytes(sealed), bound=f"paper:{document.holder}") if sealed is not None else ""


def masked(number: str) -> str:
    return "•" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:] if len(number) > _SHOWN else "•" * len(number)


class _Known:
    """What lies beside some papers: their newest versions and what was found of those. A few statements for all."""

    def __init__(self, documents: Sequence[Document]) -> None:
        keys = [document.pk for document in documents]
        editions = {document.pk: document.edition for document in documents}
        versions = Version.objects.filter(document__in=keys).select_related("file").defer("file__sealed")
        self.versions = {each.document_id: each for each in versions if each.edition == editions[each.document_id]}
        self.verdicts: dict[int, Note] = {}
        self.seen: dict[int, Note] = {}
        self.copies: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for note in Note.objects.filter(document__in=keys).order_by("id"):
            if note.kind == Note.Kind.COPIES:
                self.copies[note.document_id][note.dossier] = note.copies
            elif note.edition == editions[note.document_id]:
                kept = self.verdicts if note.kind == Note.Kind.VERDICT else self.seen
                kept[note.document_id] = note


def views(documents: Iterable[Document]) -> tuple[DocumentView, ...]:
    rows = tuple(documents)
    known = _Known(rows)
    return tuple(_view(row, known) for row in rows)


def _view(row: Document, known: _Known) -> DocumentView:
    version = known.versions[row.pk]
    return DocumentView(
        number=number_of(row),
        holder=row.holder,
        doc=row.doc,
        form=row.form,
        paper_number=masked(paper_number(row)),
        issuer=row.issuer,
        issued=row.issued,
        expires=row.expires,
        period=row.period,
        whose=row.whose,
        part=row.part,
        pair=row.pair,
        stamped=row.stamped,
        scan=row.scan,
        edition=row.edition,
        file=file_view(version.file),
        verdict=note_view(known.verdicts.get(row.pk)),
        seen=note_view(known.seen.get(row.pk)),
        copies=dict(known.copies.get(row.pk, {})),
        uploaded_at=version.at,
        uploaded_by=version.actor_name,
        withdrawn_at=row.withdrawn_at,
    )


def papers(documents: Iterable[Document], dossier: str) -> tuple[Paper, ...]:
    """The papers as a dossier judges them; copies are those received for `dossier`."""
    rows = tuple(documents)
    known = _Known(rows)
    return tuple(_paper(row, known, dossier) for row in rows)


def _paper(row: Document, known: _Known, dossier: str) -> Paper:
    verdict = known.verdicts.get(row.pk)
    return Paper(
        reference=number_of(row),
        doc=row.doc,
        form=row.form,
        number=paper_number(row),
        issuer=row.issuer,
        issued=row.issued,
        expires=row.expires,
        period=row.period,
        whose=row.whose,
        part=row.part,
        pair=row.pair,
        stamped=row.stamped,
        uploaded=known.versions[row.pk].file_id is not None,
        scan=row.scan,
        original_seen=row.pk in known.seen,
        copies=known.copies.get(row.pk, {}).get(dossier, 0),
        verdict=verdict.verdict if verdict else "",
        why=verdict.words if verdict else "",
    )


def signed_view(row: Signed) -> SignedView:
    words = Text(zh=row.words["zh"], en=row.words["en"])
    return SignedView(
        row.acceptance, row.edition, row.clause, row.role, row.signer, row.way, row.about, row.at, words,
        Text(**row.post) if row.post else None,
    )  # fmt: skip
