"""Where a cluster lives: its folder, its socket, its locks, its log.

Everything is in the data folder where it can be. It cannot where we are root and the user PostgreSQL runs as may not
enter the folder (`/root`, a closed home): parents are never opened; the cluster then lives in a state folder, the data
folder keeps a pointer to it, and it is said. A socket's address is at most 103 bytes long; a deeper folder gets a short
one under /tmp for its socket alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from huiguan.foundation.embedded.accounts import Account, account_for, give, may_enter, user_name
from huiguan.foundation.embedded.locks import FileLock
from huiguan.foundation.embedded.troubles import ClusterGone, DataFolderForbidden
from huiguan.kernel.text import Text

POINTER = "postgres.location"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 103
_MOVING_SECONDS = 3600
DATABASE = "huiguan"
SUPERUSER = "huiguan"


@dataclass(frozen=True, slots=True)
class Home:
    """One cluster's places. `data` is the folder a person named, `base` where the cluster really lies."""

    data: Path
    base: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        return self.base / "postgres"

    @property
    def sockets(self) -> Path:
        own = self.base / "run"
        return own if _fits(own) else _short_folder(self.base)

    @property
    def log(self) -> Path:
        return self.base / "postgres.log"

    @property
    def owner_lock(self) -> Path:
        """Held by the process that looks after the server."""
        return self.base / "postgres.owner.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server and all its children: free only when the last of them is gone."""
        return self.base / "postgres.server.lock"

    @property
    def users_lock(self) -> Path:
        """Held together by all who use the server, so that a short command does not stop it under another."""
        return self.base / "postgres.users.lock"

    def url(self, database: str = DATABASE) -> str:
        """The address libpq, psycopg and Django take."""
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.sockets), safe='')}"

    def notices(self) -> list[Text]:
        """What a person should know about where things are; empty where everything is in the data folder."""
        told = []
        if self.base != self.data:
            told.append(_elsewhere(self.base, self.account))
        if self.sockets.parent != self.base:
            told.append(
                Text(
                    zh=f"数据目录的路径太长，数据库套接字放在 {self.sockets}。",
                    en=f"The data folder's path is too long for a socket; the database's socket is in {self.sockets}.",
                )
            )
        return told


def home_of(data_dir: Path) -> Home:
    """Where the cluster of a data folder lives or would live. Reads only; `prepare` makes the folders."""
    data = data_dir.expanduser().absolute()
    pointer = data / POINTER
    if pointer.is_file():
        base = Path(pointer.read_text(encoding="utf-8").strip())
        return Home(data=data, base=base, account=account_for(base / "postgres"))
    account = account_for(data / "postgres")
    here = Home(data=data, base=data, account=account)
    if _reachable(data, account) or _is_served(here):
        return here
    return Home(data=data, base=state_folder() / f"data-{_short_hash(data)}", account=account)


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


def state_folder() -> Path:
    """Where root keeps what another user must reach: HUIGUAN_STATE, else /var/lib/huiguan."""
    return Path(os.environ.get("HUIGUAN_STATE") or "/var/lib/huiguan")


def _reachable(data: Path, account: Account | None) -> bool:
    nearest = data
    while not nearest.exists():
        nearest = nearest.parent
    return account is None or may_enter(account, nearest)


def _is_served(home: Home) -> bool:
    """Whether a server runs there now. One that does stays where it is, even if its folder was closed since."""
    if not home.cluster.exists() or not home.server_lock.exists():
        return False
    lock = FileLock(home.server_lock)
    try:
        return not lock.try_exclusive()
    finally:
        lock.release()


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
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir()
            each.chmod(0o755)


def _must_write(folder: Path) -> None:
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


def _fits(folder: Path) -> bool:
    """Whether a socket in the folder has an address libpq can use; a comma would mean two hosts to it."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET and not set(str(folder)) & set(',"')


def _short_folder(base: Path) -> Path:
    root = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())
    return root / f"huiguan-{_short_hash(base)}"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _elsewhere(base: Path, account: Account | None) -> Text:
    if account is None:
        return Text(zh=f"数据库文件在 {base}。", en=f"The database's files are in {base}.")
    return Text(
        zh=f"PostgreSQL 以用户 {account.name} 运行，进不了数据目录，数据库文件放在 {base}。",
        en=f"PostgreSQL runs as the user {account.name}, who cannot enter the data folder; its files are in {base}.",
    )
