"""What is told of who was verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text

IDENTITY, PHONE = "identity", "phone"
WHAT = (IDENTITY, PHONE)
WHATS: dict[str, Text] = {
    IDENTITY: Text(zh="实名", en="Identity"),
    PHONE: Text(zh="手机", en="Phone"),
}
UNVERIFIED, PENDING, VERIFIED, FAILED, CHANGED = "unverified", "pending", "verified", "failed", "changed"
STATES: dict[str, Text] = {
    UNVERIFIED: Text(zh="未核验", en="Not verified"),
    PENDING: Text(zh="核验中", en="Being verified"),
    VERIFIED: Text(zh="已核验", en="Verified"),
    FAILED: Text(zh="核验未通过", en="Verification failed"),
    CHANGED: Text(zh="资料已变，须重新核验", en="Changed since; verify again"),
}
HOWS: dict[str, Text] = {
    "paper": Text(zh="看过证件", en="paper seen"),
    "code": Text(zh="一次性验证码", en="one-time code"),
    "register": Text(zh="核验机构", en="a register's word"),
    "call": Text(zh="电话核对", en="a call"),
}


@dataclass(frozen=True, slots=True)
class VerificationTold:
    """How one thing of a member stands: `state` unverified, pending, verified, failed, or changed since it was."""

    member: str
    what: str
    state: str
    how: str = ""
    note: str = ""
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class VerificationProgress:
    """How far verifying has come: `verified` of `members` who belong, `part` in tenths of a percent, rounded down."""

    what: str
    members: int
    verified: int
    pending: int
    failed: int
    part: int
