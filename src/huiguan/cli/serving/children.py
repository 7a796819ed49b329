"""The processes `huiguan serve` looks after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings

from huiguan.cli.serving.certificates import Certificate
from huiguan.foundation.embedded.processes import spawn

_TOO_OFTEN = 5
_WITHIN_SECONDS = 30.0
_STOP_SECONDS = 25.0


@dataclass(slots=True)
class Child:
    """A program that is started again when it dies."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    _process: subprocess.Popen[bytes] | None = None
    _starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self._starts = [*self._starts[-_TOO_OFTEN:], time.monotonic()]
        self._process = spawn(
            self.arguments,
            environment={**os.environ, **self.environment},
            on_our_death=signal.SIGKILL,  # the database goes at the same moment: there is nothing left to finish
        )

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def hopeless(self) -> bool:
        """It died so often in so short a time that starting it again helps nobody."""
        return len(self._starts) > _TOO_OFTEN and self._starts[-1] - self._starts[0] < _WITHIN_SECONDS

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Ask it to finish what it is doing; make it, where it takes too long."""
        if self._process is None:
            return
        for number, seconds in ((signal.SIGTERM, _STOP_SECONDS), (signal.SIGKILL, 5.0)):
            if self._process.poll() is None:
                self._process.send_signal(number)
                try:
                    self._process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue


# Two can use both cores of a small machine where one waits for the other; more than two its database could not feed.
_MOST_BY_ITSELF = 2


def web(
    *, host: str, port: int, environment: Mapping[str, str], certificate: Certificate | None = None
) -> tuple[Child, ...]:
    """The processes that answer requests and share the port: as many as HUIGUAN_WEB_PROCESSES says, else one for each
    core, at most two; one where the system deals no connections out. Over TLS where there is a certificate."""
    wanted = settings.HUIGUAN_WEB_PROCESSES or min(_MOST_BY_ITSELF, os.cpu_count() or 1)
    placed = ("--host", host, "--port", str(port))
    arguments = (sys.executable, "-m", "huiguan.cli.serving.answering", *placed, *_tls(certificate))
    child = Child(name="web", arguments=arguments, environment=environment)
    return tuple(replace(child) for _ in range(wanted if sys.platform == "linux" else 1))


def _tls(certificate: Certificate | None) -> tuple[str, ...]:
    return () if certificate is None else ("--certificate", str(certificate.file), "--key", str(certificate.key))


def worker(*, environment: Mapping[str, str]) -> Child:
    """The process that does jobs."""
    return Child(name="worker", arguments=(sys.executable, "-m", "huiguan.cli.main", "work"), environment=environment)
