"""Posts the rulebook counts on and nobody holds: what comes to them would wait for ever."""

from __future__ import annotations

from urllib.parse import urlencode

from huiguan.console.acting import Acting
from huiguan.console.staff.pages import WantedPost
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.courses import deciding_posts


def wanted_posts(now: Acting) -> tuple[WantedPost, ...]:
    """The posts that decide a stage of a procedure in force and are not set up, or held by nobody. Takes `organise`."""
    rulebook = programmes.ruling_at(now.actor.programme, now.at)
    decide = deciding_posts(rulebook) if rulebook is not None else {}
    if not decide:
        return ()
    known = {post.name: post for post in identity.posts(now.actor)}
    people = identity.staff_members(now.actor, now.at)
    held = {each.post for person in people for each in person.posts}
    return tuple(
        WantedPost(known[name].title, "/staff/", True)
        if name in known
        else WantedPost(title or Text(zh=name, en=name), _begun(name, title), False)
        for name, title in decide.items()
        if name not in held
    )


def _begun(name: str, title: Text | None) -> str:
    """A new post with the name the rulebook has for it."""
    words = {"zh": title.zh, "en": title.en} if title else {}
    return f"/staff/posts/new?{urlencode({'name': name, **words})}"
