"""Coming in by phone: as its member, as a stranger, or as somebody who must show more first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.identity.refusals import ProofNotGood
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import MergeMembers
from huiguan.visits import operations, queries
from huiguan.visits.inputs import BeginVisit, ProveFact
from huiguan.visits.models import Visit
from huiguan.visits.refusals import FactDiffers, FactTriedTooOften, NotSignedIn
from huiguan.visits.values import OpenVisit
from tests.visits.world import AT, DAY, HERS, LONG_GONE, MINUTE, NOBODYS, SECOND, WALL, World

LATER = AT.replace(year=2027)  # two years after she was seen last


def test_a_members_phone_opens_her_membership_for_ninety_days(shop: World) -> None:
    visit = shop.come_in(HERS)
    assert (visit.stage, visit.membership, visit.name) == ("member", shop.lin.membership, "林溪")
    programme = shop.actor.programme
    assert queries.visit_of(programme, visit.token, WALL + 90 * DAY - SECOND) is not None
    assert queries.visit_of(programme, visit.token, WALL + 90 * DAY) is None
    assert queries.visit_of(programme, visit.token + "x", WALL) is None
    assert queries.visit_of(programme + 1, visit.token, WALL) is None
    entry = AuditEntry.objects.get(operation="visit_begun")
    assert (entry.subject, entry.actor) == (f"member:{shop.lin.number}", f"member:{shop.lin.membership}")


def test_a_proof_opens_one_visit(shop: World) -> None:
    given = BeginVisit(phone=HERS, proof=shop.proof(HERS))
    operations.begin_visit(actor=shop.door, at=AT, given=given, wall=WALL)
    with pytest.raises(ProofNotGood):
        operations.begin_visit(actor=shop.door, at=AT, given=given, wall=WALL)
    with pytest.raises(ProofNotGood):
        given = BeginVisit(phone=HERS, proof=shop.proof(HERS, WALL + 2 * MINUTE, "leave"))
        operations.begin_visit(actor=shop.door, at=AT, given=given, wall=WALL + 2 * MINUTE)
    assert Visit.objects.count() == 1


def test_nobodys_phone_may_only_join_and_lies_sealed(shop: World) -> None:
    visit = shop.come_in(NOBODYS)
    assert (visit.stage, visit.membership, visit.phone_tail) == ("stranger", None, "0003")
    kept = bytes(Visit.objects.get().phone or b"")
    assert NOBODYS.encode() not in kept
    assert queries.visit_of(shop.actor.programme, visit.token, WALL + timedelta(hours=2)) is None


def test_a_long_unseen_members_phone_opens_nothing_by_itself(shop: World) -> None:
    """Seen last on 2 January 2025: on 12 December 2026 it is hers still, a year later it may be another's."""
    assert shop.come_in(LONG_GONE).stage == "member"
    visit = shop.come_in(LONG_GONE, WALL + 2 * MINUTE, LATER)
    assert (visit.stage, visit.membership, visit.name) == ("fact", None, "")

    def tell(fact: str) -> object:
        return operations.prove_fact(
            actor=shop.door, at=LATER, given=ProveFact(fact=fact), token=visit.token, wall=WALL + 3 * MINUTE
        )

    for wrong in ("1985-01-03", shop.lin.number, "x"):
        with pytest.raises(FactDiffers):
            tell(wrong)
    told = tell("1985年1月2日")
    assert (told.stage, told.membership) == ("member", shop.su.membership)  # type: ignore[attr-defined]


def test_the_fifth_wrong_fact_ends_the_visit(shop: World) -> None:
    visit = shop.come_in(LONG_GONE, WALL, LATER)
    given = ProveFact(fact="1985-01-03")
    for refusal in (FactDiffers, FactDiffers, FactDiffers, FactDiffers, FactTriedTooOften, NotSignedIn):
        with pytest.raises(refusal):
            operations.prove_fact(actor=shop.door, at=LATER, given=given, token=visit.token, wall=WALL)
    right = ProveFact(fact="1985-01-02")
    with pytest.raises(NotSignedIn):
        operations.prove_fact(actor=shop.door, at=LATER, given=right, token=visit.token, wall=WALL)


def test_another_code_gives_no_new_tries(shop: World) -> None:
    """Three wrong on one visit, two on the next: on a third even the right birthday opens nothing, for thirty days."""

    def tell(token: str, fact: str, wall: datetime) -> OpenVisit:
        return operations.prove_fact(actor=shop.door, at=LATER, given=ProveFact(fact=fact), token=token, wall=wall)

    first, second = (shop.come_in(LONG_GONE, WALL + n * MINUTE, LATER) for n in range(2))
    for visit, refusal in [(first, FactDiffers)] * 3 + [(second, FactDiffers), (second, FactTriedTooOften)]:
        with pytest.raises(refusal):
            tell(visit.token, "1985-01-03", WALL + 2 * MINUTE)
    soon, then = WALL + 30 * DAY - MINUTE, WALL + 30 * DAY + 2 * MINUTE
    third = shop.come_in(LONG_GONE, soon, LATER)
    with pytest.raises(FactTriedTooOften):
        tell(third.token, "1985-01-02", soon)
    fourth = shop.come_in(LONG_GONE, then, LATER)
    assert tell(fourth.token, "1985-01-02", then).membership == shop.su.membership


def test_other_devices_are_signed_out_and_this_one_stays(shop: World) -> None:
    first, second = shop.come_in(HERS), shop.come_in(HERS, WALL + 2 * MINUTE)
    actor, now = shop.member(shop.lin), WALL + 3 * MINUTE
    assert [each.id for each in queries.visits(actor, now)] == [second.id, first.id]
    assert operations.end_other_visits(actor=actor, at=AT, wall=now, but=second.id) == 1
    assert [each.id for each in queries.visits(actor, now)] == [second.id]
    assert queries.visits(shop.member(shop.su), now) == ()
    operations.end_visit(token=second.token, wall=now)
    assert queries.visit_of(shop.actor.programme, second.token, now) is None


def test_devices_of_a_membership_she_took_in_are_hers_to_sign_out(shop: World) -> None:
    """A device that came in as who was merged into her reads as hers: seen among hers, ended with hers."""
    old, own = shop.come_in(LONG_GONE), shop.come_in(HERS)
    assert old.membership == shop.su.membership
    merged = read(MergeMembers, {"keep": shop.lin.number, "absorb": shop.su.number, "reason": "同一人"})
    members.merge_members(actor=shop.actor, at=AT + MINUTE, given=merged)
    actor, now = shop.member(shop.lin), WALL + MINUTE
    there = queries.visit_of(shop.actor.programme, old.token, now)
    assert there is not None and there.membership == shop.lin.membership
    assert {each.id for each in queries.visits(actor, now)} == {old.id, own.id}
    assert operations.end_other_visits(actor=actor, at=AT + MINUTE, wall=now, but=own.id) == 1
    assert queries.visit_of(shop.actor.programme, old.token, now) is None
