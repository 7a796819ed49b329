"""Whether two memberships may be made one."""

from __future__ import annotations

from datetime import datetime

from huiguan.ledger import facts as ledger_facts
from huiguan.members.freezing import demand_not_frozen, newest_card
from huiguan.members.merging.books import held_units
from huiguan.members.models import Membership
from huiguan.members.refusals import AlreadyMerged, HoldsOpen, HoldsOthers, SameMember
from huiguan.members.standings import demand_active


def demand_apart(keep: Membership, absorb: Membership, at: datetime) -> None:
    """Two memberships, both in force, neither absorbed, the one to be absorbed without others of its own. The first
    refusal is raised: SameMember, AlreadyMerged, HoldsOthers, MemberSuspended, NotInForce."""
    for each, field in ((absorb, "absorb"), (keep, "keep")):
        if each.merged_into is not None:
            into = Membership.objects.values_list("number", flat=True).get(pk=each.merged_into)
            raise AlreadyMerged(field=field, number=each.number, into=into)
    if keep.pk == absorb.pk:
        raise SameMember(field="absorb", number=keep.number)
    others = Membership.objects.filter(merged_into=absorb.pk).order_by("number").values_list("number", flat=True)
    if others:
        raise HoldsOthers(field="absorb", number=absorb.number, others=", ".join(others))
    for each in (keep, absorb):
        demand_active(each, at)


def demand_cards_let_go(keep: Membership, absorb: Membership) -> None:
    """CardFrozen while somebody has yet to look at a card of either: a merge would put another card before it,
    and its undoing would take it away from the review."""
    for field, each in (("keep", keep), ("absorb", absorb)):
        card = newest_card(each.pk)
        if card is not None:
            demand_not_frozen(card, field)


def demand_no_holds(*members: Membership) -> None:
    """HoldsOpen where units of one of them are set aside."""
    accounts = ledger_facts.accounts([each.pk for each in members])
    for each in members:
        units = held_units(accounts[each.pk])
        if units:
            raise HoldsOpen(field="member", number=each.number, units=units)
