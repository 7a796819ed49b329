"""Child processes that do not outlive us."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from huiguan.foundation.embedded.accounts import Account

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Ask the kernel for a signal when our parent dies, however it dies. Linux only; elsewhere nothing happens and
    the next start finds and ends what was left."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def _in_child(number: int, parent: int) -> Callable[[], None]:
    def prepare() -> None:
        die_with_parent(number)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return prepare


def spawn(
    arguments: Sequence[str | Path],
    *,
    account: Account | None = None,
    on_our_death: int = signal.SIGTERM,
    keep: Sequence[int] = (),
    output: int | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program as our child, in a session of its own: a Ctrl-C in the terminal reaches us alone, and we end
    the children in their order. `keep` are open files the child holds on to; `output` takes what it prints.

    To the kernel the parent is the thread that calls this: a thread that ends takes its children with it."""
    identity: dict[str, Any] = account.as_popen() if account else {}
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=folder,
        env=dict(environment) if environment is not None else None,
        pass_fds=tuple(keep),
        start_new_session=True,
        preexec_fn=_in_child(on_our_death, os.getpid()),
        **identity,
    )


def clean_environment() -> dict[str, str]:
    """What PostgreSQL's programs need of our environment: no locale and no PG* setting of ours changes what they do."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
