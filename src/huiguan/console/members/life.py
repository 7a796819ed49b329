"""The life of a membership beside a member's page: of which sort, standing and why, until when, what must be cleared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiguan.console.members.certifying import STATES
from huiguan.console.members.knowing import Member
from huiguan.console.pages import Act
from huiguan.console.wording import clause_refs, standing_mark
from huiguan.design.values import Mark, Why, Words
from huiguan.kernel import text as words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import CertificateTold, EncumbranceTold, StandingWhy
from huiguan.members.values.related import RelatedTold
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import certificate, member_type, term
from huiguan.rules.kinds import exit as exits
from huiguan.rules.standing import ACTIVE, FROZEN, LAPSED, OVER, RIGHTS, STANDINGS, SUSPENDED

LIVING = frozenset({ACTIVE, FROZEN, LAPSED, SUSPENDED})


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One line: a label and what is said, with its reason."""

    label: Words
    said: Words
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class TieRow:
    """Something to be cleared: what it is, since when, what it comes to in fen."""

    kind: Words
    said: Words
    since: datetime
    amount: int | None


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate: its paper, the public page, how it stands."""

    called: Words
    number: str
    mark: Mark
    issued: datetime
    href: str
    verify: str


@dataclass(frozen=True, slots=True)
class LifePage:
    """`mark` the standing; `rows` what is told; `rights` those open now and `shut` those that are not; `ties` what must be
    cleared before it ends; `acts` what can be done."""

    mark: Mark
    rows: Sequence[LifeRow]
    rights: Sequence[Words]
    shut: Sequence[Words]
    ties: Sequence[TieRow]
    acts: Sequence[Act]
    clear_href: str = ""
    certificates: Sequence[CertificateRow] = ()
    certificate_acts: Sequence[Act] = ()
    related: Sequence[tuple[Text, RelatedTold]] = ()
    relate_href: str = ""
    unrelate_href: str = ""
    shares_head: Sequence[str] = ()


def has_life(member: Member) -> bool:
    """Whether the rulebook says anything of sorts, terms or ends, or this membership shows any of it."""
    kinds = ("member_type", "term", "exit", "certificate")
    return any(member.rulebook.of(kind) for kind in kinds) or member.told.standing not in ("active", "merged", "left")


def life_of(member: Member) -> LifePage | None:
    """The section of her page; None where the rulebook says nothing of it."""
    if not has_life(member) or member.told.merged_into:
        return None
    actor, number = member.now.actor, member.told.number
    told = members.standing_why(actor, number, member.now.at)
    ties = members.encumbrances(actor, number)
    given = member_type.rights(member.rulebook, told.type) or frozenset(RIGHTS)
    return LifePage(
        mark=standing_mark(told.standing) or Mark(STANDINGS[ACTIVE], "ok"),
        rows=_rows(member, told),
        rights=[RIGHTS[name] for name in told.opens],
        shut=[title for name, title in RIGHTS.items() if name in given and name not in told.opens],
        ties=[_tie(member, told, each) for each in ties],
        acts=_acts(member, told),
        clear_href=f"{member.page}encumbrances/clearing" if ties and actor.may("edit_members") else "",
        certificates=[_certificate(member, each) for each in members.certificates(actor, number, member.now.at)],
        certificate_acts=_certificate_acts(member, told),
        **_related(member),
    )


def _related(member: Member) -> dict[str, Any]:
    """Who is what to her, and how that is changed."""
    actor, number = member.now.actor, member.told.number
    held = members.relations(actor, number, member.now.at)
    edits = actor.may("edit_members")
    return {
        "related": [(members.ROLES[each.role], each) for each in held],
        "relate_href": f"{member.page}relations" if edits else "",
        "unrelate_href": f"{member.page}relations/ending" if edits and held else "",
        "shares_head": members.shares_head(actor, number),
    }


def _rows(member: Member, told: StandingWhy) -> list[LifeRow]:
    rows = []
    if told.type:
        rows.append(LifeRow(Text(zh="种类", en="Sort"), Text(**told.type_title)))
    since = _day(member, told.since)
    because = told.why if told.why["zh"] not in ("", "enrolment") else {"zh": "入会。", "en": "Joined."}
    rows.append(LifeRow(Text(zh="现状起于", en="Since"), since, _why(member, Text(**because), told.clause)))
    rows.append(LifeRow(Text(zh="会龄起算", en="Member since"), _day(member, told.member_since)))
    rows += [
        LifeRow(Text(zh="期限", en="Term"), Text(**_said(member, reason)), _why(member, "", reason.clause))
        for reason in told.reasons
    ]
    if told.next is not None and told.next_at is not None:
        then, on = STANDINGS[told.next], _day(member, told.next_at)
        said = Text(zh=f"{on.zh}零点起：{then.zh}", en=f"{then.en}, from the first moment of {on.en}")
        rows.append(LifeRow(Text(zh="接下来", en="Next"), said))
    return rows


def _certificate(member: Member, each: CertificateTold) -> CertificateRow:
    href = f"{member.page}certificates/{each.number}.pdf" if member.now.actor.may("cards") else ""
    return CertificateRow(
        Text(**each.called), each.number, STATES[each.state], each.issued_at, href, f"/verify/{each.code}"
    )


def _certificate_acts(member: Member, told: StandingWhy) -> list[Act]:
    actor, page = member.now.actor, member.page
    known = certificate.certificates(member.rulebook, told.type)
    held = [each for each in members.certificates(actor, member.told.number, member.now.at) if each.ended_at is None]
    acts = []
    if actor.may("cards") and told.standing == ACTIVE and len({each.certificate for each in held}) < len(known):
        acts.append(Act(Text(zh="发证", en="Issue"), f"{page}certificate", ask=True))
    if actor.may("cards") and told.standing == ACTIVE and held:
        acts.append(Act(Text(zh="补发", en="Reissue"), f"{page}certificate/reissue", ask=True))
    if actor.may("suspend") and held:
        acts.append(Act(Text(zh="撤销", en="Revoke"), f"{page}certificate/revocation", ask=True))
    return acts


def _day(member: Member, at: datetime) -> Text:
    day = member.local(at).date()
    return Text(zh=words.day(day, "zh"), en=words.day(day, "en"))


def _said(member: Member, reason: Reason) -> dict[str, str]:
    said: Text = member.rulebook.clauses[reason.clause].module.SAYS[reason.say]
    return said.both(**reason.values)


def _why(member: Member, text: Words, clause: str | None) -> Why | None:
    refs = clause_refs(member.rulebook, [clause])
    return Why(text, refs) if text or refs else None


def _tie(member: Member, told: StandingWhy, each: EncumbranceTold) -> TieRow:
    named = {one.kind: one.called for _, one in exits.order(member.rulebook, told.type)}
    called = named.get(each.kind)
    kind: Words = Text(zh=called.zh, en=called.en) if called is not None else each.kind
    clause = member.rulebook.clauses.get(each.clause or "")
    known = clause is not None and clause.title.zh == each.said  # said by a clause: then in either language
    return TieRow(kind, clause.title if clause and known else each.said, each.opened_at, each.amount)


def _acts(member: Member, told: StandingWhy) -> list[Act]:
    actor, page, book = member.now.actor, member.page, member.rulebook
    acts = []
    clause = term.term(book, told.type)
    if (
        actor.may("enrol")
        and told.standing in LIVING
        and told.ends_at is not None
        and clause is not None
        and term.rule(clause).paid is None
    ):
        acts.append(Act(Text(zh="续期", en="Renew"), f"{page}renewal", ask=True))
    if actor.may("suspend"):
        if told.standing == ACTIVE and clause is not None and term.rule(clause).freeze:
            acts.append(Act(Text(zh="停用", en="Stop"), f"{page}freeze", ask=True))
        if told.standing == FROZEN:
            acts.append(Act(Text(zh="恢复使用", en="Take up again"), f"{page}thaw", ask=True))
        acts += _ends(member, told)
    if actor.may("edit_members") and told.standing not in OVER and exits.order(book, told.type):
        acts.append(Act(Text(zh="登记待了结", en="Note a tie"), f"{page}encumbrances", ask=True))
    return acts


def _ends(member: Member, told: StandingWhy) -> list[Act]:
    page, book = member.page, member.rulebook
    if told.standing in OVER:
        known = exits.grounds(book, told.type)
        return [Act(Text(zh="重新入会", en="Readmit"), f"{page}readmission", ask=True)] if known else []
    if told.next == "exited":
        return [Act(Text(zh="撤回退出", en="Take it back"), f"{page}exit/withdrawal", ask=True)]
    if exits.grounds(book, told.type):
        return [Act(Text(zh="办理退出", en="End it"), f"{page}exit", ask=True)]
    return []
