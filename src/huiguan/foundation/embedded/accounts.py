"""Which user PostgreSQL runs as, and what that user can reach. PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiguan.foundation.embedded.troubles import NoUnprivilegedUser

# Users a system is likely to have already; none is ever created.
LIKELY_USERS = ("huiguan", "postgres", "nobody", "daemon")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system other than root."""

    name: str
    uid: int
    gid: int

    def as_popen(self) -> dict[str, Any]:
        """The arguments that make `subprocess` run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def running_as_root() -> bool:
    return os.geteuid() == 0


def account_for(cluster: Path) -> Account | None:
    """Whom PostgreSQL runs as: None for ourselves, else the cluster's owner or a likely existing user.

    Raises NoUnprivilegedUser where we are root and no user will do.
    """
    if not running_as_root():
        return None
    if cluster.exists() and cluster.stat().st_uid != 0:
        return _account_of(pwd.getpwuid(cluster.stat().st_uid))
    named = os.environ.get("HUIGUAN_PG_USER")
    candidates = (named,) if named else LIKELY_USERS
    for name in candidates:
        try:
            account = _account_of(pwd.getpwnam(name))
        except KeyError:
            continue
        if account.uid != 0:
            return account
    raise NoUnprivilegedUser(tried=", ".join(candidates))


def _account_of(entry: pwd.struct_passwd) -> Account:
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def may_enter(account: Account | None, folder: Path, *, write: bool = False) -> bool:
    """Whether the user can enter the folder (and write in it), tried for real: modes alone do not tell of ACLs."""
    if account is None:
        return os.access(folder, os.X_OK | (os.W_OK if write else 0))
    test = 'cd "$1" 2>/dev/null' + (" && test -w ." if write else "")
    answer = subprocess.run(["/bin/sh", "-c", test, "sh", str(folder)], cwd="/", check=False, **account.as_popen())
    return answer.returncode == 0


def give(path: Path, account: Account | None) -> None:
    """Make the path the user's own."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
