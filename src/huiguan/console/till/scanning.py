"""What a scan or a typed word at the till means: a piece, a member, or several pieces to choose from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from huiguan.checkout import queries as checkout
from huiguan.checkout.refusals import CardNotUsable, UnknownMember, UnknownSku
from huiguan.checkout.values import ProductView
from huiguan.console.acting import Acting, wall
from huiguan.console.till.asking import MOST, Asked
from huiguan.kernel.refusals import Refusal
from huiguan.members import queries as members
from huiguan.visits import operations as visiting
from huiguan.visits import queries as visits
from huiguan.visits.inputs import ScanCode

TIMES = re.compile(r"(\d{1,4})\s*[*xX×]\s*(.+)")
CHOICES = 8


@dataclass(frozen=True, slots=True)
class Scanned:
    """The sale after the scans; what was not understood, and what a word may mean."""

    asked: Asked
    refusal: Refusal | None = None
    products: tuple[ProductView, ...] = ()


def scanned(now: Acting, asked: Asked, texts: Sequence[str]) -> Scanned:
    """The scans in order. One that is not understood leaves the others standing."""
    told = Scanned(asked)
    for text in texts:
        if text.strip():
            told = _one(now, told, text.strip())
    return told


def _one(now: Acting, told: Scanned, text: str) -> Scanned:
    if visits.looks_like_code(text):
        return _shown(now, told.asked, text)
    found = TIMES.fullmatch(unicodedata.normalize("NFKC", text))
    quantity = min(int(found.group(1)), MOST) if found else 1
    word = found.group(2).strip() if found else text
    products = _products(now, word)
    exact = [each for each in products if each.sku.lower() == word.lower()]
    plain = unicodedata.normalize("NFKC", word)
    if plain != word and not products:  # typed, or scanned, while the keyboard writes Chinese in full width
        return _one(now, told, plain)
    if exact and quantity:
        return replace(told, asked=told.asked.add(exact[0].sku, quantity))
    if found is None and (member := _member(now, told, word)):
        return member
    if len(products) == 1 and quantity:
        return replace(told, asked=told.asked.add(products[0].sku, quantity))
    if products:
        return replace(told, products=products)
    return replace(told, asked=told.asked.not_found(text), refusal=UnknownSku(field="scan", sku=word))


def _shown(now: Acting, asked: Asked, text: str) -> Scanned:
    """The member whose code was scanned: as if she had shown her card where one is in use, else her phone."""
    try:
        member = visiting.scan_code(actor=now.actor, at=now.at, given=ScanCode(code=text[:200]), wall=wall())
    except Refusal as refusal:
        return Scanned(asked, refusal)
    return Scanned(replace(asked, member=member.number, presented=member.presented))


def _products(now: Acting, word: str) -> tuple[ProductView, ...]:
    assert now.shop is not None, "the till asks for a shop first"
    return tuple(checkout.products(now.actor, word, now.shop, now.at, CHOICES))


def _member(now: Acting, told: Scanned, word: str) -> Scanned | None:
    """The member whose card, number or phone was shown; None where nobody has it."""
    kinds = ("card", "number", "phone")
    found = members.resolve(now.actor.programme, [(kind, word) for kind in kinds])
    kind = next((kind for kind in kinds if (kind, word) in found), None)
    if kind is None:
        return None
    number = members.numbers(now.actor.programme, [found[kind, word]])[found[kind, word]]
    asked = replace(told.asked, member=number, presented="phone" if kind == "phone" else "card")
    refusal = _card_refusal(now, number, word) if kind == "card" else None
    return replace(told, asked=replace(asked, presented="none") if refusal else asked, refusal=refusal)


def _card_refusal(now: Acting, number: str, word: str) -> Refusal | None:
    """A card that opens nothing still says whose it was, what became of it, and what to do."""
    shown = word.replace(" ", "").upper()
    card = next((card for card in members.cards(now.actor, number, now.at) if card.number == shown), None)
    if card is None or card.status == "active":
        return None
    key = members.membership(now.actor, number)
    said = members.said_of_card(now.actor.programme, key, shown, card.status, now.at)
    title = members.card_status_title(card.status)
    return CardNotUsable(field="presented", status=title, card=shown, said=said)


def chosen_buyer(now: Acting, asked: Asked, text: str) -> Scanned:
    """What was typed for the buyer: a number, card or phone, else the only member it finds."""
    if visits.looks_like_code(text):
        return _shown(now, asked, text)
    told = _member(now, Scanned(asked), text)
    if told is not None:
        return told
    hits = members.find(now.actor, text, limit=2)
    if len(hits) == 1:
        return Scanned(replace(asked, member=hits[0].number, presented="none"))
    return Scanned(asked, UnknownMember(field="member", given=text))
