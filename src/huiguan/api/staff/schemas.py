"""Staff and posts as programs read them."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer, Both


class HeldPostAnswer(Answer):
    """A post held at a place: from `since` until just before `until`."""

    post: str
    title: Both
    node: str
    place: Both
    powers: list[str]
    since: datetime
    until: datetime | None


class StaffAnswer(Answer):
    """A person on the staff. `factors`: `code`, `passkey`; `seen_at`: her last request."""

    username: str
    name: str
    phone: str | None
    language: str
    active: bool
    has_password: bool
    factors: list[str]
    posts: list[HeldPostAnswer]
    created_at: datetime
    seen_at: datetime | None


class StaffPage(Answer):
    items: list[StaffAnswer]
    next: str | None


class PersonAnswer(Answer):
    """A person by username; `active` until she leaves."""

    username: str
    name: str
    active: bool


class PasswordLinkAnswer(Answer):
    """A link that sets a password once, before `ends_at`. `url` is told this once, null when asked again under the same
    key."""

    username: str
    url: str | None
    ends_at: datetime


class PostAnswer(Answer):
    """A post: its powers, the kinds of place it is held at, whether it takes a second factor. `usual`: one every house
    begins with."""

    name: str
    title: Both
    powers: list[str]
    held_at: list[str]
    second_factor: bool
    usual: bool


class PostsPage(Answer):
    items: list[PostAnswer]
    next: str | None
