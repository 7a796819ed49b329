"""The signatures on a sale's record: who has signed, who has not, and the form that adds one."""

from __future__ import annotations

from huiguan.checkout import queries as checkout
from huiguan.checkout.queries import ReturnRow, reasons_of
from huiguan.checkout.telling import told
from huiguan.checkout.values import SaleView
from huiguan.console.acting import Acting
from huiguan.console.keys import new_key
from huiguan.console.sales.pages import Signing
from huiguan.console.till.pages import Choice
from huiguan.console.wording import text_of
from huiguan.design.values import Words
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.rules import countersigned
from huiguan.rules.programme import Programme

ROLES = {"member": Text(zh="会员", en="Member"), "guide": Text(zh="导购", en="Guide")}
TICKS = {
    "member": Text(zh="会员现在签了", en="The member has signed now"),
    "guide": Text(zh="导购现在签了", en="The guide has signed now"),
}
MISSING = Text(zh="未签", en="not signed")
COUNTS = Text(zh="都签了，这一单作数。", en="Everybody signed; the purchase counts.")


def signing_of(now: Acting, sale: SaleView, rulebook: Programme, returns: list[ReturnRow]) -> Signing | None:
    """None where nobody signs this rulebook's purchases, or nobody in particular bought."""
    if "unsigned" not in sale.document:
        return None
    done = {role: (at, clerk) for role, at, clerk in checkout.signatures_of(now.actor, sale.id)}
    rows: list[tuple[Words, Words]] = []
    for role in countersigned.signers(rulebook):
        state: Words = MISSING
        if role in done:
            at, clerk = done[role]
            state = f"{at.astimezone(rulebook.zone):%Y-%m-%d %H:%M} · {clerk}"
        rows.append((ROLES[role], state))
    missing = sale.document["unsigned"]
    if not missing:
        return Signing(rows, COUNTS)
    bought, today = local_day(sale.at, rulebook.zone), local_day(now.at, rulebook.zone)
    late = next(iter(countersigned.late(rulebook, bought, today).reasons), None)
    gone = bool(returns) and not any(returns[-1].kept)
    stored = reasons_of((late,)) if late else sale.document["reasons"]
    clause = countersigned.clause_of(rulebook)
    said = [each["text"] for each in told(rulebook, stored) if clause and each["clause"] == clause.id]
    says = "" if gone or not said else text_of(said[0])
    open_ = now.actor.may("sell") and late is None and not gone
    lacking = [Choice(role, TICKS[role], on=len(missing) == 1) for role in missing] if open_ else []
    return Signing(rows, says, lacking, new_key() if lacking else "")
