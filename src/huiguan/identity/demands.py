"""Which posts ask for a second factor, and what still stands when one is taken away."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity.factors import factors_of
from huiguan.identity.models import Holding, Passkey, Staff
from huiguan.identity.refusals import SecondFactorDemanded
from huiguan.identity.staffing import living, posts_held
from huiguan.identity.values import CODE, PostHeld


def demanding_post(person: Staff, at: datetime) -> PostHeld | None:
    """The widest post in force that asks for a second factor."""
    rows = Holding.objects.filter(living(at), staff=person).select_related("node")
    return next((held for held in posts_held(person.programme_id, rows) if held.second_factor), None)


def demand_another_factor(person: Staff, at: datetime, *, without: str, passkey: int | None = None) -> None:
    """SecondFactorDemanded where a post asks for a factor and none is left `without` the authenticator, or without that
    one passkey."""
    demanding = demanding_post(person, at)
    if demanding is None:
        return
    keys = Passkey.objects.filter(staff=person).exclude(pk=passkey or 0).exists()
    code = without != CODE and CODE in factors_of(person.pk)
    if not (keys or code):
        raise SecondFactorDemanded(post=demanding.title)
