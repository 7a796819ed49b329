"""What comes of the matters about awards, in the transaction that decides them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from huiguan.cases.subjects import Subject
from huiguan.cases.values import Check, KnownMatter
from huiguan.conduct.awarding import LETTER, demand_room
from huiguan.conduct.honouring import drop, grant
from huiguan.conduct.keeping import stands
from huiguan.conduct.models import Award, Measure, Series
from huiguan.conduct.refusals import NotByHand
from huiguan.kernel.actors import Actor, reference_to
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import measure_taken

_STANDS = Text(zh="正在受“{measure}”（{number}）。", en="“{measure}” stands against the member ({number}).")


class Awards(Subject):
    """What a matter of `award` decides: whether the member is given it."""

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        if self._row(matter) is None:
            raise NotByHand(field="procedure")

    def concerned(self, matter: KnownMatter) -> frozenset[str]:
        number = matter.subject_ref.partition(":")[2]
        rows = Award.objects.filter(programme_id=matter.programme, number=number)
        lives = (key for row in rows for key in members.lives_of(row.membership_id))
        return frozenset(reference_to("member", key) for key in lives)

    def about(self, actor: Actor) -> QuerySet[Any, str] | None:
        if actor.membership is None:
            return None
        lives = members.lives_of(actor.membership)
        rows = Award.objects.filter(programme_id=actor.programme, membership_id__in=lives)
        return rows.values_list(Concat(Value("award:"), "number"), flat=True)

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        row = self._row(matter)
        if row is None:
            return ()
        found = []
        for each in Measure.objects.filter(
            membership_id__in=members.lives_of(row.membership_id), state="decided"
        ).order_by("seq"):
            if stands(each, at):
                called = measure_taken.called(programmes.version(each.version), each.measure)
                told = Text(**_STANDS.both(measure=called, number=each.number))
                found.append(Check(row.clause, False, told, conflict=True))
        return tuple(found)

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        # Two awards decided at once are counted one after the other.
        Series.objects.select_for_update().get(programme_id=matter.programme, name=LETTER)
        row = self._row(matter)
        assert row is not None, "the matter is about an award"
        row.membership_id = members.holder_of(row.membership_id)
        members.demand_in_force(row.programme_id, row.membership_id, at)
        demand_room(row)
        grant(actor, row, at)

    def refused(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._drop(matter, actor, at)

    def lapsed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._drop(matter, actor, at)

    def withdrawn(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._drop(matter, actor, at)

    def _row(self, matter: KnownMatter) -> Award | None:
        number = matter.subject_ref.partition(":")[2]
        return Award.objects.select_for_update().filter(programme_id=matter.programme, number=number).first()

    def _drop(self, matter: KnownMatter, actor: Actor, at: datetime) -> None:
        row = self._row(matter)
        assert row is not None, "the matter is about an award"
        drop(actor, row, at, matter.number)
