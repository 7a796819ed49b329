"""Papers of somebody whose data is erased: their bytes go, that there was a paper stays."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents.models import Document, File, Version
from huiguan.kernel.actors import Actor


def forget_papers(*, actor: Actor, at: datetime, holder: str) -> int:
    """Empty every file of a holder's papers, and take the papers back; how many files. Called by the room above inside its
    own transaction."""
    papers = Document.objects.filter(programme_id=actor.programme, holder=holder)
    files = File.objects.filter(pk__in=Version.objects.filter(document__in=papers).values("file"))
    count = files.exclude(sealed=b"").update(sealed=b"", name="")
    papers.update(sealed_number=None, issuer="")
    papers.filter(withdrawn_at=None).update(withdrawn_at=at)
    return count
