"""Locks on files. The kernel lets go of them when the holder dies, however it dies: no process number is trusted."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """One lock on one file: exclusive or shared, let go by `release` or by the death of every holder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def try_exclusive(self) -> bool:
        """Take the lock alone, or False at once where another holds it."""
        return self._try(fcntl.LOCK_EX)

    def take_shared(self) -> None:
        """Take the lock beside others, waiting for one who holds it alone."""
        fcntl.flock(self._open(), fcntl.LOCK_SH)

    def wait_exclusive(self, seconds: float) -> bool:
        """Take the lock alone, trying for so many seconds."""
        end = time.monotonic() + seconds
        while not self.try_exclusive():
            if time.monotonic() >= end:
                return False
            time.sleep(0.02)
        return True

    def descriptor(self) -> int:
        """The open file, to be handed to a child who then holds the lock as well."""
        return self._open()

    def note(self, text: str) -> None:
        """Write who holds the lock into it, for people to read; nothing is decided by it."""
        os.ftruncate(self._open(), 0)
        os.pwrite(self._open(), text.encode(), 0)

    def release(self) -> None:
        """Close our hold. A child that was handed the descriptor keeps its own."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _open(self) -> int:
        if self._fd is None:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        return self._fd

    def _try(self, how: int) -> bool:
        try:
            fcntl.flock(self._open(), how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def read_note(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
