"""A tier asked for and approved; data changed once somebody has looked at it."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases.subjects import Subject
from huiguan.cases.values import Check, KnownMatter, Unmet
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import forms, profiling
from huiguan.members.changes import record_changes
from huiguan.members.life_refusals import NotInForce
from huiguan.members.models import Membership
from huiguan.members.operations.profiles import write_profile
from huiguan.members.standings import demand_active
from huiguan.members.subjects.kinship import conflicts
from huiguan.members.subjects.needing import demand_only, demand_rows, unmet
from huiguan.members.values import NewChange
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds import tier_ladder

TIER = "tier"
_NO_TIER = Text(zh="章程没有这个等级", en="is no tier of the rulebook")
_WHO = Text(zh="—", en="—")


def member_of(matter: KnownMatter, *, lock: bool = False) -> Membership:
    """The member a matter is about; NotInForce where it names none."""
    rows = Membership.objects.select_for_update() if lock else Membership.objects
    found = rows.filter(pk=matter.membership or 0, programme_id=matter.programme).first()
    if found is None:
        raise NotInForce(field="member", number="—", standing=_WHO)
    return found


class Tiers(Subject):
    """The tier is the form's `tier`; whoever is passed stands on it from that moment."""

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        member = member_of(matter)
        demand_active(member, at)
        demand_only(matter, member.pk, at)
        rungs = {rung.tier for rung in tier_ladder.rungs(programmes.version(matter.version))}
        if matter.form.get(TIER) and str(matter.form[TIER]) not in rungs:
            raise InvalidInput(field=f"form.{TIER}", rule=_NO_TIER)

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        return conflicts(matter, at)

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        return unmet(matter, needs, at)

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        member = member_of(matter, lock=True)
        demand_active(member, at)
        told = {"matter": matter.number}
        change = NewChange(
            member.pk, "tier", member.tier, str(matter.form[TIER]), at, matter.clause or None,
            f"matter:{matter.number}", told, actor.reference,
        )  # fmt: skip
        record_changes([change], at)


class ProfileChanges(Subject):
    """The form's answers become the profile's, dated, once it is passed."""

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        demand_only(matter, member_of(matter).pk, at)

    def handing_in(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        demand_rows(matter)

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        return conflicts(matter, at)

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        return unmet(matter, needs, at)

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        rulebook = programmes.programme_at(matter.programme, at)
        member = member_of(matter, lock=True)
        known = {field.name for field in profile_kind.form_of(rulebook, member.type)[1]}
        known |= set(forms.key_names(rulebook).values())
        asked = {name: str(value) for name, value in matter.form.items() if name in known and value not in (None, "")}
        if asked:
            today = local_day(at, rulebook.zone)
            write_profile(actor=actor, at=at, rulebook=rulebook, member=member, asked=asked, today=today)
            profiling.refresh_completeness(rulebook, [member.pk])
