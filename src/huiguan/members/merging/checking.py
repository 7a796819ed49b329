"""Whether two memberships may be made one."""

from __future__ import annotations

from huiguan.ledger import facts as ledger_facts
from huiguan.members.freezing import demand_not_frozen, frozen_cards
from huiguan.members.merging.books import held_units
from huiguan.members.models import Membership
from huiguan.members.refusals import AlreadyMerged, HoldsOpen, SameMember
from huiguan.members.standings import demand_active


def demand_apart(keep: Membership, absorb: Membership) -> None:
    """Two memberships, both in force, neither absorbed. The first refusal is raised: SameMember, AlreadyMerged,
    MemberSuspended."""
    for each, field in ((absorb, "absorb"), (keep, "keep")):
        if each.merged_into is not None:
            into = Membership.objects.values_list("number", flat=True).get(pk=each.merged_into)
            raise AlreadyMerged(field=field, number=each.number, into=into)
    if keep.pk == absorb.pk:
        raise SameMember(field="absorb", number=keep.number)
    for each in (keep, absorb):
        demand_active(each)


def demand_cards_let_go(keep: Membership, absorb: Membership) -> None:
    """CardFrozen while somebody has yet to look at a card of either: a merge would put another card before it,
    and its undoing would take it away from the review."""
    for field, each in (("keep", keep), ("absorb", absorb)):
        for card in frozen_cards(each.pk):
            demand_not_frozen(card, field)


def demand_no_holds(*members: Membership) -> None:
    """HoldsOpen where units of one of them are set aside."""
    accounts = ledger_facts.accounts([each.pk for each in members])
    for each in members:
        units = held_units(accounts[each.pk])
        if units:
            raise HoldsOpen(field="member", number=each.number, units=units)
