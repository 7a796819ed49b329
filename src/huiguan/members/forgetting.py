"""A former member whose data is erased: her number and her books stay, nothing says any more whose they were."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.members.clearing import open_encumbrances
from huiguan.members.lives import absorbed_by
from huiguan.members.marking import put_mark
from huiguan.members.models import AuthorisedUser, Mark, Membership
from huiguan.members.standings import standing_of, standing_since
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.rules.standing import EXITED, EXPELLED, LEFT, OVER

ERASED = "erased"
_GONE = (EXITED, EXPELLED, LEFT)


@dataclass(frozen=True, slots=True)
class Former:
    """A former member: `lives` her membership with those merged into it, `parties` whose they are; since when she is one, from
    when on her data is to be erased (None: for as long as one likes), what still ties her."""

    membership: int
    lives: tuple[int, ...]
    parties: tuple[int, ...]
    number: str
    left_at: datetime
    erased_from: datetime | None
    tied_by: tuple[str, ...]


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
    parties = dict(Membership.objects.filter(pk__in=lives).values_list("pk", "party_id"))
    ties = tuple(said for each in lives for _, said in open_encumbrances(each))
    return Former(row.pk, lives, tuple(parties[each] for each in lives), row.number, since, moment, ties)


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
    return frozenset(Mark.objects.filter(programme_id=programme, name=ERASED).values_list("membership_id", flat=True))


def mark_erased(*, actor: Actor, at: datetime, membership: int, clause: str, day: str) -> None:
    """Of the membership itself nothing that says who she was; inside the caller's transaction."""
    Membership.objects.filter(pk=membership).update(birthday=None, profile_complete=False)
    AuthorisedUser.objects.filter(membership_id=membership).update(name="")
    put_mark(
        programme=actor.programme, membership=membership, name=ERASED, value=day, at=at, actor=actor.reference,
        clause=clause,
    )  # fmt: skip
