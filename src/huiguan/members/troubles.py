"""Why a card that is shown opens nothing, and what the clerk does: the words of the till."""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members.freezing import measure_holding
from huiguan.members.models import Card, CardReview
from huiguan.members.reading import card_end
from huiguan.members.reviewing import why_of
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import credential
from huiguan.rules.programme import Programme

SAYS = {
    "none": Text(zh="会员页可以发卡。", en="A card is issued on the member's page."),
    "unissued": Text(zh="它 {on:day}才发出；请出示当时的卡。", en="It was handed out on {on:day}: show the card of that day."),
    "replaced": Text(
        zh="{on:day}已换成 {by}。请会员出示新卡，把这张收回。",
        en="It was replaced by {by} on {on:day}. Ask for the new card and keep this one.",
    ),
    "lost": Text(
        zh="{on:day}已挂失。请收下这张卡，核对证件后在会员页换卡。",
        en="It was reported lost on {on:day}. Keep it, check an identity paper, and replace it on the member's page.",
    ),
    "frozen": Text(
        zh="{on:day}冻结：{why}请店长在“会员 › 复核”里处理。",
        en="Frozen on {on:day}: {why} A manager decides under Members › Reviews.",
    ),
    "held": Text(
        zh="{on:day}起因处分 {why} 冻结或收缴；到期或撤销之前不能用。",
        en="Held by measure {why} since {on:day}; it cannot be used before that is over or taken back.",
    ),
    "waiting": Text(
        zh="还没有开通，最迟 {on:day}。核对登记表后在会员页开通。",
        en="Not opened for use yet, {on:day} at the latest. Check the form and open it on the member's page.",
    ),
    "expired": Text(
        zh="{on:day}起过期。在会员页换发新卡。", en="It expired on {on:day}. Hand out a new one on the member's page."
    ),
    "void": Text(zh="没有保住级别，已作废；达到条件后再发新卡。", en="Its year was not kept. A new one is issued once it is due again."),
}  # fmt: skip


def said_of_card(programme: int, membership: int, number: str | None, status: str, at: datetime) -> Text:
    """What became of the card `number` (the newest where none is named), whose status is `status`, and what to do."""
    rows = Card.objects.filter(membership_id=membership)
    card = rows.filter(number=number).first() if number is not None else rows.order_by("-seq").first()
    if card is None:
        return SAYS["none"]
    rulebook = programmes.programme_at(programme, at)
    moment = _moment(card, status, rulebook)
    if moment is None and status != "void":
        return Text(zh="", en="")
    on = local_day(moment, rulebook.zone).isoformat() if moment else ""
    if status == "waiting":
        on = credential.opens_by(rulebook, local_day(card.issued_at, rulebook.zone)).isoformat()
    held = measure_holding(membership, at) if status in ("frozen", "void") else None
    if held is not None:
        since = local_day(held.since, rulebook.zone).isoformat()
        return Text(**SAYS["held"].both(on=since, why=held.cause))
    text = SAYS[status]
    return Text(**text.both(on=on, by=card.replaced_by, why=_why(card) if status == "frozen" else ""))


def _moment(card: Card, status: str, rulebook: Programme) -> datetime | None:
    known = {
        "replaced": card.replaced_at,
        "lost": card.lost_at,
        "frozen": card.frozen_at,
        "waiting": card.issued_at,
        "unissued": card.issued_at,
        "expired": card_end(card, rulebook),
    }
    return known.get(status)


def _why(card: Card) -> Text:
    """The reason of the last review, ending as a sentence does."""
    row = CardReview.objects.filter(membership_id=card.membership_id, frozen=True).order_by("-id").first()
    if row is None:
        return Text(zh="", en="")
    told = why_of(row)
    return Text(zh=f"{told['zh'].rstrip('。')}。", en=f"{told['en'].rstrip('.')}.")
