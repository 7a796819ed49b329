"""The recorded months of many members, read in a few statements; nothing is locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from huiguan.checkout.signatures import signed_later
from huiguan.checkout.simulating.records import (
    AsItWas,
    CardHanded,
    GiftBack,
    GoodsBack,
    Happening,
    Life,
    MonthEnd,
    Redeemed,
    SaleDoc,
    SaleMade,
    Setting,
    Signed,
    TierGiven,
)
from huiguan.checkout.storing import SoldSale
from huiguan.entitlements import queries as entitlements
from huiguan.foundation.statements import hot_rows
from huiguan.ledger import past as books
from huiguan.ledger.past import Past, Written
from huiguan.members import past as people
from huiguan.members.past import PastCard, PastMember
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.packages import sold

_WITHIN = """programme_id = %(programme)s AND membership_id > %(after)s AND membership_id <= %(until)s
    AND at >= %(begins)s AND at < %(ends)s AND written_at <= %(as_written)s"""
_SALES = f"""
SELECT membership_id, seq, at, written_at, shop_id, version, paid, document::text FROM checkout_sale
WHERE {_WITHIN} AND membership_id > 0 ORDER BY membership_id, seq
"""
_SIGNED = f"""
SELECT membership_id, sale_seq, journal, at, written_at, document::text FROM checkout_salesignature
WHERE {_WITHIN} AND journal IS NOT NULL ORDER BY membership_id, journal
"""
_RETURNS = f"""
SELECT membership_id, sale_seq, n, at, written_at, kept::text, refund, document::text FROM checkout_return
WHERE {_WITHIN} AND membership_id > 0 ORDER BY membership_id, sale_seq, n
"""
_REDEMPTIONS = """
SELECT membership_id, seq, at, written_at, unit, units, gift FROM checkout_redemption
WHERE programme_id = %(programme)s AND membership_id > %(after)s AND membership_id <= %(until)s AND at < %(ends)s
"""
_BEFORE = """
SELECT s.membership_id, s.seq, s.shop_id, s.number, s.at, s.version, s.document::text FROM checkout_sale s
JOIN unnest(%s::bigint[], %s::bigint[]) AS w(m, q) ON s.membership_id = w.m AND s.seq = w.q
"""
_BACK_BEFORE = """
SELECT r.membership_id, r.sale_seq, r.kept::text, r.document::text FROM checkout_return r
JOIN unnest(%s::bigint[], %s::bigint[]) AS w(m, q) ON r.membership_id = w.m AND r.sale_seq = w.q
WHERE r.at < %s ORDER BY r.membership_id, r.sale_seq, r.n
"""
_document = msgspec.json.Decoder(SaleDoc).decode
_plain = msgspec.json.decode

# Journals of which other records tell, or which the rulebook tried writes for itself.
_TOLD = frozenset({"sale", "signature", "return", "void", "redemption", "gift_return", "expiry", "hold"})
# Changes of tier that the rulebook tried decides anew.
_DECIDED = frozenset({"sale", "signature", "return", "void", "review", "card", "enrolment"})

Key = tuple[int, int]
Months = tuple[tuple[date, datetime], ...]


class Gatherer:
    """Reads ranges of members for one simulation."""

    def __init__(self, setting: Setting, shops: Mapping[int, str], months: Months) -> None:
        self.setting, self.shops, self.months = setting, shops, months

    def lives(self, after: int, until: int) -> list[Life]:
        """The members beyond `after` up to `until` who belonged by the end of the time, each with what happened."""
        setting = self.setting
        window = books.Window(
            setting.programme, after, until, setting.begins, setting.ends, setting.as_written, setting.since
        )
        pasts, given = books.pasts(window), window.given()
        lives = {
            member.membership: Life(member, pasts.get(member.membership, Past()))
            for member in people.past_members(setting.programme, after, until)
            if member.joined_at < setting.ends
        }
        found: dict[int, list[Happening]] = defaultdict(list)
        self._sales(given, found)
        before = self._signed(given, found)
        self._returns(given, found, lives)
        self._redemptions(given, found, lives)
        self._others(found, lives, before)
        if any(sold(rulebook) for rulebook in (setting.draft, *(each for _, each in setting.timeline))):
            for membership, packages in entitlements.packages_of(list(lives)).items():
                lives[membership].packages = packages
        for membership, life in lives.items():
            life.happenings = sorted([*found[membership], *self._turns(life, found[membership])], key=_order)
        return list(lives.values())

    def _sales(self, given: dict[str, Any], found: dict[int, list[Happening]]) -> None:
        for membership, seq, at, written_at, shop, version, paid, document in hot_rows(_SALES, given):
            told = _document(document)
            found[membership].append(SaleMade(seq, at, written_at, shop, self.shops.get(shop, ""), version, paid, told))

    def _signed(self, given: dict[str, Any], found: dict[int, list[Happening]]) -> frozenset[Key]:
        """Signatures that made a sale of the time count; the journals (membership, seq) of those on older sales, which
        are taken as they were."""
        made = {(m, each.seq) for m, happened in found.items() for each in happened if isinstance(each, SaleMade)}
        before: set[Key] = set()
        for membership, sale, journal, at, written_at, document in hot_rows(_SIGNED, given):
            told = _plain(document)
            if (membership, sale) not in made:
                before.add((membership, journal))
                continue
            tier = (told["tier"]["before"], told["tier"]["after"])
            found[membership].append(Signed(journal, at, written_at, sale, tuple(told["signed"]), told["earned"], tier))
        return frozenset(before)

    def _returns(self, given: dict[str, Any], found: dict[int, list[Happening]], lives: dict[int, Life]) -> None:
        rows = hot_rows(_RETURNS, given)
        made = {(m, each.seq) for m, happened in found.items() for each in happened if isinstance(each, SaleMade)}
        older = sorted({(row[0], row[1]) for row in rows} - made)
        cuts = [(m, s, lives[m].past.first) for m, s in older if m in lives]
        older_sold = self._sold_before(older) if older else {}
        spent = books.spent_before(cuts) if cuts else {}
        lapsed = books.lapsed_before(cuts) if cuts else {}
        for membership, sale, _, at, written_at, kept, refund, document in rows:
            told, key = _plain(document), (membership, sale)
            found[membership].append(
                GoodsBack(
                    seq=told["journal"],
                    at=at,
                    now=written_at,
                    sale_seq=sale,
                    kept=tuple(_plain(kept)),
                    refund=refund,
                    taken_back=told["taken_back"],
                    given_back=told["given_back"],
                    withdrawn=told["withdrawn"],
                    before=older_sold.get(key),
                    spent=spent.get(key, ()),
                    lapsed=lapsed.get(key, {}),
                )
            )

    def _sold_before(self, keys: list[Key]) -> dict[Key, SoldSale]:
        """Sales made before the time, as its beginning finds them."""
        columns = [list(column) for column in zip(*keys, strict=True)]
        back: dict[Key, list[tuple[Any, Any]]] = defaultdict(list)
        for membership, seq, kept, document in hot_rows(_BACK_BEFORE, [*columns, self.setting.begins]):
            back[membership, seq].append((_plain(kept), _plain(document)))
        found, later = {}, signed_later(keys)
        for membership, seq, shop, number, at, version, document in hot_rows(_BEFORE, columns):
            told, returns = _plain(document), back[membership, seq]
            forgiven: dict[str, int] = {}
            for _, each in returns:
                for unit, amount in each["forgiven"].items():
                    forgiven[unit] = forgiven.get(unit, 0) + amount
            late = later.get((membership, seq))
            told |= late.document if late else {}
            kept = returns[-1][0] if returns else [line["quantity"] for line in told["lines"]]
            found[membership, seq] = SoldSale(
                membership, seq, self.setting.programme, shop, self.shops.get(shop, ""), None, number, at, version,
                told, tuple(kept), len(returns), forgiven, any(each["withdrawn"] for _, each in returns), (), "", "",
                *((late.counted_on, late.journal) if late else ()),
            )  # fmt: skip
        return found

    def _redemptions(self, given: dict[str, Any], found: dict[int, list[Happening]], lives: dict[int, Life]) -> None:
        """Redemptions of the time, and gifts that came back in it, whenever they were handed over."""
        rows = {(row[0], row[1]): row[2:] for row in hot_rows(_REDEMPTIONS, given)}
        back: list[tuple[int, Written]] = []
        for (membership, seq), (at, written_at, unit, units, gift) in rows.items():
            if self.setting.begins <= at and written_at <= self.setting.as_written:
                found[membership].append(Redeemed(seq, at, written_at, unit, units, gift))
        for membership, life in lives.items():
            back += [(membership, j) for j in life.past.journals if j.within and j.cause[0] == "gift_return"]
        cuts = [
            (m, j.reverses, lives[m].past.first) for m, j in back if j.reverses and j.reverses < lives[m].past.first
        ]
        spent = books.spent_before(cuts) if cuts else {}
        for membership, journal in back:
            of = (membership, journal.reverses or 0)
            at, _, unit, units, _ = rows[of]
            found[membership].append(
                GiftBack(journal.seq, journal.at, journal.written_at, of[1], at, unit, units, spent.get(of, ()))
            )

    def _others(self, found: dict[int, list[Happening]], lives: dict[int, Life], before: frozenset[Key]) -> None:
        """Journals taken as they were: of no rulebook, or outside the time but written among its own."""
        taken = [
            (membership, journal)
            for membership, life in lives.items()
            for journal in life.past.journals
            if journal.cause[0] not in ("expiry", "hold")
            and (journal.cause[0] not in _TOLD or not journal.within or (membership, journal.seq) in before)
        ]
        early = [(m, j.seq) for m, j in taken if j.at < self.setting.ends]
        moved = books.moved_lots(early) if early else {}
        for membership, journal in taken:
            lots = tuple(moved.get((membership, journal.seq), ()))
            found[membership].append(
                AsItWas(journal.seq, journal.at, journal.written_at, journal.tallies, lots, journal.within)
            )

    def _turns(self, life: Life, happened: list[Happening]) -> Iterator[Happening]:
        """Cards, tiers given by hand, and month-ends."""
        setting, member = self.setting, life.member
        if tier_ladder.with_card(setting.draft) or not setting.grants_alike:
            for i, card in enumerate(member.cards):
                if setting.begins <= card.issued_at < setting.ends and card.entered_at <= setting.as_written:
                    first = i == 0 and not card.carried_over
                    yield CardHanded(card.issued_at, card.entered_at, first, _place(member, card, happened))
        # What a journal outside the time did to the tier is taken with it.
        outside = {journal.cause for journal in life.past.journals if not journal.within}
        for change in member.tiers:
            kind, _, ref = change.cause.partition(":")
            within = setting.begins <= change.at < setting.ends and change.written_at <= setting.as_written
            if (kind, ref) in outside or (within and kind not in _DECIDED):
                yield TierGiven(change.at, change.written_at, change.after)
        if not setting.grants_alike:
            for day, ends in self.months:
                yield MonthEnd(ends, ends, day)


def _place(member: PastMember, card: PastCard, happened: list[Happening]) -> int:
    """Before which journal of its own moment the card was handed out: the first sale that found her on the tier it
    brought; any, where it brought none."""
    brought = next((change.after for change in member.tiers if change.cause == f"card:{card.number}"), None)
    if brought is None:
        return 0
    sales = (each for each in happened if isinstance(each, SaleMade) and each.now == card.entered_at)
    return min((each.seq for each in sales if each.told.tier and each.told.tier["before"] == brought), default=_LAST)


def _order(happening: Happening) -> tuple[datetime, int]:
    """As they were written."""
    if isinstance(happening, CardHanded):
        return happening.now, 2 * happening.place - 1
    return happening.now, 2 * getattr(happening, "seq", 0)


_LAST = 2**62
