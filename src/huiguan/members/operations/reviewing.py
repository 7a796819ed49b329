"""The years of cards that are over, judged for all members at once. A night's work, restartable."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from huiguan.foundation.performing import in_transaction
from huiguan.kernel.moments import local_day
from huiguan.members.facts import member_facts
from huiguan.members.keeping import judge
from huiguan.members.storing import run
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.needs import needs
from huiguan.rules.programme import Programme

BATCH = 500
SHORTEST_YEAR = timedelta(days=364)  # from a moment of the first day to the first moment of the day a year on

# Newest cards whose last judged year, or issue, lies a year back; members locked, so that no card is swapped meanwhile.
_DUE = """
SELECT held.id FROM members_membership held
JOIN members_card card ON card.membership_id = held.id AND card.status IN ('active', 'frozen')
WHERE held.programme_id = %s AND held.id > %s AND held.merged_into IS NULL
  AND coalesce(card.reviewed_at, card.term_since, card.issued_at) <= %s
  AND NOT EXISTS (SELECT 1 FROM members_card later WHERE later.membership_id = held.id AND later.seq > card.seq)
ORDER BY held.id LIMIT %s FOR UPDATE OF held
"""


def review_cards(programme: int, at: datetime) -> int:
    """Judge every card year that ended by `at`; how many members fell. Running it again changes nothing."""
    try:
        rulebook = programmes.programme_at(programme, at)
    except NoRulebookInForce:
        return 0
    if not tier_ladder.keeps(rulebook):
        return 0
    fallen, last, more = 0, 0, True
    while more:
        keys, count = in_transaction(partial(_review, programme, rulebook, last, at))
        last, more = (keys[-1], True) if keys else (last, False)
        fallen += count
    return fallen


def _review(programme: int, rulebook: Programme, after: int, at: datetime) -> tuple[list[int], int]:
    keys = [row[0] for row in run(_DUE, [programme, after, at - SHORTEST_YEAR, BATCH])]
    if not keys:
        return [], 0
    since = needs(rulebook).since(local_day(at, rulebook.zone))
    return keys, judge(programme, rulebook, member_facts(programme, keys, at=at, since=since), at, at)
