"""A person's powers on one page: what she may do and whence, what she may not, and beside her another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.console.acting import Acting
from huiguan.console.pages import Act
from huiguan.console.staff.listing import session_rows
from huiguan.console.staff.pages import PersonPage, PostLine, PowerLine, Source
from huiguan.console.staff.words import FACTORS, LANGUAGES, opens, period_of, state_mark
from huiguan.design.markup import moment
from huiguan.design.values import Mark, Refused, Words
from huiguan.identity import queries as identity
from huiguan.identity.values import NewLink, PostHeld, StaffMember
from huiguan.kernel.actors import POWERS
from huiguan.kernel.text import Text

_NONE = Text(zh="没有", en="none")


def person_page(
    now: Acting,
    username: str,
    *,
    beside: str = "",
    link: str = "",
    made: NewLink | None = None,
    refusal: Refused | None = None,
) -> PersonPage:
    """The page of one person, compared with `beside` where named; `link`: the address of a password link just made."""
    member = identity.staff_member(now.actor, username, now.at)
    other = identity.staff_member(now.actor, beside, now.at) if beside else None
    lines = [_line(power, member, other, now.at) for power in POWERS]
    return PersonPage(
        name=member.name,
        username=member.username,
        marks=_marks(member),
        facts=_facts(member),
        acts=_acts(now, member),
        posts=[_post(each, member, now.at) for each in member.posts],
        held=[line for line in lines if line.sources],
        lacking=[line for line in lines if not line.sources],
        others=_others(now, member, beside),
        compared=other.name if other else "",
        sessions=session_rows(now, username),
        link=link,
        link_ends=made.ends_at if made else None,
        refused=refusal,
    )


def _marks(member: StaffMember) -> list[Mark]:
    state = state_mark(member.active, member.has_password)
    return [*([state] if state else []), *(Mark(FACTORS[way], "ok") for way in member.factors)]


def _facts(member: StaffMember) -> list[tuple[Words, Words]]:
    ways = [FACTORS[way] for way in member.factors]
    also = Text(zh="、".join(each.zh for each in ways), en=", ".join(each.en for each in ways)) if ways else _NONE
    return [
        (Text(zh="手机", en="Mobile"), member.phone or "—"),
        (Text(zh="语言", en="Language"), LANGUAGES.get(member.language, member.language)),
        (Text(zh="录入", en="Entered"), moment(member.created_at)),
        (Text(zh="最近在线", en="Last seen"), moment(member.seen_at)),
        (Text(zh="第二步", en="Second step"), also),
    ]


def acting_posts(member: StaffMember, at: datetime) -> list[PostHeld]:
    """The posts she acts in: all of her widest one; powers of different posts never mix."""
    living = [held for held in member.posts if held.lives_at(at)] if member.active else []
    return [held for held in living if held.post == living[0].post]


def _line(power: str, member: StaffMember, other: StaffMember | None, at: datetime) -> PowerLine:
    mine = _sources(power, member, at)
    theirs = _sources(power, other, at) if other else []
    differs = other is not None and bool(mine) != bool(theirs)
    return PowerLine(POWERS[power], opens(power), mine, theirs, differs)


def _sources(power: str, member: StaffMember, at: datetime) -> list[Source]:
    return [
        Source(held.title, held.place, period_of(held)) for held in acting_posts(member, at) if power in held.powers
    ]


def _post(held: PostHeld, member: StaffMember, at: datetime) -> PostLine:
    return PostLine(
        title=held.title,
        href=f"/staff/posts/{held.post}/",
        place=held.place,
        period=period_of(held),
        end_href=f"/staff/{member.username}/posts/{held.post}/{held.node_code}",
        coming=not held.lives_at(at),
        acts_now=held in acting_posts(member, at),
    )


def _others(now: Acting, member: StaffMember, beside: str) -> Sequence[tuple[str, Words, bool]]:
    if not now.actor.may("organise"):
        return ()
    people = identity.staff_members(now.actor, now.at)
    return [(each.username, each.name, each.username == beside) for each in people if each.id != member.id]


def _acts(now: Acting, member: StaffMember) -> list[Act]:
    base = f"/staff/{member.username}"
    if not now.actor.may("organise"):
        return []
    if not member.active:
        return [Act(Text(zh="请回来", en="Take back"), f"{base}/return", ask=True, solid=True)]
    acts = [
        Act(Text(zh="任命", en="Appoint"), f"{base}/posts", ask=True, solid=True, key="A"),
        Act(Text(zh="给密码链接", en="Password link"), f"{base}/link", ask=True, key="L"),
        Act(Text(zh="改资料", en="Edit"), f"{base}/profile", ask=True),
    ]
    if member.factors:
        acts.append(Act(Text(zh="撤第二步", en="Drop second step"), f"{base}/second-factors", ask=True))
    acts.append(Act(Text(zh="离职", en="Leaves"), f"{base}/departure", ask=True))
    return acts
