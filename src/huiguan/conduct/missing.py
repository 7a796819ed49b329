"""What was not done in time is reported as a breach, once; what follows is for people to decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import connection

from huiguan.conduct.events import BreachReported
from huiguan.conduct.keeping import announce, next_number
from huiguan.conduct.models import Breach
from huiguan.conduct.owed import Facts, gathered, owed_by
from huiguan.conduct.owing import cause_of
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import system
from huiguan.members import queries as members
from huiguan.rules.kinds import duty, obligation
from huiguan.rules.kinds.obligation import LATE, OVERDUE, Obligation, Owed

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 41))"


def report_missed(programme: int, until: datetime) -> int:
    """Whatever was owed and not done in time up to `until` becomes a breach of the duty its clause names; how many. A
    night's work: run again it changes nothing."""
    facts = gathered(programme, until, None)
    if facts is None or not any(each.rule.duty for each in obligation.obligations(facts.rulebook).values()):
        return 0
    known = set(Breach.objects.filter(programme_id=programme).exclude(cause="").values_list("membership_id", "cause"))
    done = 0
    for member in members.belonging(programme, until):
        for each, owed, _ in owed_by(facts, member):
            missed = owed.state in (OVERDUE, LATE) and each.rule.duty
            if missed and (member.membership, cause_of(each.name, owed.known.key)) not in known:
                done += in_transaction(partial(_report, facts, programme, until, member.membership, each, owed))
    return done


def _report(facts: Facts, programme: int, until: datetime, membership: int, each: Obligation, owed: Owed) -> int:
    name, cause = each.rule.duty or "", cause_of(each.name, owed.known.key)
    with connection.cursor() as cursor:  # two nights at once report it once
        cursor.execute(_LOCK, [f"conduct|{programme}|{membership}"])
    if Breach.objects.filter(membership_id=membership, cause=cause).exists():
        return 0
    actor = system(programme, "nightly")
    seq, number = next_number(programme, "B")
    clause = duty.duties(facts.rulebook)[name].id
    told = {"clause": owed.reason.clause, "say": owed.reason.say, "values": dict(owed.reason.values)}
    Breach.objects.create(
        programme_id=programme, seq=seq, number=number, membership_id=membership, duty=name, clause=clause,
        version=facts.rulebook.version, happened_on=owed.due + timedelta(days=1), words="", cause=cause, told=told, reported_at=until,
        reported_by=actor.reference, reported_by_name=actor.name,
    )  # fmt: skip
    announce(actor, until, BreachReported(membership=membership, reference=number, at=until, clause=clause, duty=name))
    return 1
