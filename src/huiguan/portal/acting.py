"""Who asks for a member's page, at which moment, and the frame around it.

Every view of the portal is wrapped in `visiting`: it knows the programme of the address, the visit of this browser (its
own cookie, apart from the staff's), and the domain's moment; a refusal becomes a page. Nothing else in the portal reads
the clock or the cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from huiguan.checkout import queries as checkout
from huiguan.design.asking import demand_readable
from huiguan.design.saying import say_next
from huiguan.design.values import Brand, ClauseRef, RailItem, Refused, Said
from huiguan.foundation import clock
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput, NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.programme.values import KnownProgramme
from huiguan.rules.programme import Programme
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.values import FACT, MEMBER, STRANGER, OpenVisit

COOKIE = "huiguan_member"
PUBLIC = frozenset({"read_rulebook"})  # what is published is for everybody to read
TABS = (
    ("card", Text(zh="会员码", en="Card"), ""),
    ("coupons", Text(zh="卡券", en="Coupons"), "coupons/"),
    ("mall", Text(zh="商城", en="Mall"), "mall/"),
    ("sales", Text(zh="消费", en="Purchases"), "sales/"),
    ("me", Text(zh="我的", en="Me"), "me/"),
)


OF_A_REGISTER = (
    ("card", Text(zh="会员码", en="Card"), ""),
    ("matters", Text(zh="办事", en="Matters"), "me/matters"),
    ("mall", Text(zh="商城", en="Mall"), "mall/"),
    ("rules", Text(zh="章程", en="Rules"), "rules/"),
    ("me", Text(zh="我的", en="Me"), "me/"),
)


@dataclass(frozen=True, slots=True)
class Visiting:
    """Somebody at a device: `visit` None before her phone is proved. `actor` is the member once she is one, else a guest
    without any power. `at` is the domain's moment, `wall` that of sessions and codes."""

    programme: KnownProgramme
    rulebook: Programme
    actor: Actor
    at: datetime
    wall: datetime
    visit: OpenVisit | None = None

    @property
    def base(self) -> str:
        return f"/m/{self.programme.code}/"

    @property
    def number(self) -> str:
        return self.visit.number if self.visit else ""

    @property
    def token(self) -> str:
        return self.visit.token if self.visit else ""


@dataclass(frozen=True, slots=True)
class PhoneFrame:
    """What the frame shows around a page: name over the door, where one is, the tabs (none before one is a member)."""

    brand: Brand
    base: str
    at: datetime
    tabs: tuple[RailItem, ...] = ()


View = Callable[..., HttpResponse]


def visiting(*stages: str) -> Callable[[View], View]:
    """Wrap `view(request, visiting, …)`; the address names the programme. Without `stages` anybody may look; else only
    visits of these, the others are led to where they belong."""

    def wrap(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            now = visiting_of(request, code)
            if isinstance(now, HttpResponse):
                return now
            if stages and (now.visit is None or now.visit.stage not in stages):
                return HttpResponseRedirect(now.base + place_of(now))
            try:
                demand_readable(request)
                answer = view(request, now, *args, **kwargs)
            except Refusal as refusal:
                answer = refuse(request, now, refusal)
            patch_cache_control(answer, private=True, no_store=True)
            return answer

        return asked

    return wrap


member_only = visiting(MEMBER)


def visiting_of(request: HttpRequest, code: str) -> Visiting | HttpResponse:
    """The visit of this browser in the programme of that code; a page that says so where there is none such."""
    at, wall = clock.now(), wall_now()
    try:
        programme = programmes.programme(code.replace("\x00", ""))
        rulebook = programmes.programme_at(programme.id, at)
    except Refusal as refusal:
        brand = Brand(Text(zh="会馆", en="Huiguan"), "会")
        context = {"frame": PhoneFrame(brand, "/m/", timezone.localtime(at)), "refused": refused(refusal)}
        return render(request, "portal/refused.html", context, status=404)
    token = request.COOKIES.get(COOKIE, "")
    visit = visit_queries.visit_of(programme.id, token, wall)
    if visit is not None:
        visits.touch_visit(visit=visit.id, wall=wall)
    actor = actor_of(programme.id, visit)
    if request.method == "POST" and actor.membership is not None:
        # A request sent before her membership was merged into another and sent again after it is the same.
        actor = replace(actor, formerly=members.former_selves(programme.id, actor.membership))
    return Visiting(programme, rulebook, actor, at, wall, with_token(visit, token))


def with_token(visit: OpenVisit | None, token: str) -> OpenVisit | None:
    return None if visit is None else visit.with_token(token)


def wall_now() -> datetime:
    return datetime.now(UTC)


def actor_of(programme: int, visit: OpenVisit | None) -> Actor:
    """The member of a visit, acting for herself; a guest otherwise."""
    if visit is None or visit.membership is None:
        return Actor("guest", 0, "会员页", programme, PUBLIC)
    return Actor("member", visit.membership, visit.name, programme, PUBLIC, membership=visit.membership)


def place_of(now: Visiting) -> str:
    """Where a visit belongs that is not let in elsewhere."""
    stage = now.visit.stage if now.visit else ""
    return {MEMBER: "", STRANGER: "join", FACT: "sign-in/fact"}.get(stage, "sign-in")


def origin_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def keep(response: HttpResponse, request: HttpRequest, now: Visiting, visit: OpenVisit) -> HttpResponse:
    """The browser keeps the visit's token, for this programme's pages alone."""
    age = round((visit.ends_at - now.wall).total_seconds())
    response.set_cookie(
        COOKIE, visit.token, max_age=age, path=now.base, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def forget(response: HttpResponse, now: Visiting) -> HttpResponse:
    response.delete_cookie(COOKIE, path=now.base, samesite="Lax")
    return response


def frame(now: Visiting, current: str = "") -> PhoneFrame:
    tree = identity.tree(now.actor)
    name = tree[0].name if tree else now.programme.name
    member = now.visit is not None and now.visit.stage == MEMBER
    doors = TABS if sells(now) else OF_A_REGISTER
    shown = [each for each in doors if each[0] != "mall" or now.rulebook.of("catalogue")]
    current = (
        current if current in {key for key, _, _ in shown} else "me" if current in ("matters", "rules") else current
    )
    tabs = tuple(RailItem(label, now.base + path, current=key == current) for key, label, path in shown)
    return PhoneFrame(Brand(name, name.zh[:1]), now.base, timezone.localtime(now.at), tabs if member else ())


def sells(now: Visiting) -> bool:
    """Whether members buy anything here: a house that lives by procedures and has no product on its list sells nothing."""
    return not now.rulebook.of("procedure") or checkout.has_products(now.programme.id)


def show(
    request: HttpRequest, now: Visiting, template: str, *, current: str = "", status: int = 200,
    refusal: Refusal | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """The page `template` in its frame; with a `refusal`, which it tells as `refused`, under the refusal's status."""
    told = {"frame": frame(now, current), "now": now, "demo": bool(settings.HUIGUAN_DEMO)}
    told["refused"] = refused(refusal, now) if refusal else None
    return render(request, template, {**told, **context}, status=refusal.status if refusal else status)


def go_on(request: HttpRequest, now: Visiting, path: str, said: Text) -> HttpResponse:
    """On to another page of the programme's, which tells what was done."""
    say_next(request, Said(said))
    return HttpResponseRedirect(now.base + path)


def refuse(request: HttpRequest, now: Visiting, refusal: Refusal) -> HttpResponse:
    status = 404 if isinstance(refusal, NotFound) else refusal.status
    return show(request, now, "portal/refused.html", refused=refused(refusal, now), status=status)


def refused(refusal: Refusal, now: Visiting | None = None) -> Refused:
    """A refusal as a page tells it, with the clause it rests on; a wrong field by its rule alone."""
    rule = refusal.values.get("rule") if isinstance(refusal, InvalidInput) else None
    title = rule if isinstance(rule, Text) else refusal.as_problem()["text"]
    clauses = (clause_ref(now, refusal.clause),) if refusal.clause and now else ()
    return Refused(title=title, clauses=clauses)


def clause_ref(now: Visiting, clause_id: str) -> ClauseRef:
    """A clause by its own numbering, and where a member reads it."""
    clause = now.rulebook.clauses.get(clause_id)
    return ClauseRef(clause.number if clause and clause.number else clause_id, f"{now.base}rules/#{clause_id}")


def clause_refs(now: Visiting, *ids: str | None) -> tuple[ClauseRef, ...]:
    return tuple(clause_ref(now, each) for each in dict.fromkeys(ids) if each)
