"""The worlds examples begin in: a programme with its house, shops, staff, products and published rulebook.

Each is made once, through the public operations, and committed; examples that begin alike share it, for every one of
them is rolled back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.calendar import operations as calendar
from huiguan.calendar.inputs import SetDays
from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import PricesInput, ProductsInput
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import Appoint, CreateNode, CreateStaff, FoundHouse, SetPost
from huiguan.identity.values import POSTS
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.messaging import operations as messaging
from huiguan.nightly.operations import run_due
from huiguan.programme import operations as programmes
from huiguan.programme import queries as known
from huiguan.programme.inputs import CreateProgramme, PublishRulebook, SetApproval
from huiguan.programme.values import Proof, digest_of
from huiguan.rehearsal.sitting import seat_all
from huiguan.rehearsal.stage import World
from huiguan.rehearsal.timing import days_given
from huiguan.rehearsal.values import Doer, Example, Fault, Step
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.courses import courses
from huiguan.rules.findings import suggestion

HOUSE = "HOUSE"
SHOPS = ("S1",)
_SPECIAL = {"promotion": "促销", "member": "会员价", "exclusive": "会员专享"}
GIVEN = ("shops", "products", "members", "bodies")
# Posts that are held at a shop; where none is named, at the first.
AT_A_SHOP = ("clerk", "shop_manager")


def key_of(example: Example, source: str, first: datetime, lived: datetime) -> str:
    """What two examples must have in common to begin in the same world, which begins at `first` and is lived through up
    to `lived`: one that was lived on further knows what is still to come."""
    shops = shops_of(example)
    given = {name: value for name, value in example.given.items() if name != "shops"}
    posts = posts_of(example, shops, own_posts(source))
    begins = [min(first, lived).isoformat(), lived.isoformat()]
    alike = [digest_of(source), shops, posts, given, example.calendar, begins]
    return json.dumps(alike, ensure_ascii=False, sort_keys=True, default=str)


def make_world(example: Example, source: str, zone: ZoneInfo, year: int) -> World:
    """The world of `example` without its members: a programme under the rulebook `source` since the year before
    `year`, with every night kept up to the beginning of `year`."""
    since, shops = datetime(year - 1, 1, 1, tzinfo=zone), shops_of(example)
    programme, owner = _programme(since)
    # A rehearsal publishes on trust: whether the rulebook does what its examples say is being found out.
    proof = Proof(digest_of(source), 0, 0, since)
    published = read(PublishRulebook, {"source": source, "effective_from": since.isoformat()})
    programmes.publish_rulebook(actor=owner, at=since, given=published, proof=proof)
    # An example publishes by itself; the second person is tested where drafts are.
    alone = SetApproval(second_person=False, reason="rehearsal")
    programmes.set_approval(actor=owner, at=since, given=alone)
    for code in shops:
        shop = {"kind": "shop", "code": code, "name": {"zh": code, "en": code}}
        identity.create_node(actor=owner, at=since, given=read(CreateNode, shop))
    staff: dict[tuple[str, str | None], Actor] = {("owner", None): owner}
    titles = own_posts(source)
    for post, title in titles.items():
        identity.set_post(actor=owner, at=since, given=read(SetPost, _own_post(post, title)))
    for post, shop_code in posts_of(example, shops, titles):
        if (post, shop_code) not in staff:
            staff[(post, shop_code)] = _appointed(owner, since, post, shop_code, programme)
    _stock(owner, since, example.given.get("products", {}))
    _keep_days(owner, since, example)
    seat_all(owner, since, example)
    messaging.begin_telling(programme=programme, position=0)
    run_due(programme, datetime(year, 1, 1, tzinfo=zone))
    return World(programme, source, since, zone, shops, staff)


def posts_of(example: Example, shops: tuple[str, ...], own: Mapping[str, Text]) -> list[tuple[str, str | None]]:
    """The posts somebody in the example acts in or is named in, with their shops."""
    doers = [example.by, *(doer for step in example.steps if step.by is not None for doer in _doers(step, step.by))]
    named = [step.given.get("to") for step in example.steps]
    doers += [
        Doer(post=str(each["post"]), person=str(each["person"]) if "person" in each else None)
        for each in named
        if isinstance(each, dict) and "post" in each
    ]
    return sorted({post_of(doer, shops, own) for doer in doers}, key=str)


def _doers(step: Step, by: Doer) -> list[Doer]:
    """Who takes a step: somebody for each item where the person is `$name` of `each`."""
    if by.person is None or not by.person.startswith("$"):
        return [by]
    name = by.person.removeprefix("$")
    items = [each.get(name) if isinstance(each, dict) else each for each in step.each]
    return [replace(by, person=str(item)) for item in items]


@lru_cache(maxsize=64)
def own_posts(source: str) -> dict[str, Text]:
    """The posts the rulebook's procedures name as their own, and what they are called."""
    found: dict[str, Text] = {}
    for course in courses(compile_rulebook(source)).values():
        found.update(course.posts)
    return {post: title for post, title in found.items() if post not in POSTS}


def _own_post(post: str, title: Text) -> dict[str, Any]:
    powers = ["matters", "documents", "read_members", "read_rulebook"]
    return {"post": post, "title": {"zh": title.zh, "en": title.en}, "powers": powers, "held_at": ["house", "shop"]}


def shops_of(example: Example) -> tuple[str, ...]:
    """The shops an example has: those it gives, S1 where it gives none."""
    for name in example.given:
        if name not in GIVEN:
            near = suggestion(name, GIVEN)
            raise Fault(f"given 里没有“{name}”。{near.zh}", f"given has no {name}.{near.en}", example.line)
    return tuple(str(code) for code in example.given.get("shops", SHOPS))


def post_of(doer: Doer, shops: tuple[str, ...], own: Mapping[str, Text]) -> tuple[str, str | None]:
    """The post a doer acts in and where it is held; the owner where nobody is named."""
    post = doer.post or "owner"
    if post not in POSTS and post not in own:
        near = suggestion(post, (*POSTS, *own))
        raise Fault(f"没有 {post} 这个岗位。{near.zh}", f"There is no post {post}.{near.en}")
    herself = (doer.member, doer.applicant, doer.body) != (None, None, None)
    if herself or (post == "owner" and doer.person is None):
        return "owner", None
    if doer.person is not None:
        return f"{post}#{doer.person}", doer.shop or (shops[0] if post in AT_A_SHOP else None)
    return post, doer.shop or (shops[0] if post in AT_A_SHOP else None)


def _programme(since: datetime) -> tuple[int, Actor]:
    place = len(known.programmes()) + 1
    names = {"zh": f"例证 {place}", "en": f"Example {place}"}
    created = read(CreateProgramme, {"code": f"example-{place}", "name": names})
    programme = programmes.create_programme(actor=system(0), at=since, given=created).id
    house = {"code": HOUSE, "name": names, "username": f"owner-{programme}", "owner_name": "店主"}
    founded = identity.found_house(actor=system(programme), at=since, given=read(FoundHouse, house))
    return programme, people.actor_of_staff(founded.owner, since)


def _appointed(owner: Actor, at: datetime, post: str, shop: str | None, programme: int) -> Actor:
    post, _, person_named = post.partition("#")
    username = f"{post}{person_named}.{shop or HOUSE}.{programme}".lower()
    title = POSTS[post].title if post in POSTS else next(p.title for p in people.posts(owner) if p.name == post)
    name = f"{title.zh}{person_named}"
    person = identity.create_staff(actor=owner, at=at, given=read(CreateStaff, {"username": username, "name": name}))
    held = {"username": username, "post": post, "node": shop or HOUSE}
    identity.appoint(actor=owner, at=at, given=read(Appoint, held))
    return people.actor_of_staff(person.id, at, post)


def _keep_days(owner: Actor, at: datetime, example: Example) -> None:
    """The example's own days, and the years it takes for announced, as the house would enter them."""
    days = [
        {"day": each.day.isoformat(), "work": "worked" if each.worked else "off"}
        for each in days_given(example.calendar, example.line)
    ]
    if days:
        calendar.set_days(actor=owner, at=at, given=read(SetDays, {"days": days}))
    for year in example.calendar.get("announced", []):
        announced = read(SetDays, {"announces": year, "source": "rehearsal"})
        calendar.set_days(actor=owner, at=at, given=announced)


def _stock(owner: Actor, at: datetime, products: Mapping[str, Any]) -> None:
    """`products`: {SKU: list price} or {SKU: {list, cost, category, promotion, member, exclusive, name}}."""
    if not products:
        return
    told = {sku: each if isinstance(each, Mapping) else {"list": each} for sku, each in products.items()}
    rows = [_product(sku, each) for sku, each in told.items()]
    checkout.register_products(actor=owner, at=at, given=read(ProductsInput, {"products": rows}))
    promotions = [
        {"sku": sku, "kind": kind, "amount": each[kind], "since": at.isoformat(), "name": name}
        for sku, each in told.items()
        for kind, name in _SPECIAL.items()
        if kind in each
    ]
    if promotions:
        checkout.set_prices(actor=owner, at=at, given=read(PricesInput, {"prices": promotions}))


def _product(sku: str, told: Mapping[str, Any]) -> dict[str, Any]:
    row = {"sku": sku, "name": told.get("name", sku), "list_price": told.get("list")}
    return {**row, **{name: told[name] for name in ("cost", "category") if name in told}}
