"""Posts as data, nobody above herself, links, sessions, leaving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiguan.identity import operations, queries
from huiguan.identity.inputs import (
    Appoint,
    ChangePassword,
    CreateClient,
    CreateNode,
    Dismiss,
    NodeNamed,
    PostNamed,
    RenameNode,
    ResetPassword,
    SessionNumbered,
    SetPost,
    StaffNamed,
    UseLink,
)
from huiguan.identity.models import Holding, PasswordLink, Session, Totp
from huiguan.identity.refusals import (
    AbovePowers,
    HasLeft,
    LastOwner,
    LinkSpent,
    OutsidePlaces,
    PasswordWrong,
    PostAlreadyHeld,
    PostFixed,
    PostStillHeld,
    SignInRefused,
    StillHere,
)
from huiguan.identity.values import POSTS, OpenSession
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound
from tests.identity.conftest import AT, House, hire

WALL = datetime(2026, 7, 24, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


def set_post(actor: Actor, post: str, *powers: str, held_at: tuple[str, ...] = ("house", "region", "shop")) -> None:
    given = {"post": post, "title": {"zh": "专员", "en": "Officer"}, "powers": list(powers), "held_at": list(held_at)}
    operations.set_post(actor=actor, at=AT, given=read(SetPost, given))


def appoint(actor: Actor, username: str, post: str, node: str, **term: Any) -> None:
    given = {"username": username, "post": post, "node": node, **term}
    operations.appoint(actor=actor, at=AT, given=read(Appoint, given))


def acting(house: House, username: str) -> Actor:
    people = {person.username: person.id for person in queries.people(house.owner, AT)}
    return queries.actor_of_staff(people[username], AT)


def come_in(username: str, password: str = "Peony-2026") -> OpenSession:
    known = operations.sign_in(username=username, password=password, wall=WALL)
    return operations.begin_session(known=known, wall=WALL)


# ---- posts -----------------------------------------------------------------------------------------------------------


def test_a_house_begins_with_the_usual_posts(house: House) -> None:
    assert {post.name: post for post in queries.posts(house.owner)} == POSTS


def test_a_post_of_its_own_carries_what_it_was_given(house: House) -> None:
    set_post(house.owner, "hr_officer", "organise", "read_members", held_at=("region", "shop"))
    hire(house.owner, "lan", ("hr_officer", "EAST"))
    lan = acting(house, "lan")
    assert lan.powers == {"organise", "read_members"}
    assert lan.shops == {house.places["S1"].id, house.places["S2"].id}


def test_a_changed_post_counts_at_once_and_comes_back(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    set_post(house.owner, "clerk", "sell")
    assert queries.actor_of_staff(mei, AT).powers == {"sell"}
    operations.remove_post(actor=house.owner, at=AT, given=PostNamed(post="clerk"))
    assert queries.actor_of_staff(mei, AT).powers == POSTS["clerk"].powers


def test_the_owners_post_stays_as_it_is(house: House) -> None:
    with pytest.raises(PostFixed):
        set_post(house.owner, "owner", "sell")
    with pytest.raises(PostFixed):
        operations.remove_post(actor=house.owner, at=AT, given=PostNamed(post="owner"))


def test_a_post_somebody_holds_is_not_taken_away(house: House) -> None:
    set_post(house.owner, "greeter", "read_members")
    hire(house.owner, "lan", ("greeter", "S1"))
    with pytest.raises(PostStillHeld) as held:
        operations.remove_post(actor=house.owner, at=AT, given=PostNamed(post="greeter"))
    assert held.value.values["who"] == "Lan"
    with pytest.raises(PostStillHeld):
        set_post(house.owner, "greeter", "read_members", held_at=("house",))
    operations.dismiss(actor=house.owner, at=AT, given=Dismiss(username="lan", post="greeter", node="S1"))
    operations.remove_post(actor=house.owner, at=AT, given=PostNamed(post="greeter"))
    with pytest.raises(NotFound):
        appoint(house.owner, "lan", "greeter", "S1")


def test_no_power_is_given_that_the_editor_lacks(house: House) -> None:
    set_post(house.owner, "hr", "organise", "read_members")
    hire(house.owner, "lan", ("hr", "HQ"))
    lan = acting(house, "lan")
    with pytest.raises(AbovePowers) as above:
        set_post(lan, "hr", "organise", "read_members", "void")
    assert above.value.field == "powers"
    with pytest.raises(AbovePowers):  # nor taken from others
        set_post(lan, "clerk", "read_members")
    set_post(lan, "greeter", "read_members")
    with pytest.raises(InvalidInput):
        set_post(house.owner, "greeter", "fly")


def test_posts_are_the_whole_houses(house: House) -> None:
    set_post(house.owner, "hr", "organise", "read_members")
    hire(house.owner, "lan", ("hr", "EAST"))
    with pytest.raises(OutsidePlaces):
        set_post(acting(house, "lan"), "greeter", "read_members")


# ---- nobody above herself --------------------------------------------------------------------------------------------


def test_who_organises_a_region_reaches_no_further(house: House) -> None:
    set_post(house.owner, "hr", *POSTS["clerk"].powers, "organise")
    for username in ("lan", "mei", "ding"):
        hire(house.owner, username)
    appoint(house.owner, "lan", "hr", "EAST")
    lan = acting(house, "lan")
    appoint(lan, "mei", "clerk", "S1")
    with pytest.raises(AbovePowers):
        appoint(lan, "lan", "shop_manager", "S1")
    for place in ("S3", "WEST", "HQ"):
        with pytest.raises(OutsidePlaces):
            appoint(lan, "ding", "clerk", place)
    appoint(house.owner, "ding", "clerk", "S3")
    with pytest.raises(OutsidePlaces):
        operations.dismiss(actor=lan, at=AT, given=Dismiss(username="ding", post="clerk", node="S3"))


def test_who_organises_a_region_opens_and_closes_nothing_elsewhere(house: House) -> None:
    set_post(house.owner, "hr", "organise")
    hire(house.owner, "lan", ("hr", "EAST"))
    lan, before = acting(house, "lan"), queries.tree(house.owner)
    shop = {"kind": "shop", "code": "S9", "name": {"zh": "九店", "en": "Nine"}}
    for parent in ("WEST", "HQ", None):
        with pytest.raises(OutsidePlaces):
            operations.create_node(actor=lan, at=AT, given=read(CreateNode, {**shop, "parent": parent}))
    for place in ("S3", "WEST", "HQ"):
        with pytest.raises(OutsidePlaces):
            given = {"node": place, "name": {"zh": "改", "en": "Renamed"}}
            operations.rename_node(actor=lan, at=AT, given=read(RenameNode, given))
    with pytest.raises(OutsidePlaces):
        operations.close_node(actor=lan, at=AT, given=NodeNamed(node="S3"))
    assert queries.tree(house.owner) == before
    assert operations.create_node(actor=lan, at=AT, given=read(CreateNode, {**shop, "parent": "EAST"})).code == "S9"
    assert operations.close_node(actor=lan, at=AT, given=NodeNamed(node="S1")).closed_at == AT


def test_a_post_to_come_at_a_place_that_closes_never_begins(house: House) -> None:
    hire(house.owner, "mei")
    appoint(house.owner, "mei", "clerk", "S1", since=(AT + DAY).isoformat())
    operations.close_node(actor=house.owner, at=AT, given=NodeNamed(node="S1"))
    mei = queries.staff_member(house.owner, "mei", AT)
    assert queries.person_powers(mei.id, AT + 2 * DAY) == ()


@pytest.mark.parametrize("deed", ["reset_password", "make_password_link", "drop_second_factors", "dismiss_staff"])
def test_the_owner_is_out_of_reach(house: House, deed: str) -> None:
    set_post(house.owner, "hr", "organise")
    hire(house.owner, "lan", ("hr", "HQ"))
    lan, boss = acting(house, "lan"), StaffNamed(username="boss")
    doing: dict[str, Any] = {
        "reset_password": {"given": ResetPassword(username="boss", password="Peony-2027")},
        "make_password_link": {"given": boss, "wall": WALL},
        "drop_second_factors": {"given": boss},
        "dismiss_staff": {"given": boss},
    }
    with pytest.raises(AbovePowers):
        getattr(operations, deed)(actor=lan, at=AT, **doing[deed])
    assert come_in("boss").name == "王老板"


def test_a_program_gets_no_more_than_its_maker_holds(house: House) -> None:
    set_post(house.owner, "hr", "organise", "read_members")
    hire(house.owner, "lan", ("hr", "EAST"))
    lan = acting(house, "lan")
    wanted = {"name": "BI", "powers": ["read_members"], "shops": ["S1"]}
    for change, refused in (
        ({"powers": ["void"]}, AbovePowers),
        ({"shops": ["S3"]}, OutsidePlaces),
        ({"shops": None}, OutsidePlaces),
    ):
        with pytest.raises(refused):
            operations.create_client(actor=lan, at=AT, given=read(CreateClient, {**wanted, **change}))
    assert operations.create_client(actor=lan, at=AT, given=read(CreateClient, wanted)).key


def test_who_does_not_organise_does_none_of_it(house: House) -> None:
    hire(house.owner, "mei", ("shop_manager", "S1"))
    mei = acting(house, "mei")
    with pytest.raises(Forbidden):
        set_post(mei, "greeter", "read_members")
    with pytest.raises(Forbidden):
        operations.make_password_link(actor=mei, at=AT, given=StaffNamed(username="mei"), wall=WALL)
    with pytest.raises(Forbidden):
        queries.staff_members(mei, AT)
    with pytest.raises(Forbidden):
        queries.staff_member(mei, "boss", AT)
    assert queries.staff_member(mei, "mei", AT).name == "Mei"


# ---- terms -----------------------------------------------------------------------------------------------------------


def test_a_post_of_a_later_term_holds_in_it_alone(house: House) -> None:
    mei = hire(house.owner, "mei")
    since, until = AT + 10 * DAY, AT + 20 * DAY
    appoint(house.owner, "mei", "clerk", "S1", since=since.isoformat(), until=until.isoformat())
    powers = [bool(queries.actor_of_staff(mei, at).powers) for at in (since - MICROSECOND, since, until - MICROSECOND, until)]  # fmt: skip
    assert powers == [False, True, True, False]
    with pytest.raises(PostAlreadyHeld):
        appoint(house.owner, "mei", "clerk", "S1")
    appoint(house.owner, "mei", "clerk", "S1", since=until.isoformat())
    appoint(house.owner, "mei", "clerk", "S1", until=since.isoformat())
    assert Holding.objects.filter(staff_id=mei).count() == 3


@pytest.mark.parametrize(
    ("term", "field"),
    [
        ({"since": "2025-12-31T09:00:00+08:00"}, "since"),
        ({"until": "2026-01-01T09:00:00+00:00"}, "until"),
        ({"since": "2026-02-01"}, "since"),
        ({"since": "2026-02-01T00:00:00+08:00", "until": "2026-02-01T00:00:00+08:00"}, "until"),
    ],
)
def test_a_term_that_is_none(house: House, term: dict[str, str], field: str) -> None:
    hire(house.owner, "mei")
    with pytest.raises(InvalidInput) as wrong:
        appoint(house.owner, "mei", "clerk", "S1", **term)
    assert wrong.value.field == field


def test_a_post_that_has_not_begun_never_does(house: House) -> None:
    mei = hire(house.owner, "mei")
    appoint(house.owner, "mei", "clerk", "S1", since=(AT + DAY).isoformat())
    operations.dismiss(actor=house.owner, at=AT, given=Dismiss(username="mei", post="clerk", node="S1"))
    assert queries.actor_of_staff(mei, AT + 2 * DAY).powers == frozenset()


def test_an_owner_for_a_while_is_not_the_one_who_stays(house: House) -> None:
    hire(house.owner, "lady")
    appoint(house.owner, "lady", "owner", "HQ", until=(AT + DAY).isoformat())
    with pytest.raises(LastOwner):
        operations.dismiss(actor=house.owner, at=AT, given=Dismiss(username="boss", post="owner", node="HQ"))


# ---- links and sessions ----------------------------------------------------------------------------------------------


def test_a_link_sets_a_password_once(house: House) -> None:
    hire(house.owner, "mei", password=None)
    made = operations.make_password_link(actor=house.owner, at=AT, given=StaffNamed(username="mei"), wall=WALL)
    assert made.ends_at == WALL + DAY
    person = queries.link_person(made.token, WALL + DAY - MICROSECOND)
    assert person is not None and person.username == "mei"
    given = UseLink(token=made.token, password="Magnolia-7")
    operations.use_password_link(given=given, wall=WALL + DAY - MICROSECOND)
    assert come_in("mei", "Magnolia-7").username == "mei"
    with pytest.raises(LinkSpent):
        operations.use_password_link(given=given, wall=WALL)
    assert queries.link_person(made.token, WALL) is None


def test_a_link_ends_with_its_day_with_the_next_and_with_leaving(house: House) -> None:
    hire(house.owner, "mei")
    mei = StaffNamed(username="mei")
    first, second = (
        operations.make_password_link(actor=house.owner, at=AT, given=mei, wall=WALL).token for _ in range(2)
    )
    for token, wall in ((first, WALL), (second, WALL + DAY), ("", WALL), ("x" * 200, WALL)):
        with pytest.raises((LinkSpent, InvalidInput)):
            operations.use_password_link(given=read(UseLink, {"token": token, "password": "Magnolia-7"}), wall=wall)
    operations.dismiss_staff(actor=house.owner, at=AT, given=mei, wall=WALL)
    with pytest.raises(LinkSpent):
        operations.use_password_link(given=UseLink(token=second, password="Magnolia-7"), wall=WALL)
    with pytest.raises(HasLeft):
        operations.make_password_link(actor=house.owner, at=AT, given=mei, wall=WALL)


def test_who_leaves_while_signed_in_is_out_at_once(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    session = come_in("mei")
    appoint(house.owner, "mei", "clerk", "S2", since=(AT + DAY).isoformat())
    assert queries.open_session(session.token, mei, WALL) is not None
    operations.dismiss_staff(actor=house.owner, at=AT, given=StaffNamed(username="mei"), wall=WALL)
    assert queries.open_session(session.token, mei, WALL) is None
    assert queries.actor_of_staff(mei, AT + 2 * DAY).powers == frozenset()
    with pytest.raises(SignInRefused):
        come_in("mei")
    with pytest.raises(HasLeft):
        operations.dismiss_staff(actor=house.owner, at=AT, given=StaffNamed(username="mei"))
    with pytest.raises(HasLeft):
        appoint(house.owner, "mei", "clerk", "S1")


def test_who_comes_back_begins_without_post_and_password(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    named = StaffNamed(username="mei")
    with pytest.raises(StillHere):
        operations.readmit_staff(actor=house.owner, at=AT, given=named)
    operations.dismiss_staff(actor=house.owner, at=AT, given=named)
    assert operations.readmit_staff(actor=house.owner, at=AT + DAY, given=named).active
    assert queries.actor_of_staff(mei, AT + DAY).powers == frozenset()
    with pytest.raises(SignInRefused):
        come_in("mei")


def test_a_session_is_hers_until_twelve_hours_are_over(house: House) -> None:
    mei, lan = hire(house.owner, "mei"), hire(house.owner, "lan")
    session = come_in("mei")
    ends = WALL + timedelta(hours=12)
    assert session.ends_at == ends
    assert queries.open_session(session.token, mei, ends - MICROSECOND) is not None
    assert queries.open_session(session.token, mei, ends) is None
    assert queries.open_session(session.token, lan, WALL) is None
    assert queries.open_session("", mei, WALL) is None


def test_one_session_ends_or_all_but_one(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    acts = queries.actor_of_staff(mei, AT)
    first, second, third = (come_in("mei") for _ in range(3))
    operations.end_session(actor=acts, at=AT, given=SessionNumbered(session=first.id), wall=WALL)
    assert {each.id for each in queries.sessions(acts, WALL)} == {second.id, third.id}
    ended = operations.end_sessions(actor=acts, at=AT, given=StaffNamed(username="mei"), wall=WALL, but=second.id)
    assert (ended, [each.id for each in queries.sessions(acts, WALL)]) == (1, [second.id])
    lan = queries.actor_of_staff(hire(house.owner, "lan", ("clerk", "S1")), AT)
    with pytest.raises(NotFound):
        operations.end_session(actor=lan, at=AT, given=SessionNumbered(session=second.id), wall=WALL)
    operations.end_session(actor=house.owner, at=AT, given=SessionNumbered(session=second.id), wall=WALL)
    assert queries.sessions(house.owner, WALL) == ()


def test_a_new_password_ends_the_other_sessions(house: House) -> None:
    mei = hire(house.owner, "mei")
    acts = queries.actor_of_staff(mei, AT)
    here, there = come_in("mei"), come_in("mei")
    wrong = ChangePassword(old="Rose-2026", password="Magnolia-7")
    with pytest.raises(PasswordWrong) as refused:
        operations.change_password(actor=acts, at=AT, given=wrong, session=here.id, wall=WALL)
    assert refused.value.field == "old"
    right = ChangePassword(old="Peony-2026", password="Magnolia-7")
    operations.change_password(actor=acts, at=AT, given=right, session=here.id, wall=WALL)
    assert queries.open_session(here.token, mei, WALL) is not None
    assert queries.open_session(there.token, mei, WALL) is None


def test_what_is_over_is_forgotten_after_ninety_days_and_not_before(house: House) -> None:
    """Of a session that ended, a link that was used, one that was not: nothing on the last day, all a breath later."""
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    gone, there = come_in("mei"), come_in("mei")
    operations.end_session(actor=house.owner, at=AT, given=SessionNumbered(session=gone.id), wall=WALL)
    named = StaffNamed(username="mei")
    used = operations.make_password_link(actor=house.owner, at=AT, given=named, wall=WALL)
    operations.use_password_link(given=UseLink(token=used.token, password="Magnolia-7"), wall=WALL)
    operations.make_password_link(actor=house.owner, at=AT, given=named, wall=WALL)  # open for a day, never used
    Totp.objects.create(programme_id=house.owner.programme, staff_id=mei, sealed=b"-", begun_at=WALL)
    with pytest.raises(SignInRefused):
        come_in("mei", "wrong")
    assert operations.forget_ended(wall=WALL + timedelta(hours=2)) == 0
    assert operations.forget_ended(wall=WALL + 2 * DAY) == 2  # the authenticator, the failures under her name
    assert operations.forget_ended(wall=WALL + 90 * DAY) == 0
    assert operations.forget_ended(wall=WALL + 90 * DAY + MICROSECOND) == 3  # both sessions: the link ended the other
    assert (Session.objects.count(), PasswordLink.objects.count(), there.id > gone.id) == (0, 1, True)
    assert operations.forget_ended(wall=WALL + 91 * DAY + MICROSECOND) == 1
