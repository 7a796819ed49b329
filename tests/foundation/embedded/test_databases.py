"""The server of a data folder: kept, joined, refused, recovered."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiguan.foundation.embedded import database, database_url, kept_server
from huiguan.foundation.embedded.homes import SOCKET_NAME, home_of
from huiguan.foundation.embedded.locks import FileLock
from huiguan.foundation.embedded.servers import listening_process
from huiguan.foundation.embedded.troubles import (
    DataFolderInUse,
    ForeignServer,
    ServerDidNotStart,
    ServerDoesNotAnswer,
)
from huiguan.kernel.text import Text
from tests.foundation.embedded.conftest import Run, do, value

KEEP = """
    import sys
    from pathlib import Path
    from huiguan.foundation.embedded import kept_server
    with kept_server(Path(sys.argv[1]), name="test keeper") as server:
        print(server.pid())
        sys.stdin.readline()
"""

KEEP_WITHOUT_A_DEATH_SIGNAL = """
    import os, signal, sys
    from pathlib import Path
    from huiguan.foundation.embedded import servers
    ordinary = servers.Server.__init__
    def without(self, **given):
        ordinary(self, **{**given, "on_our_death": 0})
    servers.Server.__init__ = without
    from huiguan.foundation.embedded import kept_server
    with kept_server(Path(sys.argv[1]), name="test keeper") as server:
        print(server.pid())
        sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder whose database was made once and stopped in order."""
    folder = Path(tempfile.mkdtemp(prefix="huiguan-test-"))
    folder.chmod(0o755)
    with database(folder / "data", tell=lambda text: None):
        pass
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def kept(made: Path, data_dir: Path) -> Path:
    """A copy of it: making a database takes ten times as long."""
    subprocess.run(["cp", "-a", str(made), str(data_dir)], check=True)
    return data_dir


def _rows(url: str) -> list[int]:
    with psycopg.connect(url, connect_timeout=10) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def _lives(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be noticed by its parent does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_a_first_start_makes_a_durable_database_and_a_second_keeps_it(data_dir: Path, told: list[Text]) -> None:
    with database(data_dir, tell=told.append) as url:
        assert url == database_url(data_dir)
        assert value(url, "SHOW fsync") == "on"
        assert value(url, "SHOW full_page_writes") == "on"
        assert value(url, "SHOW synchronous_commit") == "on"
        assert value(url, "SHOW data_checksums") == "on"
        assert value(url, "SHOW listen_addresses") == ""
        assert value(url, "SELECT current_database()") == "huiguan"
        assert value(url, "SELECT upper('é') || length('会馆')") == "É2"
        do(url, "CREATE TABLE kept (number int)", "INSERT INTO kept VALUES (1)")
    assert [text.en for text in told] == ["First start: making the database…"]
    with database(data_dir, tell=told.append) as url:
        assert _rows(url) == [1]
    assert len(told) == 1


def test_it_is_gone_when_the_last_user_is(kept: Path) -> None:
    with database(kept) as url:
        server = listening_process(home_of(kept).sockets / SOCKET_NAME)
        assert server is not None
    assert not _lives(server)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_only_its_user_can_read_it(kept: Path) -> None:
    with database(kept):
        home = home_of(kept)
        assert home.cluster.stat().st_mode & 0o077 == 0
        assert home.sockets.stat().st_mode & 0o077 == 0


def test_a_server_that_was_killed_is_started_again_with_what_was_committed(kept: Path) -> None:
    with kept_server(kept, name="test") as server:
        url = server.home.url()
        do(url, "CREATE TABLE kept (number int)", "INSERT INTO kept SELECT generate_series(1, 500)")
        open_transaction = psycopg.connect(url)
        open_transaction.execute("INSERT INTO kept VALUES (501)")
        pid = server.pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while server.alive():
            time.sleep(0.01)
        server.start()
        assert _rows(url) == list(range(1, 501))


def test_killing_the_keeper_ends_the_server_and_the_next_start_recovers(kept: Path, run: Run) -> None:
    keeper = run(KEEP, kept)
    assert keeper.stdout is not None
    server = int(keeper.stdout.readline())
    do(database_url(kept), "CREATE TABLE kept (number int)", "INSERT INTO kept VALUES (7)")
    keeper.kill()
    keeper.wait()
    with database(kept) as url:
        assert _rows(url) == [7]
        assert not _lives(server)


def test_a_server_that_outlived_its_keeper_is_stopped_first(kept: Path, run: Run, told: list[Text]) -> None:
    keeper = run(KEEP_WITHOUT_A_DEATH_SIGNAL, kept)
    assert keeper.stdout is not None
    orphan = int(keeper.stdout.readline())
    do(database_url(kept), "CREATE TABLE kept (number int)", "INSERT INTO kept VALUES (8)")
    keeper.kill()
    keeper.wait()
    assert _lives(orphan)
    with database(kept, tell=told.append) as url:
        assert listening_process(home_of(kept).sockets / SOCKET_NAME) != orphan
        assert not _lives(orphan)
        assert _rows(url) == [8]
    assert [text.en for text in told] == ["Stopping a PostgreSQL left over from a run that was killed…"]


def test_both_killed_at_once_lose_nothing(kept: Path, run: Run) -> None:
    keeper = run(KEEP, kept)
    assert keeper.stdout is not None
    server = int(keeper.stdout.readline())
    do(database_url(kept), "CREATE TABLE kept (number int)", "INSERT INTO kept VALUES (9)")
    os.kill(server, signal.SIGKILL)
    keeper.kill()
    keeper.wait()
    with database(kept) as url:
        assert _rows(url) == [9]


def test_a_second_keeper_is_refused_by_name(kept: Path, run: Run) -> None:
    keeper = run(KEEP, kept)
    assert keeper.stdout is not None
    keeper.stdout.readline()
    with pytest.raises(DataFolderInUse) as refused, kept_server(kept, name="second"):
        pass
    assert refused.value.values["holder"] == f"test keeper (pid {keeper.pid})"
    assert refused.value.values["folder"] == str(kept)


def test_others_use_the_server_that_runs(kept: Path, run: Run) -> None:
    keeper = run(KEEP, kept)
    assert keeper.stdout is not None and keeper.stdin is not None
    server = int(keeper.stdout.readline())
    with database(kept) as url:
        assert value(url, "SELECT 1") == 1
    assert listening_process(home_of(kept).sockets / SOCKET_NAME) == server
    keeper.stdin.write("\n")
    keeper.stdin.close()
    assert keeper.wait(30) == 0
    assert not _lives(server)


def test_a_short_command_waits_for_those_who_joined_it(kept: Path, run: Run) -> None:
    joined = """
        import sys, psycopg
        from pathlib import Path
        from huiguan.foundation.embedded import database
        with database(Path(sys.argv[1])) as url:
            print("joined")
            sys.stdin.readline()
            print(psycopg.connect(url).execute("SELECT 42").fetchone()[0])
    """
    with database(kept, tell=lambda text: None):
        other = run(joined, kept)
        assert other.stdout is not None and other.stdin is not None
        assert other.stdout.readline() == "joined\n"
        waiting = subprocess.Popen(["sh", "-c", "sleep 0.7; echo go"], stdout=other.stdin)
    waiting.wait()
    assert other.stdout.readline() == "42\n"


def test_lock_files_of_the_dead_are_no_locks(kept: Path) -> None:
    with database(kept) as url:
        do(url, "CREATE TABLE kept (number int)", "INSERT INTO kept VALUES (3)")
    home = home_of(kept)
    sleeper = subprocess.Popen(["sleep", "60"], **(home.account.as_popen() if home.account else {}))
    home.owner_lock.write_text(f"huiguan serve (pid {sleeper.pid})", encoding="utf-8")
    (home.cluster / "postmaster.pid").write_text(f"{sleeper.pid}\n{home.cluster}\n1\n5432\n", encoding="utf-8")
    (home.sockets / f"{SOCKET_NAME}.lock").write_text(f"{sleeper.pid}\n", encoding="utf-8")
    with database(kept) as url:
        assert _rows(url) == [3]
    sleeper.kill()
    sleeper.wait()


def test_a_server_somebody_else_started_is_left_alone(kept: Path) -> None:
    with database(kept):
        pass
    home = home_of(kept)
    other = subprocess.Popen(["sleep", "60"], cwd=home.cluster, **(home.account.as_popen() if home.account else {}))
    (home.cluster / "postmaster.pid").write_text(f"{other.pid}\n", encoding="utf-8")
    try:
        with pytest.raises(ForeignServer), database(kept):
            pass
        assert (home.cluster / "postmaster.pid").exists()
    finally:
        other.kill()
        other.wait()


def test_half_a_first_start_is_done_again(data_dir: Path) -> None:
    half = data_dir / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    with database(data_dir) as url:
        assert value(url, "SELECT 1") == 1
    assert not half.exists()


def test_a_server_that_cannot_start_says_why(kept: Path) -> None:
    with database(kept):
        pass
    home = home_of(kept)
    (home.cluster / "postgresql.auto.conf").write_text("no_such_setting = 1\n", encoding="utf-8")
    with pytest.raises(ServerDidNotStart) as refused, database(kept):
        pass
    assert "no_such_setting" in refused.value.values["why"]
    assert FileLock(home.owner_lock).try_exclusive()


def test_database_url_names_another_server(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    with database(kept) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        with database() as given:
            assert given == url
        assert database_url() == url
    with pytest.raises(ServerDoesNotAnswer), database():
        pass


def test_a_long_log_is_put_aside_while_the_server_writes_on(kept: Path) -> None:
    with kept_server(kept, name="test") as server:
        log = server.home.log
        server.shorten_log()
        assert not log.with_suffix(".log.1").exists()
        with log.open("ab") as file:
            file.write(b"a line before\n" + b"x" * (16 * 1024 * 1024))
        server.shorten_log()
        assert log.with_suffix(".log.1").read_bytes().find(b"a line before") >= 0
        with psycopg.connect(server.home.url(), autocommit=True) as link, pytest.raises(psycopg.errors.UndefinedTable):
            link.execute("SELECT * FROM nowhere")
        told = log.read_bytes()
        assert b"nowhere" in told and len(told) < 10_000
