"""The database: its programs, its start, its version, its schema, its durability."""

from __future__ import annotations

import os

from django.db import DatabaseError, connection, connections

from huiguan.cli.doctoring.findings import Finding, ok, warn, wrong
from huiguan.cli.doctoring.hooks import deliveries
from huiguan.foundation.databases import use_database, waiting_migrations
from huiguan.foundation.embedded import check_answers, database
from huiguan.foundation.embedded.binaries import find_binaries
from huiguan.foundation.embedded.troubles import DatabaseTrouble
from huiguan.kernel.text import Text

_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def binaries() -> Finding:
    if os.environ.get("DATABASE_URL"):
        return ok("binaries", "使用 DATABASE_URL 指定的数据库", "DATABASE_URL names the database")
    try:
        found = find_binaries()
    except DatabaseTrouble as trouble:
        return wrong("binaries", both(trouble))
    return ok(
        "binaries", f"PostgreSQL {found.version}：{found.folder}", f"PostgreSQL {found.version} in {found.folder}"
    )


def server() -> list[Finding]:
    """Start the server, or use the one that runs, and look at it."""
    told: list[Text] = []
    try:
        with database(tell=told.append) as url:
            use_database(url)
            version = check_answers(url)
            started = ok("server", f"数据库有应答，PostgreSQL {version}", f"The database answers, PostgreSQL {version}")
            notes = [ok("server", text.zh, text.en) for text in told]
            try:
                return [started, *notes, durability(), schema(), *deliveries()]
            finally:
                connections.close_all()
    except DatabaseTrouble as trouble:
        return [wrong("server", both(trouble))]


def durability() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'", [list(_DURABLE)])
        off = ", ".join(name for (name,) in cursor.fetchall())
    if off:
        return wrong(
            "durability",
            Text(zh=f"{off} 已关闭：断电会丢失已应答的交易", en=f"{off} is off: a power cut loses what was answered"),
            Text(zh="请在 PostgreSQL 设置中打开。", en="Turn it on in PostgreSQL's settings."),
        )
    return ok("durability", "fsync 已打开", "fsync is on")


def schema() -> Finding:
    try:
        waiting = waiting_migrations()
    except DatabaseError as trouble:
        return wrong("schema", Text(zh=f"读不到数据库结构：{trouble}", en=f"The schema cannot be read: {trouble}"))
    if waiting:
        return warn(
            "schema",
            Text(zh=f"数据库结构差 {waiting} 步未更新", en=f"{waiting} migrations wait"),
            Text(zh="运行 huiguan serve 时自动更新。", en="huiguan serve runs them."),
        )
    return ok("schema", "数据库结构是最新的", "The schema is up to date")


def both(trouble: DatabaseTrouble) -> Text:
    return Text(zh=trouble.say("zh"), en=trouble.say("en"))
