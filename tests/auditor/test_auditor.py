"""Model and product, command by command, on the real database: what they say of every command and of all books agrees."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.auditor.machine import Command
from tests.auditor.model.answers import Refused, refused
from tests.auditor.running import Audit, Disagreement, run
from tests.auditor.rushing import RushAudit
from tests.auditor.shop.running import ShopAudit
from tests.auditor.shortening import run_or_tell, shortest

MODEL = Path(__file__).parent / "model"
SEEDS = (1, 2)
COMMANDS = 400
SHOP_SEEDS = (1, 2, 3, 4, 5, 6)
SHOP_COMMANDS = 110


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_the_product_does_what_the_model_says(seed: int) -> None:
    run_or_tell(Audit(), seed, COMMANDS)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SHOP_SEEDS)
def test_a_shop_does_what_the_model_says(seed: int) -> None:
    """Stored value in each order of spending and way of refunding, coupons, packages, orders, lists and auctions."""
    run_or_tell(ShopAudit(seed), seed, SHOP_COMMANDS)


@pytest.mark.django_db
def test_a_disagreement_is_found_and_brought_down_to_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that earns a point too much parts from the product at the first sale that earns."""
    monkeypatch.setattr("tests.auditor.model.pricing.Bill.earned", lambda bill, figures: bill.earning // 10000 * 2 + 1)
    with pytest.raises(Disagreement) as found:
        run(Audit(), 1, 60)
    short = shortest(Audit(), found.value.log)
    assert short is not None
    log, last = short
    deeds = [command["do"] for command in log]
    assert len(deeds) == 2 and deeds[0] == "enrol"
    assert "'earned'" in last.what


@pytest.mark.django_db
def test_a_fault_that_only_a_batch_has_is_found_and_brought_down_to_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A till that forgets, within a batch, what a member bought in it; of sales one by one there is nothing to tell."""
    monkeypatch.setattr("huiguan.checkout.committing.facts_after", lambda before, units, judged: before)
    audit = RushAudit()
    with pytest.raises(Disagreement) as found:
        run(audit, 1, 2000)
    short = shortest(audit, found.value.log)
    assert short is not None
    log, last = short
    assert [command["do"] for command in log] == ["enrol", "batch"]
    sales = log[1]["given"]["sales"]
    assert len(sales) == 2 and last.what.startswith("sale 2 of 2 in a batch: ")


def test_crashes_lose_nothing_and_double_nothing() -> None:
    """A served installation of its own: four tills sell over HTTP while web processes and PostgreSQL are killed."""
    asked = ["--crashes", "--commands", "15", "--seed", "3"]
    answer = subprocess.run(
        [sys.executable, "-m", "tests.auditor", *asked],
        cwd=Path(__file__).parents[2],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.startswith("60 commands, ")


def test_the_model_imports_nothing_of_the_product() -> None:
    """Only the standard library and its own modules: a fault of the product cannot hide in the model."""
    foreign = []
    for path in sorted(MODEL.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            foreign += [
                f"{path.name}: {name}"
                for name in names
                if not name.startswith("tests.auditor.model") and name.split(".")[0] not in sys.stdlib_module_names
            ]
    assert foreign == []


def test_the_first_rank_is_expected_and_of_one_rank_either() -> None:
    window, limit = Refused("OutsideWindow", "window", "A"), Refused("LimitReached", "limit", "B")
    other = Refused("NotOnOpeningSale", "window", "C")
    assert refused(limit, window).refusals == {("OutsideWindow", "A")}
    assert refused(limit, window, other).refusals == {("OutsideWindow", "A"), ("NotOnOpeningSale", "C")}


@pytest.mark.django_db
def test_the_same_seed_is_the_same_run() -> None:
    first, second = run(Audit(), 7, 40), run(Audit(), 7, 40)

    def told(audit: Audit) -> list[Command]:
        return audit.log

    assert told(first) == told(second)
