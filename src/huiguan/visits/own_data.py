"""What a member may know about her data: who looked at it, who was told of it, how long it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from huiguan.cases import queries as cases
from huiguan.documents import queries as documents
from huiguan.foundation.auditing import about
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.queries import Former
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.visits.models import Consent, Disclosure, Erasure
from huiguan.visits.values import FIELDS, SHARE, DisclosureTold, ErasureLine, Look, Shared

_CODE = Text(zh="换发 {number} 的查询码：{reason}", en="The code of {number} renewed: {reason}")
_PAPER = Text(zh="材料 {number}", en="Paper {number}")


def _whose(actor: Actor, member: str) -> int:
    """Her own membership; another's takes `read_members`. NotFound, Forbidden."""
    if actor.membership is not None and not member:
        return actor.membership
    return members.membership(actor, member)


def looks(actor: Actor, at: datetime, member: str = "") -> tuple[Look, ...]:
    """Who looked at what of a member lies sealed, and who opened her papers, the newest first. Asked by herself, or with
    `read_members`."""
    membership = _whose(actor, member)
    number, _ = members.number_and_name(actor.programme, membership)
    rulebook = programmes.programme_at(actor.programme, at)
    titles = {field.name: Text(zh=field.title.zh, en=field.title.en) for field in profile.form(rulebook)[1]}
    found = [
        Look(each.at, each.actor_name, titles.get(str(each.given.get("field")), _named(each.given)),
             each.actor == f"member:{membership}")
        for each in about(actor.programme, f"member:{number}", ["reveal_field"])
    ]  # fmt: skip
    found += [
        Look(each.at, each.actor_name, Text(**_CODE.both(number=number, reason=str(each.given.get("reason", "")))), False)
        for number in cases.traces(actor.programme, [membership]).numbers
        for each in about(actor.programme, f"matter:{number}", ["reissue_code"]) if each.actor.startswith("staff:")
    ]  # fmt: skip
    found += papers_read(actor.programme, members.papers_holder(actor.programme, membership), f"member:{membership}")
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def papers_read(programme: int, holder: str, herself: str) -> list[Look]:
    """Who opened the papers of a holder; `herself`: what she is called as who acts."""
    return [
        Look(read.at, read.by, Text(**_PAPER.both(number=number)), read.actor == herself)
        for number, read in documents.readings_of(programme, holder)
    ]


def _named(given: dict[str, object]) -> Text:
    name = str(given.get("field", ""))
    return FIELDS.get(name, Text(zh=name, en=name))


def disclosures(actor: Actor, member: str = "") -> tuple[DisclosureTold, ...]:
    """Who outside was told of a member, the newest first. Asked by herself, or with `read_members`."""
    rows = Disclosure.objects.filter(membership_id=_whose(actor, member)).order_by("-id")
    return tuple(map(DisclosureTold.of, rows))


def shared(actor: Actor, member: str = "") -> tuple[Shared, ...]:
    """To whom a member agreed or agreed no more that they are told of her, by name. Asked by herself, or with
    `read_members`."""
    rows = Consent.objects.filter(membership_id=_whose(actor, member), what=SHARE).order_by("id")
    newest = {row.version: row for row in rows}
    return tuple(
        Shared(name, row.given, Text(zh=row.words["zh"], en=row.words["en"]), row.words.get("paper", ""), row.at)
        for name, row in sorted(newest.items())
    )


def shares_with(membership: int, recipient: str) -> bool:
    """Whether a member stands by her agreement that `recipient` is told of her."""
    rows = Consent.objects.filter(membership_id=membership, what=SHARE, version=recipient).order_by("-id")
    newest = rows.first()
    return newest is not None and newest.given


def kept_for(programme: int, at: datetime) -> tuple[str, int] | None:
    """The clause that says for how many months what is known of a former member is kept; None: no end is set."""
    rulebook = programmes.ruling_at(programme, at)
    found = profile.kept(rulebook) if rulebook is not None else None
    return (found[0].id, found[1]) if found is not None else None


def due_to_erase(actor: Actor, until: datetime) -> tuple[Former, ...]:
    """Whose data a night at `until` would erase, the longest gone first, those who are still tied to the house with it. Takes
    `read_members`."""
    actor.demand("read_members")
    rulebook: Programme | None = programmes.ruling_at(actor.programme, until)
    if rulebook is None:
        return ()
    return tied(actor.programme, members.due_to_erase(actor.programme, rulebook, until))


def tied(programme: int, former: Iterable[Former]) -> tuple[Former, ...]:
    """Former members with the matters under way that tie them too."""
    return tuple(replace(each, tied_by=(*each.tied_by, *cases.traces(programme, each.lives).open)) for each in former)


def erasures(actor: Actor) -> tuple[ErasureLine, ...]:
    """What was erased, the newest first. Takes `read_members`."""
    actor.demand("read_members")
    rows = list(Erasure.objects.filter(programme_id=actor.programme).order_by("-id")[:200])
    numbers = members.numbers(actor.programme, [row.membership_id for row in rows if row.membership_id is not None])
    return tuple(
        ErasureLine(
            row.matter or numbers.get(row.membership_id or 0, ""), row.at, row.actor_name, row.clause, row.reason,
            row.counts.get("values", 0), row.counts.get("papers", 0),
        )
        for row in rows
    )  # fmt: skip
