"""Who acts: a person on the staff, a program, a member, an applicant, or the house itself at night.

Powers and shops are settled at the entrance (`identity`), carried by value, and asked below without a look-up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from huiguan.kernel.refusals import Forbidden
from huiguan.kernel.text import Text

POWERS: dict[str, Text] = {
    "sell": Text(zh="收银", en="Selling"),
    "return": Text(zh="退货", en="Taking returns"),
    "close_day": Text(zh="日结与代人交班", en="Closing the day and another's shift"),
    "invoice": Text(zh="开票", en="Issuing invoices"),
    "void": Text(zh="作废销售单", en="Voiding a sale"),
    "enrol": Text(zh="办理入会", en="Enrolling members"),
    "read_members": Text(zh="查看会员", en="Reading members"),
    "reveal": Text(zh="查看敏感资料", en="Revealing sensitive data"),
    "edit_members": Text(zh="修改会员资料", en="Editing members"),
    "cards": Text(zh="办理会员卡", en="Handling cards"),
    "correct": Text(zh="更正账目", en="Correcting balances"),
    "documents": Text(zh="材料与签署", en="Papers and signatures"),
    "suspend": Text(zh="暂停与恢复会员", en="Suspending members"),
    "bill": Text(zh="收费", en="Charging and receiving dues"),
    "catalogue": Text(zh="维护商品与价格", en="Keeping products and prices"),
    "coupons": Text(zh="发券", en="Issuing coupons"),
    "import": Text(zh="导入", en="Importing"),
    "read_rulebook": Text(zh="查看章程", en="Reading the rulebook"),
    "write_rulebook": Text(zh="起草章程", en="Drafting the rulebook"),
    "approve_rulebook": Text(zh="核准章程", en="Approving the rulebook"),
    "publish": Text(zh="发布章程", en="Publishing the rulebook"),
    "organise": Text(zh="管理机构与人员", en="Managing the organisation and staff"),
    "matters": Text(zh="办理事项", en="Handling matters"),
    "conduct": Text(zh="违规与处分", en="Breaches and measures"),
    "audit": Text(zh="查账", en="Auditing"),
    "estimate": Text(zh="会计估计", en="Accounting estimates"),
    "clock": Text(zh="拨动演示时钟", en="Moving the demo clock"),
}


@dataclass(frozen=True, slots=True)
class FormerSelf:
    """Whom a member acted as before two memberships became one: the key `id` and `number` of then, and hers `now`."""

    id: int
    number: str
    now: str


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind`: staff, client, member, applicant (of one matter; 0 a guest) or system. `id`: the room's own key of it. `shops`: None for every shop.

    `programme` is the programme's key the actor is bound to. `membership` only for a member acting for herself, `formerly`
    those merged into her: what she asked for as one of them is known again.
    """

    kind: str
    id: int
    name: str
    programme: int
    powers: frozenset[str] = field(default_factory=frozenset)
    shops: frozenset[int] | None = None
    membership: int | None = None
    formerly: tuple[FormerSelf, ...] = ()

    def may(self, power: str, shop: int | None = None) -> bool:
        if self.kind == "system":
            return True
        return power in self.powers and (shop is None or self.shops is None or shop in self.shops)

    def demand(self, power: str, shop: int | None = None) -> None:
        """Refuse with Forbidden unless the actor holds `power` (at `shop` where one is named)."""
        if not self.may(power, shop):
            raise Forbidden(power=POWERS[power])

    @property
    def reference(self) -> str:
        return reference_to(self.kind, self.id)


def reference_to(kind: str, key: int) -> str:
    """How whoever acts is named wherever persons are told apart, with the room's own key: "staff:7", "member:382"."""
    return f"{kind}:{key}"


def system(programme: int, name: str = "system") -> Actor:
    return Actor(kind="system", id=0, name=name, programme=programme)
