"""The readers of the facts this room owns: a batch of memberships at once, and an SQL column for each.

The till's hot path: one statement for memberships with their cards, one for the ledger's days, one for rights. What
the batch has locked already (accounts) is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from huiguan.entitlements import queries as entitlements
from huiguan.foundation.statements import Question, Row, ask_together, hot_rows, listed
from huiguan.ledger import facts as ledger
from huiguan.ledger.lots import settled
from huiguan.ledger.values import Account
from huiguan.members.ahead import card_at, steps_read, tier_at
from huiguan.members.models import Pin
from huiguan.members.pins import MOST_WRONG
from huiguan.rules.facts import CardFact, MemberFacts, RightFact
from huiguan.rules.standing import Dated, stands

_MEMBERS = """
SELECT held.id, held.number, held.standing, held.joined_at, held.tier, held.tier_since, held.birthday,
       card.number, card.status, card.issued_at, card.clause, held.profile_complete, card.opened_at, card.shop,
       card.term_since, card.reviewed_at, held.type,
       held.opens_at, held.resumes_at, held.lapses_at, held.exits_at, held.barred_until, held.ahead
FROM members_membership held
LEFT JOIN LATERAL (
    SELECT number, CASE WHEN status = 'active' AND waiting THEN 'waiting' ELSE status END AS status, issued_at, clause,
           issued_shop_id AS shop, term_since, reviewed_at,
           (SELECT issued_at FROM members_card WHERE membership_id = held.id AND seq = 1) AS opened_at
    FROM members_card WHERE membership_id = held.id ORDER BY seq DESC LIMIT 1
) card ON true
WHERE held.id = ANY(%s::bigint[]) AND held.programme_id = %s
"""
_TIERS = """
SELECT asked.membership, asked.at, latest.after, latest.at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS asked(membership, at)
CROSS JOIN LATERAL (
    SELECT after, at FROM members_change
    WHERE membership_id = asked.membership AND what = %s AND at <= asked.at ORDER BY at DESC, seq DESC LIMIT 1
) AS latest
"""
# A member and her newest card as they were; before she joined, as she joined: the card is about to be handed to her.
_LAST = """(SELECT after FROM members_change WHERE membership_id = %(member)s AND what = '{what}'
        ORDER BY at <= %(at)s DESC, CASE WHEN at <= %(at)s THEN at END DESC, CASE WHEN at <= %(at)s THEN -seq ELSE seq END
        LIMIT 1)"""
_FROZEN = """(SELECT after = 'frozen' FROM members_change
        WHERE membership_id = %(member)s AND what = 'card' AND "values"->>'card' = members_card.number AND at <= %(at)s
        ORDER BY at DESC, seq DESC LIMIT 1)"""
_AS_OF = f"""
SELECT {_LAST.format(what="tier")}, {_LAST.format(what="standing")},
       held.standing, held.opens_at, held.resumes_at, held.lapses_at, held.exits_at, held.barred_until,
       held.ahead, card.number, card.status, card.issued_at, card.clause, card.shop, card.term_since, card.reviewed_at
FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
    SELECT number, issued_at, clause, issued_shop_id AS shop, term_since, reviewed_at,
           CASE WHEN replaced_at <= %(at)s THEN 'replaced' WHEN lost_at <= %(at)s THEN 'lost'
                WHEN status = 'void' AND reviewed_at <= %(at)s THEN 'void'
                WHEN {_FROZEN} THEN 'frozen'
                WHEN waiting OR activated_at > %(at)s THEN 'waiting' ELSE 'active' END AS status
    FROM members_card WHERE membership_id = %(member)s
    ORDER BY issued_at <= %(at)s DESC, CASE WHEN issued_at <= %(at)s THEN -seq ELSE seq END LIMIT 1
) card ON true
LEFT JOIN members_membership held ON held.id = %(member)s
"""

_RELEASED = """
SELECT membership_id, max(decided_at) FROM members_cardreview
WHERE membership_id = ANY(%s::bigint[]) AND decision = 'released' GROUP BY membership_id
"""

Moment = tuple[int, datetime]


def member_facts(
    programme: int,
    memberships: Iterable[int],
    *,
    at: datetime,
    since: date,
    accounts: Mapping[int, Account] | None = None,
) -> dict[int, MemberFacts]:
    """All the till's clauses may ask about these memberships; unknown ones are left out.

    `days` from the local day `since` on; `lots` and `held` as they read at `at`, of `accounts` where they are given
    (locked ones), else read here; `rights` all ever given. Standing and tier are the newest: a late happening asks
    `as_of`.
    """
    wanted = list(memberships)
    held = ledger.accounts(wanted) if accounts is None else accounts
    return facts_told(ask_together(facts_questions(programme, wanted, since)), at=at, accounts=held)


def facts_questions(programme: int, memberships: Iterable[int], since: date) -> list[Question[Any]]:
    """What `member_facts` asks, to be asked together with others; the answers go to `facts_told` as they are."""
    wanted = listed(memberships)
    return [
        Question(_MEMBERS, [wanted, programme], list),
        ledger.days_question(wanted, since),
        entitlements.rights_question(wanted),
    ]


def facts_told(answers: Sequence[Any], *, at: datetime, accounts: Mapping[int, Account]) -> dict[int, MemberFacts]:
    """The facts from the answers to `facts_questions`, `lots` and `held` as `accounts` read at `at`."""
    rows: list[Row]
    rows, days, rights = answers
    return {row[0]: _facts(row, days[row[0]], accounts.get(row[0]), rights.get(row[0], ()), at) for row in rows}


def bare_facts(programme: int, memberships: Iterable[int]) -> dict[int, MemberFacts]:
    """Who she is, where she stands, her newest card: without days, lots and rights. One statement."""
    return {row[0]: _facts(row, {}, None, (), None) for row in hot_rows(_MEMBERS, [list(memberships), programme])}


def _facts(
    row: tuple[Any, ...],
    days: Mapping[date, Mapping[str, int]],
    account: Account | None,
    rights: tuple[RightFact, ...],
    at: datetime | None,
) -> MemberFacts:
    ahead, status, tier, tier_since = row[22], row[8], row[4], row[5]
    if ahead is not None and at is not None:
        ahead = steps_read(ahead)
        tier, tier_since = tier_at(tier, tier_since, ahead, at)
        status = card_at(row[7], status, ahead, at)
    card = CardFact(row[7], status, row[9], row[10] or None, row[13], row[14], row[15]) if row[7] is not None else None
    units = settled(account, at).units if account is not None and at is not None else {}
    lots = {name: state.lots for name, state in units.items()}
    held = {name: state.held for name, state in units.items()}
    return MemberFacts(
        membership=row[0],
        number=row[1],
        standing=row[2] if at is None else stands(row[2], Dated(*row[17:22]), at),
        joined_at=row[3],
        tier=tier,
        tier_since=tier_since,
        birthday=row[6],
        card=card,
        profile_complete=row[11],
        days=days,
        lots=lots,
        held=held,
        rights=rights,
        opened_at=row[12],
        type=row[16],
    )


def as_of(facts: MemberFacts, at: datetime) -> MemberFacts:
    """The same member as a late happening of `at` finds her: standing, tier and card of then. What had not begun by
    then is taken as it began."""
    ((tier, standing, newest, opens, resumes, lapses, exits, barred, ahead, *card),) = hot_rows(
        _AS_OF, {"member": facts.membership, "at": at}
    )
    if standing == newest:  # what fell due since the newest word was written
        standing = stands(standing, Dated(opens, resumes, lapses, exits, barred), at)
    number, status, issued_at, clause, *more = card  # more: shop, term_since, reviewed_at
    status = card_at(number, status, steps_read(ahead), at)
    return replace(
        facts,
        tier=facts.tier if at >= facts.tier_since else tier or facts.tier,
        standing=standing or facts.standing,
        card=CardFact(number, status, issued_at, clause or None, *more) if number is not None else None,
    )


def released_question(memberships: Iterable[int]) -> Question[dict[int, datetime]]:
    """When a review of theirs was last decided in their favour; asked only where a rulebook watches."""
    return Question(_RELEASED, [listed(memberships)], lambda rows: dict(rows))


def tier_at_moments(moments: Sequence[Moment]) -> dict[Moment, tuple[str, datetime]]:
    """(membership, moment) -> (tier then, since when), from history; one statement. Before she joined: left out."""
    return _then(moments, "tier")


def standing_at_moments(moments: Sequence[Moment]) -> dict[Moment, tuple[str, datetime]]:
    """(membership, moment) -> (standing then, since when); before she joined: left out."""
    return _then(moments, "standing")


def _then(moments: Sequence[Moment], what: str) -> dict[Moment, tuple[str, datetime]]:
    rows = hot_rows(_TIERS, [[key for key, _ in moments], [at for _, at in moments], what])
    asked = {(key, at.timestamp()): (key, at) for key, at in moments}
    return {asked[(key, at.timestamp())]: (after, since) for key, at, after, since in rows}


def pin_state(membership: int) -> str:
    """Whether a PIN protects what the member has stored: none, set or locked."""
    row = Pin.objects.filter(membership_id=membership).first()
    return "none" if row is None else "locked" if row.wrong >= MOST_WRONG else "set"
