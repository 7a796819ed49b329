"""PostgreSQL's own programs, taking a database out and putting one back."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from huiguan.foundation.embedded.binaries import find_binaries
from huiguan.foundation.embedded.processes import clean_environment
from huiguan.foundation.embedded.troubles import BinariesMissing

_AT_ONCE = 1 << 20
_LEFT_OUT = ("django_session",)  # who was signed in is nobody's to keep
_TOLD = 600  # characters of what PostgreSQL says
_KNOWS_TRANSACTION_TIMEOUT = 170000
_CLEAR = b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\nGRANT USAGE ON SCHEMA public TO PUBLIC;\n"


class DumpFailed(Exception):
    """What PostgreSQL's program said."""


def dump(url: str, target: Path) -> None:
    """The whole database as of one moment, in pg_dump's custom format. Those who write meanwhile do not wait."""
    tables = [f"--exclude-table-data={name}" for name in _LEFT_OUT]
    arguments = ["--format=custom", "--no-owner", "--no-privileges", *tables, f"--file={target}"]
    with _told() as told:
        done = subprocess.run(
            [_program("pg_dump"), *arguments, f"--dbname={_without_password(url)}"],
            env=_environment(url), stderr=told, check=False,
        )  # fmt: skip
        if done.returncode:
            raise DumpFailed(_last(told))


def restore(url: str, source: Path) -> None:
    """Put a dump in the place of all there is, in one transaction: wholly, or the database stays as it was."""
    with _told() as told, _told() as read_told:
        reader = subprocess.Popen(
            [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)],
            env=clean_environment(), stdout=subprocess.PIPE, stderr=read_told,
        )  # fmt: skip
        writer = subprocess.Popen(
            [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={_without_password(url)}"],
            env=_environment(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told,
        )  # fmt: skip
        assert reader.stdout is not None and writer.stdin is not None
        with suppress(BrokenPipeError):  # psql has stopped, and says why
            _pour(reader, reader.stdout, writer.stdin, _server_version(url))
        reader.terminate()
        if reader.wait() | writer.wait():
            raise DumpFailed(_last(told) or _last(read_told))


def _pour(reader: subprocess.Popen[bytes], source: IO[bytes], target: IO[bytes], version: int) -> None:
    """The script between BEGIN and COMMIT; without the COMMIT where it did not come whole, and so without effect."""
    try:
        target.write(b"BEGIN;\n" + _CLEAR)
        for line in source:  # what stands before the first table is short
            if not (version < _KNOWS_TRANSACTION_TIMEOUT and line.startswith(b"SET transaction_timeout")):
                target.write(line)
            if line.startswith(b"CREATE "):
                break
        while data := source.read(_AT_ONCE):
            target.write(data)
        if reader.wait() == 0:
            target.write(b"COMMIT;\n")
    finally:
        source.close()
        target.close()


def _server_version(url: str) -> int:
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        return connection.info.server_version


def _program(name: str) -> Path:
    binaries = find_binaries()
    program = binaries.program(name)
    if not program.is_file():
        raise BinariesMissing(folder=str(binaries.folder), program=name)
    return program


def _without_password(url: str) -> str:
    """What may stand on a command line, where everybody can read it."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    return make_conninfo("", **{name: value for name, value in parts.items() if name != "password"})


def _environment(url: str) -> Mapping[str, str]:
    password = conninfo_to_dict(url).get("password")
    return {**clean_environment(), **({"PGPASSWORD": str(password)} if password else {})}


@contextmanager
def _told() -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        yield file


def _last(told: BinaryIO) -> str:
    told.seek(0)
    return told.read().decode(errors="replace").strip()[-_TOLD:]
