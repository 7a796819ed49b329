"""The drill: an installation with members, sales and sealed fields is backed up, put back elsewhere, proved, compared."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from huiguan.cli.safekeeping.containers import Manifest, part_of, unpacked, write_container
from huiguan.foundation.embedded import database, kept_server
from huiguan.foundation.outbox import feed_of
from huiguan.foundation.secrets import secrets_of
from huiguan.hooks import operations as hooks
from huiguan.hooks.inputs import Subscribe
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient
from huiguan.kernel.inputs import read
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "a long passphrase"
# What the moment of a process writes for itself.
_PASSING = ("django_session", "procrastinate_workers")
# What putting a backup back changes: every order begins another generation, and nobody is told anything.
_CHANGED = ("foundation_feed", "hooks_subscription")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's user can enter."""
    made = Path(tempfile.mkdtemp(prefix="huiguan-drill-"))
    made.chmod(0o755)
    (made / "pass").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def lived_in() -> World:
    """Members, sales, a return, points used, a webhook, a sign-in that was going on."""
    world = World.found()
    li, wang = world.enrol(), world.enrol()
    world.sell("2026-03-01 10:00", "COAT", "SCARF", member=li.number)
    sale = world.sell("2026-03-02 10:00", "GOWN", member=wang.number)
    world.sell("2026-03-03 10:00", "PIN")
    world.give_back("2026-03-04 10:00", sale.id)
    world.redeem("2026-06-05 10:00", li, 10)
    at = moment("2026-06-05 10:00")
    identity.create_client(actor=world.actor, at=at, given=read(CreateClient, {"name": "erp", "powers": ["sell"]}))
    hook = Subscribe(name="accounts", url="https://accounts.example/", client="erp")
    hooks.subscribe(actor=world.actor, at=at, given=hook)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('key', 'who was signed in', now() + '1 day')")
    return world


def url() -> str:
    parts = connection.get_connection_params()
    names = ("dbname", "user", "host", "port", "password")
    return make_conninfo("", **{name: str(parts[name]) for name in names if parts.get(name)})


def run(data: Path, *arguments: str, database_url: str | None = None, **environment: str) -> tuple[int, Any, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HUIGUAN_", "DATABASE_"))}
    told = {"DATABASE_URL": database_url} if database_url else {}
    done = subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", *arguments, "--json"],
        env={**plain, **told, "HUIGUAN_DATA": str(data), "LC_ALL": "C.UTF-8", **environment},
        cwd=data.parent, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout), done.stderr


def ours() -> dict[str, str]:
    """The secrets this process seals with, as the environment of an installation would name them."""
    return {
        "HUIGUAN_SECRET_KEY": settings.SECRET_KEY,
        "HUIGUAN_FIELD_KEY": base64.urlsafe_b64encode(settings.HUIGUAN_FIELD_KEY).decode(),
    }


def made(folder: Path, *arguments: str) -> Path:
    """A backup of the tests' own database."""
    code, told, why = run(folder / "source", "backup", str(folder), *arguments, database_url=url(), **ours())
    assert code == 0, why
    return Path(told["file"])


def rows(address: str) -> dict[str, tuple[int, int]]:
    """Count and digest of every table."""
    with psycopg.connect(address, autocommit=True) as link:
        tables = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        link.execute("SET timezone TO 'UTC'")
        counted = {}
        for (name,) in tables:
            if name not in (*_PASSING, *_CHANGED):
                told = link.execute(
                    f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {name} t".encode()
                ).fetchone()
                assert told is not None
                counted[name] = told
    return counted


def balances(address: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address, autocommit=True) as link:
        return link.execute("SELECT membership_id, head, units FROM ledger_account ORDER BY 1").fetchall()


@contextmanager
def another_database() -> Iterator[str]:
    """A second, empty database on the tests' server."""
    parts = {**{name: str(value) for name, value in conninfo_to_dict(url()).items()}, "dbname": "postgres"}
    with psycopg.connect(make_conninfo("", **parts), autocommit=True) as link:
        link.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
        link.execute("CREATE DATABASE restored")
        try:
            yield make_conninfo("", **{**parts, "dbname": "restored"})
        finally:
            link.execute("DROP DATABASE restored WITH (FORCE)")


def test_the_drill_to_an_embedded_server(folder: Path, lived_in: World) -> None:
    before, held = rows(url()), balances(url())
    file = made(folder, "--passphrase-file", str(folder / "pass"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(folder.glob(".*")) and not list((folder / "source").glob("backup-work-*"))

    target = folder / "target"
    code, told, why = run(target, "restore", str(file), "--passphrase-file", str(folder / "pass"))
    assert (code, told["sound"], told["kept"]) == (0, True, None), why
    assert told["counted"]["memberships"] == 2 and told["counted"]["journals"] > 3
    keys = secrets_of(target)
    assert (keys.signing, keys.field_key) == (settings.SECRET_KEY, settings.HUIGUAN_FIELD_KEY)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (target / "secrets").iterdir())
    with database(target) as address:
        assert rows(address) == before
        assert balances(address) == held
        with psycopg.connect(address, autocommit=True) as link:
            assert link.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
            with pytest.raises(psycopg.errors.RestrictViolation):  # the books refuse edits there too
                link.execute("UPDATE ledger_transfer SET amount = amount + 1")

    # What was put back can be backed up and put back again, in the place of another, which is kept.
    code, told, why = run(target, "backup", str(folder / "second.backup"), "--with-secrets")
    assert (code, told["secrets"], told["encrypted"]) == (0, True, False), why
    lived_in.enrol()
    file = made(folder, "--with-secrets")
    code, told, why = run(target, "restore", str(file))
    assert (code, told["code"]) == (1, "InstallationThere")
    code, told, why = run(target, "restore", str(file), "--replace")
    assert (code, told["counted"]["memberships"]) == (0, 3), why
    kept = Path(told["kept"])
    assert kept.parent == target / "backups" and "before-restore" in kept.name
    code, told, why = run(target, "restore", str(kept), "--replace")
    assert (code, told["counted"]["memberships"]) == (0, 2), why
    with database(target) as address:
        assert rows(address) == before


def test_the_drill_to_a_server_named_by_its_url(folder: Path, lived_in: World) -> None:
    before = rows(url())
    file = made(folder)
    with another_database() as address:
        code, told, _ = run(folder / "target", "restore", str(file), database_url=address)
        assert (code, told["code"]) == (1, "FieldKeyDiffers")
        assert rows(address) == {}
        code, told, why = run(folder / "target", "restore", str(file), database_url=address, **ours())
        assert (code, told["sound"]) == (0, True), why
        assert rows(address) == before
        with psycopg.connect(address) as link:
            told = link.execute("SELECT generation FROM foundation_feed").fetchall()
            assert len(told) == 1 and told != [(feed_of(lived_in.actor.programme).generation,)]
            kept = link.execute("SELECT state, reason, position FROM hooks_subscription").fetchall()
            assert kept == [("stopped", "restored", feed_of(lived_in.actor.programme).last)]
        with psycopg.connect(address, application_name="huiguan"):
            code, told, _ = run(folder / "target", "restore", str(file), "--replace", database_url=address, **ours())
        assert (code, told["code"]) == (1, "InstallationRunning")
        assert "1 processes of Huiguan use this database" in told["text"]["en"]
        code, told, why = run(
            folder / "other", "restore", str(file), "--replace", "--without-key", database_url=address
        )
        assert code == 0, why


def test_what_cannot_be_used_changes_nothing(folder: Path, lived_in: World) -> None:
    file = made(folder, "--with-secrets")
    cut, altered = folder / "cut.backup", folder / "altered.backup"
    cut.write_bytes(file.read_bytes()[:-1])
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    altered.write_bytes(data)
    newer = _forged(file, folder, schema=("ledger.9999_to_come",))
    half = _forged(file, folder, spoil=True)
    with another_database() as address:
        for wrong, name in (
            (cut, "BackupCut"), (altered, "BackupAltered"), (newer, "BackupOfNewerProgram"), (half, "NotRestored"),
            (folder / "pass", "NotABackup"),
        ):  # fmt: skip
            code, told, _ = run(folder / "target", "restore", str(wrong), database_url=address)
            assert (code, told["code"]) == (1, name)
            assert rows(address) == {}
        assert not list((folder / "target").glob("backup-work-*"))


def test_a_wrong_passphrase_is_told_by_name(folder: Path, lived_in: World) -> None:
    file = made(folder, "--passphrase-file", str(folder / "pass"))
    (folder / "wrong").write_text("another passphrase", encoding="utf-8")
    code, told, _ = run(folder / "target", "restore", str(file), "--passphrase-file", str(folder / "wrong"))
    assert (code, told["code"]) == (1, "BackupKeyWrong")
    code, told, _ = run(folder / "target", "restore", str(file))
    assert (code, told["code"]) == (1, "PassphraseNeeded")
    (folder / "wrong").write_text("short", encoding="utf-8")
    code, told, _ = run(folder / "source", "backup", "--passphrase-file", str(folder / "wrong"), database_url=url())
    assert (code, told["field"]) == (1, "--passphrase-file")


def test_a_served_folder_is_left_alone(folder: Path, lived_in: World) -> None:
    file = made(folder, "--with-secrets")
    with kept_server(folder / "target", name="huiguan serve"):
        code, told, _ = run(folder / "target", "restore", str(file), "--replace")
    assert (code, told["code"]) == (1, "DataFolderInUse")


def test_nothing_is_overwritten_and_nothing_half_is_left(folder: Path, lived_in: World) -> None:
    file = folder / "mine.backup"
    file.write_text("mine", encoding="utf-8")
    code, told, _ = run(folder / "source", "backup", str(file), database_url=url())
    assert (code, told["code"], file.read_text()) == (1, "BackupExists", "mine")
    code, told, _ = run(folder / "source", "backup", str(folder / "no" / "such" / "folder.backup"), database_url=url())
    assert (code, told["code"]) == (1, "BackupNotMade")
    with another_database() as address:
        code, told, _ = run(folder / "source", "backup", database_url=address)
    assert (code, told["code"]) == (1, "NothingToBackUp")


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root")
def test_a_full_disk_leaves_no_half(folder: Path, lived_in: World) -> None:
    small = folder / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        code, told, _ = run(folder / "source", "backup", str(small), database_url=url(), **ours())
        assert (code, told["code"]) == (1, "BackupNotMade")
        assert "No space left on device" in told["text"]["en"]
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def _forged(file: Path, folder: Path, *, spoil: bool = False, **change: Any) -> Path:
    """A backup that is whole and says something else: another schema, or a dump that ends in the middle."""
    work = Path(tempfile.mkdtemp(dir=folder))
    told = unpacked(file, None, work)
    if spoil:
        dump = work / "database.dump"
        dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 3 // 4])
    parts = {name: work / name for name in told.parts}
    manifest: Manifest = replace(told, parts={name: part_of(path) for name, path in parts.items()}, **change)
    forged = work / "forged.backup"
    with forged.open("wb") as target:
        write_container(target, manifest, parts, None)
    return forged


def test_a_demonstration_is_put_back_as_one(folder: Path, lived_in: World) -> None:
    source = folder / "source"
    source.mkdir()
    (source / "demo").write_text("told", encoding="utf-8")
    file = made(folder, "--with-secrets")
    with another_database() as address:
        code, _, why = run(folder / "target", "restore", str(file), database_url=address)
        assert (code, (folder / "target" / "demo").exists()) == (0, True), why
    assert datetime.fromisoformat(json.loads(_manifest(file))["made_at"]) < datetime.now(UTC)


def _manifest(file: Path) -> str:
    return subprocess.run(
        ["tar", "-xOf", str(file), "manifest.json"], capture_output=True, text=True, check=False
    ).stdout  # fmt: skip
