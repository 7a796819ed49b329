"""What a simulation is about, settled: the rulebook tried beside those that judged, the time, the goods' prices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection

from huiguan.checkout.catalogue import prices_for
from huiguan.checkout.reading import YEAR
from huiguan.checkout.simulating.gathering import Gatherer
from huiguan.checkout.simulating.records import Setting
from huiguan.identity import queries as identity
from huiguan.kernel.actors import system
from huiguan.kernel.moments import at_day, local_day
from huiguan.members import past as people
from huiguan.programme import queries as programmes
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.needs import needs
from huiguan.rules.programme import Programme

_PRICED = "SELECT DISTINCT sku FROM checkout_price WHERE programme_id = %s AND kind IN ('member', 'exclusive')"


def gatherer(programme: int, source: str, since: date, until: date, as_written: datetime) -> Gatherer:
    """Ready to read: `since` and `until` are local days of the rulebook tried, both included."""
    draft = compile_rulebook(source)
    begins, ends = at_day(since, draft.zone), at_day(until + timedelta(days=1), draft.zone)
    timeline = programmes.timeline(programme)
    judging = [draft, *(rulebook for _, rulebook in timeline)]
    back = max(YEAR, *(needs(each).days_back + 1 for each in judging))
    setting = Setting(
        programme=programme,
        draft=draft,
        timeline=timeline,
        begins=begins,
        ends=ends,
        as_written=as_written,
        since=local_day(begins, draft.zone) - timedelta(days=back),
        grants_alike=all(_grants(each) == _grants(draft) for each in _in_force(timeline, begins, ends)),
        prices=_prices(programme) if any(each.of("price") for each in judging) else {},
    )
    shops = {shop.id: shop.code for shop in identity.shops(system(programme))}
    return Gatherer(setting, shops, people.granted_month_ends(programme, begins, ends))


def _in_force(timeline: Iterable[tuple[datetime, Programme]], begins: datetime, ends: datetime) -> Iterable[Programme]:
    """The versions in force some time between the two moments."""
    for since, rulebook in timeline:
        if since < ends:
            yield rulebook
        if since <= begins:
            return


def _grants(rulebook: Programme) -> list[tuple[str, str, object]]:
    """All that decides what rights are given, and when."""
    return [(clause.id, kind, clause.parameters) for kind in ("grant", "eligibility") for clause in rulebook.of(kind)]


def _prices(programme: int) -> dict[str, object]:
    """The goods that have members' prices, with all their prices."""
    with connection.cursor() as cursor:
        cursor.execute(_PRICED, [programme])
        return dict(prices_for(programme, [row[0] for row in cursor.fetchall()]))
