"""Where a membership stands at a moment: the word written last, and the dates that have fallen due since. Pure.

Nothing waits for a night: a term that ended a second ago has ended. The night only writes the turn down, with the moment
at which it fell.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.records import record
from huiguan.kernel.text import Text

PENDING, APPROVED, PROVISIONAL, ACTIVE = "pending", "approved", "provisional", "active"
FROZEN, SUSPENDED, LAPSED = "frozen", "suspended", "lapsed"
EXITED, EXPELLED, BARRED, LEFT, MERGED = "exited", "expelled", "barred", "left", "merged"
STANDINGS = {
    PENDING: Text(zh="待审", en="pending"),
    APPROVED: Text(zh="已批准", en="approved"),
    PROVISIONAL: Text(zh="临时", en="provisional"),
    ACTIVE: Text(zh="正常", en="active"),
    FROZEN: Text(zh="停用", en="frozen"),
    SUSPENDED: Text(zh="暂停", en="suspended"),
    LAPSED: Text(zh="到期失效", en="lapsed"),
    EXITED: Text(zh="已退出", en="exited"),
    EXPELLED: Text(zh="除名", en="expelled"),
    BARRED: Text(zh="禁入", en="barred"),
    LEFT: Text(zh="已退会", en="left"),
    MERGED: Text(zh="已合并", en="merged"),
}
OVER = frozenset({EXITED, EXPELLED, BARRED, LEFT, MERGED})  # no membership any more
_WAITING = frozenset({PENDING, APPROVED, PROVISIONAL})  # none yet, or not the whole of it

# What a membership may open. A type of member may have fewer; its standing decides which of them are open now.
RIGHTS = {
    "benefits": Text(zh="消费待遇", en="what members get at the till"),
    "activities": Text(zh="参加活动", en="activities"),
    "services": Text(zh="享受服务", en="services"),
    "business": Text(zh="办理业务", en="doing business"),
    "vote": Text(zh="表决与选举", en="voting"),
    "suggest": Text(zh="建议", en="suggestions"),
    "document": Text(zh="使用会员证件", en="using the member document"),
    "papers": Text(zh="提交材料", en="handing in papers"),
    "data": Text(zh="查看本人资料", en="seeing one's own data"),
    "renew": Text(zh="续期", en="renewing"),
    "exit": Text(zh="申请退会", en="asking to leave"),
}
_VISITOR = frozenset({"papers", "data"})
OPENS: dict[str, frozenset[str]] = {
    PENDING: _VISITOR,
    APPROVED: _VISITOR,
    PROVISIONAL: _VISITOR,
    ACTIVE: frozenset(RIGHTS),
    FROZEN: frozenset({"data", "exit"}),
    SUSPENDED: frozenset({"data", "papers", "exit", "renew"}),
    LAPSED: frozenset({"data", "renew", "exit"}),
}


@record
class Dated:
    """What is known of the standing ahead of its time: active from `opens_at`; a suspension over at `resumes_at`; the
    term and its grace over at `lapses_at`; out at `exits_at`; no way back until `barred_until`. None: none."""

    opens_at: datetime | None = None
    resumes_at: datetime | None = None
    lapses_at: datetime | None = None
    exits_at: datetime | None = None
    barred_until: datetime | None = None


@record
class Turn:
    """The standing goes to `to` at `at`."""

    to: str
    at: datetime


def turns(word: str, dated: Dated, at: datetime) -> tuple[Turn, ...]:
    """What has fallen due by `at` since `word` was written, in order of time."""
    if word in OVER or word in _WAITING - {APPROVED}:
        return ()
    if word == APPROVED and dated.opens_at is None:
        return ()
    ends = _ends(word, dated)
    first = min((turn.at for turn in ends), default=None)
    begins = {APPROVED: dated.opens_at, SUSPENDED: dated.resumes_at}.get(word)
    if begins is not None and (first is None or begins < first):
        ends = (Turn(ACTIVE, begins), *ends)
    return tuple(turn for turn in ends if turn.at <= at)


def _ends(word: str, dated: Dated) -> tuple[Turn, ...]:
    lapse = dated.lapses_at if word not in (LAPSED, FROZEN) else None
    out = dated.exits_at
    found = []
    if lapse is not None and (out is None or lapse < out):
        found.append(Turn(LAPSED, lapse))
    if out is not None:
        found.append(Turn(EXITED, out))
    return tuple(found)


def stands(word: str, dated: Dated, at: datetime) -> str:
    """The standing at `at`, written down or not."""
    due = turns(word, dated, at)
    now = due[-1].to if due else word
    if now in (EXITED, EXPELLED) and dated.barred_until is not None and at < dated.barred_until:
        return BARRED
    return now


def opens(standing: str, given: frozenset[str] | None = None) -> frozenset[str]:
    """Which rights are open in a standing, among those `given` to the type of member (all where None)."""
    found = OPENS.get(standing, frozenset())
    return found if given is None else found & (given | _VISITOR | {"renew", "exit"})
