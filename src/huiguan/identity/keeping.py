"""A house keeps an owner."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity.models import Holding, Staff
from huiguan.identity.refusals import LastOwner
from huiguan.identity.staffing import living
from huiguan.identity.values import OWNER


def keep_an_owner(programme: int, at: datetime, *, without: Staff) -> None:
    """LastOwner unless another person holds the owner's post now and without an end: a term that ends would leave nobody."""
    owners = Holding.objects.filter(living(at), programme_id=programme, post=OWNER, until=None, staff__is_active=True)
    if not owners.exclude(staff=without).exists():
        raise LastOwner(field="username")
