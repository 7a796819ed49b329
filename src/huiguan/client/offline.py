"""A till that goes on selling while its network is gone, inside an allowance the house gave it.

The sales are in a file before anybody is told that they are made, each under its own key; sent as often as it takes, each
is settled once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from huiguan.client.calling import Client, new_key

AT_ONCE = 100  # sales of one message


class OfflineTill:
    """One allowance as `POST /allowances` answered it, and the sales made under it, kept in `folder`.

    `clock` is the till's own; where it is wrong the house puts the sales' moments right when they are settled.
    """

    def __init__(
        self,
        allowance: Mapping[str, Any],
        folder: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.allowance = dict(allowance)
        self._file = folder / f"allowance-{allowance['id']}.jsonl"
        self._clock = clock
        self.sales: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        for line in self._kept():
            self._take(json.loads(line))

    @property
    def left(self) -> int:
        """Points the allowance still carries; what the house left outside counts as used, it was handed over."""
        return int(self.allowance["points"]) - sum(int(sale.get("points", 0)) for sale in self.sales)

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Sales the house has not answered yet."""
        return [sale for sale in self.sales if sale["key"] not in self.answers]

    def sell(self, lines: Sequence[Mapping[str, Any]], *, points: int = 0, **more: Any) -> str | None:
        """The key of the sale; None where the allowance does not carry it, and nothing is sold. `lines` and `more` as in
        `POST /sales`, without member and shop: they are the allowance's."""
        now = self._clock()
        if points > self.left or now >= _moment(self.allowance["until"]):
            return None
        key = new_key()
        sale = {"key": key, "at": now.isoformat(), "lines": [dict(line) for line in lines], "points": points}
        self._write({"sale": {**sale, **more}})
        return key

    def settle(self, house: Client) -> list[dict[str, Any]]:
        """Send what waits; the house's answers, each with its sale or the problem that leaves it outside."""
        told: list[dict[str, Any]] = []
        path = f"/allowances/{self.allowance['id']}/settlement"
        while waiting := self.waiting[:AT_ONCE]:
            answer = house.post(path, {"till_now": self._clock().isoformat(), "sales": waiting})
            for each in answer["answers"]:
                self._write({"answer": each})
                told.append(each)
        return told

    def _kept(self) -> list[bytes]:
        """The lines of the file; one that was cut off while it was written was never believed, and goes."""
        if not self._file.exists():
            return []
        whole = self._file.read_bytes()
        end = whole.rfind(b"\n") + 1
        if end < len(whole):
            os.truncate(self._file, end)
        return whole[:end].splitlines()

    def _write(self, line: dict[str, Any]) -> None:
        """Kept first, then believed."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        if "sale" in line:
            self.sales.append(line["sale"])
        else:
            self.answers[line["answer"]["key"]] = line["answer"]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
