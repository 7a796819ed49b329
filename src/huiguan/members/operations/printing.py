"""Lists of cards taken away to be printed; each is counted, so that a card printed again shows."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members.desk import named_cards
from huiguan.members.freezing import demand_not_frozen
from huiguan.members.inputs import PrintCards
from huiguan.members.models import Card, PrintedCard, PrintRun
from huiguan.members.refusals import CardNotActive
from huiguan.members.values import CARD_ACTIVE, PrintedCards
from huiguan.parties import formats

CARD = Text(zh="卡", en="card")


def print_cards(*, actor: Actor, at: datetime, given: PrintCards, key: str | None = None) -> PrintedCards:
    """Take these cards away to be printed: their list, with how often each was printed, this time included.

    Refuses NotFound, CardFrozen and CardNotActive (lost, replaced, void), each naming `cards.<n>`, and Forbidden; then
    none is.
    """
    actor.demand("cards")

    def do() -> PrintedCards:
        cards = _named(actor, given)
        run = PrintRun.objects.create(programme_id=actor.programme, at=at, actor=actor.reference, cards=len(cards))
        PrintedCard.objects.bulk_create(
            PrintedCard(run=run, programme_id=actor.programme, membership_id=card.membership_id, card_seq=card.seq)
            for card in cards
        )
        return PrintedCards(run.pk, at, named_cards(actor, at, cards))

    return perform(
        "print_cards",
        actor=actor,
        at=at,
        subject="cards",
        given=given,
        do=do,
        returns=PrintedCards,
        key=key,
    )


def _named(actor: Actor, given: PrintCards) -> list[Card]:
    """Each card once, in the order given."""
    numbers = [formats.card_number(card, f"cards.{n}") for n, card in enumerate(given.cards)]
    found = {card.number: card for card in Card.objects.filter(programme_id=actor.programme, number__in=numbers)}
    for n, number in enumerate(numbers):
        if number not in found:
            raise NotFound(field=f"cards.{n}", what=CARD, given=given.cards[n])
        demand_not_frozen(found[number], f"cards.{n}")
        if found[number].status != CARD_ACTIVE:
            raise CardNotActive(field=f"cards.{n}", number=number)
    return [found[number] for number in dict.fromkeys(numbers)]
