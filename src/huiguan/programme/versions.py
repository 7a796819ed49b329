"""Rows of programmes and versions: locked, and told as values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.models import Programme, Version
from huiguan.programme.values import KnownProgramme, Proof, PublishedVersion

_PROGRAMME = Text(zh="计划", en="programme")


def lock_programme(programme: int) -> Programme:
    """The programme's row, locked: its versions are numbered one after another."""
    found = Programme.objects.select_for_update().filter(pk=programme).first()
    if found is None:
        raise NotFound(what=_PROGRAMME, given=f"#{programme}")
    return found


def known_of(row: Programme) -> KnownProgramme:
    return KnownProgramme(id=row.pk, code=row.code, name=Text(zh=row.name_zh, en=row.name_en))


def proof_as_json(proof: Proof) -> dict[str, Any]:
    return {
        "digest": proof.digest,
        "examples": proof.examples,
        "passed": proof.passed,
        "at": proof.at.isoformat(),
        "aside": proof.aside,
    }


def version_of(row: Version) -> PublishedVersion:
    return PublishedVersion(
        id=row.pk,
        programme=row.programme_id,
        number=row.number,
        digest=row.digest,
        effective_from=row.effective_from,
        published_at=row.published_at,
        by=row.published_by_name,
        proof=Proof(
            digest=row.proof["digest"],
            examples=row.proof["examples"],
            passed=row.proof["passed"],
            at=datetime.fromisoformat(row.proof["at"]),
            aside=row.proof.get("aside", 0),
        ),
        resolution=row.resolution,
    )
