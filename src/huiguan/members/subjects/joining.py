"""An application to join, or to be registered: checked when it is handed in, a membership when it is passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from huiguan.cases.operations import link_matter
from huiguan.cases.subjects import Subject
from huiguan.cases.values import Check, KnownMatter, Unmet
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import forms
from huiguan.members.admitting import purchases, stands
from huiguan.members.alone import demand_alone
from huiguan.members.barring import former_members
from huiguan.members.certificates import on_joining
from huiguan.members.enrolling import enrol
from huiguan.members.inputs import EnrolMember, Receipt
from huiguan.members.life_refusals import MemberAlready, StricterWay
from huiguan.members.models import Membership
from huiguan.members.operations.exiting import readmit
from huiguan.members.standings import STANDINGS, standing_of
from huiguan.members.subjects.kinship import conflicts
from huiguan.members.subjects.needing import demand_rows, unmet
from huiguan.members.turning import Why, begin_term, settle, turn
from huiguan.parties import operations as parties
from huiguan.parties import queries as people
from huiguan.parties.values import NewParty
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import eligibility, member_type
from huiguan.rules.kinds import exit as exits
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.programme import Programme
from huiguan.rules.standing import ACTIVE, APPROVED, EXITED, OVER, PENDING, PROVISIONAL

TYPE = "member_type"  # the field of the form that says which sort of member somebody wants to be
COLLECTED = {"approved_not_collected": APPROVED}


def type_of(rulebook: Programme, form: Mapping[str, object]) -> str:
    """The sort of member a form is for: named, or the first anybody may apply for."""
    return str(form.get(TYPE) or member_type.entry(rulebook))


def given_of(rulebook: Programme, matter: KnownMatter) -> EnrolMember:
    """The matter's form as an enrolment: the fields the profile of the sort knows."""
    sort = type_of(rulebook, matter.form)
    known = {field.name for field in profile_kind.form_of(rulebook, sort)[1]} | set(forms.key_names(rulebook).values())
    answers = {name: str(value) for name, value in matter.form.items() if name in known and value not in (None, "")}
    names = forms.key_names(rulebook)
    return EnrolMember(
        name=answers.pop(names["name"], None), phone=answers.pop(names["phone"], None), profile=answers,
        type=sort or None, receipts=_receipts(matter.form),
    )  # fmt: skip


def _receipts(form: Mapping[str, object]) -> list[Receipt]:
    """The purchase a form tells of, where its procedure asks for one: its bill, what was paid, its day."""
    if not form.get("receipt"):
        return []
    told = {"number": form["receipt"], "amount": form.get("receipt_amount", ""), "day": form.get("receipt_on") or None}
    return [read(Receipt, told, within="form.receipt")]


class Joining(Subject):
    """Whoever is passed is a member; a stage may make her a provisional one, or one that waits, before. A former member who
    is known again stays one until then."""

    alone = True

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        rulebook = programmes.version(matter.version)
        sort, day = type_of(rulebook, matter.form), local_day(at, rulebook.zone)
        given = given_of(rulebook, matter)
        born = forms.read_known(rulebook, given, day)[0].birthday
        clause = member_type.types(rulebook).get(sort)
        ages = clause is not None and bool(member_type.rule(clause).age_from or member_type.rule(clause).age_under)
        itself = actor.kind in ("applicant", "member")
        if born is not None or not ages:
            stands(rulebook, member_type.decide(rulebook, sort, born, day, itself=itself))
        if given.receipts and "purchase" not in member_type.waived(rulebook, sort):
            stands(rulebook, eligibility.joining(rulebook, purchases(rulebook, given.receipts, day)))
        _demand_free(rulebook, matter, at)

    def handing_in(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        demand_rows(matter)

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        rulebook = programmes.version(matter.version)
        day = local_day(matter.submitted_at or at, rulebook.zone)
        sort = type_of(rulebook, matter.form)
        born = forms.read_known(rulebook, given_of(rulebook, matter), day)[0].birthday
        decided = member_type.decide(rulebook, sort, born, day, itself=False)
        told = [
            Check(each.clause, each.given, Text(**member_type.SAYS[each.say].both(**each.values)))
            for each in decided.reasons
        ]
        return (*told, *_conflicts(rulebook, matter, day), *conflicts(matter, at))

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        return unmet(matter, needs, at)

    def entered(self, matter: KnownMatter, stage: str, standing: str, *, actor: Actor, at: datetime) -> None:
        word = COLLECTED.get(standing, standing)
        if word not in (PENDING, APPROVED, PROVISIONAL, ACTIVE):
            return
        member = _own(matter)
        if member is None:
            _admit(matter, word, actor, at)
        elif member.standing in OVER:
            _back(matter, member, word, actor, at)
        elif member.standing != word:
            _turn(matter, member, word, actor, at)

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        member = _own(matter)
        if member is None:
            _admit(matter, "", actor, at)
            return
        rulebook = programmes.programme_at(matter.programme, at)
        settle(rulebook, member, at)
        why = Why(actor.reference, matter.clause or None, f"matter:{matter.number}")
        if member.standing in OVER:
            readmit(actor.reference, rulebook, member, at, f"matter:{matter.number}", ())
        else:
            turn(rulebook, member, begin_term(rulebook, member, at), at, why)
            on_joining(rulebook, member, at, actor.reference)

    def refused(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        _fell_through(matter, actor, at)

    def lapsed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        _fell_through(matter, actor, at)

    def withdrawn(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        _fell_through(matter, actor, at)


class Registering(Joining):
    """Whoever is passed is known to the house and no member: a later application takes her data over."""

    def entered(self, matter: KnownMatter, stage: str, standing: str, *, actor: Actor, at: datetime) -> None:
        """Registering makes nobody a member."""

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        rulebook = programmes.programme_at(matter.programme, at)
        given = given_of(rulebook, matter)
        known = forms.read_known(rulebook, given, local_day(at, rulebook.zone))[0]
        unit = member_type.is_organisation(rulebook, type_of(rulebook, matter.form))
        sensitive = forms.sensitive_fields(rulebook)
        person = NewParty(known.name, None, known.values, sensitive, known.birthday, unit)
        party = parties.create_party(actor=actor, at=at, party=person)
        link_matter(actor=actor, at=at, matter=matter.id, subject_ref=f"party:{party}", party=party)


def _own(matter: KnownMatter) -> Membership | None:
    """The membership the matter is about already, locked."""
    if matter.membership is None:
        return None
    return Membership.objects.select_for_update().get(pk=matter.membership, programme_id=matter.programme)


def _admit(matter: KnownMatter, standing: str, actor: Actor, at: datetime) -> None:
    """A membership out of the matter's form; a former member known again comes back under her number."""
    rulebook = programmes.programme_at(matter.programme, at)
    _demand_no_other(rulebook, matter, at)
    former = next(iter(_former(rulebook, matter)), None)
    if former is not None:
        member = Membership.objects.select_for_update().get(pk=former.pk)
        _back(matter, member, standing, actor, at)
        number, key = member.number, member.pk
    else:
        acting = replace(actor, powers=actor.powers | {"enrol"}, shops=None)
        made = enrol(
            acting,
            at,
            [given_of(rulebook, matter)],
            allow_incomplete=True,
            carried_over=False,
            as_=standing,
            applied=True,
        )[0]
        if isinstance(made, Refusal):
            raise made
        number, key = made.number, made.membership
        member = Membership.objects.get(pk=key)
        if member.standing == ACTIVE:
            on_joining(rulebook, member, at, actor.reference)
    link_matter(
        actor=actor, at=at, matter=matter.id, subject_ref=f"member:{number}", party=member.party_id, membership=key
    )


def _back(matter: KnownMatter, member: Membership, word: str, actor: Actor, at: datetime) -> None:
    """A former member on her way back: while she waits she is what she was, a provisional member is one."""
    if word in (PENDING, APPROVED):
        return
    rulebook = programmes.programme_at(matter.programme, at)
    readmit(actor.reference, rulebook, member, at, f"matter:{matter.number}", ())
    if word == PROVISIONAL:
        _turn(matter, member, word, actor, at)


def _turn(matter: KnownMatter, member: Membership, word: str, actor: Actor, at: datetime) -> None:
    rulebook = programmes.programme_at(matter.programme, at)
    settle(rulebook, member, at)
    turn(rulebook, member, word, at, Why(actor.reference, matter.clause or None, f"matter:{matter.number}"))


def _fell_through(matter: KnownMatter, actor: Actor, at: datetime) -> None:
    """Nothing comes of it: whoever was waiting is out again; a provisional member stays what she is."""
    member = _own(matter)
    if member is not None and member.standing in (PENDING, APPROVED):
        _turn(matter, member, EXITED, actor, at)


def _former(rulebook: Programme, matter: KnownMatter) -> list[Membership]:
    values = {name: str(value) for name, value in matter.form.items() if value not in (None, "")}
    return former_members(matter.programme, rulebook, values)


def _demand_free(rulebook: Programme, matter: KnownMatter, at: datetime) -> None:
    """Barred, StricterWay, IdentityTaken, MemberAlready."""
    day = local_day(at, rulebook.zone)
    for former in _former(rulebook, matter):
        left = local_day(former.standing_since, rulebook.zone)
        reasons = stands(rulebook, exits.back(rulebook, former.type, former.exit_ground, left, day))
        way = exits.way_back(rulebook, former.type, former.exit_ground)
        if way and way != matter.procedure:
            why = exits.SAYS["strict"].both(**reasons[0].values)
            raise StricterWay(field="procedure", clause=reasons[0].clause, why=why)
    _demand_no_other(rulebook, matter, at)


def _demand_no_other(rulebook: Programme, matter: KnownMatter, at: datetime) -> None:
    """IdentityTaken, MemberAlready: what is one person's alone is nobody's, but of a former member who comes back; nobody
    with the form's identity number or credit code is a member."""
    own = {former.party_id for former in _former(rulebook, matter)} | {matter.party or 0}
    asked = {name: str(value) for name, value in matter.form.items() if value not in (None, "")}
    demand_alone(matter.programme, rulebook, asked, but=own, within="form")
    for member in _same(rulebook, matter):
        now = standing_of(member, at)
        if now not in OVER and member.pk != matter.membership:
            raise MemberAlready(field="form", number=member.number, standing=STANDINGS[now])


def _same(rulebook: Programme, matter: KnownMatter) -> list[Membership]:
    """Members with the form's identity number or credit code."""
    kinds = {field.name for field in profile_kind.form(rulebook)[1] if field.type in ("id_number", "credit_code")}
    found = {
        party
        for name in kinds
        if matter.form.get(name)
        for party in people.holders_of_value(matter.programme, str(matter.form[name]))
    }
    return list(Membership.objects.filter(programme_id=matter.programme, party__in=found).order_by("pk"))


def _conflicts(rulebook: Programme, matter: KnownMatter, day: object) -> list[Check]:
    """What a reviewer should know: that she was a member before, and how that ended."""
    told = []
    for former in _former(rulebook, matter):
        known = exits.grounds(rulebook, former.type).get(former.exit_ground)
        called = known[1].called if known is not None else None
        zh = f"曾是会员 {former.number}，因“{called.zh if called else former.exit_ground}”退出"
        en = f"Was member {former.number}; left: {called.en if called else former.exit_ground}"
        told.append(Check(known[0].id if known else "", True, Text(zh=zh, en=en), conflict=True))
    return told
