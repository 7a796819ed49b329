"""No clock below the entrances, no float where money and points are counted."""

from __future__ import annotations

import ast
import re

from tests.house.source import ENTRANCES, calls, dotted, modules

CLOCKS = frozenset(
    {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "datetime.datetime.now",
        "date.today",
        "datetime.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "timezone.now",
        "django.utils.timezone.now",
        "clock.now",
    }
)
SQL_CLOCK = re.compile(
    r"\b(now\(\)|clock_timestamp\(|statement_timestamp\(|CURRENT_TIMESTAMP|CURRENT_DATE|LOCALTIMESTAMP)"
)
# The clock itself, and what lives on wall time: the supervisor of the database, and waiting jobs.
ON_WALL_TIME = ("src/huiguan/foundation/clock.py", "src/huiguan/foundation/embedded/", "src/huiguan/foundation/jobs.py")

NOT_MONEY = ("src/huiguan/rules/findings.py",)  # how alike two words are, for "did you mean"
MONEY_ROOMS = frozenset({"kernel", "rules", "ledger", "entitlements", "programme", "members", "checkout", "parties"})


def test_no_clock_below_the_entrances() -> None:
    read = [
        f"{module.path}:{call.lineno} {name}"
        for module in modules()
        if module.room not in ENTRANCES and not module.path.startswith(ON_WALL_TIME)
        for name, call in calls(module)
        if name in CLOCKS
    ]
    assert read == []


def test_no_clock_in_sql_or_in_tables() -> None:
    read = [
        f"{module.path}:{number}"
        for module in modules()
        if module.room not in ENTRANCES and not module.path.startswith(ON_WALL_TIME)
        for number, line in enumerate(module.text.splitlines(), 1)
        if SQL_CLOCK.search(line) or "auto_now" in line
    ]
    assert read == []


def test_the_domain_clock_is_read_by_entrances_only() -> None:
    readers = [
        module.path
        for module in modules()
        if module.room not in ENTRANCES and not module.path.startswith(ON_WALL_TIME)
        if "foundation.clock" in module.text or "foundation import clock" in module.text
    ]
    assert readers == []


def test_no_float_where_money_is_counted() -> None:
    floats = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.room in MONEY_ROOMS and module.path not in NOT_MONEY
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and dotted(node.func) in {"float", "models.FloatField", "models.DecimalField"})
    ]
    assert floats == []
