"""Making a backup: the database as of one moment, on request the secrets, in one file that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.conf import settings

from huiguan.cli.safekeeping.containers import Manifest, part_of, write_container
from huiguan.cli.safekeeping.dumping import DumpFailed, dump
from huiguan.cli.safekeeping.keys import fingerprint, secrets_into
from huiguan.cli.safekeeping.troubles import BackupExists, BackupNotMade, NothingToBackUp
from huiguan.foundation.embedded.clusters import sync_folder

FOLDER = "backups"
SUFFIX = ".backup"
_WORK = "backup-work-"
_A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. `size` in bytes."""

    file: Path
    size: int
    manifest: Manifest
    encrypted: bool


def back_up(
    url: str,
    data: Path,
    target: Path | None,
    *,
    at: datetime,
    passphrase: str | None,
    with_secrets: bool,
    name: str = "",
) -> Made:
    """Back the database at `url` up into `target`: a file, or a folder in which the file gets its name from the moment
    (`backups` in the data folder where None). An encrypted one always holds the secrets.

    Refuses NothingToBackUp, BackupExists, BackupNotMade.
    """
    with work_in(data) as work:
        try:
            told = _told_of(url, data, at, with_secrets or passphrase is not None)
            file = _file_for(target, data, name or next(iter(told.programmes)), at)
            dump(url, work / "database.dump")
            parts = {"database.dump": work / "database.dump", **(secrets_into(work) if told.secrets else {})}
            whole = replace(told, parts={name: part_of(path) for name, path in parts.items()})
            _write(file, whole, parts, passphrase)
        except (OSError, DumpFailed, psycopg.Error) as trouble:
            raise BackupNotMade(why=str(trouble).strip()) from trouble
    return Made(file, file.stat().st_size, whole, passphrase is not None)


def _told_of(url: str, data: Path, at: datetime, secrets: bool) -> Manifest:
    """What the database says of itself, in its own words: its schema may be older than this program's."""
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        there = connection.execute(
            "SELECT to_regclass('programme_programme'), to_regclass('django_migrations')"
        ).fetchone()
        if there is None or None in there:
            raise NothingToBackUp(folder=str(data))
        programmes = connection.execute("SELECT code, name_zh, name_en FROM programme_programme ORDER BY id").fetchall()
        schema = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        postgresql = connection.info.server_version
    if not programmes:
        raise NothingToBackUp(folder=str(data))
    return Manifest(
        made_at=at.isoformat(timespec="seconds"),
        program=version("huiguan"),
        postgresql=f"{postgresql // 10000}.{postgresql % 10000}",
        schema=tuple(f"{app}.{name}" for app, name in schema),
        programmes={code: {"zh": zh, "en": en} for code, zh, en in programmes},
        demonstration=bool(settings.HUIGUAN_DEMO),
        secrets=secrets,
        field_key=fingerprint(settings.HUIGUAN_FIELD_KEY),
    )


def _file_for(target: Path | None, data: Path, name: str, at: datetime) -> Path:
    own = f"huiguan-{name}-{at:%Y%m%d-%H%M%S}{SUFFIX}"
    if target is None:
        folder = data / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / own
    file = target.expanduser().absolute()
    file = file / own if file.is_dir() else file
    if file.exists():
        raise BackupExists(field="target", file=str(file))
    return file


def _write(file: Path, manifest: Manifest, parts: Mapping[str, Path], passphrase: str | None) -> None:
    """Beside it first, then in its place: nobody ever finds a half."""
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as half:
            write_container(half, manifest, parts, passphrase)
            half.flush()
            os.fsync(half.fileno())
        _put_in_place(Path(beside), file)
    finally:
        Path(beside).unlink(missing_ok=True)
    sync_folder(file.parent)


def _put_in_place(beside: Path, file: Path) -> None:
    """A link never overwrites. Where the disk knows no links (many USB sticks) it is a rename after a look."""
    try:
        os.link(beside, file)
    except FileExistsError:
        raise BackupExists(field="target", file=str(file)) from None
    except OSError:
        if file.exists():
            raise BackupExists(field="target", file=str(file)) from None
        beside.rename(file)


@contextmanager
def work_in(data: Path) -> Iterator[Path]:
    """A folder of ours alone in the data folder: what is not encrypted yet does not leave the machine's own disk."""
    data.mkdir(parents=True, exist_ok=True)
    for old in data.glob(f"{_WORK}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _A_DAY:
                shutil.rmtree(old)
    work = Path(tempfile.mkdtemp(dir=data, prefix=_WORK))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
