"""`python -m tests.auditor --commands 100000 --seed 7`: many commands on a throw-away database, by hand.

Sales come in batches, up to 400 at once, and each counts as a command; `--singly` asks everything by itself.

With `--crashes`: four tills, each that many commands over HTTP, while processes of the installation are killed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings

parser = argparse.ArgumentParser(prog="python -m tests.auditor", description=__doc__)
parser.add_argument("--commands", type=int, default=2000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--house", type=int, default=20_000, help="commands in one house, then another is founded")
parser.add_argument("--singly", action="store_true", help="every command alone: no sales by the hundred")
parser.add_argument("--shop", action="store_true", help="the shop: stored value, coupons, packages, the mall")
parser.add_argument("--crashes", action="store_true", help="over HTTP, while processes are killed")
asked = parser.parse_args()

folder = tempfile.TemporaryDirectory(prefix="huiguan-auditor-")
os.environ["HUIGUAN_DATA"] = f"{folder.name}/data"  # its keys seal what both we and the served process read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.config.settings")
django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from huiguan.foundation.databases import throwaway_database  # noqa: E402
from huiguan.foundation.hands import collect_seldom  # noqa: E402
from tests.auditor.crashing import crash  # noqa: E402
from tests.auditor.running import Audit, Beside, Disagreement, lines, run  # noqa: E402
from tests.auditor.rushing import OFTEN, RushAudit  # noqa: E402
from tests.auditor.shop.crashing import SHOP  # noqa: E402
from tests.auditor.shop.running import ShopAudit  # noqa: E402
from tests.auditor.shortening import told  # noqa: E402


def crashes() -> int:
    Path(folder.name).chmod(0o755)  # PostgreSQL's user may pass through
    try:
        run = crash(Path(folder.name), asked.seed, asked.commands, side=SHOP if asked.shop else None)
    except Disagreement as found:
        print(f"seed {asked.seed}:\n{found.what}", flush=True)
        log = (Path(folder.name) / "serve.log").read_text(encoding="utf-8").splitlines()
        print("the server said:", *[line for line in log if line[:1] not in " "][-12:], sep="\n")
        print("the last commands there:", *(line[:1000] for line in lines(found.log[-12:])), sep="\n")
        return 1
    killed = ", ".join(f"{kind} {times} times" for kind, times in sorted(run.killed.items()))
    print(
        f"{run.commands} commands, {run.batched} sales in batches, {run.again} asked again, {run.cut} batches of which"
        f" sales were there; killed: {killed or 'nothing'}"
    )
    return 0


def founded(seed: int) -> Beside:
    if asked.shop:
        return ShopAudit(seed)
    return Audit() if asked.singly else RushAudit()


def main() -> int:
    if asked.crashes:
        return crashes()
    collect_seldom()
    begun, each = time.monotonic(), OFTEN if not (asked.shop or asked.singly) else 100
    with throwaway_database():
        done, answered = 0, Counter[tuple[str, str]]()
        while done < asked.commands:
            seed, size = asked.seed + done // asked.house, min(asked.house, asked.commands - done)
            audit = founded(seed)

            def tell(now: int, day: datetime, seed: int = seed, before: int = done) -> None:
                rate = (before + now) / (time.monotonic() - begun)
                print(f"seed {seed}: {before + now} commands, {day:%Y-%m-%d}, {rate:.0f} a second", flush=True)

            try:
                run(audit, seed, size, each=each, tell=tell)
            except Disagreement as found:
                print(told(audit, seed, found), flush=True)
                return 1
            done += size
            answered += audit.answered
    print(*mix(answered), sep="\n")
    return 0


def mix(answered: Counter[tuple[str, str]]) -> Iterator[str]:
    """What was asked, how often, and what refused it."""
    asked: Counter[str] = Counter()
    for (deed, _), times in answered.items():
        asked[deed] += times
    for deed, times in asked.most_common():
        refused = [(n, code) for (each, code), n in answered.items() if each == deed and code]
        told = ", ".join(f"{code} {n}" for n, code in sorted(refused, reverse=True))
        yield f"{times:>8} {deed}" + (f"; refused: {told}" if told else "")


with folder:
    sys.exit(main())
