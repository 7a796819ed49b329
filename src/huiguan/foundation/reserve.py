"""Room that is kept free on the database's disk.

PostgreSQL on a full disk stops in the middle of things. So writing is refused by name while a reserve is still there:
questions are answered, what runs ends, and as soon as there is room again all goes on.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path

from django.conf import settings

from huiguan.foundation.embedded.folders import data_folder
from huiguan.foundation.embedded.homes import home_of
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

MEGABYTE = 1 << 20


class DiskNearlyFull(Refusal):
    text = Text(
        zh="磁盘快满了（只余 {left:count} MB，须留 {reserve:count} MB）：暂不写入，查询照常。请腾出空间，之后可原样重试。",
        en="The disk is nearly full ({left:count} MB left, {reserve:count} MB are kept): nothing is written, questions are "
        "answered. Make room; trying again is safe then.",
    )
    status = 503


def demand_room() -> None:
    """Refuse DiskNearlyFull where the embedded database's disk has less room than `HUIGUAN_RESERVE` (MB). Microseconds."""
    folder = _storage()
    if folder is not None and free_in(folder) < settings.HUIGUAN_RESERVE * MEGABYTE:
        raise nearly_full()


def nearly_full() -> DiskNearlyFull:
    """The refusal with the figures of now; of a database elsewhere nobody knows them."""
    folder = _storage()
    left = free_in(folder) // MEGABYTE if folder is not None else 0
    return DiskNearlyFull(left=left, reserve=settings.HUIGUAN_RESERVE)


def free_in(folder: Path) -> int:
    """Bytes that may still be written on the folder's disk."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


@functools.cache
def _storage() -> Path | None:
    """Where the embedded database lies; None where the database is another's, whose disk is not ours to measure."""
    if os.environ.get("DATABASE_URL"):
        return None
    folder = home_of(data_folder()).base
    while not folder.exists():
        folder = folder.parent
    return folder
