"""A written wish to leave, approved: the membership ends once everything that ties her to the house is cleared."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases.subjects import Subject
from huiguan.cases.values import Check, KnownMatter, Unmet
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members.admitting import stands
from huiguan.members.clearing import open_encumbrances
from huiguan.members.life_refusals import NoSuchGround, NotInForce
from huiguan.members.models import Membership
from huiguan.members.operations.exiting import NO_GROUNDS, end
from huiguan.members.standings import STANDINGS, standing_of
from huiguan.members.subjects.needing import demand_only, unmet
from huiguan.members.turning import settle
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import exit as exits
from huiguan.rules.programme import Programme
from huiguan.rules.standing import OVER

GROUND = "ground"


class Leaving(Subject):
    """The ground is the form's, else the first that is a member's own."""

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        member = _member(matter)
        now = standing_of(member, at)
        if now in OVER:
            raise NotInForce(field="member", number=member.number, standing=STANDINGS[now])
        demand_only(matter, member.pk, at)
        rulebook = programmes.version(matter.version)
        ground = _ground(rulebook, member, matter)
        stands(rulebook, exits.decide(rulebook, member.type, ground, itself=actor.kind == "member"))

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        rulebook, member = programmes.version(matter.version), _member(matter)
        left = exits.unmet(rulebook, member.type, open_encumbrances(member.pk))
        told = [Check(each.clause, False, Text(**exits.SAYS[each.say].both(**each.values)), True) for each in left]
        listed = exits.order(rulebook, member.type)
        clear = Check(listed[0][0].id, True, exits.SAYS["clear"]) if listed and not told else None
        return tuple(told) if clear is None else (clear,)

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        return unmet(matter, needs, at)

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        rulebook = programmes.programme_at(matter.programme, at)
        member = Membership.objects.select_for_update().get(pk=_member(matter).pk)
        settle(rulebook, member, at)
        ground = _ground(rulebook, member, matter)
        end(actor.reference, rulebook, member, at, ground, f"matter:{matter.number}", itself=False)


def _member(matter: KnownMatter) -> Membership:
    if matter.membership is None:
        raise NoSuchGround(field="member", why={"zh": "写明是哪位会员。", "en": "It must say which member."})
    return Membership.objects.get(pk=matter.membership, programme_id=matter.programme)


def _ground(rulebook: Programme, member: Membership, matter: KnownMatter) -> str:
    known = exits.grounds(rulebook, member.type)
    own = next((name for name, (_, ground) in known.items() if ground.by == "member"), None)
    ground = matter.form.get(GROUND) or own
    if not ground:
        raise NoSuchGround(field="ground", why=NO_GROUNDS)
    return str(ground)
