"""`python -m tests.auditor --commands 100000 --seed 7`: many commands on a throw-away database, by hand."""

from __future__ import annotations

import argparse
import os
import secrets
import sys

import django
from django.conf import settings

parser = argparse.ArgumentParser(prog="python -m tests.auditor", description=__doc__)
parser.add_argument("--commands", type=int, default=2000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--house", type=int, default=2000, help="commands in one house, then another is founded")
asked = parser.parse_args()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.config.settings")
django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.HUIGUAN_FIELD_KEY = secrets.token_bytes(32)

from huiguan.foundation.databases import throwaway_database  # noqa: E402
from tests.auditor.running import Disagreement, lines, run, shortest  # noqa: E402


def main() -> int:
    with throwaway_database():
        done = 0
        while done < asked.commands:
            seed, size = asked.seed + done // asked.house, min(asked.house, asked.commands - done)
            try:
                run(seed, size, tell=lambda text, seed=seed: print(f"seed {seed}: {text}", flush=True))
            except Disagreement as found:
                print(f"seed {seed}, after {len(found.log)} commands:\n{found.what}", flush=True)
                short = shortest(found.log)
                log, last = short if short else (found.log[-12:], found)
                print("shortest way there:", *lines(log), last.what, sep="\n")
                return 1
            done += size
    return 0


sys.exit(main())
