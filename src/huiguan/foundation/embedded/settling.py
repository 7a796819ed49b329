"""Making the folders a cluster needs, each with its owner, none of the folders above touched."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from huiguan.foundation.embedded.accounts import Account, give, user_name
from huiguan.foundation.embedded.homes import POINTER, Home
from huiguan.foundation.embedded.locks import FileLock
from huiguan.foundation.embedded.troubles import ClusterGone, DataFolderForbidden, DataFolderUnusable

_MOVING_SECONDS = 3600


def prepare(home: Home) -> None:
    """Make the folders a cluster needs, each with its owner and closed to others."""
    _make_open(home.data)
    _must_write(home.data)
    if home.base != home.data and not (home.data / POINTER).is_file():
        _settle_elsewhere(home)
    if not home.base.is_dir():
        raise ClusterGone(pointer=str(home.data / POINTER), folder=str(home.base))
    _must_write(home.base)
    _make_closed(home.sockets, home.account)


def _settle_elsewhere(home: Home) -> None:
    lock = FileLock(home.data / "postgres.moving.lock")
    try:
        lock.wait_exclusive(_MOVING_SECONDS)
        _make_open(home.base)
        left_behind = home.data / "postgres"
        if left_behind.exists() and not home.cluster.exists():
            _copy_owned(left_behind, home.cluster)
            left_behind.rename(home.data / "postgres.before-move")
        (home.data / POINTER).write_text(f"{home.base}\n", encoding="utf-8")
    finally:
        lock.release()


def _copy_owned(source: Path, target: Path) -> None:
    """Copy a cluster with its owners, whole or not at all."""
    half = target.with_name(f"{target.name}.copying")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(source, half, symlinks=True)
    for original in (source, *source.rglob("*")):
        owner = original.lstat()
        os.chown(half / original.relative_to(source), owner.st_uid, owner.st_gid, follow_symlinks=False)
    half.rename(target)


def _make_open(folder: Path) -> None:
    """Make a folder and its missing parents so that others may pass through; existing ones are left as they are."""
    try:
        for each in reversed([folder, *folder.parents]):
            if not each.exists():
                each.mkdir()
                each.chmod(0o755)
    except PermissionError:
        raise
    except OSError as trouble:
        raise DataFolderUnusable(folder=str(folder), why=trouble.strerror or type(trouble).__name__) from None


def _must_write(folder: Path) -> None:
    if not folder.is_dir():
        raise DataFolderUnusable(folder=str(folder), why=os.strerror(errno.ENOTDIR))
    if not os.access(folder, os.W_OK | os.X_OK):
        owner = user_name(folder.stat().st_uid)
        raise DataFolderForbidden(user=user_name(os.geteuid()), folder=str(folder), owner=owner)


def _make_closed(folder: Path, account: Account | None) -> None:
    """A folder of the user's own, mode 0700; one that is another's (in /tmp anyone may have made it) is refused."""
    wanted = account.uid if account else os.geteuid()
    if not folder.exists() and not folder.is_symlink():
        folder.mkdir(mode=0o700)
        give(folder, account)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != wanted:
        owner = user_name(found.st_uid)
        raise DataFolderForbidden(user=user_name(wanted), folder=str(folder), owner=owner)
    folder.chmod(0o700)
