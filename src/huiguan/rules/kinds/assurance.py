"""Assurance: a guarantee the product itself gives, named by a clause and proved by a test of the product.

The list is closed: a clause can only name what the product really does, and each guarantee names the test that proves
it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import field_validator

from huiguan.kernel.text import Text
from huiguan.rules.findings import Fault, suggestion
from huiguan.rules.parameters import Parameters as Base

ROOM = "checkout"
TITLE = Text(zh="产品保证", en="Assurance")


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What is guaranteed, by which room, and the test of the product that proves it."""

    text: Text
    room: str
    test: str


GUARANTEES: dict[str, Guarantee] = {
    "opening_points_cite_their_bill": Guarantee(
        Text(
            zh="期初积分必须写明单据号，同一单据号只能入账一次。",
            en="Opening points name their bill, and one bill is entered once.",
        ),
        "members",
        "tests/assurances/test_opening_points_cite_their_bill.py",
    ),
    "opening_spend_counts": Guarantee(
        Text(
            zh="老顾客录入的累计消费与店内消费同样计入等级。",
            en="Spending entered for long-standing customers counts towards the tier as spending at the till does.",
        ),
        "members",
        "tests/assurances/test_opening_spend_counts.py",
    ),
    "sales_name_card_and_discount": Guarantee(
        Text(
            zh="每一笔会员销售都记有卡号和所打的折扣。",
            en="Every member's sale records the card number and the discounts given.",
        ),
        "checkout",
        "tests/assurances/test_sales_name_card_and_discount.py",
    ),
    "spending_added_up": Guarantee(
        Text(
            zh="会员每一笔购物的实付金额都累计在案，退货相应减去。",
            en="What a member pays is added up purchase by purchase, and what comes back is taken off.",
        ),
        "checkout",
        "tests/assurances/test_spending_added_up.py",
    ),
    "profile_faults_listed": Guarantee(
        Text(
            zh="资料缺漏或有误的会员按门店列出，逐项写明。",
            en="Members whose data is missing or wrong are listed by shop, field by field.",
        ),
        "members",
        "tests/assurances/test_profile_faults_listed.py",
    ),
    "found_by_class_and_number": Guarantee(
        Text(zh="会员可按等级、卡号和会员号查到。", en="Members are found by tier, card number and member number."),
        "members",
        "tests/assurances/test_found_by_class_and_number.py",
    ),
}


class Parameters(Base):
    """`guarantee`: one of GUARANTEES."""

    guarantee: str

    @field_validator("guarantee")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in GUARANTEES:
            near = suggestion(name, GUARANTEES)
            raise Fault(
                "产品没有 {name} 这项保证。{near}", "the product gives no guarantee {name}.{near}", name=name, near=near
            )
        return name


SAYS: dict[str, Text] = {}


def guarantee_of(parameters: Parameters) -> Guarantee:
    """The guarantee a clause names."""
    return GUARANTEES[parameters.guarantee]
