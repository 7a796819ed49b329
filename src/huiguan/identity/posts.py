"""The posts a house has: the usual ones, as it changed them, and its own."""

from __future__ import annotations

from typing import Any

from huiguan.identity.models import PostRow
from huiguan.identity.values import OWNER, POSTS, Post
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_POST = Text(zh="职位", en="post")


def posts_of(programme: int) -> dict[str, Post]:
    """All posts of a programme's house by name, the widest first."""
    rows = {row.name: _post_of(row) for row in PostRow.objects.filter(programme_id=programme)}
    found = {**POSTS, **rows}
    return {post.name: post for post in sorted(found.values(), key=lambda post: (post.rank, post.name))}


def find_post(programme: int, name: str, field: str = "post") -> Post:
    found = posts_of(programme).get(name)
    if found is None:
        raise NotFound(field=field, what=_POST, given=name)
    return found


def unknown_post(name: str) -> Post:
    """A post that was taken away while a period of it still stands in the past: a name without powers."""
    return Post(name, Text(zh=name, en=name), frozenset(), frozenset(), 99, usual=False)


def _post_of(row: PostRow) -> Post:
    """The row; of the owner's post only what it is called and whether a second factor is asked for can differ."""
    if row.name == OWNER:
        usual = POSTS[OWNER]
        return Post(
            OWNER, Text(zh=row.title_zh, en=row.title_en), usual.powers, usual.held_at, usual.rank, row.second_factor
        )
    return Post(
        name=row.name,
        title=Text(zh=row.title_zh, en=row.title_en),
        powers=frozenset(row.powers),
        held_at=frozenset(row.held_at),
        rank=row.rank,
        second_factor=row.second_factor,
        usual=row.name in POSTS,
    )


def store_post(programme: int, name: str, row: dict[str, Any]) -> None:
    """The post as this house has it from now on."""
    PostRow.objects.update_or_create(programme_id=programme, name=name, defaults=row)


def row_as(post: Post) -> dict[str, Any]:
    """A post as its row keeps it."""
    return {
        "title_zh": post.title.zh,
        "title_en": post.title.en,
        "powers": sorted(post.powers),
        "held_at": sorted(post.held_at),
        "rank": post.rank,
        "second_factor": post.second_factor,
    }
