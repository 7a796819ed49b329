"""One-time codes as they cross the border."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text

# What a one-time code may be asked for; the words stand in the message, so that nobody reads it out for something else.
PURPOSES: dict[str, Text] = {
    "sign_in": Text(zh="登录", en="signing in"),
    "join": Text(zh="入会", en="joining"),
    "pay": Text(zh="付款", en="paying"),
    "redeem": Text(zh="兑换", en="redeeming"),
    "collect": Text(zh="领取", en="collecting"),
    "transfer": Text(zh="转让", en="giving away"),
    "change_phone": Text(zh="更换手机号", en="changing your number"),
    "resume": Text(zh="找回申请", en="returning to your application"),
    "change_profile": Text(zh="修改资料", en="changing your details"),
    "set_pin": Text(zh="设置支付密码", en="setting your PIN"),
    "leave": Text(zh="退会", en="leaving"),
}


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code on its way, the same answer whether anybody has it or not. `masked`: the address as it may be shown;
    `resend_at`: when another may be asked for; all on wall time."""

    channel: str
    masked: str
    ends_at: datetime
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class ProvedCode:
    """The right code came: `proof` is told this once, opens one deed of that purpose and subject, until `proof_until`."""

    purpose: str
    subject: str
    masked: str
    proof: str
    proof_until: datetime


@dataclass(frozen=True, slots=True)
class CodeToSend:
    """A code nobody has sent yet, in clear for whoever sends it: kept nowhere but sealed."""

    id: int
    programme: int
    purpose: str
    subject: str
    channel: str
    address: str
    masked: str
    code: str
    language: str
    issued_at: datetime
    ends_at: datetime
