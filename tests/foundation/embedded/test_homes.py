"""Where things are put: deep folders, closed folders, other users, other programs."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path

import pytest

from huiguan.foundation.embedded import database, pgbench_path, throwaway_cluster
from huiguan.foundation.embedded.accounts import running_as_root
from huiguan.foundation.embedded.binaries import find_binaries, packaged_folder
from huiguan.foundation.embedded.homes import LONGEST_SOCKET, SOCKET_NAME, home_of
from huiguan.foundation.embedded.troubles import (
    BinariesMissing,
    ClusterGone,
    ClusterOfOtherRelease,
    DataFolderForbidden,
    DataFolderUnusable,
    NoUnprivilegedUser,
)
from huiguan.kernel.text import Text
from tests.foundation.embedded.conftest import do, value

DEBIAN_PROGRAMS = [
    folder for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin")) if int(folder.parent.name) >= 15
]

as_root = pytest.mark.skipif(not running_as_root(), reason="root only")
with_debian = pytest.mark.skipif(not DEBIAN_PROGRAMS, reason="no PostgreSQL of the distribution here")


def test_a_deep_folder_has_its_socket_elsewhere(open_folder: Path, told: list[Text]) -> None:
    deep = open_folder / ("deep" * 20) / ("deeper" * 10)
    with database(deep, tell=told.append) as url:
        assert value(url, "SELECT 1") == 1
        home = home_of(deep)
        assert home.cluster == deep / "postgres"
        assert len(os.fsencode(home.sockets / SOCKET_NAME)) <= LONGEST_SOCKET
    assert f"The data folder's path is too long for a socket; the database's socket is in {home.sockets}." in [
        text.en for text in told
    ]
    shutil.rmtree(home.sockets)


def test_a_folder_with_a_comma_in_its_name_works(open_folder: Path) -> None:
    with database(open_folder / "数据, 2026", tell=lambda text: None) as url:
        assert value(url, "SELECT 1") == 1
    shutil.rmtree(home_of(open_folder / "数据, 2026").sockets)


def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "postgres.location").write_text(f"{data_dir.parent / 'gone'}\n", encoding="utf-8")
    with pytest.raises(ClusterGone), database(data_dir):
        pass
    assert not (data_dir.parent / "gone").exists()


def test_a_socket_folder_another_made_is_refused(open_folder: Path) -> None:
    home = home_of(open_folder / ("deep" * 30))
    elsewhere = open_folder / "elsewhere"
    elsewhere.mkdir()
    home.sockets.symlink_to(elsewhere)
    try:
        with pytest.raises(DataFolderForbidden), database(home.data):
            pass
    finally:
        home.sockets.unlink()


@pytest.mark.parametrize("below", ["", "/sub/folder"])
def test_a_file_in_the_place_of_the_data_folder_is_refused_by_name(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataFolderUnusable, match="Not a directory"), database(Path(f"{tmp_path}/file{below}")):
        pass


@as_root
def test_root_runs_it_as_an_existing_user(data_dir: Path) -> None:
    with database(data_dir):
        owner = pwd.getpwuid((data_dir / "postgres").stat().st_uid)
    assert owner.pw_uid != 0
    assert owner.pw_name in ("huiguan", "postgres", "nobody", "daemon")


@as_root
def test_root_with_a_closed_folder_keeps_the_database_in_the_state_folder(
    open_folder: Path, told: list[Text], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    state = open_folder / "state"
    monkeypatch.setenv("HUIGUAN_STATE", str(state))
    with database(closed / "data", tell=told.append) as url:
        do(url, "CREATE TABLE kept (number int)")
    home = home_of(closed / "data")
    assert home.base.parent == state
    assert home.account is not None
    assert (
        f"PostgreSQL runs as the user {home.account.name}, who cannot enter the data folder; its files are in {home.base}."
        in [text.en for text in told]
    )
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not (closed / "data" / "postgres").exists()
    monkeypatch.setenv("HUIGUAN_STATE", str(open_folder / "other"))  # the pointer is remembered
    with database(closed / "data", tell=told.append) as url:
        assert value(url, "SELECT count(*) FROM kept") == 0


@as_root
def test_a_database_in_a_folder_that_was_closed_is_copied_out(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIGUAN_STATE", str(open_folder / "state"))
    parent = open_folder / "parent"
    with database(parent / "data") as url:
        do(url, "CREATE TABLE kept AS SELECT 5 AS number")
    parent.chmod(0o700)
    with database(parent / "data", tell=lambda text: None) as url:
        assert value(url, "SELECT number FROM kept") == 5
    assert parent.stat().st_mode & 0o777 == 0o700
    assert (parent / "data" / "postgres.before-move").is_dir()


@as_root
def test_a_server_that_runs_stays_where_it_is(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGUAN_STATE", str(open_folder / "state"))
    parent = open_folder / "parent"
    with database(parent / "data") as url:
        do(url, "CREATE TABLE kept AS SELECT 5 AS number")
        parent.chmod(0o700)
        with database(parent / "data") as joined:
            assert joined == url
            assert value(joined, "SELECT number FROM kept") == 5
    assert not (parent / "data" / "postgres.location").exists()


@as_root
def test_programs_in_a_closed_folder_are_copied(
    open_folder: Path, told: list[Text], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    wheel = packaged_folder().parents[1]
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, closed / part.name)
    monkeypatch.setenv("HUIGUAN_PG_BIN", str(closed / wheel.name / "pginstall" / "bin"))
    monkeypatch.setenv("HUIGUAN_STATE", str(open_folder / "state"))
    for _ in range(2):
        with database(open_folder / "data", tell=told.append) as url:
            assert value(url, "SELECT 1") == 1
    copies = [text.en for text in told if "were copied to" in text.en]
    assert len(copies) == 2
    assert str(open_folder / "state") in copies[0]


@as_root
def test_the_user_can_be_named_and_must_exist(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGUAN_PG_USER", "nobody")
    with database(data_dir):
        assert pwd.getpwuid((data_dir / "postgres").stat().st_uid).pw_name == "nobody"
    monkeypatch.setenv("HUIGUAN_PG_USER", "no-such-user")
    with database(data_dir) as url:  # the owner of what is there comes first
        assert value(url, "SELECT 1") == 1
    with pytest.raises(NoUnprivilegedUser):
        home_of(data_dir / "fresh")


def test_a_folder_without_programs_is_refused(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGUAN_PG_BIN", "/nowhere/bin")
    with pytest.raises(BinariesMissing) as refused, database(data_dir):
        pass
    assert refused.value.values == {"folder": "/nowhere/bin", "program": "postgres"}


@with_debian
def test_the_programs_of_a_distribution_work_unchanged(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGUAN_PG_BIN", str(DEBIAN_PROGRAMS[0]))
    with database(data_dir) as url:
        assert int(str(value(url, "SHOW server_version_num"))) // 10000 == int(DEBIAN_PROGRAMS[0].parent.name)
        assert value(url, "SELECT upper('é')") == "É"
        assert value(url, "SHOW data_checksums") == "on"
    assert pgbench_path() == DEBIAN_PROGRAMS[0] / "pgbench"
    with throwaway_cluster() as url:
        assert value(url, "SELECT 1") == 1


@with_debian
def test_data_of_another_release_is_refused(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIGUAN_PG_BIN", str(DEBIAN_PROGRAMS[0]))
    with database(data_dir):
        pass
    monkeypatch.delenv("HUIGUAN_PG_BIN")
    if find_binaries().major == int(DEBIAN_PROGRAMS[0].parent.name):
        pytest.skip("the same release")
    with pytest.raises(ClusterOfOtherRelease) as refused, database(data_dir):
        pass
    assert refused.value.values["found"] == DEBIAN_PROGRAMS[0].parent.name


def test_throwaway_clusters_are_apart_and_leave_nothing() -> None:
    with throwaway_cluster() as first, throwaway_cluster() as second:
        do(first, "CREATE TABLE kept (number int)")
        assert value(second, "SELECT to_regclass('kept')") is None
        assert value(first, "SHOW fsync") == "off"
    folder = Path(str(first).split("host=", 1)[1].replace("%2F", "/")).parent
    assert not folder.exists()
