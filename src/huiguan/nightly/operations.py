"""What falls due, in the one order that is published: for the night, the demonstration's clock and the examples.

What is due is true when read, so running late changes no answer: each job works through its own due moments, oldest
first, as if every night had been kept. Expiry comes before grants, and the books of a day are closed last.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.analytics import operations as analytics
from huiguan.billing import operations as billing
from huiguan.cases import operations as cases
from huiguan.checkout import operations as checkout
from huiguan.conduct import operations as conduct
from huiguan.kernel.actors import system
from huiguan.kernel.moments import local_day
from huiguan.ledger import operations as ledger
from huiguan.members import operations as members
from huiguan.messaging import operations as messaging
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rewards import operations as rewards
from huiguan.visits import operations as visits


def run_due(programme: int, until: datetime) -> None:
    """Write down everything of a programme that fell due up to `until`, in order: what tills that never came back had set aside, word of points about to end, what is over in the mall, holds that lapsed and lots that died, the clocks of matters, what is late of dues and deposits, what members owed and did not do in time, what came of friends who were brought,
    measures that are over,
    terms that ended and birthdays that change the sort of member,
    members who have come to work here, the years of cards that are over, then what month-ends grant, word of coupons about to
    end and of birthdays, what is stored watched, the data of those long gone erased, drafts nobody came back to taken back, then the seal of the last day that is over and its figures. Running it
    again changes nothing."""
    with programmes.versions_read_once():
        _run(programme, until)


def _run(programme: int, until: datetime) -> None:
    checkout.close_due_allowances(actor=system(programme, "nightly"), at=until)
    messaging.tell_before_ends(programme=programme, until=until, written_at=until)
    rewards.run_due(programme=programme, at=until)
    ledger.expire_due(programme=programme, at=until)
    cases.run_clocks(programme, until)
    billing.follow_dues(programme=programme, at=until)
    conduct.report_missed(programme, until)
    checkout.settle_referrals(actor=system(programme, "nightly"), at=until)
    conduct.settle_over(programme, until)
    members.run_terms(programme, until)
    members.suspend_staff(programme, until)
    members.review_cards(programme, until)
    members.grant_due(programme, until)
    messaging.tell_after_grants(programme=programme, until=until, written_at=until)
    checkout.watch_stored_value(actor=system(programme, "nightly"), at=until)
    visits.erase_due(programme, until)
    visits.clear_drafts(programme, until)
    visits.forget_applicants(programme, until)
    messaging.forget_erased(programme)
    _seal(programme, until)


def run_all_due(until: datetime) -> None:
    """What fell due in every programme of the installation."""
    for programme in programmes.programmes():
        run_due(programme.id, until)


def _seal(programme: int, until: datetime) -> None:
    try:
        zone = programmes.programme_at(programme, until).zone
    except NoRulebookInForce:  # nothing has been judged yet, so nothing was written
        return
    yesterday = local_day(until, zone) - timedelta(days=1)
    ledger.seal_day(programme=programme, day=yesterday, zone=zone, at=until)
    analytics.write_days(programme=programme, day=yesterday, zone=zone, at=until)
