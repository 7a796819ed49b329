"""The words of bodies and votes as people read them."""

from __future__ import annotations

from huiguan.kernel.text import Text

DECIDING = {
    "filled.appointed": Text(zh="任命产生", en="appointed"),
    "filled.elected": Text(zh="选举产生", en="elected"),
    "filled.by_office": Text(zh="依职务担任", en="there by their office"),
    "reaching.at_least": Text(zh="达到", en="at least"),
    "reaching.more_than": Text(zh="超过", en="more than"),
    "quorum_reaching.at_least": Text(zh="达到", en="at least"),
    "quorum_reaching.more_than": Text(zh="超过", en="more than"),
    "of.all_seats": Text(zh="全体", en="all seats"),
    "of.present": Text(zh="到会者", en="those present"),
    "of.cast": Text(zh="投票者", en="the votes cast"),
    "remote.never": Text(zh="不能表决", en="no vote"),
    "remote.consent": Text(zh="各自书面同意，逐一留痕", en="each one’s written consent, noted one by one"),
    "tie.refused": Text(zh="视为未通过", en="it does not pass"),
    "tie.chair": Text(zh="由主持人决定", en="the chair decides"),
    "tie.again": Text(zh="再次表决", en="they vote again"),
}
