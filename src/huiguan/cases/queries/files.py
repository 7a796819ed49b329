"""The dossiers of a matter: how each stands, line by line."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import dossiers as own
from huiguan.cases.queries.reading import found
from huiguan.documents import queries as documents
from huiguan.documents.values import DocumentView
from huiguan.kernel.actors import Actor
from huiguan.rules.dossiers import Standing


def dossiers(actor: Actor, number: str, at: datetime) -> tuple[Standing, ...]:
    """How the dossiers of a matter stand at `at`, in the order its stages ask for them. MatterUnknown."""
    held = found(actor, number, at)
    return tuple(own.standing(held, name) for name in own.needed(held))


def holders_of(actor: Actor, number: str, at: datetime) -> tuple[str, ...]:
    """Under which words the papers of a matter lie. MatterUnknown."""
    return own.holders(found(actor, number, at).row)


def papers_of(actor: Actor, number: str, at: datetime) -> tuple[DocumentView, ...]:
    """The papers that serve in a matter, the oldest first. MatterUnknown."""
    held = found(actor, number, at)
    return tuple(view for holder in own.holders(held.row) for view in documents.documents(actor, holder, own=holder))
