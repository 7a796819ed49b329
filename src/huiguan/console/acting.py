"""Who asks for a page, at which moment, and the frame around it.

Every view of the console is wrapped in `acting`: it knows the signed-in person as an actor and the domain's moment, and
a refusal becomes a page. Nothing else in the console reads the clock or the session's person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from huiguan.cases import queries as cases
from huiguan.checkout import queries as checkout
from huiguan.conduct import queries as conduct
from huiguan.console.naming import told_of
from huiguan.design.asking import demand_readable
from huiguan.design.values import Brand, ClauseRef, Frame, RailItem, Refused, Who
from huiguan.foundation import clock
from huiguan.identity import operations as identities
from huiguan.identity import queries as identity
from huiguan.identity.values import OpenSession, Place, Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.sentences.summing_up import sells as says_of_sales

# The doors of the house: which power opens each, its name, its address.
RAIL = (
    ("till", "sell", Text(zh="收银", en="Till"), "/till/"),
    ("members", "read_members", Text(zh="会员", en="Members"), "/members/"),
    ("sales", "return", Text(zh="单据", en="Sales"), "/sales/"),
    ("matters", "matters", Text(zh="事项", en="Matters"), "/matters/"),
    ("rulebook", "read_rulebook", Text(zh="章程", en="Rules"), "/rulebook/"),
    ("books", "audit", Text(zh="账册", en="Books"), "/books/"),
)
_LINKS = (
    ("sell", Text(zh="开班与交班", en="My shift"), "/till/shift/"),
    ("close_day", Text(zh="日结", en="Close the day"), "/shops/day/"),
    ("invoice", Text(zh="发票", en="Invoices"), "/invoices/"),
    ("bill", Text(zh="会费与收费", en="Dues"), "/dues/"),
    ("conduct", Text(zh="违规与处分", en="Breaches"), "/conduct/"),
    ("audit", Text(zh="支付", en="Payments"), "/payments/"),
    ("read_members", Text(zh="消息", en="Messages"), "/messages/"),
    ("sell", Text(zh="积分商城", en="The mall"), "/mall/"),
    ("import", Text(zh="导入", en="Import"), "/import/"),
    ("coupons", Text(zh="优惠券", en="Coupons"), "/coupons/"),
    ("catalogue", Text(zh="商品与价格", en="Products"), "/goods/"),
    ("documents", Text(zh="材料模板", en="Templates"), "/papers/templates/"),
    ("organise", Text(zh="机构与门店", en="Organisation"), "/places/"),
    ("organise", Text(zh="员工与权限", en="Staff and powers"), "/staff/"),
    ("organise", Text(zh="日历", en="Calendar"), "/calendar/"),
    ("clock", Text(zh="拨动时钟", en="Move the clock"), "/clock/"),
)
_SEEK_A_REGISTER = Text(zh="找会员、事项、条款", en="Members, matters, clauses")
AT_THE_TILL = ("/till/", "/sales/", "/shops/day/")  # pages that mean nothing where nothing is sold
SEARCH, SIGN_OUT, SHOP_CHOICE, ACCOUNT = "/search", "/sign-out", "/shop", "/account/"
SHOP_KEY = "shop"  # where the session keeps the shop she stands in
TOKEN_KEY = "signed"  # and the token of her sign-in


@dataclass(frozen=True, slots=True)
class Acting:
    """A signed-in person at a moment of the domain, in one post. `where` is the place she holds it at; `shops` those
    she may act at, `shop` the one she stands in: her only one, or the one she chose; None before she has.

    `session` is her sign-in; `owes`: a post of hers takes a second factor she has not set up.
    """

    actor: Actor
    at: datetime
    post: Text
    where: Text
    session: OpenSession
    shops: tuple[Shop, ...] = ()
    shop: Shop | None = None
    owes: bool = False

    @property
    def here(self) -> Text:
        """What the frame names as the place: the shop she stands in, else where she holds her post."""
        return self.shop.name if self.shop else self.where


View = Callable[..., HttpResponse]


def acting(power: str | None = None) -> Callable[[View], View]:
    """Wrap `view(request, acting, …)`. Signed out: to the door and back. `power`: demanded before the view runs."""

    def wrap(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            session = _signed_in(request)
            if session is None:
                return _to_the_door(request)
            now = acting_of(request, clock.now(), session)
            if now.owes and not request.path.startswith(ACCOUNT):
                return _to_the_account(request)
            try:
                if power is not None:
                    now.actor.demand(power)
                demand_readable(request)
                answer = view(request, now, *args, **kwargs)
            except Refusal as refusal:
                answer = refuse(request, now, refusal)
            # A shop's computer is shared: the way back leads nobody to what another one saw.
            patch_cache_control(answer, private=True, no_store=True)
            return answer

        return asked

    return wrap


def wall() -> datetime:
    """The moment sessions, codes and links live at."""
    return datetime.now(UTC)


def _signed_in(request: HttpRequest) -> OpenSession | None:
    """Her sign-in, where it still stands; a browser whose sign-in was ended forgets it."""
    if not request.user.is_authenticated:
        return None
    now = wall()
    session = identity.open_session(str(request.session.get(TOKEN_KEY, "")), int(request.user.pk or 0), now)
    if session is None:
        auth.logout(request)
        return None
    identities.touch_session(session=session.id, wall=now)
    return session


def acting_of(request: HttpRequest, at: datetime, session: OpenSession) -> Acting:
    """The signed-in person of a request as she acts at `at`."""
    posts = identity.person_powers(session.staff, at)
    actor = identity.actor_holding(identity.account(session.staff), posts)
    nobody = Text(zh="", en="")
    post, where = (posts[0].title, posts[0].place) if posts else (nobody, nobody)
    shops = identity.shops(actor)
    owes = any(held.second_factor for held in posts) and not identity.has_second_factor(session.staff)
    return Acting(actor, at, post, where, session, shops, _stands_in(shops, request.session.get(SHOP_KEY)), owes)


def _stands_in(shops: tuple[Shop, ...], chosen: object) -> Shop | None:
    if len(shops) == 1:
        return shops[0]
    return next((shop for shop in shops if shop.code == chosen), None)


def to_the_shop_choice(request: HttpRequest) -> HttpResponse:
    """Where a page needs a shop and none is chosen: choose one, and come back."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": SHOP_CHOICE})
    return HttpResponseRedirect(f"{SHOP_CHOICE}?{urlencode({'next': request.get_full_path()})}")


def _to_the_door(request: HttpRequest) -> HttpResponse:
    door = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": settings.LOGIN_URL})
    return HttpResponseRedirect(door)


def _to_the_account(request: HttpRequest) -> HttpResponse:
    """Her post takes a second factor: nothing else opens before one is set up."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": ACCOUNT})
    return HttpResponseRedirect(ACCOUNT)


def frame(request: HttpRequest, now: Acting, current: str = "") -> Frame:
    """The page frame around what `now` asked for; `current` is the door of RAIL she stands in."""
    actor = now.actor
    selling = sells(now)
    rail = [
        RailItem(label, href, current=name == current)
        for name, power, label, href in RAIL
        if (
            opens_matters(now)
            if name == "matters"
            else actor.may(power) and (selling or not href.startswith(AT_THE_TILL))
        )
    ]
    links = [
        RailItem(label, href)
        for power, label, href in _LINKS
        if actor.may(power) and _offered(power, now) and (selling or not href.startswith(AT_THE_TILL))
    ]
    if len(now.shops) > 1:
        links.insert(0, RailItem(Text(zh="换一家店", en="Another shop"), SHOP_CHOICE))
    links.append(RailItem(Text(zh="我的账户", en="My account"), ACCOUNT))
    return Frame(
        brand=brand_of(identity.tree(actor)),
        rail=rail,
        who=Who(name=actor.name, post=now.post, shop=now.here),
        at=timezone.localtime(now.at),
        search=SEARCH,
        sign_out=SIGN_OUT,
        links=links,
        seek_hint="" if selling else _SEEK_A_REGISTER,
    )


def sells(now: Acting) -> bool:
    """Whether there is a till to stand at: a house that lives by procedures has none, unless its rulebook says something
    of what is bought or there is a product on its list."""
    rulebook = programmes.ruling_at(now.actor.programme, now.at)
    told = rulebook is None or not rulebook.of("procedure") or says_of_sales(rulebook)
    return told or checkout.has_products(now.actor.programme)


def opens_matters(now: Acting) -> bool:
    """Whether the door of matters is hers: where there are procedures, for who handles them or sits in a body."""
    hers = now.actor.may("matters") or bool(identity.seats_held(now.actor, now.at))
    return hers and cases.has_procedures(now.actor, now.at)


def _offered(power: str, now: Acting) -> bool:
    """The clock in a demonstration alone, breaches where the rulebook states duties or awards."""
    if power == "conduct":
        return conduct.states_duties(now.actor, now.at) or conduct.states_awards(now.actor, now.at)
    return power != "clock" or bool(settings.HUIGUAN_DEMO)


def brand_of(tree: tuple[Place, ...]) -> Brand:
    """The name over the door is the house's own; its first character is on the seal."""
    name = tree[0].name if tree else Text(zh="会馆", en="Huiguan")
    return Brand(name, name.zh[:1])


def show(
    request: HttpRequest, now: Acting, template: str, *, current: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """The page `template` in its frame."""
    return render(request, template, {"frame": frame(request, now, current), **context}, status=status)


def refuse(request: HttpRequest, now: Acting, refusal: Refusal) -> HttpResponse:
    """A refusal as a page with its status; for HTMX only its part, which the page swaps in (status 200)."""
    told = refused(refusal, now)
    if request.headers.get("HX-Request"):
        return render(request, "design/parts/refusal.html", {"refused": told})
    context = {"frame": frame(request, now), "refused": told, "status": refusal.status}
    return render(request, "console/refused.html", context, status=refusal.status)


def refused(refusal: Refusal, now: Acting, ways: tuple[RailItem, ...] = ()) -> Refused:
    """A refusal as a page tells it, with the clause it rests on."""
    title = told_of(refusal)
    clauses = (clause_ref(now, refusal.clause),) if refusal.clause else ()
    return Refused(title=title, clauses=clauses, ways=ways)


def refused_field(refusal: Refusal, now: Acting, names: Mapping[str, Text]) -> Refused:
    """A refusal of a form, a wrong field called as the form calls it; a field of a list by its list's name, or its own."""
    first, last = (refusal.field or "").partition(".")[0], (refusal.field or "").rpartition(".")[2]
    name = (names.get(first) or names.get(last)) if isinstance(refusal, InvalidInput) else None
    if name is None:
        return refused(refusal, now)
    rule = refusal.values["rule"]
    both = rule if isinstance(rule, Text) else Text(zh=str(rule), en=str(rule))
    return Refused(title=Text(zh=f"{name.zh}：{both.zh}", en=f"{name.en}: {both.en}"))


def clause_ref(now: Acting, clause_id: str) -> ClauseRef:
    """A clause of the rulebook in force by its own numbering, and where it reads."""
    try:
        clause = programmes.programme_at(now.actor.programme, now.at).clauses.get(clause_id)
    except NoRulebookInForce:
        clause = None
    return ClauseRef(clause.number if clause and clause.number else clause_id, f"/rulebook/{clause_id}/")
