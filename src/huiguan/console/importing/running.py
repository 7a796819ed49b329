"""The errand of an import: asked for by a page, done by the worker in the asker's own name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.importing.kinds import kind_of
from huiguan.console.importing.uploads import Upload, kept
from huiguan.foundation import clock
from huiguan.foundation.errands import DONE, Errand, Report, ask_errand, errands
from huiguan.foundation.sheets import Columns
from huiguan.identity import queries as identity

KIND = "console.import"


def ask_import(now: Acting, upload: Upload, columns: Columns, *, shop: str | None, dry_run: bool, lang: str) -> int:
    """Have a file imported; the errand's number."""
    given = {
        "token": upload.token, "kind": upload.kind, "file": upload.name, "digest": upload.digest,
        "columns": columns.as_json(), "shop": shop, "dry_run": dry_run, "lang": lang,
    }  # fmt: skip
    return ask_errand(KIND, actor=now.actor, at=now.at, given=given)


def run_import(asked: Errand, report: Report) -> dict[str, Any]:
    """The errand itself. The person's powers are those of the moment it is done."""
    given, at = asked.given, clock.now()
    upload = kept(asked.programme, given["token"])
    upload.rejected.unlink(missing_ok=True)
    told = kind_of(given["kind"]).run(
        actor=identity.actor_of_staff(int(asked.actor.partition(":")[2]), at),
        at=at,
        path=upload.path,
        rejects=upload.rejected,
        columns=Columns.from_json(given["columns"]),
        shop=given["shop"],
        dry_run=given["dry_run"],
        progress=report,
        lang=given["lang"],
    )
    if not given["dry_run"]:
        upload.path.unlink(missing_ok=True)  # taken in; only what was rejected is still of use
    return asdict(told)


def imported_before(now: Acting, upload: Upload) -> Errand | None:
    """The last time this very file was taken in."""
    for each in errands(now.actor, KIND, limit=200):
        if each.state == DONE and each.given["digest"] == upload.digest and not each.given["dry_run"]:
            return each
    return None
