"""What a matter is about: how its outcome reaches the room that owns it, in the same transaction.

A room above registers its subject when it is loaded (`AppConfig.ready`): `register("membership", Memberships())`. What a
subject does not override does nothing, so that a matter of plain `record` needs nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huiguan.cases.values import Check, KnownMatter, Unmet
from huiguan.kernel.actors import Actor


class Subject:
    """What the room that owns a matter's outcome does. `at` is the moment of what happened, also where it is written
    down later. Whatever is raised undoes all of it. `alone`: one matter at a time for the same identity number or credit
    code."""

    alone = False

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        """A matter is about to be opened or handed in; may refuse: a bar, a quota, somebody else's."""

    def handing_in(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        """Whole answers are about to be handed in; may refuse what the owning room asks of them together."""

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        """What the house can look at by itself, and what a reviewer should know."""
        return ()

    def concerned(self, matter: KnownMatter) -> frozenset[str]:
        """Whom it is about besides the member it is of, each by the reference she acts under ("member:12", "staff:7"): none
        of them decides it."""
        return frozenset()

    def about(self, actor: Actor) -> QuerySet[Any, str] | None:
        """The same asked the other way round, for lists: what matters about the actor are called (`subject_ref`); None
        where no one is concerned but the member a matter is of."""
        return None

    def entered(self, matter: KnownMatter, stage: str, standing: str, *, actor: Actor, at: datetime) -> None:
        """A stage begins; `standing` is what the procedure says the subject is from now on, '' for nothing new."""

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        """What of `needs` (dossiers, acceptances, invoices by name) still stands in the way of the stage's end."""
        return ()

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        """All stages are passed."""

    def refused(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        """It was refused."""

    def lapsed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        """Nobody did in time what had to be done."""

    def withdrawn(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        """The applicant took it back."""


class Needs:
    """A room that knows what some names stand for that a stage `needs` (a fee, a deposit), whatever the matter is about.
    Names it does not know are none of its."""

    def entered(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, actor: Actor, at: datetime) -> None:
        """A stage begins that needs these; what is due at it is asked for."""

    def unmet(self, matter: KnownMatter, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        """What of `needs` still stands in the way."""
        return ()


_NEEDS: list[Needs] = []


def supply(needs: Needs) -> None:
    """From now on `needs` is asked about every stage of every matter; one of a sort."""
    _NEEDS[:] = [*(each for each in _NEEDS if type(each) is not type(needs)), needs]


def supplied() -> tuple[Needs, ...]:
    return tuple(_NEEDS)


_PARTIES: list[Callable[[int], int | None]] = []


def know_parties(ask: Callable[[int], int | None]) -> None:
    """From now on `ask` tells the party of a membership: the room that keeps memberships hands it in."""
    _PARTIES[:] = [ask]


def party_of(membership: int | None) -> int | None:
    """Whose a membership is; None where nobody can tell."""
    return _PARTIES[0](membership) if _PARTIES and membership is not None else None


_SUBJECTS: dict[str, Subject] = {"record": Subject()}


def register(name: str, subject: Subject) -> None:
    """From now on `subject` is what matters of `name` are about. A second one under the same name is a mistake."""
    if name in _SUBJECTS and type(_SUBJECTS[name]) is not type(subject):
        raise ValueError(f"the subject {name} is registered already")
    _SUBJECTS[name] = subject


def subject_named(name: str) -> Subject | None:
    """What was registered under a name; None where nothing was."""
    return _SUBJECTS.get(name)


def registered() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(_SUBJECTS))
