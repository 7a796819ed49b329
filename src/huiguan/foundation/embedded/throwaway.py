"""A cluster for an hour: for examples and tests. Nothing in it is kept, so only here fsync is off."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from huiguan.foundation.embedded.accounts import Account, account_for, give
from huiguan.foundation.embedded.binaries import find_binaries
from huiguan.foundation.embedded.clusters import THROWAWAY_SETTINGS, make_cluster
from huiguan.foundation.embedded.homes import Home
from huiguan.foundation.embedded.locks import FileLock
from huiguan.foundation.embedded.reaching import within_reach
from huiguan.foundation.embedded.servers import Server
from huiguan.foundation.embedded.settling import prepare
from huiguan.foundation.embedded.telling import Teller, tell_on_terminal

_PREFIX = "huiguan-throwaway-"
_HALF = "half-"
_KEPT_CLUSTERS = 4
_AN_HOUR = 3600


@contextmanager
def throwaway_cluster(
    *, key: str = "empty", fill: Callable[[str], None] | None = None, tell: Teller = tell_on_terminal
) -> Iterator[str]:
    """The URL of a database on a server of its own, gone at the block's end.

    Empty, or as `fill(url)` left it when it was first called for this `key`: filled clusters are kept in the cache
    folder and copied from then on, which takes a quarter of a second.
    """
    _sweep()
    account = account_for(Path("/nonexistent"))
    binaries = within_reach(find_binaries(), account, tell)
    base = Path(tempfile.mkdtemp(prefix=_PREFIX))
    home = Home(data=base, base=base, account=account)
    lock = FileLock(home.owner_lock)
    server = Server(home=home, binaries=binaries, settings=THROWAWAY_SETTINGS, on_our_death=signal.SIGQUIT, tell=tell)
    try:
        lock.try_exclusive()
        base.chmod(0o711)
        prepare(home)
        _lay_down(server, _cache_folder() / f"cluster-{binaries.version}-{key}", fill)
        server.start()
        yield home.url()
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(base, ignore_errors=True)
        lock.release()


def _lay_down(server: Server, template: Path, fill: Callable[[str], None] | None) -> None:
    """Put the cluster in its place: a copy of the template, or made and filled now and kept as the template."""
    home = server.home
    if template.is_dir():
        shutil.copytree(template, home.cluster, symlinks=True)
        _give_all(home.cluster, home.account)
        return
    make_cluster(binaries=server.binaries, target=home.cluster, account=home.account, durable=False)
    server.start()
    try:
        if fill is not None:
            fill(home.url())
    finally:
        server.stop()
    with contextlib.suppress(OSError):  # no cache, no harm: the next one takes its second again
        _keep(home.cluster, template)


def _keep(cluster: Path, template: Path) -> None:
    template.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(dir=template.parent, prefix=_HALF))
    try:
        shutil.copytree(cluster, half / "cluster", symlinks=True)
        (half / "cluster").rename(template)  # fails where another process was first; its cluster is the same
    finally:
        shutil.rmtree(half, ignore_errors=True)
    _forget_old(template.parent)


def _forget_old(cache: Path) -> None:
    """Keep the newest few clusters, and no half of one."""
    by_age = sorted(cache.glob("cluster-*"), key=lambda each: each.stat().st_mtime)
    old_halves = [half for half in cache.glob(f"{_HALF}*") if time.time() - half.stat().st_mtime > _AN_HOUR]
    for each in [*by_age[:-_KEPT_CLUSTERS], *old_halves]:
        shutil.rmtree(each, ignore_errors=True)


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
