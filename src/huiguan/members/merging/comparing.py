"""Two members side by side, as somebody looks at them before she makes them one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger.lots import settled
from huiguan.ledger.values import Account
from huiguan.members import forms
from huiguan.members.facts import member_facts
from huiguan.members.merging import belongings, books
from huiguan.members.models import Card, Membership, Merge
from huiguan.members.values.merging import MergedMembers, MergePreview, MergeTold, SideBySide, TakenLot
from huiguan.parties import queries as parties
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.listed import rows_of
from huiguan.rules.programme import Programme

HIDDEN = "•••••••"


def compared_members(
    actor: Actor, rulebook: Programme, keep: Membership, absorb: Membership, asked: Mapping[str, str], at: datetime
) -> MergePreview:
    """All of a preview but what doing it tells (`done`)."""
    keys = [keep.pk, absorb.pk]
    accounts = {key: settled(each, at) for key, each in ledger_facts.accounts(keys).items()}
    facts = member_facts(actor.programme, keys, at=at, since=books.BEGINNING)
    people = parties.persons([keep.party_id, absorb.party_id])
    mine, hers = facts[keep.pk], facts[absorb.pk]
    return MergePreview(
        done=MergedMembers(keep.pk, keep.number, absorb.number, at, {}, 0, (), (), keep.tier, keep.tier),
        lots=tuple(
            TakenLot(part.unit, part.amount, part.lot.earned_at, part.lot.expires_at)
            for part in books.open_parts(accounts[absorb.pk])
        ),
        fields=sides(rulebook, keep, absorb, asked),
        names=(people[keep.party_id].name, people[absorb.party_id].name),
        joined=(keep.joined_at, absorb.joined_at),
        units=(_units(accounts[keep.pk]), _units(accounts[absorb.pk])),
        spend=(_spend(rulebook, mine, at), _spend(rulebook, hers, at)),
        tiers=(keep.tier, absorb.tier),
        rights=(_open_rights(mine, at), _open_rights(hers, at)),
        cards=(_cards(keep.pk), _cards(absorb.pk)),
    )


def sides(
    rulebook: Programme, keep: Membership, absorb: Membership, asked: Mapping[str, str]
) -> tuple[SideBySide, ...]:
    """The form's fields in its order, as either of the two has them."""
    names = forms.key_names(rulebook)
    known = {each.name: each for each in parties.compared(keep.party_id, absorb.party_id)}
    people = parties.persons([keep.party_id, absorb.party_id])
    mine, hers = people[keep.party_id], people[absorb.party_id]
    taken, name, phone = belongings.adopted_names(rulebook, keep, absorb, dict(asked))
    told = []
    for field in profile_kind.form(rulebook)[1]:
        title = {"zh": field.title.zh, "en": field.title.en}
        if field.name == names["name"]:
            told.append(_side(field.name, title, mine.name, hers.name, mine.name != hers.name, name))
        elif field.name == names["phone"]:
            tails = [f"{HIDDEN}{each.phone_tail}" if each.phone_tail else "" for each in (mine, hers)]
            told.append(_side(field.name, title, tails[0], tails[1], bool(tails[0] and tails[1]), phone))
        elif field.name in known:
            each = known[field.name]
            choose = each.one is not None and each.other is not None and not each.same
            shown = [_shown(field, value) for value in (each.one, each.other)]
            told.append(_side(field.name, title, shown[0], shown[1], choose, field.name in taken))
    return tuple(told)


def _side(name: str, title: Mapping[str, str], keep: str, absorb: str, choose: bool, hers: bool) -> SideBySide:
    return SideBySide(name, title, keep, absorb, choose, "absorb" if hers else "keep")


def _shown(field: profile_kind.Field, value: str | None) -> str:
    if field.type == "list":
        return "；".join(" ".join(row.values()) for row in rows_of(value))
    title = next((choice.title for choice in field.choices if choice.value == value), None)
    return title.zh if title else value or ""


def _units(account: Account) -> dict[str, int]:
    return {unit: state.balance for unit, state in sorted(account.units.items()) if state.balance}


def _spend(rulebook: Programme, facts: MemberFacts, at: datetime) -> int:
    """Fen in the window the ladder looks back on; where it climbs by nothing, since the beginning."""
    day, months = local_day(at, rulebook.zone), tier_ladder.months_back(rulebook)
    return facts.sum("spend", *(tier_ladder.window(day, months) if months else (books.BEGINNING, day)))


def _open_rights(facts: MemberFacts, at: datetime) -> int:
    return sum(1 for r in facts.rights if r.used_at is None and (r.valid_until is None or at < r.valid_until))


def _cards(membership: int) -> tuple[str, ...]:
    rows = Card.objects.filter(membership_id=membership, status="active").order_by("seq")
    return tuple(rows.values_list("number", flat=True))


def merges_told(membership: int) -> tuple[MergeTold, ...]:
    """The merges a membership took part in, the newest first."""
    rows = Merge.objects.filter(keep=membership) | Merge.objects.filter(absorb=membership)
    return tuple(
        MergeTold(row.keep.number, row.absorb.number, row.at, row.reason, row.actor, row.undone_at, row.undo_reason)
        for row in rows.select_related("keep", "absorb").order_by("-at", "-pk")
    )
