"""The cards of a programme as a desk sees them: which wait, which are to be printed, which end soon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.members.ahead import tier_at
from huiguan.members.models import Card, Membership, PrintedCard
from huiguan.members.reading import as_of, card_end, status_of
from huiguan.members.register import names_of, numbers_of
from huiguan.members.values import CARD_FROZEN, DeskCard, WaitingCard
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import credential, tier_ladder
from huiguan.rules.programme import Programme

SOON = timedelta(days=60)
YEAR = timedelta(days=366)
LIMIT = 500
_HELD = ("active", "frozen", "lost")
Prints = dict[tuple[int, int], tuple[int, datetime]]


def cards_on_desk(
    actor: Actor, at: datetime, *, state: str, shop: int | None = None, tier: str = "", limit: int = LIMIT
) -> tuple[DeskCard, ...]:
    """Cards in `state` (one of DESK_STATES), by the moment they were issued; of a shop or all, of a tier or all. Takes
    `read_members`.

    `unprinted` were never in a print run, `printed` were; `ending` end within sixty days; `held` are all that were not
    replaced or void.
    """
    actor.demand("read_members")
    rulebook = programmes.programme_at(actor.programme, at)
    rows = _wanted(actor.programme, rulebook, at, state)
    if shop is not None:
        rows = rows.filter(issued_shop_id=shop)
    if tier:
        members = Membership.objects.filter(programme_id=actor.programme, tier=tier)
        rows = rows.filter(membership_id__in=members.values("pk"))
    return _told(actor.programme, rulebook, at, _fitting(rows, rulebook, at, state, limit))


def named_cards(actor: Actor, at: datetime, cards: Sequence[Card]) -> tuple[DeskCard, ...]:
    """These cards, in their order."""
    return _told(actor.programme, programmes.programme_at(actor.programme, at), at, list(cards))


def _wanted(programme: int, rulebook: Programme, at: datetime, state: str) -> QuerySet[Card]:
    rows = Card.objects.filter(programme_id=programme, status__in=_HELD, issued_at__lte=at).order_by(
        "issued_at", "number"
    )
    if state in ("unprinted", "printed"):
        printed = PrintedCard.objects.filter(membership_id=OuterRef("membership_id"), card_seq=OuterRef("seq"))
        return rows.filter(status="active").filter(Exists(printed) if state == "printed" else ~Exists(printed))
    if state in ("ending", "expired"):
        known = credential.validity(rulebook)
        if known is None:
            return rows.none()
        # A card begun this long ago may end by then; which really do is worked out from its own days.
        return rows.filter(status="active", issued_at__lte=at + SOON - (known[1] - 1) * (YEAR - timedelta(days=1)))
    if state == "waiting":
        return rows.filter(waiting=True, status="active")
    return rows if state == "held" else rows.filter(status=state)


def _fitting(rows: QuerySet[Card], rulebook: Programme, at: datetime, state: str, limit: int) -> list[Card]:
    """Those that are really in the state; when a card ends is asked of each."""
    if state not in ("ending", "expired"):
        found = list(rows[:limit])
        as_of(found, at)
        return [card for card in found if state != CARD_FROZEN or card.status == CARD_FROZEN]
    ends = ((card, card_end(card, rulebook)) for card in rows.iterator(chunk_size=500))
    over = state == "expired"
    fits = (card for card, end in ends if end is not None and (end <= at if over else at < end <= at + SOON))
    return list(islice(fits, limit))


def prints_of(cards: Iterable[Card]) -> Prints:
    """(membership, seq) -> in how many print runs, and when last."""
    keys = {card.membership_id for card in cards}
    rows = (
        PrintedCard.objects.filter(membership_id__in=keys)
        .values("membership_id", "card_seq")
        .annotate(times=Count("run_id"), last=Max("run__at"))
    )
    return {(row["membership_id"], row["card_seq"]): (row["times"], row["last"]) for row in rows}


def _told(programme: int, rulebook: Programme, at: datetime, cards: list[Card]) -> tuple[DeskCard, ...]:
    keys = {card.membership_id for card in cards}
    names, prints = names_of(programme, keys), prints_of(cards)
    as_of(cards, at)
    rows = Membership.objects.filter(pk__in=keys)
    tiers = {row.pk: tier_at(row.tier, row.tier_since, row.ahead, at)[0] for row in rows}
    told = []
    for card in cards:
        number, name = names.get(card.membership_id, ("", ""))
        times, last = prints.get((card.membership_id, card.seq), (0, None))
        tier = tiers.get(card.membership_id, "")
        due = credential.opens_by(rulebook, local_day(card.issued_at, rulebook.zone)) if card.waiting else None
        told.append(
            DeskCard(
                card=card.number,
                member=number,
                name=name,
                tier=tier,
                tier_title=tier_ladder.title_of(rulebook, tier) if tier else {"zh": "", "en": ""},
                status=status_of(card, rulebook, at),
                issued_at=card.issued_at,
                shop=card.issued_shop_id,
                valid_until=card_end(card, rulebook),
                due=due,
                printed=times,
                printed_at=last,
            )
        )
    return tuple(told)


def waiting_cards(actor: Actor, at: datetime, shop: int | None = None) -> tuple[WaitingCard, ...]:
    """Cards not opened for use yet at `at`, of one shop or all, the longest waiting first. Takes `read_members`."""
    actor.demand("read_members")
    rulebook = programmes.programme_at(actor.programme, at)
    rows = Card.objects.filter(programme_id=actor.programme, waiting=True, status="active", issued_at__lte=at)
    rows = rows if shop is None else rows.filter(issued_shop_id=shop)
    held = list(rows.order_by("issued_at", "number"))
    known = numbers_of(actor.programme, [row.membership_id for row in held])
    told = []
    for row in held:
        due = credential.opens_by(rulebook, local_day(row.issued_at, rulebook.zone))
        late = local_day(at, rulebook.zone) > due
        told.append(WaitingCard(known[row.membership_id], row.number, row.issued_at, row.issued_shop_id, due, late))
    return tuple(told)
