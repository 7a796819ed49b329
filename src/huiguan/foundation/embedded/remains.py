"""What a server that was killed leaves in its folders.

PostgreSQL trusts the number in `postmaster.pid` where a process of that number lives, and after a crash of the machine
(or in a container that was started anew) that is some other program. We hold the lock every server of ours would hold,
so the file is removed, except where the number is really a PostgreSQL on this very folder that somebody else started.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from huiguan.foundation.embedded.homes import SOCKET_NAME, Home
from huiguan.foundation.embedded.troubles import ForeignServer


def clear_remains(home: Home) -> None:
    """Remove what would keep the next server from starting. The caller holds the server lock.

    Raises ForeignServer where a PostgreSQL that is not ours runs on the folder.
    """
    pid_file = home.cluster / "postmaster.pid"
    number = _first_number(pid_file)
    if number and _is_postgres_on(number, home.cluster):
        raise ForeignServer(folder=str(home.cluster), pid=number)
    for each in (pid_file, home.sockets / SOCKET_NAME, home.sockets / f"{SOCKET_NAME}.lock"):
        each.unlink(missing_ok=True)


def _first_number(path: Path) -> int:
    try:
        return abs(int(path.read_text(encoding="ascii").split()[0]))
    except (OSError, ValueError, IndexError):
        return 0


def _is_postgres_on(pid: int, cluster: Path) -> bool:
    """Whether the process is a server of this folder: it runs inside it (Linux tells), or says so in its arguments."""
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", cluster)
    except OSError:
        told = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
        return "postgres" in told and str(cluster) in told
