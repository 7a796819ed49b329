"""The database of a data folder, for as long as somebody needs it.

Whoever comes first keeps the server; whoever comes while it runs just uses it. `huiguan serve` asks to keep it itself
and is refused where another does.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from huiguan.foundation.embedded.accounts import user_name
from huiguan.foundation.embedded.binaries import OLDEST_MAJOR, find_binaries
from huiguan.foundation.embedded.clusters import check_release, make_cluster
from huiguan.foundation.embedded.folders import data_folder
from huiguan.foundation.embedded.homes import Home, home_of
from huiguan.foundation.embedded.locks import FileLock, read_note
from huiguan.foundation.embedded.reaching import within_reach
from huiguan.foundation.embedded.servers import START_SECONDS, Server
from huiguan.foundation.embedded.settling import prepare
from huiguan.foundation.embedded.telling import Teller, tell_on_terminal
from huiguan.foundation.embedded.troubles import (
    DatabaseTooOld,
    DataFolderForbidden,
    DataFolderInUse,
    ServerDoesNotAnswer,
)
from huiguan.kernel.text import Text

_GRACE = 2.0  # seconds a new keeper waits for one who is just leaving
_held = ExitStack()
atexit.register(_held.close)


def database_url(data_dir: Path | None = None) -> str:
    """Where the database is: DATABASE_URL, else the embedded server's address, running or not. Starts nothing.

    As with `database`, a folder that is named comes before DATABASE_URL."""
    given = os.environ.get("DATABASE_URL")
    return given if given and data_dir is None else home_of(data_dir or data_folder()).url()


@contextmanager
def database(data_dir: Path | None = None, *, tell: Teller = tell_on_terminal) -> Iterator[str]:
    """The database's URL, answering, for the length of the block.

    With DATABASE_URL that one, checked; else the data folder's server: the one that runs already, or one started here
    and stopped when neither we nor others who joined meanwhile need it.
    """
    given = os.environ.get("DATABASE_URL")
    if given and data_dir is None:
        check_answers(given)
        yield given
        return
    home = home_of(data_dir or data_folder())
    _prepare(home)
    users = FileLock(home.users_lock)
    users.take_shared()
    try:
        with _kept_or_joined(home, users, tell):
            yield home.url()
    finally:
        users.release()


def ensure_database(data_dir: Path | None = None, *, tell: Teller = tell_on_terminal) -> str:
    """As `database`, until this process ends. For commands that are one job from start to end."""
    return _held.enter_context(database(data_dir, tell=tell))


@contextmanager
def kept_server(data_dir: Path | None = None, *, name: str, tell: Teller = tell_on_terminal) -> Iterator[Server]:
    """The data folder's server, started and kept by us alone, stopped at the block's end.

    Raises DataFolderInUse where another process keeps it. `name` is what others are told of us.
    """
    home = home_of(data_dir or data_folder())
    _prepare(home)
    owner = FileLock(home.owner_lock)
    users = FileLock(home.users_lock)
    try:
        if not owner.wait_exclusive(_GRACE):
            raise DataFolderInUse(folder=str(home.data), holder=read_note(home.owner_lock) or "?")
        owner.note(_signature(name))
        users.take_shared()
        server = start_server(home, tell)
        try:
            yield server
        finally:
            server.stop()
    finally:
        users.release()
        owner.release()


def start_server(home: Home, tell: Teller) -> Server:
    """Make the cluster where there is none and start its server. The caller holds the owner lock."""
    binaries = within_reach(find_binaries(), home.account, tell)
    for notice in home.notices():
        tell(notice)
    if not home.cluster.exists():
        tell(Text(zh="首次启动：正在建立数据库……", en="First start: making the database…"))
        make_cluster(binaries=binaries, target=home.cluster, account=home.account)
    _check_owner(home)
    check_release(binaries=binaries, cluster=home.cluster)
    server = Server(home=home, binaries=binaries, tell=tell)
    try:
        server.start()
    except BaseException:
        server.stop()
        raise
    return server


def check_answers(url: str) -> str:
    """Connect for real; the server's version. Raises ServerDoesNotAnswer or DatabaseTooOld."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            number = connection.info.server_version
    except psycopg.OperationalError as trouble:
        raise ServerDoesNotAnswer(seconds=10, why=str(trouble).strip()) from trouble
    found = f"{number // 10000}.{number % 10000}"
    if number // 10000 < OLDEST_MAJOR:
        raise DatabaseTooOld(found=found)
    return found


@contextmanager
def _kept_or_joined(home: Home, users: FileLock, tell: Teller) -> Iterator[None]:
    owner = FileLock(home.owner_lock)
    try:
        server = _join_or_start(home, owner, tell)
        try:
            yield
        finally:
            if server is not None:
                _wait_for_users(users, tell)
                server.stop()
    finally:
        owner.release()


def _join_or_start(home: Home, owner: FileLock, tell: Teller) -> Server | None:
    """None where the server that runs will do. A keeper who dies while we wait is replaced by us."""
    end = time.monotonic() + START_SECONDS
    while True:
        if owner.try_exclusive():
            owner.note(_signature(" ".join(sys.argv[:2])))
            return start_server(home, tell)
        try:
            check_answers(home.url())
            return None
        except ServerDoesNotAnswer:
            if time.monotonic() > end:
                raise
        time.sleep(0.05)


def _wait_for_users(users: FileLock, tell: Teller) -> None:
    """Others joined our server: it stays until they are done."""
    if users.try_exclusive():
        return
    tell(Text(zh="另有命令在用数据库，等它完成……", en="Another command uses the database; waiting for it to finish…"))
    while not users.wait_exclusive(60):
        continue


def _prepare(home: Home) -> None:
    try:
        prepare(home)
    except PermissionError as trouble:
        folder = Path(trouble.filename or home.data)
        raise DataFolderForbidden(user=user_name(os.geteuid()), folder=str(folder), owner=_owner(folder)) from trouble


def _check_owner(home: Home) -> None:
    wanted = home.account.uid if home.account else os.geteuid()
    if home.cluster.stat().st_uid != wanted:
        raise DataFolderForbidden(
            user=user_name(os.geteuid()), folder=str(home.cluster), owner=user_name(home.cluster.stat().st_uid)
        )


def _owner(folder: Path) -> str:
    while not folder.exists():
        folder = folder.parent
    return user_name(folder.stat().st_uid)


def _signature(name: str) -> str:
    return f"{name} (pid {os.getpid()})"
