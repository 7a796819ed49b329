"""Who may take a stage, and in which capacity."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases.holding import Handling
from huiguan.cases.models import Decision, Matter, Task, Vote
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.rules.courses import Course, Leg

STAFF, POST, BODY = "staff", "post", "body"
_WHO = {
    "applicant": Text(zh="申请人", en="the applicant"),
    "recommender": Text(zh="推荐人", en="the recommender"),
    "system": Text(zh="系统", en="the house itself"),
}


def capacity(actor: Actor, row: Matter, at: datetime) -> str | None:
    """In which capacity the actor may decide the stage a matter is in: "post:clerk", "staff:7"; None where she may not."""
    if actor.kind != STAFF:
        return None
    tasks = list(Task.objects.filter(matter=row, stage=row.stage, done_at=None).exclude(why="copy"))
    own = next((task for task in tasks if task.owed_by == STAFF and task.name == str(actor.id)), None)
    if own is not None:
        return f"{STAFF}:{actor.id}"
    held = posts_of(actor, at, row.shop_id)
    task = next((task for task in tasks if task.owed_by == POST and task.name in held), None)
    return f"{POST}:{task.name}" if task else None


def posts_of(actor: Actor, at: datetime, shop: int | None = None) -> frozenset[str]:
    """The posts a person holds at `at`; where a matter belongs to a shop, those that reach it."""
    if actor.kind != STAFF:
        return frozenset()
    held = identity.person_powers(actor.id, at)
    reaching = (each for each in held if shop is None or each.at_house or shop in identity.shops_under([each.node]))
    return frozenset(each.post for each in reaching)


def decided_before(held: Handling, reference: str) -> bool:
    """Whether somebody decided what is appealed against, by her own hand or from her place in a body, where the procedure
    wants other deciders."""
    wanted, before = held.course.terms.follows, held.row.follows_id
    if wanted is None or not wanted.other_deciders or before is None:
        return False
    if Decision.objects.filter(matter=before, by=reference).exists():
        return True
    said = Vote.objects.filter(ballot__matter=before).exclude(said="")
    cast = said.exclude(how="roll").filter(by=reference)
    return cast.exists() or said.filter(holder=reference).exists()


def told_by(programme: int, course: Course, leg: Leg) -> Text:
    """Who takes a stage, in words."""
    by = leg.stage.by
    if leg.stage.does == "recommend":
        return _WHO["recommender"]
    if by is None:
        return _WHO["applicant"] if leg.ball == "applicant" else _WHO["system"]
    if by.who is not None:
        return _WHO[by.who]
    if by.post is not None:
        return post_called(programme, course, by.post)
    return course.bodies.get(by.body or "") or Text(zh=by.body or "", en=by.body or "")


def post_called(programme: int, course: Course, name: str) -> Text:
    """A post as people read it."""
    known = {post.name: post.title for post in identity.posts(system(programme))}
    return course.posts.get(name) or known.get(name) or Text(zh=name, en=name)
