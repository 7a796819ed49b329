"""A cluster for an hour: for examples and tests. Nothing in it is kept, so only here fsync is off."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiguan.foundation.embedded.accounts import Account, account_for, give
from huiguan.foundation.embedded.binaries import Binaries, find_binaries
from huiguan.foundation.embedded.clusters import THROWAWAY_SETTINGS, make_cluster
from huiguan.foundation.embedded.databases import tell_on_terminal
from huiguan.foundation.embedded.homes import Home, prepare
from huiguan.foundation.embedded.locks import FileLock
from huiguan.foundation.embedded.reaching import within_reach
from huiguan.foundation.embedded.servers import Server, Teller

_PREFIX = "huiguan-throwaway-"


@contextmanager
def throwaway_cluster(*, tell: Teller = tell_on_terminal) -> Iterator[str]:
    """The URL of an empty database on a server of its own, gone at the block's end.

    The first one made by a user takes a second; its empty cluster is kept in the cache folder and copied from then on.
    """
    _sweep()
    account = account_for(Path("/nonexistent"))
    binaries = within_reach(find_binaries(), account, tell)
    base = Path(tempfile.mkdtemp(prefix=_PREFIX))
    base.chmod(0o711)
    home = Home(data=base, base=base, account=account)
    lock = FileLock(home.owner_lock)
    server = Server(home=home, binaries=binaries, settings=THROWAWAY_SETTINGS, on_our_death=signal.SIGQUIT, tell=tell)
    try:
        lock.try_exclusive()
        prepare(home)
        _fill(home, binaries)
        server.start()
        yield home.url()
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(base, ignore_errors=True)
        lock.release()


def _fill(home: Home, binaries: Binaries) -> None:
    template = _cache_folder() / f"cluster-{binaries.version}-{binaries.major}"
    if not template.is_dir():
        make_cluster(binaries=binaries, target=home.cluster, account=home.account, durable=False)
        with contextlib.suppress(OSError):  # no cache, no harm: the next one takes its second again
            _keep(home.cluster, template)
        return
    shutil.copytree(template, home.cluster, symlinks=True)
    _give_all(home.cluster, home.account)


def _keep(cluster: Path, template: Path) -> None:
    template.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(dir=template.parent))
    shutil.copytree(cluster, half / "cluster", symlinks=True)
    (half / "cluster").rename(template)
    half.rmdir()


def _give_all(folder: Path, account: Account | None) -> None:
    if account is None:
        return
    for each in (folder, *folder.rglob("*")):
        give(each, account)


def _cache_folder() -> Path:
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "huiguan"


def _sweep() -> None:
    """Remove what runs that were killed left behind. A folder whose lock is held is somebody's."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        lock = FileLock(folder / "postgres.owner.lock")
        with contextlib.suppress(OSError):
            if lock.path.exists() and lock.try_exclusive():
                shutil.rmtree(folder, ignore_errors=True)
        lock.release()
