"""One PostgreSQL server as our own child: start, watch, stop, recover."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import psycopg

from huiguan.foundation.embedded.binaries import Binaries
from huiguan.foundation.embedded.clusters import SETTINGS, as_arguments
from huiguan.foundation.embedded.homes import DATABASE, SOCKET_NAME, Home
from huiguan.foundation.embedded.locks import FileLock
from huiguan.foundation.embedded.processes import clean_environment, spawn
from huiguan.foundation.embedded.remains import clear_remains
from huiguan.foundation.embedded.telling import Teller
from huiguan.foundation.embedded.troubles import OrphanWillNotStop, ServerDidNotStart, ServerDoesNotAnswer
from huiguan.kernel.text import Text

START_SECONDS = 600  # recovery after a crash reads all of the write-ahead log, up to max_wal_size
STOP_SECONDS = 120
ORPHAN_SECONDS = 60
_LARGEST_LOG = 16 * 1024 * 1024


class Server:
    """The server of one home. The caller holds the home's owner lock."""

    def __init__(
        self,
        *,
        home: Home,
        binaries: Binaries,
        settings: dict[str, str] = SETTINGS,
        on_our_death: int = signal.SIGINT,
        tell: Teller,
    ) -> None:
        self.home = home
        self.binaries = binaries
        self._settings = settings
        self._on_our_death = on_our_death
        self._tell = tell
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers. Whatever was left on the folder by a crash is gone before."""
        lock = FileLock(self.home.server_lock)
        try:
            self._wait_for_remains(lock)
            clear_remains(self.home)
            self._child = self._spawn(lock)
        finally:
            lock.release()  # the server holds its own hold from here on
        self._wait_until_it_answers()

    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def stop(self, number: int = signal.SIGINT) -> None:
        """Fast shutdown: sessions end, a checkpoint is written. Harder where that takes too long; nothing is lost
        then either, the next start recovers."""
        child = self._child
        if child is None:
            return
        for each, seconds in ((number, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            if child.poll() is None:
                child.send_signal(each)
                _wait(child, seconds)
        self._child = None

    def shorten_log(self) -> None:
        """Put a long log aside while the server goes on writing at its end; lines of that very moment may be lost."""
        path = self.home.log
        if path.stat().st_size > _LARGEST_LOG:
            shutil.copyfile(path, path.with_suffix(".log.1"))
            os.truncate(path, 0)

    def _spawn(self, lock: FileLock) -> subprocess.Popen[bytes]:
        settings = {**self._settings, "unix_socket_directories": str(self.home.sockets)}
        with _open_log(self.home.log) as log:
            return spawn(
                [self.binaries.program("postgres"), "-D", self.home.cluster, *as_arguments(settings)],
                account=self.home.account,
                on_our_death=self._on_our_death,
                keep=(lock.descriptor(),),
                output=log.fileno(),
                environment=clean_environment(),
                folder=self.home.cluster,
            )

    def _wait_for_remains(self, lock: FileLock) -> None:
        """A server whose keeper was killed is shutting down, or (where the kernel does not tell it) lives on."""
        if lock.wait_exclusive(0.5):
            return
        self._tell(
            Text(zh="正在停止上次遗留的 PostgreSQL……", en="Stopping a PostgreSQL left over from a run that was killed…")
        )
        postmaster = listening_process(self.home.sockets / SOCKET_NAME)
        if postmaster is not None:
            os.kill(postmaster, signal.SIGINT)
        if not lock.wait_exclusive(ORPHAN_SECONDS):
            raise OrphanWillNotStop(folder=str(self.home.data))

    def _wait_until_it_answers(self) -> None:
        began = time.monotonic()
        told = 2.0
        why = ""
        while time.monotonic() - began < START_SECONDS:
            if not self.alive():
                raise ServerDidNotStart(why=_last_lines(self.home.log), log=str(self.home.log))
            try:
                _make_database(self.home)
                return
            except psycopg.OperationalError as trouble:
                why = str(trouble).strip()
            if time.monotonic() - began > told:
                told += 5
                self._tell(Text(zh="PostgreSQL 正在恢复，请稍候……", en="PostgreSQL is recovering, please wait…"))
            time.sleep(0.02)
        self.stop()
        raise ServerDoesNotAnswer(seconds=START_SECONDS, why=why)


def _make_database(home: Home) -> None:
    """Connect for real; make our database on the first start, or where a crash came between."""
    with psycopg.connect(home.url("postgres"), autocommit=True, connect_timeout=10) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{DATABASE}"')


def listening_process(path: Path) -> int | None:
    """The process that listens on a unix socket, as the kernel knows it; None where nobody does.

    A number read from a file may by now be another program's; this one cannot be.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(5)
        try:
            link.connect(str(path))
        except OSError:
            return None
        if sys.platform == "linux":
            answer = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            return int(struct.unpack("3i", answer)[0])
        local, peer_pid = 0, 2  # SOL_LOCAL, LOCAL_PEERPID of the BSD family
        return link.getsockopt(local, peer_pid)


def _open_log(path: Path) -> BinaryIO:
    """The server's log, for appending; a long one is put aside first."""
    if path.exists() and path.stat().st_size > _LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _last_lines(path: Path) -> str:
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 2000))
        lines = log.read().decode(errors="replace").splitlines()
    return " / ".join(line for line in lines[-6:] if line)


def _wait(child: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return
