"""What the played partner keeps: each order it was given once, by its reference, and every message, in one small file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    reference TEXT PRIMARY KEY, kind TEXT, account TEXT, asked INTEGER, moved INTEGER, state TEXT, tell_at REAL, tells INTEGER
);
CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, at REAL, way TEXT, body TEXT);
"""
Order = dict[str, Any]


class Books:
    """`orders` as they were carried out; `messages` in and out."""

    def __init__(self, file: Path | str) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_TABLES)

    def order(self, reference: str) -> Order | None:
        return self._one("SELECT * FROM orders WHERE reference = ?", reference)

    def carry_out(self, order: Mapping[str, Any]) -> bool:
        """Keep an order; whether it is new: what was asked before is not done again."""
        names = ("reference", "kind", "account", "asked", "moved", "state", "tell_at", "tells")
        with self._lock:
            before = self._db.total_changes
            self._db.execute(
                f"INSERT OR IGNORE INTO orders ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                [order[name] for name in names],
            )
            return self._db.total_changes > before

    def to_tell(self, now: float) -> list[Order]:
        """What is to be told by a notice of its own."""
        return self._all("SELECT * FROM orders WHERE tells > 0 AND tell_at <= ?", now)

    def told(self, reference: str) -> None:
        with self._lock:
            self._db.execute("UPDATE orders SET tells = tells - 1 WHERE reference = ?", [reference])

    def note(self, at: float, way: str, body: Mapping[str, Any]) -> None:
        with self._lock:
            self._db.execute(
                "INSERT INTO messages (at, way, body) VALUES (?, ?, ?)", [at, way, json.dumps(body, ensure_ascii=False)]
            )

    def orders(self) -> list[Order]:
        return self._all("SELECT * FROM orders ORDER BY rowid DESC LIMIT 100")

    def messages(self) -> list[Order]:
        return self._all("SELECT * FROM messages ORDER BY id DESC LIMIT 100")

    def _one(self, sql: str, *given: Any) -> Order | None:
        return next(iter(self._all(sql, *given)), None)

    def _all(self, sql: str, *given: Any) -> list[Order]:
        with self._lock:
            return [dict(row) for row in self._db.execute(sql, given)]
