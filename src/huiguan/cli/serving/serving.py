"""`serve`: everything up, watched, and down again in order."""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from django.db import connections

from huiguan.cli.ground import bring_up_to_date
from huiguan.cli.serving.certificates import Certificate
from huiguan.cli.serving.children import Child, web, worker
from huiguan.cli.serving.files import collect_files
from huiguan.cli.serving.lan import names_beside, seen_at
from huiguan.cli.serving.ports import choose_port
from huiguan.cli.terminal import tell
from huiguan.foundation.databases import use_database
from huiguan.foundation.embedded import data_folder, database, kept_server
from huiguan.foundation.embedded.servers import Server
from huiguan.foundation.embedded.troubles import ServerDidNotStart
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_READY_SECONDS = 60.0
_LOOK_SECONDS = 0.2
_LOOKS_PER_LOG = 300  # once a minute
_REVIVALS = 5  # times a database that died is started before it is given up
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DiesAtOnce(Refusal):
    text = Text(
        zh="{name} 进程一启动就退出，已停止服务。上面的输出说明原因；也可运行 huiguan doctor。",
        en="The {name} process dies as soon as it starts; stopped. What it printed above says why; huiguan doctor helps.",
    )


class NotReady(Refusal):
    text = Text(
        zh="等了 {seconds} 秒，服务仍未就绪。请运行 huiguan doctor。",
        en="The server was not ready after {seconds} {seconds:second|seconds}. Run huiguan doctor.",
    )


class Stopped(BaseException):
    """A signal asked us to stop."""


_asked_to_stop = threading.Event()


def serve(
    *,
    host: str,
    port: int,
    ready: Callable[[str], None],
    before: Callable[[], None] | None = None,
    certificate: Certificate | None = None,
    hosts: Sequence[str] = (),
) -> None:
    """Run the installation until SIGINT or SIGTERM, then stop it in order.

    `before()` runs when the database is there and up to date, before requests are taken. `ready(address)` is called
    once, when `/readyz` has answered. A process that dies is started again; one that keeps dying ends everything. With a
    `certificate` it answers over TLS alone. `hosts` are answered beside those of the settings.
    Raises DataFolderInUse, PortTaken, DiesAtOnce, NotReady and what keeps a database from running.
    """
    data = data_folder()
    with _stopped_by_signals(), _database_kept() as (url, server):
        use_database(url)
        bring_up_to_date()
        if before is not None:
            before()
        connections.close_all()
        chosen = choose_port(host=host, port=port, remembered=data / "port")
        place = _Place(host, chosen, certificate)
        environment = {
            "HUIGUAN_DATA": str(data),
            "HUIGUAN_ADDRESS": place.address,
            "HUIGUAN_STATIC_ROOT": str(collect_files(data / "static")),
            "HUIGUAN_BESIDE": ",".join(seen_at(place.address, name) for name in names_beside(certificate, hosts)),
            **_reached(certificate, hosts),
        }
        children = (
            *web(host=host, port=chosen, environment={"HUIGUAN_POOL": "8", **environment}, certificate=certificate),
            worker(environment=environment),
        )
        _run(children, server, place, ready)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where it answers."""

    host: str
    port: int
    certificate: Certificate | None

    @property
    def address(self) -> str:
        """What a person may type here: a name of the certificate where it answers on every address."""
        everywhere = self.host in ("0.0.0.0", "::")
        name = self.certificate.own_name if self.certificate and everywhere else None
        return f"{'https' if self.certificate else 'http'}://{name or _reachable(self.host)}:{self.port}/"


def _reached(certificate: Certificate | None, hosts: Sequence[str]) -> dict[str, str]:
    """What the web process must know of how it is reached."""
    said = [each for each in os.environ.get("HUIGUAN_HOSTS", "").split(",") if each.strip()]
    names = [*said, *hosts, *(certificate.hosts if certificate else ())]
    told = {"HUIGUAN_HOSTS": ",".join(dict.fromkeys(names))}
    return {**told, "HUIGUAN_HTTPS": "1"} if certificate else told


def _run(children: tuple[Child, ...], server: Server | None, place: _Place, ready: Callable[[str], None]) -> None:
    try:
        tell(Text(zh="正在启动网页与工作进程……", en="Starting the web process and the worker…"))
        for child in children:
            child.start()
        _wait_until_ready(children, server, place)
        ready(place.address)
        for look in itertools.count():
            _look_after(children, server)
            if server is not None and look % _LOOKS_PER_LOG == 0:
                with suppress(OSError):  # a full disk, say: the next look comes
                    server.shorten_log()
            time.sleep(_LOOK_SECONDS)
    finally:
        tell(Text(zh="正在停止……", en="Stopping…"))
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop()


def _look_after(children: tuple[Child, ...], server: Server | None) -> None:
    if _asked_to_stop.is_set():  # what a signal raises as something is thrown away is lost, so it is asked for again
        raise Stopped
    if server is not None and not server.alive():
        _revive(server)
    for child in children:
        if not child.alive:
            if child.hopeless:
                raise DiesAtOnce(name=child.name)
            tell(
                Text(zh="{name} 进程意外退出，已重新启动。", en="The {name} process died; started again."),
                name=child.name,
            )
            child.start()


def _revive(server: Server) -> None:
    """Start a database that died. It may be killed again while it recovers; one that never comes up ends everything."""
    for left in reversed(range(_REVIVALS)):
        tell(Text(zh="PostgreSQL 意外退出，正在重新启动……", en="PostgreSQL died; starting it again…"))
        try:
            server.start()
            return
        except ServerDidNotStart:
            if not left:
                raise


def _wait_until_ready(children: tuple[Child, ...], server: Server | None, place: _Place) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        _look_after(children, server)
        if _answers(place):
            return
        time.sleep(0.05)
    raise NotReady(seconds=round(_READY_SECONDS))


def _answers(place: _Place) -> bool:
    link = _link(place)
    try:
        link.request("GET", "/readyz", headers={"Host": "localhost"})
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def _link(place: _Place) -> http.client.HTTPConnection:
    host = _reachable(place.host).strip("[]")
    if place.certificate is None:
        return http.client.HTTPConnection(host, place.port, timeout=5)
    ours = ssl.create_default_context()
    ours.check_hostname, ours.verify_mode = False, ssl.CERT_NONE  # we ask ourselves, under an address it is not for
    return http.client.HTTPSConnection(host, place.port, timeout=5, context=ours)


def _reachable(host: str) -> str:
    """An address of this machine for a host that means all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)


@contextmanager
def _database_kept() -> Iterator[tuple[str, Server | None]]:
    if os.environ.get("DATABASE_URL"):
        with database(tell=tell) as url:
            yield url, None
        return
    with kept_server(name="huiguan serve", tell=tell) as server:
        yield server.home.url(), server


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Turn the first SIGINT or SIGTERM into an end of the block; further ones do not disturb the stopping."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in _ENDING:
            signal.signal(each, signal.SIG_IGN)
        _asked_to_stop.set()
        raise Stopped

    asked = [each for each in _ENDING if each != signal.SIGHUP or signal.getsignal(each) is not signal.SIG_IGN]  # nohup
    before = {each: signal.signal(each, stop) for each in asked}
    _asked_to_stop.clear()
    try:
        yield
    except Stopped:
        return
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
