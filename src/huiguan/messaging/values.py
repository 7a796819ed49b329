"""Messages as other rooms and entrances see them, and the words for what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text

WAITING, CLAIMED, UNKNOWN, SENT = "waiting", "claimed", "unknown", "sent"
DELIVERED, DEAD, EXPIRED, WITHDRAWN = "delivered", "dead", "expired", "withdrawn"
STATES: Mapping[str, Text] = {
    WAITING: Text(zh="待发", en="Waiting"),
    CLAIMED: Text(zh="发送中", en="Sending"),
    UNKNOWN: Text(zh="结果未知，正在查询", en="Outcome unknown, asking"),
    SENT: Text(zh="已发出", en="Sent"),
    DELIVERED: Text(zh="已送达", en="Delivered"),
    DEAD: Text(zh="没有发成", en="Not sent"),
    EXPIRED: Text(zh="过时未发", en="Too late, not sent"),
    WITHDRAWN: Text(zh="已撤回", en="Withdrawn"),
}
CHANNELS: Mapping[str, Text] = {"sms": Text(zh="短信", en="Text message"), "email": Text(zh="邮件", en="Mail")}
CODE = "one_time_code"
OCCASIONS: Mapping[str, Text] = {
    CODE: Text(zh="验证码", en="One-time code"),
    "member_enrolled": Text(zh="入会", en="Joining"),
    "card_issued": Text(zh="发卡", en="Card issued"),
    "tier_changed": Text(zh="等级变动", en="Tier changed"),
    "sale_committed": Text(zh="消费", en="Purchase"),
    "sale_returned": Text(zh="退货", en="Return"),
    "points_redeemed": Text(zh="积分兑换", en="Points redeemed"),
    "points_expiring": Text(zh="积分到期提醒", en="Points about to end"),
    "right_granted": Text(zh="得券", en="Coupon given"),
    "coupon_expiring": Text(zh="券到期提醒", en="Coupon about to end"),
    "card_frozen": Text(zh="卡冻结", en="Card frozen"),
    "card_released": Text(zh="卡恢复", en="Card released"),
    "card_lost": Text(zh="卡挂失", en="Card reported lost"),
    "standing_changed": Text(zh="资格变动", en="Standing changed"),
    "type_changed": Text(zh="会员种类变动", en="Sort of member changed"),
    "value_stored": Text(zh="储值充值", en="Value stored"),
    "dues_charged": Text(zh="缴费单", en="Fee charged"),
    "dues_reminded": Text(zh="缴费提醒", en="Fee reminder"),
    "dues_received": Text(zh="收款", en="Money received"),
    "value_refunded": Text(zh="储值退款", en="Stored value refunded"),
    "phone_changed": Text(zh="换手机号", en="Number changed"),
    "birthday": Text(zh="生日", en="Birthday"),
    "recommender_asked": Text(zh="请人推荐", en="Somebody asked to recommend"),
    "matter_told": Text(zh="事项进展", en="How a matter goes"),
    "paper_expiring": Text(zh="材料到期提醒", en="Paper about to expire"),
    "membership_ending": Text(zh="会籍到期提醒", en="Membership about to end"),
}
# What a provider answered, or was asked and told.
ACCEPTED, REFUSED, LATER, NEVER, UNCLEAR = "accepted", "refused", "later", "never", "unclear"
OUTCOMES: Mapping[str, Text] = {
    ACCEPTED: Text(zh="已接收", en="Taken"),
    DELIVERED: Text(zh="已送达", en="Delivered"),
    REFUSED: Text(zh="拒绝", en="Refused"),
    LATER: Text(zh="暂时不行", en="Not now"),
    NEVER: Text(zh="对方没有收到过", en="Never seen"),
    UNCLEAR: Text(zh="没有答复", en="No answer"),
}
CARRIERS: Mapping[str, Text] = {
    "local": Text(zh="本地信箱", en="the local box"),
    "aliyun": Text(zh="阿里云短信", en="Aliyun"),
    "tencent": Text(zh="腾讯云短信", en="Tencent Cloud"),
    "smtp": Text(zh="邮件服务器", en="mail server"),
}
WHATS: Mapping[str, Text] = {
    "send": Text(zh="发送", en="Sent to provider"),
    "ask": Text(zh="查询", en="Asked"),
    "receipt": Text(zh="回执", en="Receipt"),
    "resend": Text(zh="重发", en="Sent again"),
    "withdraw": Text(zh="撤回", en="Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as a provider gets it. `key`: the same for the same message, however often it is given; `values`: the
    variables by name, in the order in which the text names them, for providers that send by template."""

    programme: int
    key: str
    channel: str
    address: str
    masked: str
    text: str
    subject: str
    clause: str
    values: tuple[tuple[str, str], ...]
    sender: str
    handed_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """`outcome`: ACCEPTED, DELIVERED, REFUSED (for good), LATER (may be tried again), NEVER (asked, and it has no such
    message), UNCLEAR. `reference`: the provider's own number; `trouble` in its words."""

    outcome: str
    reference: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class TryTold:
    at: datetime
    what: str
    outcome: str
    trouble: str
    by: str


@dataclass(frozen=True, slots=True)
class MessageTold:
    """A message as its page tells it. `member` and `name` empty where it is to nobody known."""

    id: int
    member: str
    name: str
    occasion: str
    about: str
    clause: str
    version: int | None
    channel: str
    masked: str
    subject: str
    text: str
    at: datetime
    due_at: datetime
    state: str
    attempts: int
    provider: str
    trouble: str
    written_at: datetime
    retry_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message in the local box. `text` whole where the installation is a demonstration, digits of codes masked
    elsewhere."""

    id: int
    channel: str
    masked: str
    subject: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what a member would receive, or why nothing: `reason` both languages. `text` empty where nothing goes."""

    clause: str
    channel: str
    masked: str
    subject: str
    text: str
    parts: int
    due_at: datetime | None
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages are in each state."""

    by_state: Mapping[str, int]
