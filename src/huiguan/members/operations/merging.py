"""Two memberships of one person: made one, and made two again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiguan.foundation.performing import in_trial, perform
from huiguan.kernel.actors import Actor
from huiguan.members import profiling
from huiguan.members.changes import record_changes
from huiguan.members.facts import member_facts
from huiguan.members.inputs import DeclareDistinct, MergeMembers, UnmergeMembers
from huiguan.members.merging import belongings, books, tiers
from huiguan.members.merging.books import Deed
from huiguan.members.merging.checking import demand_apart, demand_cards_let_go, demand_no_holds
from huiguan.members.merging.comparing import compared_members
from huiguan.members.models import Change, Membership, Merge
from huiguan.members.refusals import NotMerged, SameMember
from huiguan.members.resolving import named_membership
from huiguan.members.values import ACTIVE, MERGED, NewChange
from huiguan.members.values.merging import DeclaredDistinct, MergedMembers, MergePreview, UnmergedMembers
from huiguan.parties import operations as parties
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme


def merge_members(*, actor: Actor, at: datetime, given: MergeMembers, key: str | None = None) -> MergedMembers:
    """`absorb` goes into `keep` from `at` on: its lots with their own life, its days, open rights, cards, authorised
    users, and of the profile what was chosen. Whoever names it finds `keep`; its past stays its own.

    Refuses SameMember, AlreadyMerged, HoldsOthers, HoldsOpen, CardFrozen, MemberSuspended (either), InvalidInput
    (`fields`), NotFound, Forbidden without `correct`.
    """
    actor.demand("correct")
    kept, absorbed = (named_membership(actor.programme, ref, field) for ref, field in _both(given))

    def do() -> MergedMembers:
        keep, absorb = _locked(kept.pk, absorbed.pk)
        demand_apart(keep, absorb, at)
        rulebook = programmes.programme_at(actor.programme, at)
        demand_no_holds(keep, absorb)
        demand_cards_let_go(keep, absorb)
        merge = Merge(
            programme_id=actor.programme, keep=keep, absorb=absorb, at=at, reason=given.reason,
            actor=actor.reference, document={},
        )  # fmt: skip
        return _merged(actor, rulebook, merge, dict(given.fields))

    named = given.model_copy(update={"keep": kept.number, "absorb": absorbed.number})
    return perform(
        "merge_members",
        actor=actor,
        at=at,
        subject=f"member:{kept.number}",
        given=named,
        do=do,
        returns=MergedMembers,
        key=key,
    )


def preview_merge(*, actor: Actor, at: datetime, given: MergeMembers) -> MergePreview:
    """What `merge_members` would do, and the two side by side; nothing is written. Refuses what that refuses."""
    actor.demand("correct")
    kept, absorbed = (named_membership(actor.programme, ref, field) for ref, field in _both(given))
    demand_apart(kept, absorbed, at)
    rulebook = programmes.programme_at(actor.programme, at)
    seen = compared_members(actor, rulebook, kept, absorbed, given.fields, at)
    return replace(seen, done=in_trial(lambda: merge_members(actor=actor, at=at, given=given)))


def declare_distinct(*, actor: Actor, at: datetime, given: DeclareDistinct, key: str | None = None) -> DeclaredDistinct:
    """Two members who look like one person are not: they are named as likely duplicates no more.

    Refuses SameMember, NotFound, Forbidden without `correct`.
    """
    actor.demand("correct")
    one, other = (
        named_membership(actor.programme, ref, field) for ref, field in ((given.one, "one"), (given.other, "other"))
    )
    if one.pk == other.pk:
        raise SameMember(field="other", number=one.number)

    def do() -> DeclaredDistinct:
        parties.keep_apart(actor=actor, at=at, one=one.party_id, other=other.party_id, reason=given.reason)
        return DeclaredDistinct(one.number, other.number, at)

    return perform(
        "declare_distinct",
        actor=actor,
        at=at,
        subject=f"member:{one.number}",
        given=given.model_copy(update={"one": one.number, "other": other.number}),
        do=do,
        returns=DeclaredDistinct,
        key=key,
    )


def _both(given: MergeMembers) -> tuple[tuple[str, str], tuple[str, str]]:
    return (given.keep, "keep"), (given.absorb, "absorb")


def _locked(*keys: int) -> tuple[Membership, ...]:
    """Their rows, locked in the order of their keys, answered in the order asked."""
    rows = {row.pk: row for row in Membership.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return tuple(rows[key] for key in keys)


def _merged(actor: Actor, rulebook: Programme, merge: Merge, asked: dict[str, str]) -> MergedMembers:
    keep, absorb, at = merge.keep, merge.absorb, merge.at
    theirs_higher = tiers.higher(rulebook, keep.tier, absorb.tier) != keep.tier
    go_along = belongings.cards_go_along(rulebook, keep, absorb, theirs_higher)
    deed = Deed(actor, at, "merge", f"{absorb.number}:{keep.number}")
    books.hand_on(merge, deed)
    changes = belongings.move_cards(merge, rulebook, go_along, actor)
    belongings.move_users(merge, actor)
    parties.set_aside(actor=actor, at=at, party=absorb.party_id, absorbed=True)
    belongings.adopt_profile(merge, rulebook, keep, absorb, asked, actor)
    Membership.objects.filter(pk=absorb.pk).update(merged_into=keep.pk, standing=MERGED, standing_since=at)
    stand = _together(actor, rulebook, merge)
    told, by = {"keep": keep.number, "absorb": absorb.number, "reason": merge.reason}, actor.reference
    changes += [
        NewChange(absorb.pk, "standing", absorb.standing, MERGED, at, None, merge.reason, told, by),
        NewChange(keep.pk, "merge", "", absorb.number, at, None, merge.reason, told, by),
    ]
    if stand.tier != keep.tier:
        cause = f"merge:{absorb.number}"
        changes.append(NewChange(keep.pk, "tier", keep.tier, stand.tier, at, stand.clause, cause, stand.values, by))
    merge.document["tier"] = {"before": keep.tier, "after": stand.tier}
    merge.save()
    record_changes(changes, at)
    profiling.refresh_completeness(rulebook, [keep.pk])
    return MergedMembers(
        keep.pk, keep.number, absorb.number, at, merge.document["out"], len(merge.document["rights"]),
        tuple(number for number, _ in merge.document["cards"]), tuple(merge.document["voided"]),
        keep.tier, stand.tier, stand.reasons,
    )  # fmt: skip


def _together(actor: Actor, rulebook: Programme, merge: Merge) -> tiers.Stand:
    facts = member_facts(actor.programme, [merge.keep_id], at=merge.at, since=books.BEGINNING)[merge.keep_id]
    return tiers.together(rulebook, facts, merge.absorb.tier, merge.at)


def unmerge_members(*, actor: Actor, at: datetime, given: UnmergeMembers, key: str | None = None) -> UnmergedMembers:
    """The member named, absorbed before, is her own again from `at` on. She gets back what is left of exactly the lots
    that came from her, her days, rights not used, cards and users. What was bought and spent since stays with the kept
    one; what was spent or cleared of her lots meanwhile is told as `gone`.

    Refuses NotMerged, HoldsOpen, CardFrozen, NotFound, Forbidden without `correct`.
    """
    actor.demand("correct")
    named = named_membership(actor.programme, given.member, "member")

    def do() -> UnmergedMembers:
        merge = Merge.objects.filter(absorb=named.pk, undone_at=None).select_related("keep", "absorb").first()
        if merge is None:
            raise NotMerged(field="member", number=named.number)
        merge.keep, merge.absorb = _locked(merge.keep_id, merge.absorb_id)
        demand_no_holds(merge.keep)
        demand_cards_let_go(merge.keep, merge.absorb)
        return _apart(actor, at, programmes.programme_at(actor.programme, at), merge, given.reason)

    return perform(
        "unmerge_members",
        actor=actor,
        at=at,
        subject=f"member:{named.number}",
        given=given.model_copy(update={"member": named.number}),
        do=do,
        returns=UnmergedMembers,
        key=key,
    )


def _apart(actor: Actor, at: datetime, rulebook: Programme, merge: Merge, reason: str) -> UnmergedMembers:
    keep, absorb, by = merge.keep, merge.absorb, actor.reference
    back = books.call_back(merge, Deed(actor, at, "unmerge", f"{absorb.number}:{keep.number}"))
    changes = belongings.return_cards(merge, actor, at)
    belongings.return_users(merge, at)
    belongings.return_profile(merge, rulebook, keep, absorb, actor, at)
    parties.set_aside(actor=actor, at=at, party=absorb.party_id, absorbed=False)
    Membership.objects.filter(pk=absorb.pk).update(merged_into=None, standing=ACTIVE, standing_since=at)
    told = {"keep": keep.number, "absorb": absorb.number, "reason": reason}
    changes += [
        NewChange(absorb.pk, "standing", MERGED, ACTIVE, at, None, reason, told, by),
        NewChange(keep.pk, "merge", absorb.number, "", at, None, reason, told, by),
    ]
    stand = _after(actor, rulebook, merge, at)
    if stand.tier != keep.tier:
        cause = f"unmerge:{absorb.number}"
        changes.append(NewChange(keep.pk, "tier", keep.tier, stand.tier, at, None, cause, {}, by))
    merge.undone_at, merge.undo_reason, merge.undone_by = at, reason, by
    merge.save()
    record_changes(changes, at)
    profiling.refresh_completeness(rulebook, [keep.pk, absorb.pk])
    gone = {unit: amount for unit, amount in merge.document["out"].items() if amount}
    return UnmergedMembers(absorb.pk, keep.number, absorb.number, at, back, gone, stand.tier, absorb.tier)


def _after(actor: Actor, rulebook: Programme, merge: Merge, at: datetime) -> tiers.Stand:
    """The kept one's tier: where the merge had brought the present one, what she would have without it."""
    tier = merge.document["tier"]
    newest = Change.objects.filter(membership_id=merge.keep_id, what="tier").order_by("-at", "-seq").first()
    brought = newest is not None and newest.cause == f"merge:{merge.absorb.number}"
    if not brought or tier["before"] == tier["after"]:
        return tiers.Stand(merge.keep.tier, None, {})
    facts = member_facts(actor.programme, [merge.keep_id], at=at, since=books.BEGINNING)[merge.keep_id]
    return tiers.apart(rulebook, facts, tier["before"], at)
