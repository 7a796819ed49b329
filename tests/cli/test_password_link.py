"""Whoever runs the machine lets a person in again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiguan.cli.commands.password_link import let_in_again
from huiguan.identity import operations, queries
from huiguan.identity.inputs import UseLink
from huiguan.kernel.refusals import NotFound
from tests.identity.conftest import House, house

__all__ = ["house"]


def test_the_only_owner_comes_in_again(house: House) -> None:
    made = let_in_again("Boss", drop_second_factors=True)
    wall = datetime.now(UTC)
    operations.use_password_link(given=UseLink(token=made.token, password="Magnolia-7"), wall=wall)
    assert operations.sign_in(username="boss", password="Magnolia-7", wall=wall).second == ()
    assert queries.link_person(made.token, wall) is None


def test_nobody_of_that_name(house: House) -> None:
    with pytest.raises(NotFound):
        let_in_again("nobody", drop_second_factors=False)
