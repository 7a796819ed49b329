"""What of the door is over and need not be kept: the audit trail tells who came in when, for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session as BrowserSession
from django.db.models import Q

from huiguan.identity.models import PasswordLink, Session, SignInTrouble, Totp

KEPT = timedelta(days=90)  # in which somebody may ask from where she was signed in, and whether a link was used
BEGUN = timedelta(days=1)  # an authenticator that was never confirmed
FAILED = timedelta(days=1)  # failures are forgiven after an hour


def forget_ended(*, wall: datetime) -> int:
    """Forget sessions and links that ended, or were used, 90 days ago; browsers' sessions that are over, half sign-ins
    among them; authenticators begun and not confirmed, and failures long forgiven. How many rows; again, none."""
    since = wall - KEPT
    over = (
        Session.objects.filter(Q(ended_at__lt=since) | Q(ends_at__lt=since)),
        PasswordLink.objects.filter(Q(used_at__lt=since) | Q(ends_at__lt=since)),
        BrowserSession.objects.filter(expire_date__lt=wall),
        Totp.objects.filter(confirmed_at=None, begun_at__lt=wall - BEGUN),
        SignInTrouble.objects.filter(last_failed_at__lt=wall - FAILED, wait_until__lt=wall),
    )
    return sum(rows.delete()[0] for rows in over)
