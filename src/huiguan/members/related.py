"""Who somebody is to a member, told to whom may know; and members who share one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members.asking import membership
from huiguan.members.models import Membership
from huiguan.members.values.related import RelatedTold
from huiguan.parties import queries as people
from huiguan.parties.values import RelationTold
from huiguan.programme import queries as programmes

ROLES: dict[str, Text] = {
    "representative": Text(zh="法定代表人", en="Legal representative"),
    "handler": Text(zh="经办人", en="Handler"),
    "contact": Text(zh="联系人", en="Contact"),
    "branch": Text(zh="分支机构", en="Branch"),
    "parent": Text(zh="上级单位", en="Parent"),
    "recommender": Text(zh="推荐人", en="Recommender"),
}


def relations(actor: Actor, ref: str, at: datetime, *, former: bool = False) -> tuple[RelatedTold, ...]:
    """Who is what to a member at `at`, the first contact before the others; `former` ones too where asked for. Takes
    `read_members`."""
    key = membership(actor, ref)
    day = local_day(at, programmes.programme_at(actor.programme, at).zone)
    party = Membership.objects.values_list("party_id", flat=True).get(pk=key)
    return related(actor.programme, people.relations(party, None if former else day))


def related(programme: int, told: Sequence[RelationTold]) -> tuple[RelatedTold, ...]:
    """Relations as they are told: who somebody is herself by her member number, or by name where she is no member."""
    others = {each.other for each in told if each.other is not None}
    rows = Membership.objects.filter(programme_id=programme, party_id__in=others).order_by("-merged_into", "pk")
    numbers = dict(rows.values_list("party_id", "number")) if others else {}
    names = people.persons(list(others)) if others else {}
    return tuple(
        RelatedTold(
            each.role, each.name, each.since, each.until, each.primary, each.phone, each.email, each.note,
            numbers.get(each.other, names[each.other].name) if each.other is not None else None, each.id,
        )
        for each in told
    )  # fmt: skip


def shares_head(actor: Actor, ref: str) -> tuple[str, ...]:
    """The numbers of members with the same legal representative now."""
    party = Membership.objects.values_list("party_id", flat=True).get(pk=membership(actor, ref))
    heads = [each for each in people.relations(party) if each.role == "representative" and each.until is None]
    same = {other for each in heads for other in people.same_named(actor.programme, each.role, each.name, party)}
    rows = Membership.objects.filter(programme_id=actor.programme, party_id__in=same)
    return tuple(rows.order_by("number").values_list("number", flat=True))
