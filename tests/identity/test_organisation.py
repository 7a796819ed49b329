"""The tree, the staff and their posts: who may do what, where, and since when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.identity import operations, queries
from huiguan.identity.inputs import (
    Appoint,
    ChangeLanguage,
    CreateNode,
    CreateStaff,
    FoundHouse,
    NodeNamed,
    ResetPassword,
    StaffNamed,
)
from huiguan.identity.models import Holding, Node, Staff
from huiguan.identity.refusals import (
    CodeTaken,
    HouseAlreadyFounded,
    LastOwner,
    PasswordTooWeak,
    PlaceClosed,
    PlaceStillOpen,
    PostAlreadyHeld,
    PostNotHeld,
    PostNotHere,
    UsernameTaken,
)
from huiguan.identity.values import POSTS
from huiguan.kernel.actors import POWERS, Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, KeyReused, NotFound
from huiguan.kernel.text import Text
from tests.identity.conftest import AT, House, hire, open_place

LATER = AT + timedelta(days=30)
FOUNDING = FoundHouse.model_validate(
    {"code": "HQ", "name": {"zh": "总部", "en": "HQ"}, "username": "lady", "owner_name": "林", "password": "Peony-2026"}
)


def test_posts_are_sets_of_known_powers() -> None:
    assert all(post.powers <= POWERS.keys() for post in POSTS.values())
    assert POSTS["owner"].powers == POWERS.keys()
    assert POSTS["clerk"].powers < POSTS["shop_manager"].powers < POSTS["region_manager"].powers
    assert not {"void", "reveal", "correct"} & POSTS["clerk"].powers
    assert POSTS["auditor"].powers == {"read_members", "audit", "read_rulebook"}
    assert [post.name for post in POSTS.values() if "organise" in post.powers] == ["owner"]


def test_the_owner_may_everything_everywhere(house: House) -> None:
    assert house.owner.shops is None
    assert house.owner.powers == POWERS.keys()
    assert house.owner.programme == 1


def test_a_house_is_founded_once(house: House) -> None:
    with pytest.raises(HouseAlreadyFounded):
        operations.found_house(actor=system(1), at=AT, given=FOUNDING)
    assert Staff.objects.count() == 1
    again = operations.found_house(actor=system(2), at=AT, given=FOUNDING)
    assert queries.actor_of_staff(again.owner, AT).programme == 2


def test_founding_under_one_key_twice_answers_twice_and_hides_the_password(db: None) -> None:
    first = operations.found_house(actor=system(1), at=AT, given=FOUNDING, key="k")
    assert operations.found_house(actor=system(1), at=LATER, given=FOUNDING, key="k") == first
    assert AuditEntry.objects.get().given["password"] == "•"


def test_the_tree_is_told_parents_first(house: House) -> None:
    told = [(place.code, place.kind, place.depth) for place in queries.tree(house.owner)]
    assert told == [
        ("HQ", "house", 0),
        ("EAST", "region", 1),
        ("S1", "shop", 2),
        ("S2", "shop", 2),
        ("WEST", "region", 1),
        ("S3", "shop", 2),
    ]
    assert house.places["S1"].depth == 2
    assert queries.tree(system(2)) == ()


def test_a_clerk_acts_at_her_shop_only(house: House) -> None:
    clerk = queries.actor_of_staff(hire(house.owner, "mei", ("clerk", "S1")), AT)
    assert clerk.shops == {house.places["S1"].id}
    assert clerk.may("sell", house.places["S1"].id)
    assert not clerk.may("sell", house.places["S2"].id)
    assert not clerk.may("void", house.places["S1"].id)
    assert [shop.code for shop in queries.shops(clerk)] == ["S1"]
    with pytest.raises(Forbidden):
        open_place(clerk, "shop", "S9")


def test_a_post_at_a_region_counts_for_every_shop_under_it(house: House) -> None:
    east = queries.actor_of_staff(hire(house.owner, "ding", ("region_manager", "EAST")), AT)
    assert east.shops == {house.places["S1"].id, house.places["S2"].id}
    all_regions = queries.actor_of_staff(hire(house.owner, "gao", ("region_manager", "HQ")), AT)
    assert all_regions.shops is None
    opened = open_place(house.owner, "shop", "S4", "EAST")
    assert opened.id in (queries.actor_of_staff(east.id, AT).shops or ())


def test_powers_of_two_posts_never_mix(house: House) -> None:
    both = hire(house.owner, "lan", ("clerk", "S2"), ("shop_manager", "S1"))
    acting = queries.actor_of_staff(both, AT)
    assert acting.may("void", house.places["S1"].id)
    assert not acting.may("void", house.places["S2"].id)
    assert not acting.may("sell", house.places["S2"].id)
    helping = queries.actor_of_staff(both, AT, post="clerk")
    assert helping.may("sell", house.places["S2"].id)
    assert not helping.may("void", house.places["S2"].id)
    assert not helping.may("sell", house.places["S1"].id)
    assert [held.post for held in queries.person_powers(both, AT)] == ["shop_manager", "clerk"]
    assert queries.actor_of_staff(both, AT, post="owner").powers == frozenset()


def test_one_post_at_two_shops_acts_at_both(house: House) -> None:
    clerk = queries.actor_of_staff(hire(house.owner, "mei", ("clerk", "S1"), ("clerk", "S3")), AT)
    assert clerk.shops == {house.places["S1"].id, house.places["S3"].id}


def test_a_post_holds_from_its_beginning_until_just_before_its_end(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    ended = operations.dismiss(actor=house.owner, at=LATER, given=Appoint(username="mei", post="clerk", node="S1"))
    assert (ended.since, ended.until, ended.title) == (AT, LATER, Text(zh="店员", en="Clerk"))
    microsecond = timedelta(microseconds=1)
    assert queries.actor_of_staff(mei, AT - microsecond).powers == frozenset()
    assert queries.actor_of_staff(mei, AT).powers == POSTS["clerk"].powers
    assert queries.actor_of_staff(mei, LATER - microsecond).powers == POSTS["clerk"].powers
    gone = queries.actor_of_staff(mei, LATER)
    assert (gone.powers, gone.shops) == (frozenset(), frozenset())
    with pytest.raises(PostNotHeld):
        operations.dismiss(actor=house.owner, at=LATER, given=Appoint(username="mei", post="clerk", node="S1"))
    operations.appoint(actor=house.owner, at=LATER, given=Appoint(username="mei", post="clerk", node="S1"))
    assert queries.actor_of_staff(mei, LATER).powers == POSTS["clerk"].powers


@pytest.mark.parametrize(
    ("post", "node"), [("owner", "EAST"), ("owner", "S1"), ("region_manager", "S1"), ("shop_manager", "HQ")]
)
def test_a_post_is_held_only_where_it_belongs(house: House, post: str, node: str) -> None:
    hire(house.owner, "mei")
    with pytest.raises(PostNotHere) as refused:
        operations.appoint(actor=house.owner, at=AT, given=Appoint(username="mei", post=post, node=node))
    assert refused.value.field == "post"
    assert Holding.objects.count() == 1


def test_an_appointment_refused_by_name(house: House) -> None:
    hire(house.owner, "mei", ("clerk", "S1"))
    with pytest.raises(PostAlreadyHeld):
        operations.appoint(actor=house.owner, at=AT, given=Appoint(username="mei", post="clerk", node="S1"))
    with pytest.raises(NotFound) as no_person:
        operations.appoint(actor=house.owner, at=AT, given=Appoint(username="nobody", post="clerk", node="S1"))
    assert no_person.value.field == "username"
    with pytest.raises(NotFound) as no_place:
        operations.appoint(actor=house.owner, at=AT, given=Appoint(username="mei", post="clerk", node="S9"))
    assert no_place.value.field == "node"
    with pytest.raises(NotFound) as no_post:
        operations.appoint(actor=house.owner, at=AT, given=Appoint(username="mei", post="emperor", node="S1"))
    assert no_post.value.field == "post"


def test_the_last_owner_stays(house: House) -> None:
    boss = Appoint(username="boss", post="owner", node="HQ")
    with pytest.raises(LastOwner):
        operations.dismiss(actor=house.owner, at=LATER, given=boss)
    with pytest.raises(LastOwner):
        operations.dismiss_staff(actor=house.owner, at=LATER, given=StaffNamed(username="boss"))
    second = hire(house.owner, "lady", ("owner", "HQ"))
    operations.dismiss(actor=house.owner, at=LATER, given=boss)
    assert queries.actor_of_staff(house.owner.id, LATER).powers == frozenset()
    assert queries.actor_of_staff(second, LATER).powers == POWERS.keys()


def test_who_left_acts_no_more_but_is_still_named(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    operations.dismiss_staff(actor=house.owner, at=LATER, given=StaffNamed(username="mei"))
    assert queries.actor_of_staff(mei, LATER).powers == frozenset()
    assert queries.people_by_username(1, ["MEI", "nobody"])["mei"].active is False
    assert queries.people_by_id(1, [mei])[mei].name == "Mei"
    assert queries.people_by_id(2, [mei]) == {}


def test_a_closed_shop_ends_its_posts(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    with pytest.raises(PlaceStillOpen):
        operations.close_node(actor=house.owner, at=LATER, given=NodeNamed(node="EAST"))
    with pytest.raises(PlaceStillOpen):
        operations.close_node(actor=house.owner, at=LATER, given=NodeNamed(node="HQ"))
    closed = operations.close_node(actor=house.owner, at=LATER, given=NodeNamed(node="S1"))
    assert closed.closed_at == LATER
    assert queries.actor_of_staff(mei, LATER).powers == frozenset()
    assert [shop.code for shop in queries.shops(house.owner)] == ["S2", "S3"]
    assert queries.shop(1, "S1").closed_at == LATER
    with pytest.raises(PlaceClosed):
        operations.close_node(actor=house.owner, at=LATER, given=NodeNamed(node="S1"))
    with pytest.raises(PlaceClosed) as refused:
        operations.appoint(actor=house.owner, at=LATER, given=Appoint(username="mei", post="clerk", node="S1"))
    assert refused.value.say("en") == "S1 is closed."
    with pytest.raises(PlaceClosed):
        open_place(house.owner, "shop", "S11", "S1")


def test_codes_and_usernames_are_taken_once(house: House) -> None:
    with pytest.raises(CodeTaken) as refused:
        open_place(house.owner, "shop", "S1")
    assert refused.value.field == "code"
    hire(house.owner, "mei")
    with pytest.raises(UsernameTaken):
        hire(house.owner, "mei")
    with pytest.raises(NotFound) as no_parent:
        open_place(house.owner, "shop", "S9", "NOWHERE")
    assert no_parent.value.field == "parent"
    assert Node.objects.filter(programme_id=1).count() == 6


@pytest.mark.parametrize("password", ["aaaaaaaa", "abababab", "xx-mei-xx", "MEIMEI12"])
def test_a_weak_password_is_refused(house: House, password: str) -> None:
    with pytest.raises(PasswordTooWeak) as refused:
        hire(house.owner, "mei", password=password)
    assert refused.value.field == "password"
    assert not Staff.objects.filter(username="mei").exists()


def test_a_short_password_is_refused_at_the_door() -> None:
    with pytest.raises(InvalidInput) as refused:
        read(CreateStaff, {"username": "mei", "name": "Mei", "password": "short"})
    assert refused.value.field == "password"


def test_a_person_changes_her_own_password_and_nobody_else_s(house: House) -> None:
    mei, _ = hire(house.owner, "mei", ("clerk", "S1")), hire(house.owner, "lan")
    acting = queries.actor_of_staff(mei, AT)
    operations.reset_password(actor=acting, at=AT, given=ResetPassword(username="mei", password="Magnolia-1"))
    assert Staff.objects.get(pk=mei).check_password("Magnolia-1")
    with pytest.raises(Forbidden):
        operations.reset_password(actor=acting, at=AT, given=ResetPassword(username="lan", password="Magnolia-1"))
    operations.reset_password(actor=house.owner, at=AT, given=ResetPassword(username="lan", password="Magnolia-2"))
    assert Staff.objects.get(username="lan").check_password("Magnolia-2")
    assert {entry.given["password"] for entry in AuditEntry.objects.filter(operation="reset_password")} == {"•"}


def test_a_person_reads_in_her_language(house: House) -> None:
    acting = queries.actor_of_staff(hire(house.owner, "mei"), AT)
    assert operations.change_language(actor=acting, at=AT, given=ChangeLanguage(language="en")).language == "en"
    with pytest.raises(NotFound):
        operations.change_language(actor=system(1), at=AT, given=ChangeLanguage(language="en"))


def test_only_those_who_organise_see_the_staff(house: House) -> None:
    mei = hire(house.owner, "mei", ("clerk", "S1"))
    told = queries.people(house.owner, AT)
    assert [(person.username, [held.post for held in person.posts]) for person in told] == [
        ("boss", ["owner"]),
        ("mei", ["clerk"]),
    ]
    with pytest.raises(Forbidden):
        queries.people(queries.actor_of_staff(mei, AT), AT)


def test_one_key_with_two_inputs_is_refused_though_the_subjects_differ(house: House) -> None:
    given = CreateNode.model_validate({"kind": "shop", "code": "S8", "name": {"zh": "八店", "en": "S8"}})
    first = operations.create_node(actor=house.owner, at=AT, given=given, key="k")
    assert operations.create_node(actor=house.owner, at=LATER, given=given, key="k") == first
    with pytest.raises(KeyReused):
        operations.create_node(actor=house.owner, at=AT, given=given.model_copy(update={"code": "S9"}), key="k")
    with pytest.raises(KeyReused):
        operations.create_staff(actor=house.owner, at=AT, given=CreateStaff(username="zoe", name="Zoe"), key="k")


def test_shops_are_found_by_code_and_by_id(house: House) -> None:
    s1 = house.places["S1"]
    assert queries.shop(1, "S1").name == Text(zh="S1店", en="S1")
    assert set(queries.shops_by_code(1, ["S1", "S3", "EAST", "S9"])) == {"S1", "S3"}
    assert queries.shops_by_id(1, [s1.id, house.places["EAST"].id]) == {s1.id: queries.shop(1, "S1")}
    with pytest.raises(NotFound) as refused:
        queries.shop(1, "S9", field="sales.3.shop")
    assert refused.value.field == "sales.3.shop"
    with pytest.raises(NotFound):
        queries.shop(2, "S1")


def test_an_unknown_person_is_not_found(db: None) -> None:
    with pytest.raises(NotFound):
        queries.actor_of_staff(999, AT)


def test_nobody_may_organise_without_the_power(house: House) -> None:
    outsider = Actor("client", 1, "ERP", 1, frozenset(POWERS) - {"organise"})
    for refused in (
        lambda: open_place(outsider, "shop", "S9"),
        lambda: hire(outsider, "zoe"),
        lambda: operations.close_node(actor=outsider, at=AT, given=NodeNamed(node="S1")),
        lambda: operations.dismiss_staff(actor=outsider, at=AT, given=StaffNamed(username="boss")),
        lambda: operations.found_house(actor=outsider, at=AT, given=FOUNDING),
        lambda: queries.clients(outsider),
    ):
        with pytest.raises(Forbidden):
            refused()
