"""The code a member shows: good for its minute, for who scans it first, once."""

from __future__ import annotations

import pytest

from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import SuspendMember
from huiguan.members.refusals import MemberSuspended
from huiguan.visits import operations, queries
from huiguan.visits.codes import read_code, signed_code
from huiguan.visits.inputs import ScanCode
from huiguan.visits.refusals import (
    MemberCodeExpired,
    MemberCodeForged,
    MemberCodeNotTaken,
    MemberCodeTaken,
    MemberCodeUsed,
)
from huiguan.visits.values import ShownMember
from tests.visits.world import AT, MINUTE, SECOND, WALL, World


def scan(actor: Actor, text: str, wall=WALL) -> ShownMember:  # type: ignore[no-untyped-def]
    return operations.scan_code(actor=actor, at=AT, given=ScanCode(code=text), wall=wall)


def use(actor: Actor, text: str, purpose: str, wall=WALL) -> ShownMember:  # type: ignore[no-untyped-def]
    return operations.use_code(actor=actor, at=AT, given=ScanCode(code=text), wall=wall, purpose=purpose)


def test_what_is_signed_reads_back_and_nothing_else_does() -> None:
    text = signed_code("secret", 7, 382, WALL, 0xFFFFFFFF)
    assert len(text) == 46 and text.startswith("HG1-")
    read = read_code("secret", 7, f" {text.lower()} ")
    assert read is not None and (read.membership, read.since, read.until) == (382, WALL, WALL + MINUTE)
    assert read_code("secret", 8, text) is None, "another programme's"
    assert read_code("other", 7, text) is None, "another installation's"
    for i in range(4, len(text)):
        changed = text[:i] + ("B" if text[i] == "A" else "A") + text[i + 1 :]
        assert read_code("secret", 7, changed) is None, i
    for nonsense in ("", "HG1-", text[:-1], text + "A", text[:-1] + "1", text[:-1] + "券"):
        assert read_code("secret", 7, nonsense) is None


def test_it_is_good_until_just_before_its_minute_is_over(shop: World) -> None:
    code = queries.fresh_code(shop.member(shop.lin), AT, WALL)
    assert code.until == WALL + MINUTE
    told = scan(shop.clerk(), code.text, WALL + MINUTE - SECOND)
    assert (told.number, told.name, told.card) == (shop.lin.number, "林溪", "")
    with pytest.raises(MemberCodeExpired) as late:
        scan(shop.clerk(), code.text, WALL + MINUTE + 3 * SECOND)
    assert late.value.values["ago"] == 3


def test_a_photograph_is_refused_where_another_scanned_first(shop: World) -> None:
    code = queries.fresh_code(shop.member(shop.lin), AT, WALL)
    scan(shop.clerk("qiaomai"), code.text)
    scan(shop.clerk("qiaomai"), code.text, WALL + SECOND)  # the scanner was pressed twice
    with pytest.raises(MemberCodeTaken):
        scan(shop.clerk("jichun"), code.text, WALL + SECOND)


@pytest.mark.parametrize("made", ["forged", "ahead"])
def test_a_code_made_elsewhere_or_ahead_of_time_is_refused(shop: World, made: str) -> None:
    text = queries.fresh_code(shop.member(shop.lin), AT, WALL + (MINUTE if made == "ahead" else 0 * SECOND)).text
    text = text if made == "ahead" else text[:-1] + ("A" if text[-1] != "A" else "B")
    with pytest.raises(MemberCodeForged):
        scan(shop.clerk(), text)


def test_it_pays_once_and_only_where_it_was_scanned(shop: World) -> None:
    clerk, text = shop.clerk(), queries.fresh_code(shop.member(shop.lin), AT, WALL).text
    with pytest.raises(MemberCodeNotTaken):
        use(clerk, text, "sale:1")
    scan(clerk, text)
    with pytest.raises(MemberCodeNotTaken):
        use(shop.clerk("jichun"), text, "sale:1")
    assert use(clerk, text, "sale:1", WALL + 2 * MINUTE).membership == shop.lin.membership
    assert use(clerk, text, "sale:1", WALL + 3 * MINUTE).membership == shop.lin.membership  # the same sale, asked again
    with pytest.raises(MemberCodeUsed):
        use(clerk, text, "sale:2", WALL + 3 * MINUTE)
    other = queries.fresh_code(shop.member(shop.lin), AT, WALL).text
    scan(clerk, other)
    with pytest.raises(MemberCodeNotTaken):
        use(clerk, other, "sale:3", WALL + 10 * MINUTE)


def test_scanning_takes_a_power_and_another_programme_reads_nothing(shop: World) -> None:
    text = queries.fresh_code(shop.member(shop.lin), AT, WALL).text
    for actor, refusal in (
        (shop.member(shop.su), Forbidden),
        (Actor("staff", 1, "x", shop.actor.programme + 1, frozenset({"sell"})), MemberCodeForged),
    ):
        expected: type[Refusal] = refusal
        with pytest.raises(expected):
            scan(actor, text)


def test_a_suspended_member_has_no_code_to_show(shop: World) -> None:
    given = read(SuspendMember, {"member": shop.lin.number, "reason": "核对"})
    members.suspend_member(actor=shop.actor, at=AT, given=given)
    with pytest.raises(MemberSuspended):
        queries.fresh_code(shop.member(shop.lin), AT, WALL)
