"""Packages by the books: a seeded random machine beside a plain tally, and two counters at one pass."""

from __future__ import annotations

import threading
from random import Random
from typing import Any

import pytest
from django.db import connection

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput, TransferPackage, UndoPackageUse, UsePackage
from huiguan.checkout.values import PackageView
from huiguan.entitlements import queries as rights
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.ledger.proof import prove
from huiguan.programme import queries as programmes
from huiguan.rules.packages import offers
from huiguan.rules.shelf import source_of
from tests.checkout.world import World, moment

SOURCE = source_of("neighbourhood").decode()
SKUS = {"COFFEE-PASS": 19800, "FAMILY-CARD": 58800, "FAMILY-PLUS": 98800}
ITEMS = ("coffee", "play", "wash", "baking", "cake", "cut")
AT = "2026-03-02 10:00"


def found() -> World:
    return World.found("pass", SOURCE, profile={})


def member(world: World, phone: str) -> str:
    return world.enrol(phone=phone, card=None, profile={}).number


def use(world: World, number: str, item: str, **more: Any) -> Any:
    given = read(UsePackage, {"member": number, "item": item, "shop": "S1", **more})
    return checkout.use_package(actor=world.actor, at=moment(AT), given=given)


def held(world: World, number: str) -> dict[str, PackageView]:
    """Her packages that have not ended, by code."""
    views = queries.packages(world.actor, number, moment(AT))
    return {view.code: view for view in views if view.state in ("open", "spent")}


class Auditor:
    """What anybody with pencil and paper would note: per package what it gives, and every use in order."""

    def __init__(self) -> None:
        self.sold: dict[str, str] = {}  # code -> name
        self.uses: dict[str, list[str]] = {}
        self.holder: dict[str, str] = {}

    def limits(self, world: World, code: str) -> None:
        """No more uses than sold, and never both branches of a choice."""
        allowances = offers_of(world)[self.sold[code]].allowances
        counts = [sum(1 for item in self.uses[code] if item in each.of) for each in allowances]
        for each, count in zip(allowances, counts, strict=True):
            assert each.times is None or count <= each.times, (code, each, count)
        branches = {each.branch for each, count in zip(allowances, counts, strict=True) if each.choice and count}
        assert len(branches) <= 1, (code, branches)


def offers_of(world: World) -> Any:
    from_rulebook = queries.packages_on_offer(world.actor, moment(AT))
    assert {offer.sku for offer in from_rulebook} == set(SKUS)
    return offers(_rulebook(world))


def _rulebook(world: World) -> Any:
    return programmes.programme_at(world.actor.programme, moment(AT))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_never_more_uses_than_sold_whatever_is_done(seed: int) -> None:
    random, world, auditor = Random(seed), found(), Auditor()
    numbers = [member(world, f"1350000{seed}00{i}") for i in range(2)]
    sales: list[tuple[str, str]] = []  # sale, number
    for _ in range(70):
        _step(random, world, auditor, numbers, sales)
    for number in numbers:
        views = held(world, number)
        assert {code for code, whose in auditor.holder.items() if whose == number} == set(views), f"seed {seed}"
        for code, view in views.items():
            auditor.limits(world, code)
            assert view.used == len(auditor.uses[code]), f"seed {seed}"
            again = [one for each in view.remaining if each.left is not None for one in [each.left] if one < 0]
            assert again == []
    proof = prove(world.actor.programme)
    assert proof.sound, proof.findings


def _step(random: Random, world: World, auditor: Auditor, numbers: list[str], sales: list[tuple[str, str]]) -> None:
    number = random.choice(numbers)
    mine = [code for code, whose in auditor.holder.items() if whose == number]
    try:
        match random.choices(("sell", "use", "undo", "swap", "return", "transfer"), (12, 50, 10, 8, 10, 10))[0]:
            case "sell":
                _sell(world, auditor, number, random.choice(list(SKUS)), sales)
            case "use":
                item, quantity = random.choice(ITEMS), random.choice((1, 1, 1, 2, 3))
                made = use(world, number, item, quantity=quantity)
                auditor.uses[made.package] += [item] * quantity
            case "undo" if mine:
                _undo(random, world, auditor, number, random.choice(mine))
            case "swap" if mine:
                code = random.choice(mine)
                _sell(world, auditor, number, "FAMILY-PLUS", sales, swaps=code)
            case "return" if sales:
                _return(world, auditor, random.choice(sales))
            case "transfer" if mine:
                code, to = random.choice(mine), next(each for each in numbers if each != number)
                given = read(TransferPackage, {"member": number, "package": code, "to": to})
                checkout.transfer_package(actor=world.actor, at=moment(AT), given=given)
                auditor.holder[code] = to
    except Refusal:
        return  # refused, it changed nothing: the auditor has noted nothing either


def _sell(world: World, auditor: Auditor, number: str, sku: str, sales: list[tuple[str, str]], **line: Any) -> None:
    before, swapped = held(world, number), line.get("swaps")
    given = read(SaleInput, {"shop": "S1", "member": number, "lines": [{"sku": sku, **line}]})
    key = f"s{len(sales)}-{len(auditor.sold)}"
    sale = checkout.commit_sale(actor=world.actor, at=moment(AT), given=given, key=key)
    assert sale.price_total == SKUS[sku] - (before[swapped].price if swapped else 0)
    (code,) = set(held(world, number)) - set(before)
    auditor.sold[code], auditor.holder[code] = held(world, number)[code].name, number
    auditor.uses[code] = list(auditor.uses[swapped]) if swapped else []
    if swapped:
        del auditor.holder[swapped]
    sales.append((sale.id, number))


def _undo(random: Random, world: World, auditor: Auditor, number: str, code: str) -> None:
    lines = [step for step in held(world, number)[code].steps if step.what == "used" and not step.undone]
    if not lines:
        return
    line = random.choice(lines)
    given = read(UndoPackageUse, {"member": number, "package": code, "n": line.n, "reason": "x"})
    checkout.undo_package_use(actor=world.actor, at=moment(AT), given=given)
    for _ in range(line.quantity or 0):
        auditor.uses[code].remove(line.item)


def _return(world: World, auditor: Auditor, sale: tuple[str, str]) -> None:
    reference, number = sale
    before = held(world, number)
    world.give_back(AT, reference)
    after = held(world, number)
    for code in set(before) - set(after):
        assert auditor.uses[code] == []
        del auditor.holder[code]
    for code in set(after) - set(before):
        auditor.holder[code] = number


@pytest.mark.django_db(transaction=True)
def test_two_counters_never_both_take_the_last_one() -> None:
    world = found()
    number = member(world, "13500009999")
    world.sell(AT, "COFFEE-PASS", member=number)
    use(world, number, "coffee", quantity=9)
    outcomes: list[str] = []

    def counter(name: str) -> None:
        try:
            use(world, number, "coffee")
            outcomes.append("used")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=counter, args=(str(i),)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["PackageUsedUp"] * 3 + ["used"]


@pytest.mark.django_db
def test_a_repeated_key_uses_once() -> None:
    world = found()
    number = member(world, "13500009998")
    world.sell(AT, "COFFEE-PASS", member=number)
    given = read(UsePackage, {"member": number, "item": "coffee", "shop": "S1"})
    answers = [checkout.use_package(actor=world.actor, at=moment(AT), given=given, key="once") for _ in range(3)]
    assert [answer.left for answer in answers] == [9, 9, 9]


@pytest.mark.django_db
def test_steps_and_packages_are_only_ever_added() -> None:
    world = found()
    number = member(world, "13500009997")
    world.sell(AT, "COFFEE-PASS", member=number)
    membership = int(next(iter(rights.packages_of(range(1, 100_000)))))
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE entitlements_package SET price = 0 WHERE membership_id = %s", [membership])


@pytest.mark.django_db
def test_a_package_that_came_back_to_her_is_handed_in_for_a_larger_one() -> None:
    """Given to a friend and given back, it is hers twice over, once ended: the till takes the one that goes on."""
    world = found()
    li, wang = member(world, "13900000001"), member(world, "13900000002")
    first = checkout.commit_sale(
        actor=world.actor, at=moment(AT), key="first",
        given=read(SaleInput, {"shop": "S1", "member": li, "lines": [{"sku": "FAMILY-CARD"}]}),
    )  # fmt: skip
    assert first.price_total == SKUS["FAMILY-CARD"]
    (code,) = held(world, li)
    for giver, to in ((li, wang), (wang, li)):
        given = read(TransferPackage, {"member": giver, "package": code, "to": to})
        checkout.transfer_package(actor=world.actor, at=moment(AT), given=given)
    line = {"sku": "FAMILY-PLUS", "swaps": code}
    larger = checkout.commit_sale(
        actor=world.actor, at=moment(AT), key="larger",
        given=read(SaleInput, {"shop": "S1", "member": li, "lines": [line]}),
    )  # fmt: skip
    assert larger.price_total == SKUS["FAMILY-PLUS"] - SKUS["FAMILY-CARD"]
