"""What happens at the neighbourhood shop beside its sales: each part is a module of its own, told day by day."""

from __future__ import annotations

from huiguan.cli.demo.neighbourhood.coupons import hand_coupons_about
from huiguan.cli.demo.neighbourhood.days import Part
from huiguan.cli.demo.neighbourhood.friends import bring_friends
from huiguan.cli.demo.neighbourhood.mall import Mall
from huiguan.cli.demo.neighbourhood.messages import write_to_members
from huiguan.cli.demo.neighbourhood.partners import Exchanging
from huiguan.cli.demo.neighbourhood.passes import Passes
from huiguan.cli.demo.neighbourhood.savings import Savings

PARTS: tuple[Part, ...] = (
    write_to_members,
    Passes(),
    bring_friends,
    hand_coupons_about,
    Mall(),
    Savings(),
    Exchanging(),
)
