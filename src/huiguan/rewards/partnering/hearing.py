"""What the partner says of an exchange, however often, late or otherwise; and what a person decides where that differs.

Every word is written down. The first last word that fits settles; one that differs from what was asked opens a dispute,
in which the points stay where they are; one that contradicts what is settled changes nothing and is shown.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Journal, Movement, house_address, member_address
from huiguan.members import operations as member_books
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import partner_refusals as refusals
from huiguan.rewards.inputs.partners import HearPartner, SettleExchange
from huiguan.rewards.models import Exchange, ExchangeWord
from huiguan.rewards.partnering.asking import CAUSE, HOUSE, PURPOSE, give, tell_exchange
from huiguan.rewards.partnering.lines import terms_of
from huiguan.rewards.partnering.telling import exchange_told, found_exchange
from huiguan.rewards.values.partners import ASKED, DISPUTED, DONE, OPEN_STATES, REFUSED, ExchangeTold
from huiguan.rewards.whom import Asking, known
from huiguan.rules.kinds import partner

DECIDE = "correct"
PENDING, UNKNOWN = "pending", "unknown"
MOST_WORDS = 100  # kept of one exchange; who repeats itself more often says nothing new


def hear_partner(
    *, actor: Actor, at: datetime, given: HearPartner, via: str = "notice", final: bool = True
) -> ExchangeTold:
    """A partner's word, as often as it comes: the same one again changes nothing. The actor is the partner's own
    (`partner_actor`). `unknown` refuses only where it is `final`: the request can no longer arrive.

    ExchangeUnknown where it is none of ours, or another partner's.
    """

    def do() -> ExchangeTold:
        row = found_exchange(actor, given.exchange, lock=True)
        if actor.name != row.partner or row.begun_by != HOUSE:
            raise refusals.ExchangeUnknown(field="exchange", exchange=given.exchange)
        write_word(actor, row, via, given.state, given.units, given.told, at)
        _heard(actor, row, given, at, final)
        row.save()
        return exchange_told(actor, row)

    return in_transaction(do)


def partner_actor(programme: int, name: str) -> Actor:
    """The partner as it acts on its own exchanges."""
    return Actor("partner", 0, name, programme)


def write_word(actor: Actor, row: Exchange, via: str, state: str, units: int | None, told: str, at: datetime) -> None:
    if row.words >= MOST_WORDS:
        return
    row.words += 1
    ExchangeWord.objects.create(
        programme_id=row.programme_id, exchange=row, n=row.words, via=via, state=state, units=units, told=told, at=at,
        actor=actor.name,
    )  # fmt: skip


def _heard(actor: Actor, row: Exchange, given: HearPartner, at: datetime, final: bool) -> None:
    state = REFUSED if given.state == UNKNOWN and final else given.state
    if row.state in (DONE, REFUSED):
        differs = given.units is not None and given.units != row.theirs
        row.odd = row.odd or (state in (DONE, REFUSED) and state != row.state) or (state == DONE and differs)
        return
    if state in (PENDING, UNKNOWN) or row.state == DISPUTED:
        return
    row.told = given.told[:64]
    if state == REFUSED:
        _end(actor, row, REFUSED, given.told or UNKNOWN, at)
    elif given.units is None or given.units == row.theirs:
        _end(actor, row, DONE, "", at)
    else:
        row.state, row.ask_wall = DISPUTED, None
        row.why = f"{given.units} ≠ {row.theirs}"
        tell_exchange(row, at)


def settle_exchange(*, actor: Actor, at: datetime, given: SettleExchange, key: str | None = None) -> ExchangeTold:
    """A person decides, by the partner's paper, what became of an exchange that is not settled: done, with as many of the
    partner's `units` as it says, or not done. Takes `correct`. ExchangeUnknown, ExchangeSettled, Forbidden."""
    actor.demand(DECIDE)

    def do() -> ExchangeTold:
        row = found_exchange(actor, given.exchange, lock=True)
        if row.state not in OPEN_STATES:
            raise refusals.ExchangeSettled(field="exchange")
        if row.state == ASKED:  # never sent: it must not be sent any more, either
            row.sent_wall = at
        if given.outcome == DONE and given.units is not None and given.units != row.theirs:
            _at_their_word(row, given.units)
        write_word(actor, row, "person", given.outcome, given.units, given.why, at)
        _end(actor, row, given.outcome, given.why, at)
        row.save()
        return exchange_told(actor, row)

    return perform(
        "settle_exchange", actor=actor, at=at, subject=f"exchange:{given.exchange.upper()}", given=given, key=key,
        returns=ExchangeTold, do=do,
    )  # fmt: skip


def _at_their_word(row: Exchange, units: int) -> None:
    """The exchange as the partner did it: what it owes or is owed, and for what came in what the member gets, by the
    rulebook it was asked under. What went out of ours stays as it was."""
    terms = terms_of(programmes.version(row.version or 0), row.partner)
    if row.direction == partner.IN:
        what = partner.exchanged(terms, partner.IN, units)
        row.ours, row.owed = max(1, what.ours), what.owed
    else:
        row.owed = partner.paid_for(terms, units)
    row.theirs = units


def _end(actor: Actor, row: Exchange, state: str, why: str, at: datetime) -> None:
    """Settled: what was asked for comes in, or what went out comes back."""
    row.state, row.ended_at, row.why, row.ask_wall = state, at, why[:200], None
    if state == REFUSED:
        row.owed = 0
        if row.direction == partner.OUT:
            recalled = member_books.recall_books(actor=actor, at=at, membership=row.membership_id)
            _back(actor, row, at)
            if recalled is not None:
                member_books.hand_books_on(recalled)
    elif row.direction == partner.IN:
        give(actor, row, _taker(row, at))
    tell_exchange(row, at)


def _taker(row: Exchange, at: datetime) -> Asking:
    """The member as she is now, whatever her standing: what the partner took must arrive. Merged, it is who goes on."""
    rulebook = programmes.programme_at(row.programme_id, at)
    row.membership_id = members.holder_of(row.membership_id)
    account = ledger.settle_accounts([row.membership_id], at=at)[row.membership_id]
    facts = known(row.programme_id, rulebook, row.membership_id, at, account)
    terms = terms_of(programmes.version(row.version or 0), row.partner)
    return Asking(rulebook, terms.clause, at, local_day(at, rulebook.zone), account, facts)


def _back(actor: Actor, row: Exchange, at: datetime) -> None:
    """What went out, back in the lots it came from; what its day counted, counted no more."""
    account = ledger.settle_accounts([row.membership_id], at=at)[row.membership_id]
    key, day = (row.membership_id, row.seq or 0), local_day(row.asked_at, programmes.version(row.version or 0).zone)
    amount = row.ours + row.fee
    move = Movement(
        row.unit, amount, house_address(row.unit, PURPOSE), member_address(row.membership_id, row.unit), row.clause,
        restores=lot_choice.give_back(ledger_facts.spent_lots([key])[key], amount),
    )  # fmt: skip
    journal = Journal(
        at=at, cause=(f"{CAUSE}_back", row.number), actor=actor.reference, clause=row.clause, version=row.version,
        movements=(move,), tallies=tuple((day, measure, -count) for measure, count in row.document["tallies"]),
        reverses=row.seq,
    )  # fmt: skip
    account, sealed = fold(account, journal, written_at=at)
    ledger.write_sealed(row.programme_id, [account], [(row.membership_id, sealed)], at)
    row.back_seq = account.seq
