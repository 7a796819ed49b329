"""Everything that became of one card: who, when, by which clause, why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.kernel.text import Text
from huiguan.members.models import Card, CardReview, Change, PrintedCard
from huiguan.members.reading import card_end
from huiguan.members.reviewing import why_of
from huiguan.members.values import HANDED_OVER, CardTurn
from huiguan.parties import queries as parties
from huiguan.rules.programme import Programme

WHY = {
    "first": Text(zh="首次发卡", en="First card"),
    "replacement": Text(zh="补卡", en="In the place of a lost or damaged one"),
    "swap": Text(zh="升级换卡", en="The card of a higher tier"),
    "renewal": Text(zh="到期换发", en="After the last one ended"),
}
CARRIED = Text(zh="从前的系统带来", en="Brought from the system before")
LOST = Text(zh="会员挂失", en="Reported by the member")
ENDED = Text(zh="有效期满", en="Its years are over")
KEPT = Text(zh="年度审核", en="The review of its year")
BY = Text(zh="换成 {card}", en="Replaced by {card}")
AGAIN = Text(zh="第 {n} 次打印", en="Printed for time number {n}")
_NOTHING = Text(zh="", en="")


def card_turns(card: Card, rulebook: Programme, at: datetime) -> tuple[CardTurn, ...]:
    """What became of a card by `at`, the newest first."""
    turns = [*_issued(card), *_changed(card), *_printed(card), *_ended(card, rulebook, at)]
    told = sorted((turn for turn in turns if turn.at <= at), key=lambda turn: turn.at)
    return tuple(reversed(told))  # of two at one moment the later written one is the newer


def _issued(card: Card) -> Iterator[CardTurn]:
    why = CARRIED if card.carried_over else WHY[card.why]
    clause = card.clause or None
    yield CardTurn("issued", card.issued_at, card.entered_at, card.issued_by, clause, why.both())
    if card.activated_at is not None:
        yield CardTurn("activated", card.activated_at, None, card.activated_by, clause, _NOTHING.both())


def _changed(card: Card) -> Iterator[CardTurn]:
    rows = Change.objects.filter(membership_id=card.membership_id, what="card", values__card=card.number)
    for row in rows:
        clause = row.clause or None
        yield CardTurn(row.after, row.at, row.written_at, row.actor, clause, _why(row, card))


def _why(row: Change, card: Card) -> dict[str, str]:
    """The sentence of the clause, else the person's words."""
    if row.cause.startswith("card:"):
        return BY.both(card=row.cause.removeprefix("card:"))
    if row.cause.startswith(HANDED_OVER):
        before, _, after = row.cause.removeprefix(HANDED_OVER).partition(":")
        known = parties.persons([int(before), int(after)])
        said = f"{known[int(before)].name} → {known[int(after)].name}"
        return {"zh": said, "en": said}
    if row.cause == "report_card_lost":
        return LOST.both()
    if row.cause == "review":
        return KEPT.both()
    review = CardReview.objects.filter(membership_id=card.membership_id, opened_at=row.at, card=card.number).first()
    if row.after == "frozen" and review is not None:
        return why_of(review)
    return {"zh": row.cause, "en": row.cause}


def _printed(card: Card) -> Iterator[CardTurn]:
    rows = PrintedCard.objects.filter(membership_id=card.membership_id, card_seq=card.seq).select_related("run")
    for n, row in enumerate(rows.order_by("run__at", "run_id"), 1):
        yield CardTurn("printed", row.run.at, None, row.run.actor, None, AGAIN.both(n=n))


def _ended(card: Card, rulebook: Programme, at: datetime) -> Iterator[CardTurn]:
    end = card_end(card, rulebook)
    if end is not None and end <= at and card.status in ("active", "frozen"):
        yield CardTurn("expired", end, None, "", card.clause or None, ENDED.both())
