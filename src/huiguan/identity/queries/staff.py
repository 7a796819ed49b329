"""The staff as those who organise see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from huiguan.identity.models import Holding, Passkey, Session, Staff, Totp
from huiguan.identity.posts import posts_of
from huiguan.identity.reach import shops_under
from huiguan.identity.staffing import find_person, posts_told
from huiguan.identity.values import CODE, PASSKEY, PostHeld, StaffMember
from huiguan.kernel.actors import Actor


def staff_members(
    actor: Actor,
    at: datetime,
    *,
    search: str = "",
    shop: int | None = None,
    post: str | None = None,
    active: bool | None = True,
) -> tuple[StaffMember, ...]:
    """The staff by username: `search` in name, username and phone; `shop`: who acts at it; `post`: who holds or will hold
    it; `active` None: also who left. Takes `organise`."""
    actor.demand("organise")
    rows = Staff.objects.filter(programme_id=actor.programme)
    if active is not None:
        rows = rows.filter(is_active=active)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(username__icontains=search) | Q(phone__startswith=search))
    return tuple(each for each in _told(actor.programme, rows, at) if _matches(each, shop, post))


def staff_member(actor: Actor, username: str, at: datetime) -> StaffMember:
    """One person of the staff. Takes `organise`, unless it is oneself; NotFound."""
    person = find_person(actor.programme, username)
    if actor.reference != f"staff:{person.pk}":
        actor.demand("organise")
    return _told(actor.programme, Staff.objects.filter(pk=person.pk), at)[0]


def _matches(member: StaffMember, shop: int | None, post: str | None) -> bool:
    held = [each for each in member.posts if post is None or each.post == post]
    if shop is None:
        return post is None or bool(held)
    return any(each.at_house or shop in shops_under([each.node]) for each in held)


def _told(programme: int, rows: QuerySet[Staff], at: datetime) -> list[StaffMember]:
    people = list(rows.order_by("username"))
    keys = [person.pk for person in people]
    held = _posts(programme, keys, at)
    coded = set(Totp.objects.filter(staff__in=keys, confirmed_at__isnull=False).values_list("staff_id", flat=True))
    keyed = set(Passkey.objects.filter(staff__in=keys).values_list("staff_id", flat=True))
    seen = dict(Session.objects.filter(staff__in=keys).values_list("staff_id").annotate(last=Max("seen_at")))
    return [
        _member(
            person,
            held.get(person.pk, ()),
            tuple(way for way, having in ((CODE, coded), (PASSKEY, keyed)) if person.pk in having),
            seen.get(person.pk),
        )
        for person in people
    ]


def _posts(programme: int, keys: Iterable[int], at: datetime) -> dict[int, tuple[PostHeld, ...]]:
    """Posts in force and to come, by person, the widest first."""
    unended = Holding.objects.filter(Q(until=None) | Q(until__gt=at), staff__in=keys).select_related("node")
    by_person: dict[int, list[Holding]] = {}
    for row in unended:
        by_person.setdefault(row.staff_id, []).append(row)
    known = posts_of(programme)
    return {key: tuple(posts_told(rows, known)) for key, rows in by_person.items()}


def _member(person: Staff, posts: tuple[PostHeld, ...], factors: tuple[str, ...], seen: datetime | None) -> StaffMember:
    return StaffMember(
        id=person.pk,
        username=person.username,
        name=person.name,
        phone=person.phone,
        language=person.language,
        active=person.is_active,
        has_password=person.has_usable_password(),
        created_at=person.created_at,
        posts=posts,
        factors=factors,
        seen_at=seen,
    )
