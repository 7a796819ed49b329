"""A key made at the terminal lets a program in, within its powers and shops."""

from __future__ import annotations

import pytest

from huiguan.cli.commands.api_key import let_in
from huiguan.identity.queries import actor_of_client
from huiguan.identity.values import USUAL_CLIENT_POWERS
from huiguan.kernel.refusals import InvalidInput
from tests.checkout.world import World

pytestmark = pytest.mark.django_db


def test_the_key_opens_what_was_said_and_nothing_else():
    World.found()
    made = let_in("till 1", ["sell"], ["S1"], 60, None)
    actor = actor_of_client(made.key)
    assert (made.name, actor.powers, len(actor.shops)) == ("till 1", frozenset({"sell"}), 1)


def test_without_words_it_opens_all_a_program_may_do_everywhere():
    World.found()
    actor = actor_of_client(let_in("erp", [], [], 60, None).key)
    assert (actor.powers, actor.shops) == (USUAL_CLIENT_POWERS, None)


def test_the_programme_is_named_where_there_are_several():
    World.found("one")
    World.found("two")
    with pytest.raises(InvalidInput) as refused:
        let_in("till 1", [], [], 60, None)
    assert refused.value.field == "--programme"
    assert refused.value.say("en").endswith("there are several programmes; name one of one, two")
    assert refused.value.say("zh").endswith("有几个计划，请指明一个：one, two")
    assert let_in("till 1", [], [], 60, "two").key


def test_where_there_is_none_it_says_how_to_found_one():
    with pytest.raises(InvalidInput) as refused:
        let_in("till 1", [], [], 60, None)
    assert "huiguan init" in refused.value.say("zh")
