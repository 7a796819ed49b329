"""Putting a backup back: everything about it is looked at first; the database changes in one transaction, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from huiguan.cli.ground import bring_up_to_date
from huiguan.cli.safekeeping.backing_up import back_up, work_in
from huiguan.cli.safekeeping.containers import Manifest, unpacked
from huiguan.cli.safekeeping.dumping import DumpFailed, restore
from huiguan.cli.safekeeping.keys import fingerprint, key_in
from huiguan.cli.safekeeping.troubles import (
    BackupNotMade,
    BackupOfNewerProgram,
    FieldKeyDiffers,
    InstallationRunning,
    InstallationThere,
    NotRestored,
)
from huiguan.cli.terminal import tell
from huiguan.foundation.auditing import Break, every_break
from huiguan.foundation.databases import use_database
from huiguan.foundation.embedded import database, kept_server
from huiguan.foundation.embedded.clusters import sync_folder
from huiguan.foundation.jobs import wall_clock
from huiguan.foundation.outbox import renew_feeds
from huiguan.foundation.secrets import secret_files, secrets_of
from huiguan.hooks.operations import stop_all_hooks
from huiguan.kernel.text import Text
from huiguan.ledger.proof import Proof, prove
from huiguan.messaging.operations import doubt_waiting

_KEPT = Text(zh="原有的已另存：{file}", en="What was there is kept: {file}")
_DEMONSTRATION = "told"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `faults` of the audit chain. `kept`: the backup of what was there before, None where nothing was."""

    manifest: Manifest
    proof: Proof
    faults: list[Break]
    kept: Path | None

    @property
    def sound(self) -> bool:
        return self.proof.sound and not self.faults


def put_back(
    file: Path, data: Path, *, at: datetime, passphrase: str | None, replace: bool, without_key: bool
) -> Restored:
    """Put a backup into the installation of `data`, bring its schema up to this program and prove its books.

    Refuses what `unpacked` refuses, BackupOfNewerProgram, FieldKeyDiffers, InstallationThere (without `replace`),
    InstallationRunning, DataFolderInUse, NotRestored. Refused, nothing is changed.
    """
    with work_in(data) as work:
        manifest = _looked_at(file, data, work, passphrase, without_key=without_key)
        with _ours_alone() as url:
            kept = _make_way(url, data, at, replace=replace)
            try:
                restore(url, work / "database.dump")
            except (DumpFailed, OSError) as trouble:
                raise NotRestored(why=str(trouble)) from trouble
            if manifest.secrets:
                _put_secrets(work / "secrets", data, at)
            _mark(data, demonstration=manifest.demonstration)
            use_database(url)
            try:
                bring_up_to_date()
                renew_feeds()
                stop_all_hooks()
                doubt_waiting(wall=wall_clock())
                return Restored(manifest, prove(), every_break(), kept)
            finally:
                connections.close_all()


def _looked_at(file: Path, data: Path, work: Path, passphrase: str | None, *, without_key: bool) -> Manifest:
    try:
        manifest = unpacked(file, passphrase, work)
    except OSError as trouble:
        raise NotRestored(why=str(trouble)) from trouble
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    strange = sorted(set(manifest.schema) - known)
    if strange:
        raise BackupOfNewerProgram(field="file", program=manifest.program, what=strange[0])
    _refuse_other_key(manifest, data, work, without_key=without_key)
    return manifest


def _refuse_other_key(manifest: Manifest, data: Path, work: Path, *, without_key: bool) -> None:
    """The key that will be in use afterwards: the environment's, else the backup's own, else the folder's."""
    if manifest.field_key is None or without_key:
        return
    if manifest.secrets and not os.environ.get("HUIGUAN_FIELD_KEY"):
        key = key_in((work / "secrets" / "field_key").read_text(encoding="ascii"))
    else:
        key = secrets_of(data).field_key
    if fingerprint(key) != manifest.field_key:
        raise FieldKeyDiffers(folder=str(data / "secrets"))


def _make_way(url: str, data: Path, at: datetime, *, replace: bool) -> Path | None:
    """Nothing is put over an installation; with `replace` it is backed up first, secrets and all."""
    there = _installation(url)
    if there is None and not settings.HUIGUAN_DEMO:
        return None
    if not replace:
        raise InstallationThere(folder=str(data), what=there or "demo")
    if there is None:
        return None
    try:
        made = back_up(url, data, None, at=at, passphrase=None, with_secrets=True, name="before-restore")
    except BackupNotMade as trouble:
        raise NotRestored(why=trouble.values["why"]) from trouble
    tell(_KEPT, file=made.file)
    return made.file


def _installation(url: str) -> str | None:
    """The code of what is founded in the database; None where nothing is."""
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        found = connection.execute("SELECT to_regclass('programme_programme')").fetchone()
        if found is None or found[0] is None:
            return None
        row = connection.execute("SELECT code FROM programme_programme ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else None


@contextmanager
def _ours_alone() -> Iterator[str]:
    """The database with nobody else of ours at it."""
    if not os.environ.get("DATABASE_URL"):
        with kept_server(name="huiguan restore", tell=tell) as server:
            yield server.home.url()
        return
    with database(tell=tell) as url:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            others = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND application_name LIKE 'huiguan%'"
            ).fetchone()
        if others is not None and others[0]:
            raise InstallationRunning(count=others[0])
        yield url


def _put_secrets(source: Path, data: Path, at: datetime) -> None:
    """The backup's secrets in the place of the folder's, which are put aside."""
    folder = data / "secrets"
    if folder.exists() and all(
        path.exists() and path.read_bytes() == (source / path.name).read_bytes() for path in secret_files(data)
    ):
        return
    fresh = data / "secrets.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    for path in secret_files(data):
        descriptor = os.open(fresh / path.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write((source / path.name).read_bytes())
            file.flush()
            os.fsync(file.fileno())
    if folder.exists():
        folder.rename(data / f"secrets.before-{at:%Y%m%d-%H%M%S}")
    fresh.rename(folder)
    sync_folder(data)


def _mark(data: Path, *, demonstration: bool) -> None:
    """A demonstration is put back as one, a real installation as a real one; a founding begun here is over."""
    if demonstration:
        (data / "demo").write_text(_DEMONSTRATION, encoding="utf-8")
    else:
        (data / "demo").unlink(missing_ok=True)
    (data / "founding.json").unlink(missing_ok=True)
