"""A former member whose data is erased: her number and her books stay, nothing says any more whose they were."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.members.clearing import open_encumbrances
from huiguan.members.lives import absorbed_by
from huiguan.members.marking import put_mark
from huiguan.members.models import AuthorisedUser, Change, Mark, Membership
from huiguan.members.standings import standing_of, standing_since
from huiguan.members.values import CARD_TRANSFERRED, HANDED_OVER
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.rules.standing import EXITED, EXPELLED, LEFT, OVER

ERASED = "erased"
_GONE = (EXITED, EXPELLED, LEFT)


@dataclass(frozen=True, slots=True)
class Former:
    """A former member: `lives` her membership with those merged into it, `parties` whose they are, and were before others took them over; since when she is one, from
    when on her data is to be erased (None: for as long as one likes), what still ties her."""

    membership: int
    lives: tuple[int, ...]
    parties: tuple[int, ...]
    number: str
    left_at: datetime
    erased_from: datetime | None
    tied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerHolder:
    """Somebody whose membership another person took over: since when; `party` who she is."""

    membership: int
    number: str
    party: int
    left_at: datetime


def former_holders(programme: int, *, number: str = "", before: datetime | None = None) -> tuple[FormerHolder, ...]:
    """Who held memberships that others have now, the longest gone first: of one member `number`, those who left before a
    moment."""
    rows = Change.objects.filter(programme_id=programme, what="card", after=CARD_TRANSFERRED)
    rows = rows.filter(cause__startswith=HANDED_OVER).order_by("at", "seq")
    rows = rows if before is None else rows.filter(at__lt=before)
    held = Membership.objects.filter(programme_id=programme)
    if number:
        held = held.filter(number=number)
        rows = rows.filter(membership_id__in=list(held.values_list("pk", flat=True)))
    numbers = dict(held.filter(pk__in=[row.membership_id for row in rows]).values_list("pk", "number"))
    return tuple(
        FormerHolder(
            row.membership_id, numbers[row.membership_id], int(row.cause.removeprefix(HANDED_OVER).partition(":")[0]), row.at
        )
        for row in rows
    )  # fmt: skip


def forget_users(membership: int, until: datetime) -> None:
    """Who could use an account beside a former holder; inside the caller's transaction."""
    AuthorisedUser.objects.filter(membership_id=membership, until__lte=until).update(name="")


def former(programme: int, rulebook: Programme, number: str, at: datetime) -> Former | None:
    """The former member of a number whose data is not erased yet; None where she is none, or another goes on for her."""
    row = Membership.objects.filter(programme_id=programme, number=number).first()
    if row is None or row.merged_into is not None or standing_of(row, at) not in OVER or _erased(row.pk):
        return None
    return _told(rulebook, row, at)


def due_to_erase(programme: int, rulebook: Programme, until: datetime) -> tuple[Former, ...]:
    """Former members whose time is over by `until`, the longest gone first; those still tied to the house too."""
    known = profile.kept(rulebook)
    if known is None:
        return ()
    last = at_day(add_months(local_day(until, rulebook.zone), -known[1]) + timedelta(days=1), rulebook.zone)
    rows = Membership.objects.filter(programme_id=programme, standing__in=_GONE, standing_since__lt=last)
    gone = Mark.objects.filter(programme_id=programme, name=ERASED).values("membership_id")
    told = [_told(rulebook, row, until) for row in rows.exclude(pk__in=gone).order_by("standing_since", "pk")]
    return tuple(each for each in told if each.erased_from is not None and each.erased_from <= until)


def _told(rulebook: Programme, row: Membership, at: datetime) -> Former:
    since, known = standing_since(row, at), profile.kept(rulebook)
    moment = at_day(add_months(local_day(since, rulebook.zone), known[1]), rulebook.zone) if known else None
    lives = (row.pk, *absorbed_by(row.pk))
    held = Membership.objects.filter(pk__in=lives).order_by("pk")
    parties = dict(held.values_list("pk", "party_id"))
    before = [each.party for one in held for each in former_holders(one.programme_id, number=one.number)]
    ties = tuple(said for each in lives for _, said in open_encumbrances(each))
    return Former(row.pk, lives, (*(parties[each] for each in lives), *before), row.number, since, moment, ties)


def nobody_elses(parties: Iterable[int], lives: Collection[int]) -> tuple[int, ...]:
    """Those of the parties of whom nobody but these memberships is a member."""
    known = list(dict.fromkeys(parties))
    others = Membership.objects.filter(party_id__in=known).exclude(pk__in=lives)
    taken = set(others.values_list("party_id", flat=True))
    return tuple(each for each in known if each not in taken)


def _erased(membership: int) -> bool:
    return Mark.objects.filter(membership_id=membership, name=ERASED).exists()


def erased(programme: int) -> frozenset[int]:
    """The memberships whose data was erased."""
    found = hot_rows(
        "SELECT membership_id FROM members_mark WHERE programme_id = %s AND name = %s", [programme, ERASED]
    )
    return frozenset(key for (key,) in found)


def mark_erased(*, actor: Actor, at: datetime, membership: int, clause: str, day: str) -> None:
    """Of the membership itself nothing that says who she was; inside the caller's transaction."""
    Membership.objects.filter(pk=membership).update(birthday=None, profile_complete=False)
    AuthorisedUser.objects.filter(membership_id=membership).update(name="")
    put_mark(
        programme=actor.programme, membership=membership, name=ERASED, value=day, at=at, actor=actor.reference,
        clause=clause,
    )  # fmt: skip
