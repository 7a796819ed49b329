"""Room that is kept: writing is refused by name before the disk is full, and when it is; then all goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from huiguan.cli.doctoring import machine
from huiguan.foundation import reserve
from huiguan.foundation.models import AuditEntry
from huiguan.foundation.performing import perform
from huiguan.foundation.reserve import MEGABYTE, DiskNearlyFull, demand_room, free_in
from huiguan.kernel.actors import system

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def own_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The installation has its own database here, in a folder on this machine's disk."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = Path(tempfile.mkdtemp(prefix="huiguan-reserve-"))
    folder.chmod(0o755)
    monkeypatch.setenv("HUIGUAN_DATA", str(folder))
    reserve._storage.cache_clear()
    yield folder
    reserve._storage.cache_clear()
    shutil.rmtree(folder)


def _write() -> str:
    given = {"what": "x"}
    return perform("try", actor=system(7), at=AT, subject="s", given=given, do=lambda: "done", returns=str, key="k")


@pytest.mark.django_db
def test_below_the_reserve_nothing_is_written_and_then_all_goes_on(own_disk: Path, settings: object) -> None:
    left = free_in(own_disk) // MEGABYTE
    settings.HUIGUAN_RESERVE = left + 10_000  # type: ignore[attr-defined]
    reserve._storage.cache_clear()
    with pytest.raises(DiskNearlyFull) as refused:
        demand_room()
    assert refused.value.status == 503
    assert f"{refused.value.values['left']:,} MB left" in refused.value.say("en")
    assert machine.disk_space(own_disk).state == "wrong"
    assert "writes are refused" in machine.disk_space(own_disk).found.en
    settings.HUIGUAN_RESERVE = 0  # type: ignore[attr-defined]
    demand_room()
    assert _write() == "done"
    assert AuditEntry.objects.filter(programme=7).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_operation_asks_before_it_begins(own_disk: Path, settings: object) -> None:
    settings.HUIGUAN_RESERVE = 10**9  # type: ignore[attr-defined]
    with pytest.raises(DiskNearlyFull):
        _write()
    assert AuditEntry.objects.filter(programme=7).count() == 0
    settings.HUIGUAN_RESERVE = 256  # type: ignore[attr-defined]
    assert _write() == "done"


def test_the_disk_of_another_server_is_not_ours_to_measure(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/name")
    settings.HUIGUAN_RESERVE = 10**9  # type: ignore[attr-defined]
    reserve._storage.cache_clear()
    demand_room()
    reserve._storage.cache_clear()


SCRIPT = """
    import os, time
    import django
    django.setup()
    from django.conf import settings
    from django.db import OperationalError, connection, connections
    from huiguan.foundation.databases import use_database
    from huiguan.foundation.embedded import data_folder, kept_server
    from huiguan.foundation.performing import in_transaction
    from huiguan.foundation.reserve import DiskNearlyFull

    def sql(text):
        def do():
            with connection.cursor() as cursor:
                cursor.execute(text)
                return cursor.fetchone() if cursor.description else None
        return do

    def tried(text):
        try:
            in_transaction(sql(text))
            return "written"
        except DiskNearlyFull:
            return "refused"

    def without_a_reserve():
        try:
            return tried(many)
        except OperationalError:  # PostgreSQL gave up where it could not write its log
            return "refused"

    def wait_for(server):
        connections.close_all()
        for _ in range(300):
            time.sleep(0.2)  # what gave up is still there for a moment, and answers
            if not server.alive():
                server.start()
            try:
                return sql("SELECT 1")()
            except OperationalError:
                connections.close_all()

    many = "INSERT INTO kept SELECT repeat(md5(i::text), 30) FROM generate_series(1, 120000) i"
    with kept_server(name="test") as server:
        use_database(server.home.url())
        print(tried("CREATE TABLE kept (line text)"), tried("INSERT INTO kept VALUES ('before')"))
        ballast = data_folder() / "ballast"
        settings.HUIGUAN_RESERVE = 64
        free = os.statvfs(ballast.parent)
        ballast.write_bytes(bytes(free.f_bavail * free.f_frsize - (60 << 20)))
        print(tried("INSERT INTO kept VALUES ('below the reserve')"), sql("SELECT count(*) FROM kept")())
        settings.HUIGUAN_RESERVE = 0
        print(without_a_reserve())
        ballast.unlink()
        settings.HUIGUAN_RESERVE = 64
        wait_for(server)
        print(tried("INSERT INTO kept VALUES ('after')"), sql("SELECT count(*) FROM kept")())
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root")
def test_on_a_disk_that_really_fills_up() -> None:
    disk = Path(tempfile.mkdtemp(prefix="huiguan-small-"))
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", str(disk)], check=False).returncode:
        shutil.rmtree(disk)
        pytest.skip("no small disk can be mounted here")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HUIGUAN_", "DATABASE_"))}
    told = {"HUIGUAN_DATA": str(disk / "data"), "DJANGO_SETTINGS_MODULE": "huiguan.config.settings"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(SCRIPT)], env={**plain, **told},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.stdout.splitlines() == [
            "written written",
            "refused (1,)",
            "refused",
            "written (2,)",
        ], done.stderr
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()
