"""The posts: which powers each carries, where it is held, and whether it takes a second step at the door."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.staff.pages import PostPage, PostRow, Tick
from huiguan.console.staff.views import CURRENT
from huiguan.console.staff.wanted import wanted_posts
from huiguan.console.staff.words import opens
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import DemandSecondFactor, PostNamed, SetPost
from huiguan.identity.values import OWNER, PLACES, POSTS, Post
from huiguan.kernel.actors import POWERS
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

_POST = Text(zh="职位", en="post")
SECOND = Text(zh="必须两步", en="Second step")
CHANGED = Text(zh="已改", en="Changed")
OWN = Text(zh="自设", en="Own")
_DECIDES = frozenset({"matters", "read_members", "read_rulebook"})  # what somebody needs who decides a stage


@require_GET
@acting("organise")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """All posts of the house, the widest first."""
    people = identity.staff_members(now.actor, now.at)
    rows = [
        PostRow(
            title=post.title,
            name=post.name,
            href=f"/staff/posts/{post.name}/",
            powers=[title for power, title in POWERS.items() if power in post.powers],
            places=[title for kind, title in PLACES.items() if kind in post.held_at],
            holders=sum(1 for each in people if any(held.post == post.name for held in each.posts)),
            marks=_marks(post),
        )
        for post in identity.posts(now.actor)
    ]
    wanted = wanted_posts(now)
    return show(
        request, now, "console/staff/posts.html", current=CURRENT, rows=rows, all_powers=len(POWERS), wanted=wanted
    )


def _marks(post: Post) -> list[Mark]:
    marks = [Mark(SECOND, "ok")] if post.second_factor else []
    if not post.usual:
        marks.append(Mark(OWN))
    elif _changed(post):
        marks.append(Mark(CHANGED, "draft"))
    return marks


def _changed(post: Post) -> bool:
    usual = POSTS.get(post.name)
    return usual is not None and (usual.powers, usual.held_at, usual.title) != (post.powers, post.held_at, post.title)


@require_http_methods(["GET", "POST"])
@acting("organise")
def new(request: HttpRequest, now: Acting) -> HttpResponse:
    """A post of the house's own; begun with a name, with what decides matters in it."""
    if request.method == "GET":
        named = request.GET.get("name", "")[:40]
        title = Text(zh=request.GET.get("zh", "")[:40], en=request.GET.get("en", "")[:40])
        begun, at = (_DECIDES, frozenset({"house"})) if named else (frozenset[str](), frozenset[str]())
        return _show(request, now, _page(now, Post(named, title, begun, at, 0, usual=False), fresh=True))
    return _save(request, now, request.POST.get("name", "").strip(), fresh=True)


@require_http_methods(["GET", "POST"])
@acting("organise")
def post(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """One post; a POST changes it."""
    found = _found(now, name)
    if request.method == "GET":
        return _show(request, now, _page(now, found))
    return _save(request, now, name)


def _found(now: Acting, name: str) -> Post:
    found = next((each for each in identity.posts(now.actor) if each.name == name), None)
    if found is None:
        raise NotFound(field="post", what=_POST, given=name)
    return found


def _save(request: HttpRequest, now: Acting, name: str, fresh: bool = False) -> HttpResponse:
    typed: dict[str, Any] = {
        "post": name,
        "title": {each: request.POST.get(each, "").strip() for each in ("zh", "en")},
        "powers": request.POST.getlist("powers"),
        "held_at": request.POST.getlist("held_at"),
        "second_factor": request.POST.get("second_factor") == "on",
    }
    try:
        saved = operations.set_post(actor=now.actor, at=now.at, given=read(SetPost, typed))
    except Refusal as refusal:
        title = Text(**typed["title"])
        as_typed = Post(name, title, frozenset(typed["powers"]), frozenset(typed["held_at"]), 0, typed["second_factor"])
        return _show(request, now, _page(now, as_typed, fresh, refused(refusal, now)), refusal.status)
    say_next(request, Said(Text(zh=f"已保存 · {saved.title.zh}", en=f"Saved · {saved.title.en}")))
    return HttpResponseRedirect(f"/staff/posts/{saved.name}/")


@require_POST
@acting("organise")
def second_factor(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """Whether this post takes a second step, alone."""
    given = read(DemandSecondFactor, {"post": name, "demanded": request.POST.get("demanded") == "on"})
    saved = operations.demand_second_factor(actor=now.actor, at=now.at, given=given)
    said = (
        Text(zh=f"{saved.title.zh}从现在起必须两步", en=f"{saved.title.en}: a second step from now on")
        if saved.second_factor
        else Text(zh=f"{saved.title.zh}只凭密码也可以", en=f"{saved.title.en}: the password alone will do")
    )
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/staff/posts/{name}/")


@require_POST
@acting("organise")
def removal(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """A post of the house's own is given up; a usual one is as it was."""
    try:
        left = operations.remove_post(actor=now.actor, at=now.at, given=read(PostNamed, {"post": name}))
    except Refusal as refusal:
        return _show(request, now, _page(now, _found(now, name), refusal=refused(refusal, now)), refusal.status)
    say_next(request, Said(Text(zh=f"已恢复或取消 · {left.title.zh}", en=f"Restored or removed · {left.title.en}")))
    return HttpResponseRedirect("/staff/posts/")


def _page(now: Acting, post: Post, fresh: bool = False, refusal: Refused | None = None) -> PostPage:
    people = identity.staff_members(now.actor, now.at, post=post.name) if post.name and not fresh else ()
    return PostPage(
        name=post.name,
        zh=post.title.zh,
        en=post.title.en,
        powers=[_tick(now, power, post) for power in POWERS],
        places=[Tick(kind, title, kind in post.held_at) for kind, title in PLACES.items()],
        second_factor=post.second_factor,
        fresh=fresh,
        fixed=post.name == OWNER,
        usual=post.name in POSTS,
        changed=_changed(post),
        holders=[(each.name, f"/staff/{each.username}/") for each in people],
        refused=refusal,
    )


def _tick(now: Acting, power: str, post: Post) -> Tick:
    return Tick(power, POWERS[power], power in post.powers, opens(power), fixed=not now.actor.may(power))


def _show(request: HttpRequest, now: Acting, page: PostPage, status: int = 200) -> HttpResponse:
    return show(request, now, "console/staff/post.html", current=CURRENT, page=page, status=status)
