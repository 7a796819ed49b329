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
    "one_time_codes_close": Guarantee(
        Text(
            zh="登录用一次性验证码，不存明文；错五次作废，用过一次也作废。",
            en="One signs in by a one-time code, kept unreadable; five wrong tries end it, and so does the right one.",
        ),
        "identity",
        "tests/assurances/test_one_time_codes_close.py",
    ),
    "profile_faults_listed": Guarantee(
        Text(
            zh="资料缺漏或有误的会员按门店列出，逐项写明。",
            en="Members whose data is missing or wrong are listed by shop, field by field.",
        ),
        "members",
        "tests/assurances/test_profile_faults_listed.py",
    ),
    "promoted_without_asking": Guarantee(
        Text(
            zh="达到门槛的那一单收下时就晋级，不用申请，也不经人手。",
            en="The purchase that reaches the amount makes the step, without an application and by nobody's hand.",
        ),
        "checkout",
        "tests/assurances/test_promoted_without_asking.py",
    ),
    "duplicates_made_one": Guarantee(
        Text(
            zh="同一个人的两份会员可以并成一份，积分、消费和卡都在；也能撤销。",
            en="Two memberships of one person are made one with points, spending and cards, and can be parted again.",
        ),
        "members",
        "tests/assurances/test_duplicates_made_one.py",
    ),
    "balance_told_any_time": Guarantee(
        Text(
            zh="积分余额随时可查，到期的不算在内。",
            en="A balance of points is told at any time, without what has ended.",
        ),
        "checkout",
        "tests/assurances/test_balance_told_any_time.py",
    ),
    "points_add_up": Guarantee(
        Text(
            zh="余额等于每一笔进出之和；同一单重报不会记两次。",
            en="A balance is the sum of its entries, and a sale that is sent twice counts once.",
        ),
        "checkout",
        "tests/assurances/test_points_add_up.py",
    ),
    "stored_value_owed": Guarantee(
        Text(
            zh="账上的储值负债等于各会员储值余额之和。",
            en="What the books owe for stored value is the sum of what every member has stored.",
        ),
        "checkout",
        "tests/assurances/test_stored_value_owed.py",
    ),
    "sealed_data_logged": Guarantee(
        Text(
            zh="敏感资料加密保存，只有有权的人能看，每次查看都记下来。",
            en="Sensitive data is kept sealed; only who may sees it, and each look is written down.",
        ),
        "members",
        "tests/assurances/test_sealed_data_logged.py",
    ),
    "rights_outlive_changes": Guarantee(
        Text(
            zh="已经发给会员的券，章程改了也照样能用。",
            en="A coupon a member holds stays good when the rulebook that gave it is changed.",
        ),
        "checkout",
        "tests/assurances/test_rights_outlive_changes.py",
    ),
    "rules_open_to_all": Guarantee(
        Text(
            zh="章程和每一版改了什么，谁都看得到，不用登录。",
            en="Anybody reads the rules in force and what each version changed, without signing in.",
        ),
        "programme",
        "tests/assurances/test_rules_open_to_all.py",
    ),
    "verification_counted": Guarantee(
        Text(
            zh="核验了多少会员、占几成，随时数得出来；资料一变就不算。",
            en="How many members are verified is counted at any time; what changed since is not.",
        ),
        "members",
        "tests/assurances/test_verification_counted.py",
    ),
    "saved_is_not_handed_in": Guarantee(
        Text(
            zh="填了可以先存，谁的待办里都没有；确认提交了才算数。",
            en="What is filled in may be saved and is in nobody's work list until it is handed in.",
        ),
        "cases",
        "tests/cases/test_matters.py",
    ),
    "rounds_are_kept": Guarantee(
        Text(
            zh="每一次提交都整份留着，改了什么一看便知；退回写明理由。",
            en="Every submission is kept whole, with what changed; a return says why.",
        ),
        "cases",
        "tests/cases/test_matters.py",
    ),
    "matters_keep_their_rulebook": Guarantee(
        Text(
            zh="已受理的事项按受理时的章程办到底，新版只管之后的。",
            en="A matter goes by the rulebook it was opened under; a new version is for those opened later.",
        ),
        "cases",
        "tests/cases/test_matters.py",
    ),
    "own_data_told": Guarantee(
        Text(
            zh="会员随时可以带走一份机构保存的本人资料。",
            en="A member takes a copy of what is kept of them at any time.",
        ),
        "copies",
        "tests/copies/test_copies.py",
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
