"""Cards, authorised users and the profile of an absorbed membership: what goes along, and what comes back."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import forms
from huiguan.members.alone import once_fields
from huiguan.members.models import AuthorisedUser, Card, Membership, Merge
from huiguan.members.storing import run
from huiguan.members.values import CARD_ACTIVE, CARD_VOID, NewChange
from huiguan.parties import operations as parties
from huiguan.parties import queries as party_queries
from huiguan.rules.kinds import credential, tier_ladder
from huiguan.rules.programme import Programme

_NO_FIELD = Text(zh="两边资料里没有这一项", en="is not known of either of them")
_MOVE_CARD = "UPDATE members_card SET membership_id = %s, seq = %s WHERE programme_id = %s AND number = %s"


# ---- cards -----------------------------------------------------------------------------------------------------------


def cards_go_along(rulebook: Programme, keep: Membership, absorb: Membership, theirs_higher: bool) -> bool:
    """Whether the absorbed one's card is the one that counts from now on: where the kept one has none in use, and
    where tiers come with their card and the absorbed one's is the higher."""
    mine, hers = newest_card(keep.pk), newest_card(absorb.pk)
    if hers is None or hers.status != CARD_ACTIVE:
        return False
    in_use = mine is not None and mine.status == CARD_ACTIVE
    return not in_use or (theirs_higher and bool(tier_ladder.with_card(rulebook)))


def voided_cards(rulebook: Programme, keep: int, absorb: int, go_along: bool) -> list[str]:
    """Where the rulebook gives a person one card: those in use that are void from now on, by number."""
    if credential.one_each(rulebook) is None:
        return []
    loser = keep if go_along else absorb
    other = absorb if go_along else keep
    if not Card.objects.filter(membership_id=other, status=CARD_ACTIVE).exists():
        return []
    rows = Card.objects.filter(membership_id=loser, status=CARD_ACTIVE).order_by("seq")
    return list(rows.values_list("number", flat=True))


def move_cards(merge: Merge, rulebook: Programme, go_along: bool, actor: Actor) -> list[NewChange]:
    """Void what a person may not hold twice; put the absorbed one's cards behind the kept one's where they count."""
    keep, absorb = merge.keep_id, merge.absorb_id
    voided = voided_cards(rulebook, keep, absorb, go_along)
    clause = credential.one_each(rulebook)
    changes = [
        NewChange(card.membership_id, "card", CARD_ACTIVE, CARD_VOID, merge.at, clause.id if clause else None,
                  "merge", {"card": card.number}, actor.reference)
        for card in Card.objects.filter(programme_id=merge.programme_id, number__in=voided).order_by("membership_id", "seq")
    ]  # fmt: skip
    Card.objects.filter(programme_id=merge.programme_id, number__in=voided).update(status=CARD_VOID)
    merge.document["voided"] = voided
    merge.document["cards"] = []
    if go_along:
        place = max(Card.objects.filter(membership_id=keep).values_list("seq", flat=True), default=0)
        for card in list(Card.objects.filter(membership_id=absorb).order_by("seq")):
            place += 1
            run(_MOVE_CARD, [keep, place, merge.programme_id, card.number])
            merge.document["cards"].append([card.number, card.seq])
    return changes


def return_cards(merge: Merge, actor: Actor, at: datetime) -> list[NewChange]:
    """The cards that went along come back as they are now; those voided by the merge are good again."""
    for number, place in merge.document.get("cards", ()):
        run(_MOVE_CARD, [merge.absorb_id, place, merge.programme_id, number])
    held = Card.objects.filter(programme_id=merge.programme_id, number__in=merge.document.get("voided", ()))
    back = list(held.filter(status=CARD_VOID).order_by("membership_id", "seq"))
    Card.objects.filter(programme_id=merge.programme_id, number__in=[card.number for card in back]).update(
        status=CARD_ACTIVE
    )
    return [
        NewChange(card.membership_id, "card", CARD_VOID, CARD_ACTIVE, at, None, "unmerge", {"card": card.number},
                  actor.reference)
        for card in back
    ]  # fmt: skip


def newest_card(membership: int) -> Card | None:
    return Card.objects.filter(membership_id=membership).order_by("-seq").first()


# ---- who else may use the account ------------------------------------------------------------------------------------


def move_users(merge: Merge, actor: Actor) -> None:
    """Whom the absorbed one had listed may use the kept one's account."""
    rows = list(AuthorisedUser.objects.filter(membership_id=merge.absorb_id, until=None))
    known = set(AuthorisedUser.objects.filter(membership_id=merge.keep_id, until=None).values_list("name", flat=True))
    AuthorisedUser.objects.filter(pk__in=[row.pk for row in rows]).update(until=merge.at)
    fresh = [row for row in rows if row.name not in known]
    AuthorisedUser.objects.bulk_create(
        AuthorisedUser(programme_id=merge.programme_id, membership_id=merge.keep_id, name=row.name, kin=row.kin,
                       since=merge.at, clause=row.clause, actor=actor.reference)
        for row in fresh
    )  # fmt: skip
    merge.document["users"] = {"ended": [row.pk for row in rows], "given": [row.name for row in fresh]}


def return_users(merge: Merge, at: datetime) -> None:
    """Those she had listed are hers again; with the kept one they end."""
    told = merge.document.get("users", {})
    given = AuthorisedUser.objects.filter(membership_id=merge.keep_id, until=None, since=merge.at)
    given.filter(name__in=told.get("given", ())).update(until=at)
    AuthorisedUser.objects.filter(pk__in=told.get("ended", ()), until=merge.at).update(until=None)


# ---- the profile -----------------------------------------------------------------------------------------------------


def adopted_names(
    rulebook: Programme, keep: Membership, absorb: Membership, asked: dict[str, str]
) -> tuple[tuple[str, ...], bool, bool]:
    """Which fields the kept one takes over, whether the name, whether the phone: what was asked for, and what only the
    absorbed one knows. InvalidInput for a field neither of them has."""
    names = forms.key_names(rulebook)
    sides = {each.name: each for each in party_queries.compared(keep.party_id, absorb.party_id)}
    for name in asked:
        if name not in sides and name not in (names["name"], names["phone"]):
            raise InvalidInput(field=f"fields.{name}", rule=_NO_FIELD)
    taken = tuple(
        name
        for name, each in sides.items()
        if each.other is not None
        and not each.same
        and (asked.get(name) == "absorb" or (each.one is None and asked.get(name) != "keep"))
    )
    people = party_queries.persons([keep.party_id, absorb.party_id])
    lacks = not people[keep.party_id].phone_tail and bool(people[absorb.party_id].phone_tail)
    phone = asked.get(names["phone"], "absorb" if lacks else "keep") == "absorb"
    return taken, asked.get(names["name"]) == "absorb", phone


def adopt_profile(merge: Merge, rulebook: Programme, keep: Membership, absorb: Membership, asked: dict[str, str],
                  actor: Actor) -> None:  # fmt: skip
    """The kept one's profile as it was chosen; her former values stay in its history."""
    names, name, phone = adopted_names(rulebook, keep, absorb, asked)
    document = merge.document
    document.update({"fields": list(names), "swapped": phone, "renamed": None, "birthday": None})
    once = once_fields(rulebook)
    parties.adopt_fields(actor=actor, at=merge.at, party=keep.party_id, source=absorb.party_id, names=names, once=once)
    if phone:
        parties.swap_phones(actor=actor, at=merge.at, one=keep.party_id, other=absorb.party_id)
    if name:
        people = party_queries.persons([keep.party_id, absorb.party_id])
        document["renamed"] = [people[keep.party_id].name, people[absorb.party_id].name]
        parties.rename_party(actor=actor, at=merge.at, party=keep.party_id, name=people[absorb.party_id].name)
    if forms.birthday_name(rulebook) in names:
        document["birthday"] = [keep.birthday and keep.birthday.isoformat()]
        parties.change_birthday(actor=actor, at=merge.at, party=keep.party_id, birthday=absorb.birthday)
        Membership.objects.filter(pk=keep.pk).update(birthday=absorb.birthday)


def return_profile(merge: Merge, rulebook: Programme, keep: Membership, absorb: Membership, actor: Actor,
                   at: datetime) -> None:  # fmt: skip
    """What was taken over and not changed since is given up again; each has her own phone."""
    document = merge.document
    back = parties.withdraw_fields(
        actor=actor, at=at, party=keep.party_id, names=document.get("fields", ()), since=merge.at,
        once=once_fields(rulebook),
    )  # fmt: skip
    if document.get("swapped"):
        parties.swap_phones(actor=actor, at=at, one=keep.party_id, other=absorb.party_id)
    former = document.get("renamed")
    if former and party_queries.persons([keep.party_id])[keep.party_id].name == former[1]:
        parties.rename_party(actor=actor, at=at, party=keep.party_id, name=former[0])
    if document.get("birthday") and forms.birthday_name(rulebook) in back:
        former_day = document["birthday"][0] and date.fromisoformat(document["birthday"][0])
        parties.change_birthday(actor=actor, at=at, party=keep.party_id, birthday=former_day)
        Membership.objects.filter(pk=keep.pk).update(birthday=former_day)
