"""PostgreSQL's programs where the user who runs them can reach them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from huiguan.foundation.embedded.accounts import Account
from huiguan.foundation.embedded.binaries import Binaries
from huiguan.foundation.embedded.homes import state_folder
from huiguan.foundation.embedded.telling import Teller
from huiguan.kernel.text import Text


def within_reach(binaries: Binaries, account: Account | None, tell: Teller) -> Binaries:
    """The programs themselves, or a copy in the state folder where the user cannot run them in place."""
    if account is None or _runs(binaries, account):
        return binaries
    copy = Binaries(folder=_copy(binaries))
    tell(
        Text(
            zh=f"用户 {account.name} 进不了 {binaries.folder}，PostgreSQL 程序已复制到 {copy.folder}。",
            en=f"The user {account.name} cannot enter {binaries.folder}; PostgreSQL's programs were copied to "
            f"{copy.folder}.",
        )
    )
    return copy


def _runs(binaries: Binaries, account: Account) -> bool:
    """Tried for real, as that user."""
    try:
        tried = subprocess.run(
            [str(binaries.program("postgres")), "--version"],
            capture_output=True,
            check=False,
            cwd="/",
            **account.as_popen(),
        )
    except PermissionError:
        return False
    return tried.returncode == 0


def _copy(binaries: Binaries) -> Path:
    """Copy programs, share and libraries, keeping their places to one another; whole or not at all."""
    install = binaries.folder.parent
    target = state_folder() / f"postgresql-{binaries.version}-{_mark(binaries)}"
    copied = target / install.parent.name / install.name / binaries.folder.name
    if copied.is_dir():
        return copied
    half = target.with_name(f"{target.name}.{os.getpid()}")
    for part in (binaries.folder.name, "lib", "share"):
        if (install / part).is_dir():
            shutil.copytree(install / part, half / install.parent.name / install.name / part, symlinks=True)
    beside = install.parent.with_name(f"{install.parent.name}.libs")  # where a wheel keeps the libraries it carries
    if beside.is_dir():
        shutil.copytree(beside, half / beside.name)
    _open_to_all(half)
    try:
        half.rename(target)
    except OSError:  # another process was first; its copy is the same
        shutil.rmtree(half)
    return copied


def _mark(binaries: Binaries) -> str:
    """Tells one set of programs from another of the same release."""
    program = binaries.program("postgres")
    status = program.stat()
    return hashlib.sha256(f"{program} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:8]


def _open_to_all(folder: Path) -> None:
    """Let others read what is only programs. The folder is ours alone; no parent is touched."""
    for each in (folder.parent, folder, *folder.rglob("*")):
        if not each.is_symlink():
            each.chmod(each.stat().st_mode | (0o555 if each.is_dir() else 0o444))
