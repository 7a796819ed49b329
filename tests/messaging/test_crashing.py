"""A worker killed between the claim and the answer: exactly one message arrives, whichever side of the sending it died on."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from huiguan.messaging import operations
from huiguan.messaging.models import LocalDelivery
from huiguan.messaging.progress import LEASE
from huiguan.messaging.providers.local import Local
from huiguan.messaging.values import CLAIMED, DELIVERED
from tests.messaging.post import Post

ROOT = Path(__file__).parents[2]
DYING = """
import os, signal, sys
import django
django.setup()
from datetime import datetime
from django.db import connections
from huiguan.messaging import operations
from huiguan.messaging.providers.local import Local

class Dying(Local):
    def send(self, letter):
        answer = super().send(letter) if sys.argv[1] == "after" else None
        os.kill(os.getpid(), signal.SIGKILL)
        return answer

at, wall = map(datetime.fromisoformat, sys.argv[2:4])
operations.send_messages(providers={"sms": Dying()}, at=at, clock=lambda: wall)
"""


def dies(side: str, post: Post) -> None:
    """A worker in a process of its own, on this database, that is killed before or after its provider has it."""
    told = connection.settings_dict
    url = make_conninfo(
        dbname=told["NAME"], user=told["USER"], password=told["PASSWORD"], host=told["HOST"], port=told["PORT"]
    )
    key = base64.urlsafe_b64encode(settings.HUIGUAN_FIELD_KEY).decode()
    ended = subprocess.run(
        [sys.executable, "-c", DYING, side, post.at.isoformat(), post.wall.isoformat()],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "HUIGUAN_FIELD_KEY": key,
            "DJANGO_SETTINGS_MODULE": "huiguan.config.settings",
        },
        cwd=ROOT,
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("side", ["before", "after"])
def test_one_message_arrives(side: str) -> None:
    post = Post.found()
    post.enrol()
    dies(side, post)
    assert post.only().state == CLAIMED
    assert LocalDelivery.objects.count() == (side == "after")
    for _ in range(4):
        post.wall += LEASE
        operations.send_messages(providers={"sms": Local()}, at=post.at, clock=lambda: post.wall)
    assert post.only().state == DELIVERED
    assert LocalDelivery.objects.count() == 1
