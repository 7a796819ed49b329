"""Which port to answer on."""

from __future__ import annotations

import errno
import socket
import time
from pathlib import Path

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_GRACE = 5.0  # seconds for a server that was just stopped to let go of its port


class PortTaken(Refusal):
    text = Text(
        zh="{host} 的端口 {port} 已被占用。请以 --port 另选一个，或用 --port 0 自动选取。",
        en="Port {port} of {host} is taken. Choose another with --port, or --port 0 for a free one.",
    )


class HostUnknown(Refusal):
    text = Text(zh="本机没有地址 {host}。", en="This machine has no address {host}.")


def choose_port(*, host: str, port: int, remembered: Path) -> int:
    """The port asked for, or with 0 the one used last time, or any free one.

    Raises PortTaken, HostUnknown.
    """
    if port:
        end = time.monotonic() + _GRACE
        while not _free(host, port):
            if time.monotonic() > end:
                raise PortTaken(host=host, port=port)
            time.sleep(0.1)
        return port
    last = _remembered(remembered)
    chosen = last if last and _free(host, last) else _any(host)
    remembered.write_text(f"{chosen}\n", encoding="ascii")
    return chosen


def check_free(*, host: str, port: int) -> None:
    """Raises PortTaken or HostUnknown where nobody could answer there."""
    if not _free(host, port):
        raise PortTaken(host=host, port=port)


def _remembered(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _free(host: str, port: int) -> bool:
    with _socket(host) as tried:
        try:
            tried.bind((host, port))
        except PermissionError:
            return False
        except OSError as trouble:
            if trouble.errno in (errno.EADDRNOTAVAIL, socket.EAI_NONAME):
                raise HostUnknown(host=host) from trouble
            return False
        return True


def _any(host: str) -> int:
    with _socket(host) as tried:
        try:
            tried.bind((host, 0))
        except OSError as trouble:
            raise HostUnknown(host=host) from trouble
        return int(tried.getsockname()[1])


def _socket(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free
    return made
