"""Questions about papers, templates and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from huiguan.documents import telling
from huiguan.documents.keeping import demand_may, file_view, found, number_of
from huiguan.documents.models import Document, Note, Reading, Signed, Template, Version
from huiguan.documents.shelf import template_view
from huiguan.documents.values import (
    DocumentView,
    Expiring,
    ReadingView,
    SignedView,
    TemplateView,
    VersionView,
    party_in,
)
from huiguan.kernel.actors import Actor
from huiguan.rules.kinds.acceptance import Signature
from huiguan.rules.papers import Paper


def documents(
    actor: Actor, holder: str, *, own: str | None = None, withdrawn: bool = False
) -> tuple[DocumentView, ...]:
    """The papers of a holder, oldest first; those taken back only where asked for. Refuses Forbidden."""
    demand_may(actor, holder, own)
    rows = Document.objects.filter(programme_id=actor.programme, holder=holder).order_by("pk")
    return telling.views(rows if withdrawn else rows.filter(withdrawn_at=None))


def document(actor: Actor, number: str, *, own: str | None = None) -> DocumentView:
    """One paper. Refuses Forbidden, NotFound."""
    return telling.views([found(actor, number, own)])[0]


def versions(actor: Actor, number: str, *, own: str | None = None) -> tuple[VersionView, ...]:
    """The versions of a paper, newest first. Refuses Forbidden, NotFound."""
    rows = Version.objects.filter(document=found(actor, number, own)).select_related("file").defer("file__sealed")
    return tuple(VersionView(row.edition, file_view(row.file), row.at, row.actor_name) for row in rows.order_by("-pk"))


def readings(actor: Actor, number: str) -> tuple[ReadingView, ...]:
    """Who opened a paper's files, newest first. Takes `documents`; refuses Forbidden, NotFound."""
    rows = Reading.objects.filter(document=found(actor, number, None)).select_related("file").defer("file__sealed")
    return tuple(ReadingView(row.actor_name, row.at, row.file.name) for row in rows.order_by("-pk"))


def readings_of(programme: int, holder: str) -> tuple[tuple[str, ReadingView], ...]:
    """Who opened any paper of a holder, with the paper's number, newest first. For rooms above, which have asked who may
    know."""
    rows = Reading.objects.filter(document__programme_id=programme, document__holder=holder).order_by("-pk")
    found = rows.select_related("file", "document").defer("file__sealed")[:200]
    return tuple(
        (number_of(row.document), ReadingView(row.actor_name, row.at, row.file.name, row.actor))
        for row in found
        if row.document is not None
    )


def papers(programme: int, holders: Sequence[str], dossier: str) -> tuple[Paper, ...]:
    """The papers of these holders as a dossier judges them, copies on paper counted for `dossier` alone. For rooms
    above, which have asked who may know."""
    rows = Document.objects.filter(programme_id=programme, holder__in=holders, withdrawn_at=None).order_by("pk")
    return telling.papers(rows, dossier)


def changed_at(programme: int, holders: Sequence[str], at: datetime) -> datetime | None:
    """When, up to `at`, the last paper of these holders came, was judged, seen or counted; None where there is none. For
    rooms above."""
    of = {"document__programme_id": programme, "document__holder__in": holders, "at__lte": at}
    moments = (table.objects.filter(**of).aggregate(last=Max("at"))["last"] for table in (Version, Note))
    return max((moment for moment in moments if moment is not None), default=None)


def signatures(programme: int, holder: str, about: str = "") -> tuple[Signature, ...]:
    """What a holder signed, as a clause judges it. For rooms above."""
    rows = Signed.objects.filter(programme_id=programme, holder=holder, about=about).order_by("pk")
    return tuple(Signature(row.acceptance, row.edition, row.role) for row in rows)


def signers(programme: int, holders: Sequence[str], name: str, edition: str, *, but: str) -> frozenset[str]:
    """Who entered the signatures of an edition with these holders, as references, all `but` those as one role. For rooms
    above."""
    rows = Signed.objects.filter(programme_id=programme, holder__in=holders, acceptance=name, edition=edition)
    return frozenset(rows.exclude(role=but).values_list("actor", flat=True))


def signed(actor: Actor, holder: str, *, own: str | None = None) -> tuple[SignedView, ...]:
    """What a holder signed, newest first, with the words. Refuses Forbidden."""
    demand_may(actor, holder, own)
    rows = Signed.objects.filter(programme_id=actor.programme, holder=holder).order_by("-pk")
    return tuple(telling.signed_view(row) for row in rows)


def templates(actor: Actor) -> tuple[TemplateView, ...]:
    """The templates in use, by name."""
    rows = Template.objects.filter(programme_id=actor.programme).select_related("file").defer("file__sealed")
    newest = rows.order_by("name", "-edition").distinct("name")
    return tuple(template_view(row) for row in newest if row.file_id is not None)


def expiring(programme: int, *, since: date, until: date) -> tuple[Expiring, ...]:
    """Papers whose last day lies between these days, both included, the soonest first: who is to be reminded. For
    rooms above."""
    rows = Document.objects.filter(
        programme_id=programme, withdrawn_at=None, expires__gte=since, expires__lte=until
    ).order_by("expires", "pk")
    return tuple(
        Expiring(number_of(row), row.holder, party_in(row.holder), row.doc, row.expires)
        for row in rows
        if row.expires is not None
    )
