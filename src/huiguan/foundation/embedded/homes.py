"""Where a cluster lives: its folder, its socket, its locks, its log.

Everything is in the data folder where it can be. It cannot where we are root and the user PostgreSQL runs as may not
enter the folder (`/root`, a closed home): parents are never opened; the cluster then lives in a state folder, the data
folder keeps a pointer to it, and it is said. A socket's address is at most 103 bytes long; a deeper folder gets a short
one under /tmp for its socket alone.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from huiguan.foundation.embedded.accounts import Account, account_for, may_enter
from huiguan.foundation.embedded.locks import FileLock
from huiguan.kernel.text import Text

POINTER = "postgres.location"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 103
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
