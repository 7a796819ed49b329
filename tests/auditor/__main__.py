"""`python -m tests.auditor --commands 100000 --seed 7`: many commands on a throw-away database, by hand.

With `--crashes`: four tills, each that many commands over HTTP, while processes of the installation are killed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings

parser = argparse.ArgumentParser(prog="python -m tests.auditor", description=__doc__)
parser.add_argument("--commands", type=int, default=2000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--house", type=int, default=2000, help="commands in one house, then another is founded")
parser.add_argument("--shop", action="store_true", help="the shop: stored value, coupons, packages, the mall")
parser.add_argument("--crashes", action="store_true", help="over HTTP, while processes are killed")
asked = parser.parse_args()

folder = tempfile.TemporaryDirectory(prefix="huiguan-auditor-")
os.environ["HUIGUAN_DATA"] = f"{folder.name}/data"  # its keys seal what both we and the served process read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.config.settings")
django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from huiguan.foundation.databases import throwaway_database  # noqa: E402
from tests.auditor.crashing import crash  # noqa: E402
from tests.auditor.running import Audit, Disagreement, lines, run, shortest  # noqa: E402
from tests.auditor.shop.crashing import SHOP  # noqa: E402
from tests.auditor.shop.running import ShopAudit  # noqa: E402


def crashes() -> int:
    Path(folder.name).chmod(0o755)  # PostgreSQL's user may pass through
    try:
        run = crash(Path(folder.name), asked.seed, asked.commands, side=SHOP if asked.shop else None)
    except Disagreement as found:
        print(f"seed {asked.seed}:\n{found.what}", flush=True)
        log = (Path(folder.name) / "serve.log").read_text(encoding="utf-8").splitlines()
        print("the server said:", *[line for line in log if line[:1] not in " "][-12:], sep="\n")
        print("the last commands there:", *lines(found.log[-12:]), sep="\n")
        return 1
    killed = ", ".join(f"{kind} {times} times" for kind, times in sorted(run.killed.items()))
    print(f"{run.commands} commands, {run.again} asked again; killed: {killed or 'nothing'}")
    return 0


def main() -> int:
    if asked.crashes:
        return crashes()
    with throwaway_database():
        done = 0
        while done < asked.commands:
            seed, size = asked.seed + done // asked.house, min(asked.house, asked.commands - done)
            audit = ShopAudit(seed) if asked.shop else Audit()
            try:
                run(audit, seed, size, tell=lambda text, seed=seed: print(f"seed {seed}: {text}", flush=True))
            except Disagreement as found:
                print(f"seed {seed}, after {len(found.log)} commands:\n{found.what}", flush=True)
                short = shortest(audit, found.log)
                log, last = short if short else (found.log[-12:], found)
                print("shortest way there:", *lines(log), last.what, sep="\n")
                return 1
            done += size
    return 0


with folder:
    sys.exit(main())
