"""Who she is to the house: membership, form, cards, agreements, who looked, who was told, her devices, what was said to her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from huiguan.copies.values import Part
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import MemberTold
from huiguan.messaging import queries as messages
from huiguan.messaging.values import CHANNELS, STATES
from huiguan.rules.kinds import member_type, tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.standing import STANDINGS
from huiguan.visits import queries as visits
from huiguan.visits.values import FIELDS

MANY = 1_000_000
WHEN, WHAT, WHO, STATE = (
    Text(zh="时间", en="When"),
    Text(zh="事项", en="What"),
    Text(zh="谁", en="Who"),
    Text(zh="状态", en="State"),
)
_CHANGED = {
    "standing": STATE,
    "tier": Text(zh="等级", en="Tier"),
    "card": Text(zh="会员卡", en="Card"),
    "type": Text(zh="会员种类", en="Sort of member"),
    "merge": Text(zh="合并", en="Merge"),
}
NUMBER, CLAUSE = Text(zh="编号", en="Number"), Text(zh="条款", en="Clause")


def person_parts(
    herself: Actor, at: datetime, wall: datetime, rulebook: Programme, told: MemberTold, profile: Mapping[str, Any]
) -> Iterator[Part]:
    """All that says who she is."""
    titles = {field.name: Text(**field.title) for field in told.profile}
    rows = [
        {"field": name, "title": titles.get(name) or FIELDS.get(name) or Text(zh=name, en=name), "value": value}
        for name, value in profile.items()
    ]
    yield Part(
        "membership", Text(zh="会籍", en="Membership"), (("title", WHAT), ("value", Text(zh="内容", en="Value"))),
        [
            {"title": NUMBER, "value": told.number},
            {"title": Text(zh="姓名", en="Name"), "value": told.name},
            {"title": Text(zh="加入", en="Joined"), "value": told.joined_at},
            {"title": STATE, "value": STANDINGS.get(told.standing, told.standing)},
            {"title": Text(zh="等级", en="Tier"), "value": Text(**told.tier_title) if told.tier else ""},
        ],
    )  # fmt: skip
    yield Part("form", Text(zh="资料", en="Profile"), (("title", WHAT), ("value", Text(zh="内容", en="Value"))), rows)
    yield from _cards(rulebook, told)
    yield from _agreed(herself, wall)
    yield from _known_to_others(herself, at)


def _cards(rulebook: Programme, told: MemberTold) -> Iterator[Part]:
    yield Part(
        "cards", Text(zh="会员卡", en="Cards"), (("number", NUMBER), ("status", STATE), ("issued_at", WHEN)),
        [{"number": c.number, "status": members.card_status_title(c.status), "issued_at": c.issued_at} for c in told.cards],
    )  # fmt: skip
    yield Part(
        "changes", Text(zh="等级与状态的变化", en="Changes of tier and standing"),
        (("at", WHEN), ("what", WHAT), ("before", Text(zh="原来", en="Before")), ("after", Text(zh="之后", en="After")), ("clause", CLAUSE)),
        [
            {"at": c.at, "what": _CHANGED.get(c.what, c.what), "before": _word(rulebook, c.what, c.before),
             "after": _word(rulebook, c.what, c.after), "clause": c.clause}
            for c in told.changes
        ],
    )  # fmt: skip


def _word(rulebook: Programme, what: str, word: str) -> Text | str:
    """What a tier, a standing, a card's status or a sort of member is called."""
    if not word:
        return ""
    if what == "tier":
        return Text(**tier_ladder.title_of(rulebook, word))
    if what == "type":
        return Text(**member_type.called(rulebook, word))
    if what == "card":
        return members.card_status_title(word)
    return STANDINGS.get(word, word)


def _agreed(herself: Actor, wall: datetime) -> Iterator[Part]:
    yield Part(
        "agreements", Text(zh="同意与撤回", en="Agreements and withdrawals"),
        (("at", WHEN), ("words", WHAT), ("given", Text(zh="同意", en="Given")), ("version", Text(zh="版本", en="Version"))),
        [
            {"at": c.at, "what": c.what, "given": c.given, "version": c.version, "words": c.words}
            for c in visits.consent_history(herself)
        ],
    )  # fmt: skip
    yield Part(
        "devices", Text(zh="登录过的设备", en="Devices"),
        (("device", WHAT), ("address", Text(zh="地址", en="Address")), ("began_at", WHEN), ("seen_at", Text(zh="最近", en="Last seen"))),
        [
            {"device": v.device, "address": v.address, "began_at": v.began_at, "seen_at": v.seen_at}
            for v in visits.visits(herself, wall)
        ],
    )  # fmt: skip
    yield Part(
        "messages", Text(zh="发给您的消息", en="Messages to you"),
        (("at", WHEN), ("channel", Text(zh="渠道", en="By")), ("text", WHAT), ("state", STATE)),
        [
            {"at": m.at, "channel": CHANNELS.get(m.channel, m.channel), "to": m.masked, "text": m.text,
             "state": STATES.get(m.state, m.state), "clause": m.clause}
            for m in messages.messages(herself, limit=MANY)
        ],
    )  # fmt: skip


def _known_to_others(herself: Actor, at: datetime) -> Iterator[Part]:
    yield Part(
        "looks", Text(zh="谁看过封存的内容", en="Who looked at what lies sealed"), (("at", WHEN), ("what", WHAT), ("by", WHO)),
        [{"at": each.at, "what": each.what, "by": each.by, "herself": each.herself} for each in visits.looks(herself, at)],
    )  # fmt: skip
    yield Part(
        "shared", Text(zh="同意向谁提供", en="To whom you agreed"),
        (("at", WHEN), ("recipient", WHO), ("words", WHAT), ("given", Text(zh="同意", en="Given"))),
        [
            {"at": each.at, "recipient": each.recipient, "words": each.words, "given": each.given}
            for each in visits.shared(herself)
        ],
    )  # fmt: skip
    yield Part(
        "disclosures", Text(zh="对外提供记录", en="Who outside was told"),
        (("at", WHEN), ("recipient", WHO), ("purpose", WHAT), ("ground", Text(zh="依据", en="Ground"))),
        [
            {"at": each.at, "recipient": each.recipient, "purpose": each.purpose, "fields": list(each.fields),
             "basis": each.basis, "ground": each.ground}
            for each in visits.disclosures(herself)
        ],
    )  # fmt: skip
