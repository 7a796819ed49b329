"""`huiguan partner-simulator`: a partner that is played beside the demonstration, and behaves as badly as partners do."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from huiguan.cli.partnering.books import Books
from huiguan.cli.partnering.playing import DEMO_SECRET, PORT
from huiguan.cli.partnering.serving import Simulator
from huiguan.cli.terminal import out
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.text import Text

_RUNS = Text(
    zh="伙伴模拟器在 http://127.0.0.1:{port}/ ，账目在 {file}。按 Ctrl-C 结束。",
    en="The partner simulator is at http://127.0.0.1:{port}/, its books are in {file}. Ctrl-C ends it.",
)


@click.command("partner-simulator", short_help="A partner, played. 合作伙伴模拟器。")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Where it listens.")
@click.option("--secret", default=DEMO_SECRET, help="What both sign with; the demonstration’s where none is named.")
@click.option("--tell", "address", default="", help="Where it tells by itself: …/api/partners/PROGRAMME/PARTNER")
@click.option("--books", default="partner-simulator.sqlite3", show_default=True, type=click.Path(path_type=Path))
def command(port: int, secret: str, address: str, books: Path) -> None:
    """Play a partner that exchanges points, until stopped. The last two digits of an account choose how it behaves.

    扮演积分合作伙伴，直到停止。账号的末两位决定它怎样答复：两次、迟到、不答、数目不同、拒绝、前后矛盾。
    """
    simulator = Simulator(Books(books), secret, address)
    server, stop = simulator.serve(port), threading.Event()
    threading.Thread(target=simulator.keep_telling, args=(stop,), daemon=True).start()
    out.print(_RUNS.fill(spoken_language(), port=port, file=str(books)), markup=False)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        server.server_close()
