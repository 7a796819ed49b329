"""Coupons in members' hands: claimed within the quota, turned in by code once, locked, given on, revoked, used, undone."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import MemberReference, SaleInput
from huiguan.checkout.inputs.coupons import (
    CodeInput,
    CouponInput,
    GiveInput,
    HandOutInput,
    HeldCouponInput,
    LockInput,
    ReleaseInput,
    RevokeInput,
)
from huiguan.checkout.values.coupons import CouponView, Weighed
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries as rights
from huiguan.entitlements.inputs import BringCodes, MakeCodes, StopBatch
from huiguan.foundation.models import AuditEntry
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, Refusal
from huiguan.members.values import EnrolledMember
from tests.checkout.test_racing import outcomes, together
from tests.checkout.world import World, moment
from tests.rules.writing import book

pytestmark = pytest.mark.django_db
NOON = "2026-06-15 12:00"
SOURCE = book(
    ("coupon", "name: spring, off: 30.00, minimum: 200.00, days: 14, claim: {quota: 50, times: 1}, give: 3"),
    ("coupon", "name: tenth, rate: 0.90, claim: {times: 9}, returns: unmet, minimum: 150.00"),
    ("coupon", "name: glove, free: dearest, where: {sku: GLOVE}, claim: {times: 9}"),
    ("coupon", "name: alone, off: 80.00, apart: [coupons], claim: {times: 9}"),
    ("coupon", "name: film, elsewhere: true, claim: {times: 2}"),
    ("grant", "on: card_issued, name: spring"),
)


def found(code: str = "dn") -> World:
    return World.found(code=code, source=SOURCE, profile={})


@pytest.fixture
def world() -> World:
    return found()


def do(world: World, what: str, record: Any, at: str = NOON, actor: Actor | None = None, **given: Any) -> Any:
    """An operation of the coupons, by its name."""
    return getattr(checkout, what)(actor=actor or world.actor, at=moment(at), given=read(record, given))


def claim(world: World, member: EnrolledMember, coupon: str, at: str = NOON) -> CouponView:
    made: CouponView = do(world, "claim_coupon", CouponInput, at, member=member.number, coupon=coupon)
    return made


def refused(deed: Any) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        deed()
    assert all(caught.value.say(lang) for lang in ("zh", "en"))
    return caught.value.code, caught.value.field or ""


def states(member: EnrolledMember, at: str) -> list[tuple[str, str]]:
    return [(held.right.name, held.state) for held in rights.held_rights(member.membership, moment(at))]


def fresh(world: World, size: int = 3, coupon: str = "tenth", **more: Any) -> list[str]:
    """A batch of codes, as they are printed."""
    given = read(MakeCodes, {"coupon": coupon, "size": size, **more})
    made = entitlements.make_batch(actor=world.actor, at=moment(NOON), given=given)
    entitlements.make_codes(batch=made.id)
    return [code for code, _ in rights.codes_of(world.actor, made.id)]


def test_a_card_brings_the_coupon_a_clause_describes(world: World) -> None:
    li = world.enrol(NOON)
    (held,) = rights.held_rights(li.membership, moment(NOON))
    assert (held.right.name, held.right.clause, held.right.worth) == ("spring", "T-06", 3000)
    assert held.right.valid_until == moment("2026-06-30 00:00")
    sale = world.sell("2026-06-29 23:59:59", "SCARF", member=li.number, vouchers=[held.right.code])
    assert (sale.paid, sale.document["steps"][0]["clause"]) == (47000, "T-01")


def test_expired_at_midnight(world: World) -> None:
    li = world.enrol(NOON)
    (held,) = rights.held_rights(li.membership, moment(NOON))
    late = lambda: world.sell("2026-06-30 00:00:00", "SCARF", member=li.number, vouchers=[held.right.code])  # noqa: E731
    assert refused(late) == ("OutsideWindow", "vouchers")
    assert states(li, "2026-06-29 23:59:59") == [("spring", "ready")]
    assert states(li, "2026-06-30 00:00:00") == [("spring", "expired")]


def test_an_offer_is_taken_within_its_limits(world: World) -> None:
    li = world.enrol(NOON)
    made = claim(world, li, "spring")
    assert (made.coupon, made.state, made.worth) == ("spring", "ready", 3000)
    assert refused(lambda: claim(world, li, "spring")) == ("LimitReached", "coupon")
    assert refused(lambda: claim(world, li, "nothing")) == ("CouponUnknown", "coupon")
    offers = {o.coupon: (o.left, o.of, o.why is None) for o in queries.coupon_offers(world.actor, moment(NOON))}
    assert offers["spring"] == (49, 50, True)
    mine = queries.coupon_offers(world.actor, moment(NOON), MemberReference(number=li.number))
    assert [o.why["en"] for o in mine if o.coupon == "spring" and o.why] == [
        "Title: 1 for each member, already claimed."
    ]


def test_a_member_claims_for_herself_and_nobody_else(world: World) -> None:
    li, wu = world.enrol(NOON), world.enrol(NOON)
    herself = Actor("member", li.membership, "李梅", world.actor.programme, membership=li.membership)
    assert do(world, "claim_coupon", CouponInput, actor=herself, member=li.number, coupon="tenth").coupon == "tenth"
    with pytest.raises(Forbidden):
        do(world, "claim_coupon", CouponInput, actor=herself, member=wu.number, coupon="tenth")
    with pytest.raises(Forbidden):
        do(world, "hand_out_coupon", HandOutInput, actor=herself, member=li.number, coupon="tenth")


def test_codes_are_turned_in_once_however_they_are_typed(world: World) -> None:
    li, wu = world.enrol(NOON), world.enrol(NOON)
    first, second, third = fresh(world, each=2)
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != "-" else "－" for letter in first)
    made = do(world, "claim_code", CodeInput, member=li.number, code=f"  {wide.lower()} ")
    assert (made.coupon, made.state) == ("tenth", "ready")
    turn_in = lambda code, who=wu: do(world, "claim_code", CodeInput, member=who.number, code=code)  # noqa: E731
    assert refused(lambda: turn_in(first)) == ("CodeTurnedIn", "code")
    slip = first[:-1] + ("A" if first[-1] != "A" else "B")
    assert refused(lambda: turn_in(slip)) == ("CodeUnknown", "code")
    turn_in(second, li)
    assert refused(lambda: turn_in(third, li)) == ("LimitReached", "code")
    batch = rights.batches(world.actor)[0]
    assert (batch.made, batch.claimed) == (3, 2)
    entitlements.stop_batch(actor=world.actor, at=moment(NOON), given=StopBatch(batch=batch.id))
    assert refused(lambda: turn_in(third)) == ("CodeOver", "code")


def test_a_batch_ends_at_its_moment_and_goes_on_where_it_was(world: World) -> None:
    li = world.enrol(NOON)
    (code,) = fresh(world, 1, until="2026-06-30 24:00")
    turn_in = lambda at: do(world, "claim_code", CodeInput, at, member=li.number, code=code)  # noqa: E731
    assert refused(lambda: turn_in("2026-07-01 00:00")) == ("CodeOver", "code")
    assert turn_in("2026-06-30 23:59:59").coupon == "tenth"
    many = fresh(world, 20_001)
    assert len(set(many)) == 20_001
    entitlements.make_codes(batch=rights.batches(world.actor)[0].id)  # done twice: nothing more
    assert rights.batches(world.actor)[0].made == 20_001


def test_codes_of_another_house_are_handed_out_once(world: World) -> None:
    li, wu = world.enrol(NOON), world.enrol(NOON)
    bring = lambda *codes: entitlements.bring_codes(  # noqa: E731
        actor=world.actor, at=moment(NOON), given=BringCodes(coupon="film", codes=list(codes))
    )
    bring("FILM-1", "FILM-2")
    assert refused(lambda: bring("FILM-2", "FILM-3")) == ("CodesKnown", "codes")
    assert [claim(world, who, "film").outside for who in (li, wu)] == ["FILM-1", "FILM-2"]
    assert refused(lambda: claim(world, li, "film")) == ("AllGone", "coupon")
    assert [held.outside for held in rights.held_rights(li.membership, moment(NOON))] == ["FILM-1", ""]


def test_locked_for_an_order_until_it_is_paid_or_let_go(world: World) -> None:
    li = world.enrol(NOON)
    code = claim(world, li, "spring").code
    lock = {"member": li.number, "codes": [code.lower()], "order": "W1", "minutes": 15}
    assert do(world, "lock_coupons", LockInput, **lock).until == moment("2026-06-15 12:15")
    buy = lambda at, **more: world.sell(at, "SCARF", member=li.number, vouchers=[code], **more)  # noqa: E731
    assert refused(lambda: buy("2026-06-15 12:14:59")) == ("RightNotFree", "vouchers")
    other = {**lock, "order": "W2"}
    assert refused(lambda: do(world, "lock_coupons", LockInput, **other)) == ("RightNotFree", "codes")
    do(world, "release_coupons", ReleaseInput, "2026-06-15 12:01", member=li.number, order="W1")
    do(world, "lock_coupons", LockInput, "2026-06-15 12:02", **other)
    assert states(li, "2026-06-15 12:03")[0] == ("spring", "locked")
    assert buy("2026-06-15 12:04", hold="W2").paid == 47000
    assert states(li, "2026-06-15 12:05")[0] == ("spring", "used")


def test_a_lock_ends_by_itself(world: World) -> None:
    li = world.enrol(NOON)
    code = claim(world, li, "spring").code
    do(world, "lock_coupons", LockInput, member=li.number, codes=[code], order="W1")
    assert world.sell("2026-06-15 12:15", "SCARF", member=li.number, vouchers=[code]).paid == 47000


def test_given_to_a_friend_and_back(world: World) -> None:
    li, wu = world.enrol(NOON), world.enrol(NOON)
    code = claim(world, li, "spring").code
    given = do(world, "give_coupon", GiveInput, member=li.number, code=code)
    assert given.until == moment("2026-06-19 00:00")
    assert states(li, "2026-06-18 23:59")[0] == ("spring", "given")
    assert states(li, "2026-06-19 00:00")[0] == ("spring", "ready")
    accept = lambda at, who=wu, gift=given.gift: do(  # noqa: E731
        world, "accept_coupon", CodeInput, at, member=who.number, code=gift
    )
    assert refused(lambda: accept("2026-06-15 13:00", li)) == ("RightNotFree", "code")
    assert refused(lambda: accept("2026-06-19 00:00")) == ("GiftCodeUnknown", "code")
    hers = accept("2026-06-18 23:59:59")
    assert hers.valid_until == moment("2026-06-30 00:00")
    assert states(li, "2026-06-18 23:59:59")[0] == ("spring", "taken")
    assert refused(lambda: accept("2026-06-18 23:59:59")) == ("GiftCodeUnknown", "code")
    assert world.sell("2026-06-20 12:00", "SCARF", member=wu.number, vouchers=[hers.code]).paid == 47000
    stolen = lambda: world.sell("2026-06-20 12:00", "SCARF", member=li.number, vouchers=[code])  # noqa: E731
    assert refused(stolen) == ("RightNotFree", "vouchers")


def test_a_gift_is_taken_back_and_some_coupons_cannot_be_given(world: World) -> None:
    li, wu = world.enrol(NOON), world.enrol(NOON)
    code, tenth = claim(world, li, "spring").code, claim(world, li, "tenth").code
    given = do(world, "give_coupon", GiveInput, member=li.number, code=code)
    assert do(world, "take_back_coupon", HeldCouponInput, member=li.number, code=code).state == "ready"
    accept = lambda: do(world, "accept_coupon", CodeInput, member=wu.number, code=given.gift)  # noqa: E731
    assert refused(accept) == ("GiftCodeUnknown", "code")
    assert refused(lambda: do(world, "give_coupon", GiveInput, member=li.number, code=tenth)) == (
        "CouponNotFor",
        "code",
    )


def test_reserved_until_she_claims_it_and_revoked(world: World) -> None:
    li = world.enrol(NOON)
    hand = {"member": li.number, "coupon": "tenth", "reason": "道歉", "until": "2026-06-20 18:00"}
    made = do(world, "hand_out_coupon", HandOutInput, **hand)
    assert made.state == "reserved"
    buy = lambda: world.sell(NOON, "SCARF", member=li.number, vouchers=[made.code])  # noqa: E731
    assert refused(buy) == ("RightNotFree", "vouchers")
    assert states(li, "2026-06-20 18:00")[0] == ("tenth", "lapsed")
    accept = {"member": li.number, "code": made.code}
    late = lambda: do(world, "accept_reserved", HeldCouponInput, "2026-06-20 18:00", **accept)  # noqa: E731
    assert refused(late) == ("RightNotFree", "code")
    do(world, "accept_reserved", HeldCouponInput, "2026-06-20 17:59:59", **accept)
    assert states(li, "2026-06-20 18:00")[0] == ("tenth", "ready")
    do(world, "revoke_coupon", RevokeInput, "2026-06-21 09:00", **accept, reason="发错")
    assert states(li, "2026-06-21 09:00")[0] == ("tenth", "revoked")
    twice = lambda: do(world, "revoke_coupon", RevokeInput, "2026-06-21 10:00", **accept, reason="发错")  # noqa: E731
    assert refused(twice) == ("RightNotFree", "code")


def weighed(world: World, member: EnrolledMember, *skus: str, at: str = NOON) -> Weighed:
    given: SaleInput = world.asked(*skus, member=member.number)
    return checkout.weigh_coupons(actor=world.actor, at=moment(at), given=given)


def test_the_till_says_which_why_not_and_what_is_best(world: World) -> None:
    li = world.enrol("2026-06-01 12:00")
    tenth, alone = claim(world, li, "tenth").code, claim(world, li, "alone").code
    claim(world, li, "glove")
    seen = weighed(world, li, "HUNDRED")
    told = {item.coupon: (item.usable, item.off, item.why["zh"]) for item in seen.items if not item.usable}
    assert told["glove"] == (False, 0, "标题不能用在这些商品上。")
    assert told["tenth"] == (False, 0, "标题满 ¥150.00 可用，差 ¥50.00。")
    assert (seen.best, seen.without, seen.due) == ((alone,), 10000, 2000)
    # 500: the tenth takes 50 and goes with the 30 of the card's; 80 alone is as much, and one coupon fewer.
    seen = weighed(world, li, "SCARF")
    assert (seen.best, seen.due) == ((alone,), 42000)
    seen = weighed(world, li, "COAT")  # 1,000: a tenth is 100, and 30 more
    assert (set(seen.best), seen.due) == (
        {tenth, rights.held_rights(li.membership, moment(NOON))[-1].right.code},
        87000,
    )
    assert world.sell(NOON, "COAT", member=li.number, vouchers=list(seen.best), quoted="870.00").paid == 87000


def test_a_part_that_comes_back_gives_the_right_coupon_back(world: World) -> None:
    """Gloves 99.99 free, a tenth of the rest off. The gloves come back: their coupon too; the tenth stays. Then the coat:
    what is kept, the pin, is below the tenth's minimum, so that coupon is hers again."""
    li = world.enrol("2026-01-01 12:00")
    glove, tenth = claim(world, li, "glove").code, claim(world, li, "tenth").code
    sale = world.sell(NOON, "GLOVE", "SCARF", "HUNDRED", member=li.number, vouchers=[glove, tenth])
    assert sale.paid == 54000  # 699.99 − 99.99 = 600.00, less a tenth
    first = world.give_back("2026-06-16 12:00", sale.id, 1)
    assert (first.refund, first.left_paid) == (0, 54000)
    assert dict(states(li, "2026-06-16 12:00")) == {
        "tenth": "used",
        "glove": "ready",
        "spring": "expired",
    }
    second = world.give_back("2026-06-17 12:00", sale.id, 2)
    assert (second.refund, second.left_paid) == (44000, 10000)  # 100 kept, without its tenth
    assert dict(states(li, "2026-06-17 12:00"))["tenth"] == "ready"
    assert world.give_back("2026-06-18 12:00", sale.id).refund == 10000


def test_a_coupon_that_took_nothing_comes_back_with_its_goods() -> None:
    """A tenth of a fen is nothing: the coupon was used all the same, and is hers again when the goods are back."""
    source = book(("coupon", "name: tenth, rate: 0.90, where: {sku: PIN}, claim: {times: 9}"))
    world = World.found(code="pin", source=source, profile={})
    li = world.enrol("2026-01-01 12:00")
    sale = world.sell(NOON, "PIN", "HUNDRED", member=li.number, vouchers=[claim(world, li, "tenth").code])
    assert sale.paid == 10001
    world.give_back("2026-06-16 12:00", sale.id, 2)
    assert dict(states(li, "2026-06-16 12:00")) == {"tenth": "used"}
    world.give_back("2026-06-17 12:00", sale.id, 1)
    assert dict(states(li, "2026-06-17 12:00")) == {"tenth": "ready"}


def test_of_what_stands_against_a_coupon_the_first_rank_is_told(world: World) -> None:
    """Used, and not for these goods: the window goes before the limit."""
    li = world.enrol("2026-01-01 12:00")
    code = claim(world, li, "glove").code
    world.sell(NOON, "GLOVE", member=li.number, vouchers=[code])
    with pytest.raises(Refusal) as told:
        world.sell("2026-06-16 12:00", "COAT", member=li.number, vouchers=[code])
    assert told.value.code == "CouponNotFor"


def test_however_it_comes_back_it_comes_to_the_same(world: World) -> None:
    """Three lines under two coupons, returned one by one in every order: always the whole that was paid, and both
    coupons are hers again."""
    for order in permutations((1, 2, 3)):
        li = world.enrol("2026-01-01 12:00")
        codes = [claim(world, li, "glove").code, claim(world, li, "tenth").code]
        sale = world.sell(NOON, "GLOVE", "SCARF", "HUNDRED", member=li.number, vouchers=codes)
        back = [world.give_back("2026-06-16 12:00", sale.id, line).refund for line in order]
        assert sum(back) == sale.paid == 54000, order
        held = dict(states(li, "2026-06-16 12:00"))
        assert (held["glove"], held["tenth"]) == ("ready", "ready"), order


@pytest.mark.django_db(transaction=True)
def test_two_hundred_ask_for_fifty() -> None:
    world = found("q")
    members = [world.enrol(NOON) for _ in range(200)]
    waves = [members[i : i + 20] for i in range(0, 200, 20)]
    answers = [
        answer for wave in waves for answer in together(*[lambda who=who: claim(world, who, "spring") for who in wave])
    ]
    assert outcomes(answers) == {"done": 50, "AllGone": 150}
    given = sum(1 for who in members for name, _ in states(who, NOON) if name == "spring")
    assert given == 250  # one each with the card, and the fifty


@pytest.mark.django_db(transaction=True)
def test_one_code_in_the_same_millisecond() -> None:
    world = found("c")
    members = [world.enrol(NOON) for _ in range(8)]
    (code,) = fresh(world, 1)
    turn_in = [lambda who=who: do(world, "claim_code", CodeInput, member=who.number, code=code) for who in members]
    assert outcomes(together(*turn_in)) == {"done": 1, "CodeTurnedIn": 7}


def test_what_a_code_was_turned_in_by_is_no_word_for_the_audit(world: World) -> None:
    li, friend, (code, *_) = world.enrol(NOON), world.enrol(NOON), fresh(world)
    do(world, "claim_code", CodeInput, member=li.number, code=code)
    given = do(world, "give_coupon", GiveInput, member=li.number, code=claim(world, li, "spring").code)
    do(world, "accept_coupon", CodeInput, member=friend.number, code=given.gift)
    told = AuditEntry.objects.filter(operation__in=["claim_code", "accept_coupon"]).order_by("seq")
    assert [entry.given["code"] for entry in told] == ["•", "•"]
