"""Notice: what happened to a member is told to her, in the words the rulebook gives.

"When the card is issued, a welcome; seven days before points die, how many": each clause names the occasion, whom of the
members, by which way (the first of them she can be reached by), and the text with its variables. What an occasion makes
known is a closed list; some of it must be said, so that no message lacks what it is about. In quiet hours a message of
service waits until they are over; one of security never waits. Advertising is no notice: it takes a consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.kernel.text import LANGUAGES, Text
from huiguan.rules.conditions import MemberCondition
from huiguan.rules.effects import Decision, Reason, Send
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.letters import ALWAYS, KNOWN, REQUIRED, VARIABLES, names_in, written
from huiguan.rules.parameters import Bilingual, Positive
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "messaging"
TITLE = Text(zh="通知", en="Notices")
LONGEST = 500  # characters in either language
ONE_SMS = 70  # characters of Chinese that go as one message
MOST_DAYS = 366

Occasion = Literal[
    "member_enrolled",
    "card_issued",
    "tier_changed",
    "sale_committed",
    "sale_returned",
    "points_redeemed",
    "points_expiring",
    "right_granted",
    "coupon_expiring",
    "card_frozen",
    "card_released",
    "card_lost",
    "standing_changed",
    "type_changed",
    "value_stored",
    "value_refunded",
    "dues_charged",
    "dues_reminded",
    "dues_received",
    "phone_changed",
    "birthday",
    "matter_told",
    "recommender_asked",
    "paper_expiring",
    "membership_ending",
]
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
# Occasions that come with a day, looked at once a day; all others with what happened.
DAILY = ("points_expiring", "coupon_expiring", "birthday", "paper_expiring", "membership_ending")
# Those of an end, which must say how many days ahead of it they tell.
AHEAD = ("points_expiring", "coupon_expiring", "paper_expiring", "membership_ending")


class Quiet(Base):
    """From `since` until just before `until`, local; over midnight where `until` is the earlier."""

    since: ClockTime
    until: ClockTime


class Parameters(Base):
    """`on` the occasion, `where` whom; `to`: the first of these ways she can be reached by; `says` the text, `subject`
    of a mail; `language` it is written in; `before`: so many days ahead, told `at` that time of day; `quiet` hours, in
    which a message of service waits; `purpose`: one of security never waits."""

    on: Occasion
    to: Annotated[list[Literal["sms", "email"]], Field(min_length=1)]
    says: Bilingual
    subject: Bilingual | None = None
    where: MemberCondition | None = None
    language: Literal["zh", "en", "both"] = "zh"
    before: Annotated[Positive, Field(le=MOST_DAYS)] | None = None
    at: ClockTime = "10:00"
    quiet: Quiet | None = None
    purpose: Literal["service", "security"] = "service"


SAYS = {
    "sent": Text(zh="按{channel}告知。", en="Told by {channel}."),
    "not_meant": Text(zh="不在告知的范围内。", en="Not among those who are told."),
    "unreachable": Text(zh="没有留下可以联系的{ways}。", en="There is no way to reach the member by {ways}."),
}
WAYS = {"sms": Text(zh="短信", en="text message"), "email": Text(zh="邮件", en="mail")}


def noticed(programme: Programme, occasion: str) -> tuple[Clause, ...]:
    """The clauses that tell of an occasion, in the file's order."""
    return tuple(clause for clause in programme.of("notice") if _of(clause).on == occasion)


def decide(
    programme: Programme,
    clause: Clause,
    known: Mapping[str, Any],
    *,
    member: Mapping[str, Any],
    reached_by: tuple[str, ...],
    at: datetime,
) -> Decision:
    """Whether and how a member is told: `known` are the occasion's variables as plain values, `member` her facts by name,
    `reached_by` the ways there are to her. The message goes out at `at`, or when its quiet hours are over."""
    rule = _of(clause)
    if rule.where is not None and not (member and holds(rule.where, member)):
        return Decision(reasons=(Reason(clause.id, "not_meant", False),))
    channel = next((way for way in rule.to if way in reached_by), None)
    if channel is None:
        ways = [{"zh": WAYS[way].zh, "en": WAYS[way].en} for way in rule.to]
        told = {lang: ("、" if lang == "zh" else ", ").join(way[lang] for way in ways) for lang in LANGUAGES}
        return Decision(reasons=(Reason(clause.id, "unreachable", False, {"ways": told}),))
    subject = written(rule.subject, known, rule.language) if rule.subject and channel == "email" else ""
    text = written(rule.says, known, rule.language)
    when = later(rule, at, programme)
    way = {"channel": {"zh": WAYS[channel].zh, "en": WAYS[channel].en}}
    return Decision((Send(clause.id, channel, text, subject, when),), (Reason(clause.id, "sent", True, way),))


def later(rule: Parameters, at: datetime, programme: Programme) -> datetime:
    """When a message of `at` may go out: at once, or at the end of the quiet hours it falls into."""
    if rule.quiet is None or rule.purpose == "security":
        return at
    local = at.astimezone(programme.zone)
    since, until = time.fromisoformat(rule.quiet.since), time.fromisoformat(rule.quiet.until)
    clock = local.time()
    over_midnight = until <= since
    inside = clock >= since or clock < until if over_midnight else since <= clock < until
    if not inside:
        return at
    day = local.date() + timedelta(days=1 if over_midnight and clock >= since else 0)
    return datetime.combine(day, until, programme.zone)


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_BRACES = Text(
    zh="正文的花括号不配对，或里面不是变量名。", en="Braces do not match, or hold more than a variable’s name."
)
_UNKNOWN = Text(
    zh="这个场合没有变量 {name}；可用：{known}。", en="This occasion does not know {name}; it knows {known}."
)
_MISSING = Text(zh="正文必须说到 {name}（{title}）。", en="The text must say {name} ({title}).")
_LONG = Text(zh="正文至多 {most} 个字。", en="The text has {most} {most:character|characters} at most.")
_SEVERAL = Text(
    zh="正文超过 {one} 个字，短信会拆成几条计费。",
    en="Beyond {one} {one:character|characters} a text message goes, and is paid for, as several.",
)
_AHEAD = Text(zh="须写明提前几天：before。", en="How many days ahead is not said: give before.")
_NO_DAY = Text(
    zh="这个场合发生时就告知，不能写 before。", en="This is told when it happens; before has no meaning here."
)
_HOURS = Text(zh="免打扰的起止时间相同。", en="The quiet hours end when they begin.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Every text names what its occasion knows, says what it must, and fits."""
    found: list[Finding] = []
    for clause in clauses:
        rule = _of(clause)
        found += _texts(programme, clause, rule)
        if rule.on in AHEAD and rule.before is None:
            found.append(refused(programme, clause, "not_ahead", "on", _AHEAD))
        if rule.on not in DAILY and rule.before is not None:
            found.append(refused(programme, clause, "not_ahead", "before", _NO_DAY))
        if rule.quiet is not None and rule.quiet.since == rule.quiet.until:
            found.append(refused(programme, clause, "never_quiet", "quiet", _HOURS))
    return found


def _texts(programme: Programme, clause: Clause, rule: Parameters) -> list[Finding]:
    found: list[Finding] = []
    known = (*ALWAYS, *KNOWN[rule.on])
    for path, text in (("says", rule.says), ("subject", rule.subject)):
        for lang in LANGUAGES if text is not None else ():
            place, words = f"{path}.{lang}", str(getattr(text, lang))
            found += _one_text(
                programme, clause, place, words, known, REQUIRED.get(rule.on, ()) if path == "says" else ()
            )
    if "sms" in rule.to and len(rule.says.zh) > ONE_SMS:
        found.append(unwise(programme, clause, "several_messages", "says", _SEVERAL, one=ONE_SMS))
    return found


def _one_text(
    programme: Programme, clause: Clause, place: str, words: str, known: tuple[str, ...], required: tuple[str, ...]
) -> list[Finding]:
    try:
        named = names_in(words)
    except ValueError:
        return [refused(programme, clause, "braces", place, _BRACES)]
    found = []
    for name in named:
        if name not in known:
            told = {"name": name, "known": ", ".join(known)}
            found.append(refused(programme, clause, "unknown_variable", place, _UNKNOWN, **told))
    for name in required:
        if name not in named:
            title = VARIABLES[name].title
            told_title = {"zh": title.zh, "en": title.en}
            found.append(refused(programme, clause, "required_variable", place, _MISSING, name=name, title=told_title))
    if len(words) > LONGEST:
        found.append(refused(programme, clause, "too_long", place, _LONG, most=LONGEST))
    return found
