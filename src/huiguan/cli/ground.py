"""The ground a command stands on: a database that answers, with this program's schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from huiguan.cli.terminal import tell, working
from huiguan.foundation.databases import migrate, use_database, waiting_migrations
from huiguan.foundation.embedded import database
from huiguan.kernel.text import Text


@contextmanager
def ready_database() -> Iterator[str]:
    """The installation's database, started where nobody has, its schema brought up to date; its URL."""
    with database(tell=tell) as url:
        use_database(url)
        try:
            bring_up_to_date()
            yield url
        finally:
            connections.close_all()


def bring_up_to_date() -> None:
    """Run the migrations that wait, saying so."""
    count = waiting_migrations()
    if count:
        with working(
            Text(zh="正在更新数据库结构（{count} 步）……", en="Updating the database, steps: {count}…"), count=count
        ):
            migrate()
