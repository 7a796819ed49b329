"""One card: how it stands, everything that became of it, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, show
from huiguan.console.members.knowing import Member, hands, known_member, shop_names
from huiguan.console.pages import Act
from huiguan.console.wording import card_mark, clause_refs, text_of
from huiguan.design.values import Mark, Why, Words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import CardTold, CardTurn
from huiguan.parties import formats
from huiguan.rules.kinds import credential

BECAME = {
    "issued": Text(zh="发卡", en="Issued"),
    "activated": Text(zh="开通", en="Opened for use"),
    "frozen": Text(zh="冻结", en="Frozen"),
    "active": Text(zh="放行", en="Released"),
    "lost": Text(zh="挂失", en="Reported lost"),
    "replaced": Text(zh="换下", en="Replaced"),
    "void": Text(zh="作废", en="Void"),
    "expired": Text(zh="过期", en="Expired"),
    "printed": Text(zh="打印", en="Printed"),
    "transferred": Text(zh="换持卡人", en="Taken over"),
}


@dataclass(frozen=True, slots=True)
class TurnRow:
    became: Words
    at: datetime
    by: str
    why: Why | None
    late: bool


@require_GET
@acting("read_members")
def card(request: HttpRequest, now: Acting, number: str, card: str) -> HttpResponse:
    """The card `card` of a member."""
    turns = members.card_history(now.actor, number, card, now.at)
    member = known_member(now, number)
    shown = formats.card_number(card, "card")
    told = next(each for each in member.told.cards if each.number == shown)
    newest = member.told.cards[0].number == shown
    context: dict[str, Any] = {
        "told": told,
        "name": member.told.name,
        "href": member.page,
        "mark": _mark(told),
        "shop": shop_names(now.actor.programme, [told.shop]).get(told.shop or 0, ""),
        "turns": [_turn(member, turn, names) for names in [_names(member, turns)] for turn in turns],
        "acts": [*_transfer(member), *card_acts(member)] if newest else [],
    }
    return show(request, now, "console/members/card.html", current="members", **context)


def _names(member: Member, turns: tuple[CardTurn, ...]) -> dict[str, str]:
    return hands(member.now.actor.programme, (turn.actor for turn in turns))


def _mark(told: CardTold) -> Mark:
    return card_mark(told.status)


def _turn(member: Member, turn: CardTurn, names: dict[str, str]) -> TurnRow:
    text = text_of(turn.why)
    refs = clause_refs(member.rulebook, [turn.clause])
    late = turn.written_at is not None and member.local(turn.written_at).date() > member.local(turn.at).date()
    return TurnRow(BECAME[turn.what], turn.at, names.get(turn.actor, ""), Why(text, refs) if text.zh else None, late)


def _transfer(member: Member) -> list[Act]:
    """Another holder, where the rulebook lets it."""
    held = member.told.cards[0]
    allowed = any(reason.given for reason in credential.transfer(member.rulebook).reasons)
    if not allowed or held.status not in ("active", "waiting") or not member.now.actor.may("cards"):
        return []
    return [Act(Text(zh="换持卡人", en="New holder"), f"{member.page}card/transfer")]


def card_acts(member: Member) -> list[Act]:
    """What may be done with the card she holds now, by how it stands."""
    actor, page, held = member.now.actor, member.page, member.told.cards[0]
    active = member.told.standing == "active"
    acts: list[Act] = []
    if actor.may("cards"):
        if held.status == "waiting":
            acts.append(Act(Text(zh="开通", en="Open card"), f"{page}card/activation", ask=True))
        if held.status in ("active", "waiting", "frozen"):
            acts.append(Act(Text(zh="挂失", en="Card lost"), f"{page}card/loss", ask=True))
        if held.status in ("active", "waiting"):
            acts.append(Act(Text(zh="冻结", en="Freeze"), f"{page}card/freeze", ask=True))
        if active and held.frozen_at is None:
            acts.append(Act(Text(zh="换卡", en="Replace card"), f"{page}card/replacement", ask=True))
    if actor.may("suspend") and held.frozen_at is not None:
        acts.append(Act(Text(zh="确认异常", en="Confirm misuse"), f"{page}card/confirmation", ask=True))
        acts.append(Act(Text(zh="放行", en="Release"), f"{page}card/release", ask=True, solid=True))
    return acts
