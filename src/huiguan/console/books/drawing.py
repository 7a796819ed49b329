"""The books as pages: each unit's sum, the seals, and the trail of who did what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from huiguan.console.acting import Acting
from huiguan.console.books.deeds import DEEDS, FLOWS, WALLET_FLOWS, deed, subject_href
from huiguan.console.books.pages import AuditPage, AuditRow, BooksPage, SealRow, UnitBook
from huiguan.console.books.proving import proof_part
from huiguan.console.wording import main_unit, unit_title
from huiguan.design.values import Cursor, Figure, Stair
from huiguan.foundation.auditing import PAGE, Written, chain_end, written
from huiguan.identity import queries as identity
from huiguan.kernel.moments import at_day, day_of
from huiguan.kernel.text import Text, either, grouped
from huiguan.ledger import queries as ledger
from huiguan.ledger.queries import UnitTotal
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import MONEY

# Nobody by name: who came by a page that asks for none.
_NAMELESS = {
    "guest": Text(zh="会员页", en="the members’ pages"), "applicant": Text(zh="访客", en="a visitor"),
}  # fmt: skip
_HELD = Text(zh="会员持有", en="Held by members")
DAYS, SEALS = 92, 10  # looked through, shown: days without a journal tell nothing


def books_page(now: Acting) -> BooksPage:
    """The programme's books as of now. Takes `audit`."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    totals = ledger.totals(actor=now.actor, at=now.at)
    main = next((each for each in totals if each.unit == main_unit(rulebook)), None)
    seals = [seal for seal in ledger.seals(actor=now.actor, limit=DAYS) if seal.journals][:SEALS]
    return BooksPage(
        figures=_figures(main, rulebook) if main else (),
        books=[_book(each, rulebook) for each in totals],
        proof=proof_part(now),
        seals=[SealRow(seal.day, seal.journals, bytes(seal.root).hex()[:12]) for seal in seals],
        chain=_chain(now),
    )


def _chain(now: Acting) -> tuple[int, str]:
    seq, digest = chain_end(now.actor.programme)
    return seq, digest[:12]


def net(total: UnitTotal, flow: str) -> int:
    """What a house account gave, less what it got."""
    return total.out.get(flow, 0) - total.back.get(flow, 0)


def _figures(total: UnitTotal, rulebook: Programme) -> list[Figure]:
    unit = unit_title(rulebook, total.unit)
    given = net(total, "issued") + net(total, "opening")
    holders = Text(
        zh=f"{grouped(total.holders)} 位会员",
        en=f"{grouped(total.holders)} {either(total.holders, 'member', 'members')}",
    )
    return [
        Figure(Text(zh=f"会员持有{unit.zh}", en=f"{unit.en.capitalize()} held"), total.held, "points", holders),
        Figure(Text(zh="历来发放", en="Ever given"), given, "points", Text(zh="含期初带入", en="with the openings")),
        Figure(
            Text(zh="用掉", en="Used"),
            -net(total, "redeemed"),
            "points",
            Text(zh="换礼与抵扣", en="gifts and money off"),
        ),
        Figure(
            Text(zh="清零", en="Cleared"),
            -net(total, "expired"),
            "points",
            Text(zh="到期未用", en="unused by their end"),
        ),
    ]


def _book(total: UnitTotal, rulebook: Programme) -> UnitBook:
    unit = "money" if total.unit in MONEY else "signed"
    flows = FLOWS | (WALLET_FLOWS if total.unit in MONEY else {})
    known = [flow for flow in flows if flow in total.out or flow in total.back]
    others = sorted({*total.out, *total.back} - set(flows))
    steps = [Stair(flows[flow][0], net(total, flow), unit, flows[flow][1]) for flow in known]
    steps += [Stair(Text(zh=flow, en=flow), net(total, flow), unit) for flow in others]
    if total.due:
        due = Text(zh="已到期，夜里记账", en="Due, written down tonight")
        steps.append(Stair(due, -total.due, unit, Text(zh="读数已不含", en="no longer counted in any balance")))
    return UnitBook(
        unit_title(rulebook, total.unit), steps, Stair(_HELD, total.held, "money" if total.unit in MONEY else "points")
    )


def audit_page(now: Acting, asked: Mapping[str, str]) -> AuditPage:
    """The audit trail, newest first. `asked`: subject, by, deed, since, until (local days), before (a seq)."""
    wanted = {name: asked.get(name, "").strip() for name in ("subject", "by", "deed", "since", "until")}
    zone = programmes.programme_at(now.actor.programme, now.at).zone
    before = asked.get("before", "")
    rows = written(
        now.actor,
        subject=_subject(wanted["subject"]),
        by=wanted["by"] or None,
        operation=wanted["deed"] or None,
        since=at_day(day_of(wanted["since"], "since"), zone) if wanted["since"] else None,
        until=at_day(day_of(wanted["until"], "until") + timedelta(days=1), zone) if wanted["until"] else None,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        limit=PAGE + 1,
    )
    more = len(rows) > PAGE
    shown = rows[:PAGE]
    after = f"/books/audit?{urlencode({**_said(wanted), 'before': shown[-1].seq})}" if more else ""
    back = f"/books/audit?{urlencode(_said(wanted))}" if before else ""
    return AuditPage(
        rows=[_row(now, each) for each in shown],
        deeds=[(name, title, name == wanted["deed"]) for name, title in DEEDS.items()],
        people=_people(now, wanted["by"]),
        asked=wanted,
        cursor=Cursor(len(shown), None, back, after) if after or back else None,
        filtered=any(wanted.values()),
    )


def _said(wanted: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in wanted.items() if value}


def _subject(text: str) -> str | None:
    """A member's number alone means the member."""
    return (text if ":" in text else f"member:{text.upper()}") if text else None


def _people(now: Acting, chosen: str) -> list[tuple[str, str, bool]]:
    if not now.actor.may("organise"):
        return []
    people = identity.people(now.actor, now.at)
    return [(f"staff:{each.id}", each.name, f"staff:{each.id}" == chosen) for each in people]


def _row(now: Acting, entry: Written) -> AuditRow:
    return AuditRow(
        seq=entry.seq,
        at=entry.at,
        deed=deed(entry.operation),
        by=_NAMELESS.get(entry.actor.removesuffix(":0"), entry.actor_name),
        by_ref=entry.actor,
        subject=entry.subject,
        subject_href=subject_href(entry.subject, now.actor.may("organise")),
        given=[(name, _plain(value)) for name, value in entry.given.items() if value not in (None, "", [], {})],
    )


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else f"{text[:400]}…"
