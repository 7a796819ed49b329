"""Who somebody is to a party, and since when: written down by the rooms above, read for them."""

from __future__ import annotations

import json
from datetime import date

from huiguan.kernel.actors import Actor
from huiguan.parties.models import Relation
from huiguan.parties.sealing import bound_of, seal, unseal
from huiguan.parties.values import RelationTold

_REACHED = "relation"


def relate(*, actor: Actor, party: int, told: RelationTold) -> RelationTold:
    """Somebody is this to the party from a day on. The room above has looked whether it may be."""
    reach = {"phone": told.phone, "email": told.email}
    row = Relation.objects.create(
        programme_id=actor.programme, party_id=party, role=told.role, name=told.name, note=told.note, other_id=told.other,
        primary=told.primary, since=told.since, entered_by=actor.reference,
        sealed=seal(json.dumps(reach), bound=bound_of(party, _REACHED)) if any(reach.values()) else None,
    )  # fmt: skip
    return _told(row)


def unrelate(*, actor: Actor, party: int, relation: int, until: date) -> RelationTold | None:
    """It held up to and with a day, not before the one it began; None where the party has no such relation that runs."""
    row = Relation.objects.select_for_update().filter(pk=relation, party_id=party, until=None).first()
    if row is None:
        return None
    row.until = until
    row.save(update_fields=["until"])
    return _told(row)


def relations(party: int, day: date | None = None) -> tuple[RelationTold, ...]:
    """Who is what to a party on a day; all there ever were where none is named. The primary first."""
    rows = Relation.objects.filter(party_id=party).order_by("role", "-primary", "since", "pk")
    told = (_told(row) for row in rows)
    return tuple(
        each for each in told if day is None or (each.since <= day and (each.until is None or day <= each.until))
    )


def same_named(programme: int, role: str, name: str, party: int) -> tuple[int, ...]:
    """Other parties with somebody of this name in this role now."""
    rows = Relation.objects.filter(programme_id=programme, role=role, name=name, until=None).exclude(party_id=party)
    return tuple(rows.order_by("party_id").values_list("party_id", flat=True).distinct())


def forget(party: int) -> None:
    """Nothing of anybody related to the party can be read any more."""
    Relation.objects.filter(party_id=party).update(name="", note="", sealed=None)


def _told(row: Relation) -> RelationTold:
    reach = json.loads(unseal(bytes(row.sealed), bound=bound_of(row.party_id, _REACHED))) if row.sealed else {}
    return RelationTold(
        row.role, row.name, row.since, row.until, row.primary, reach.get("phone", ""), reach.get("email", ""), row.note,
        row.other_id, row.pk,
    )  # fmt: skip
