"""Packages: what is left, which branch a use closes, what swaps and what does not, on both sides of each border."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huiguan.rules.effects import Decision, OpenPackage, Refuse, UsePackage
from huiguan.rules.facts import Line, PackageFact, Sale
from huiguan.rules.packages import offers
from huiguan.rules.packaging import Asked, member_goods, passing_on, price_of, selling, taking_back, using
from huiguan.rules.passes import Allowance, Use, carried, remaining, room
from huiguan.rules.programme import Programme
from tests.rules.buying import AT, DAY, moment, says, told
from tests.rules.writing import compiled, found

NAMES = (
    "items: [{item: talk, title: {zh: 讲座, en: talk}}, {item: course, title: {zh: 课程, en: course}},"
    " {item: parent, title: {zh: 亲子课, en: parent class}}, {item: early, title: {zh: 早教课, en: early class}}]"
)
SMALL = (
    "package",
    f"packages: [small], sku: SMALL, price: 200.00, freely: [talk], gives: [{{item: course, times: 1}}], {NAMES}",
)
LARGE = (
    "package",
    "packages: [large], sku: LARGE, price: 500.00, freely: [talk], gives: [{item: course, times: 3}],"
    " choice: [{times: 2, of: [parent]}, {times: 1, of: [early]}]",
)
RULES = ("package", "packages: [small, large], use_by: 12-30, shown: [card], swap: pay_difference, refund: unused")
PROGRAMME = compiled(SMALL, LARGE, RULES)
ALLOWANCES = offers(PROGRAMME)["large"].allowances


def held(
    name: str = "large", *, uses: tuple[Use, ...] = (), programme: Programme = PROGRAMME, **more: object
) -> PackageFact:
    offer = offers(programme)[name]
    fact = PackageFact(
        7, "K1", name, offer.clause.id, offer.price or 0, AT - timedelta(days=1), offer.ends(AT, programme),
        offer.allowances, uses,
    )  # fmt: skip
    return replace(fact, **more)  # type: ignore[arg-type]


def asked(item: str, quantity: int = 1, at: str = "2026-06-15 12:00", shown: tuple[str, ...] = ("card",)) -> Asked:
    return Asked(item, quantity, moment(at), None, frozenset(shown))


def refusal(decision: Decision) -> tuple[str, str] | None:
    return next(((e.code, e.clause) for e in decision.effects if isinstance(e, Refuse)), None)


def sold(sku: str, *packages: PackageFact, swaps: str | None = None, price: int = 0) -> Decision:
    line = Line(sku, "package", 1, price, price, swaps=swaps)
    return selling(PROGRAMME, Sale(AT, DAY, "S1", (line,)), packages)


def test_what_is_left_is_counted_from_the_uses() -> None:
    # talk, course, parent or early
    states = remaining(ALLOWANCES, ((0, "talk", 9), (1, "course", 2), (2, "parent", 1)))
    assert [(each.used, each.left, each.open) for each in states] == [
        (9, None, True),
        (2, 1, True),
        (1, 1, True),
        (0, 1, False),
    ]


@pytest.mark.parametrize(
    ("uses", "item", "quantity", "place", "why"),
    [
        ((), "course", 3, 1, ""),
        ((), "course", 4, None, "used_up"),
        (((1, "course", 2),), "course", 1, 1, ""),
        (((1, "course", 3),), "course", 1, None, "used_up"),
        (((2, "parent", 1),), "early", 1, None, "closed"),
        (((2, "parent", 1),), "parent", 1, 2, ""),
        (((3, "early", 1),), "parent", 1, None, "closed"),
        ((), "massage", 1, None, "absent"),
        (((0, "talk", 999),), "talk", 99, 0, ""),
    ],
)
def test_room_for_a_use(uses: tuple[Use, ...], item: str, quantity: int, place: int | None, why: str) -> None:
    result = room(ALLOWANCES, uses, item, quantity)
    assert (result.place, result.why) == (place, why)


def test_what_was_used_is_crossed_off_as_far_as_there_is_room() -> None:
    small = offers(PROGRAMME)["small"].allowances
    assert carried(((0, "talk", 2), (1, "course", 1)), ALLOWANCES) == ((0, "talk", 2), (1, "course", 1))
    assert carried(((1, "course", 3), (3, "early", 1)), small) == ((1, "course", 1),)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-06-14 11:59:59", ("OutsideWindow", "T-02")),
        ("2026-06-14 12:00", None),
        ("2026-12-30 23:59:59", None),
        ("2026-12-31 00:00", ("OutsideWindow", "T-03")),
    ],
)
def test_good_until_the_end_of_its_day(at: str, said: tuple[str, str] | None) -> None:
    assert refusal(using(PROGRAMME, [held()], asked("course", at=at))) == said


@pytest.mark.parametrize(("bought", "until"), [("2026-12-30 12:00", "2026-12-31"), ("2026-12-31 12:00", "2027-12-31")])
def test_the_day_of_use_of_the_year_or_the_next(bought: str, until: str) -> None:
    assert offers(PROGRAMME)["small"].ends(moment(bought), PROGRAMME) == moment(f"{until} 00:00")


def test_months_end_with_the_shorter_month() -> None:
    programme = compiled(
        ("package", f"packages: [small], sku: S, price: 1.00, months: 1, gives: [{{item: talk, times: 1}}], {NAMES}")
    )
    assert offers(programme)["small"].ends(moment("2026-01-31 23:00"), programme) == moment("2026-03-01 00:00")


def test_the_card_is_shown_and_a_choice_says_what_it_closes() -> None:
    assert refusal(using(PROGRAMME, [held()], asked("course", shown=()))) == ("CardNotShown", "T-03")
    chosen = using(PROGRAMME, [held()], asked("early"))
    assert chosen.effects == (UsePackage("T-02", 7, 3, "early", 1),)
    assert told(PROGRAMME, chosen.reasons)[0][0] == "标题：选了早教课（用 1 次，还剩 0 次），亲子课不能再选。"
    closed = using(PROGRAMME, [held(uses=((3, "early", 1),))], asked("parent"))
    assert refusal(closed) == ("ChoiceMade", "T-02")
    assert (
        told(PROGRAMME, closed.reasons)[0][1]
        == "early class was chosen under Title, so parent class is no longer given."
    )


def test_of_several_the_one_that_ends_first_and_has_room() -> None:
    later = held(id=8, code="K2", valid_until=moment("2027-12-31 00:00"))
    first = using(PROGRAMME, [later, held()], asked("course"))
    assert [effect.package for effect in first.effects if isinstance(effect, UsePackage)] == [7]
    second = using(PROGRAMME, [later, held(uses=((1, "course", 3),))], asked("course"))
    assert [effect.package for effect in second.effects if isinstance(effect, UsePackage)] == [8]
    assert using(PROGRAMME, [], asked("course")).effects == ()


def test_selling_begins_it_and_a_smaller_one_is_handed_in() -> None:
    (effect,) = sold("SMALL").effects
    assert isinstance(effect, OpenPackage)
    assert (effect.price, effect.valid_until, effect.uses) == (20000, moment("2026-12-31 00:00"), ())
    small = held("small", uses=((0, "talk", 1), (1, "course", 1)))
    swapped = sold("LARGE", small, swaps="K1", price=30000)
    assert says(swapped) == [("T-03", "swapped"), ("T-02", "sold_until")]
    (effect,) = swapped.effects
    assert isinstance(effect, OpenPackage)
    assert (effect.swaps, effect.uses) == (7, ((0, "talk", 1), (1, "course", 1)))
    assert price_of(offers(PROGRAMME)["large"], small) == 30000


@pytest.mark.parametrize(
    ("sku", "package", "code"),
    [
        ("SMALL", held("large"), "SwapNotOffered"),
        ("LARGE", held("large"), "SwapNotOffered"),
        ("LARGE", held("small", ended="swapped"), "PackageEnded"),
        ("LARGE", held("small", valid_until=AT), "OutsideWindow"),
    ],
)
def test_what_is_not_handed_in(sku: str, package: PackageFact, code: str) -> None:
    result = refusal(sold(sku, package, swaps="K1"))
    assert result is not None and result[0] == code


def test_unused_it_comes_back_used_it_does_not() -> None:
    assert says(taking_back(PROGRAMME, held()), given=True) == [("T-03", "unused")]
    assert refusal(taking_back(PROGRAMME, held(uses=((0, "talk", 1),)))) == ("PackageInUse", "T-03")
    never = compiled(SMALL, ("package", "packages: [small], refund: never"))
    assert refusal(taking_back(never, held("small", programme=never))) == ("PackageInUse", "T-02")


def test_passed_on_where_a_clause_says_so() -> None:
    assert refusal(passing_on(PROGRAMME, held(), AT, "M2")) == ("PackageNotTransferable", "T-02")
    free = compiled(SMALL, ("package", "packages: [small], transfer: member"))
    assert says(passing_on(free, held("small", programme=free), AT, "M2"), given=True) == [("T-02", "transferred")]


def test_members_prices_while_it_is_good_and_the_card_is_shown() -> None:
    programme = compiled(SMALL, ("package", "packages: [small], member_price: [TRIP], shown: [card]"))
    package = held("small", programme=programme)
    assert member_goods(programme, [package], AT, "card") == {"TRIP": "T-02"}
    assert member_goods(programme, [package], AT, "none") == {}
    assert member_goods(programme, [replace(package, ended="refunded")], AT, "card") == {}


def test_nothing_is_asked_of_a_rulebook_without_packages() -> None:
    programme = compiled(("statement", ""))
    assert selling(programme, Sale(AT, DAY, "S1", (Line("SMALL", "x", 1, 1, 1),)), None).effects == ()


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        (f"packages: [small], sku: S, {NAMES}, freely: [talk]", "no_price"),
        (f"packages: [small], sku: S, price: 1.00, negotiated: true, {NAMES}, freely: [talk]", "no_price"),
        (f"packages: [small, large], sku: S, price: 1.00, {NAMES}, freely: [talk]", "one_package"),
        ("packages: [small], sku: S, price: 1.00", "gives_nothing"),
        ("packages: [small], sku: S, price: 1.00, freely: [moonwalk]", "unknown_item"),
        (f"packages: [small], sku: S, price: 1.00, {NAMES}, choice: [{{times: 1, of: [talk]}}]", "no_choice"),
        (f"packages: [small], sku: S, price: 1.00, {NAMES}, freely: [talk], swap_to: [small]", "no_swap"),
        ("packages: [giant], use_by: 12-30", "unknown_package"),
    ],
)
def test_what_the_lint_refuses(clause: str, code: str) -> None:
    assert ("refuse", code) in [(level, what) for level, what, _ in found(("package", clause))]


def test_one_number_is_one_package() -> None:
    again = ("package", "packages: [other], sku: SMALL, price: 9.00, freely: [talk]")
    assert ("refuse", "overlap", "T-02") in found(SMALL, again)


def test_allowances_of_a_choice_know_each_other() -> None:
    assert ALLOWANCES[2:] == (
        Allowance("T-02", ("parent",), 2, "T-02", 0),
        Allowance("T-02", ("early",), 1, "T-02", 1),
    )
