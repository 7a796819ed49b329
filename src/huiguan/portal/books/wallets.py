"""Stored value as its owner reads it: what she paid in, what came on top, every movement with its reason."""

from __future__ import annotations

from huiguan.design.values import Lot
from huiguan.ledger import queries as ledger
from huiguan.portal.books.pages import WalletPage
from huiguan.portal.books.units import ALL, PAGE, lines_of, lots_of
from huiguan.portal.knowing import Member
from huiguan.rules.wallet import BONUS, MONEY, PRINCIPAL


def tops_up(member: Member) -> bool:
    return bool(member.rulebook.of("top_up"))


def wallet_page(member: Member, after: str) -> WalletPage:
    """The wallet; `after` pages on."""
    entries = sorted(
        (
            entry
            for unit in MONEY
            for entry in ledger.entries(actor=member.now.actor, membership=member.told.membership, unit=unit, limit=ALL)
        ),
        key=lambda each: (each.seq, each.n),
        reverse=True,
    )
    start = next((i + 1 for i, each in enumerate(entries) if f"{each.seq}-{each.n}" == after), 0)
    shown = entries[start : start + PAGE]
    more = f"?after={shown[-1].seq}-{shown[-1].n}" if start + PAGE < len(entries) else ""
    ending: list[Lot] = [lot for lot in lots_of(member, BONUS) if lot.ends is not None]
    return WalletPage(member.has(PRINCIPAL), member.has(BONUS), ending, lines_of(member, shown), more, tops_up(member))
