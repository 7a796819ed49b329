"""What the worker does by itself: send the sandbox's notices, and ask about what is not settled."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings

from huiguan.billing.models import Payment
from huiguan.billing.operations import receive_paid, settle_payments
from huiguan.billing.providers.sandbox import enabled, send_notices
from huiguan.foundation.jobs import nightly, watch
from huiguan.programme import queries as programmes

_SECONDS = 10
PATIENCE = timedelta(seconds=15)  # a notice usually comes by itself


@watch("billing.sandbox")
def look(clock: Callable[[], datetime]) -> bool:
    """Post what the sandbox has to say; whether it said anything."""
    return enabled() and bool(settings.HUIGUAN_ADDRESS) and send_notices(clock(), _post) > 0


def _post(body: bytes, headers: Mapping[str, str]) -> str:
    """To this installation, at its own door. Its certificate is not looked at: it is our own, and the notice is signed."""
    address = f"{settings.HUIGUAN_ADDRESS}api/payments/notices/sandbox"
    asked = urllib.request.Request(address, data=body, headers=dict(headers), method="POST")
    own = ssl.create_default_context()
    own.check_hostname, own.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS, context=own) as answer:
            return f"{answer.status}"
    except urllib.error.HTTPError as refused:
        return f"{refused.code}"


@nightly("billing.settle", cron="* * * * *")
def settle(at: datetime) -> None:
    """What is not settled is asked about every minute."""
    waiting = Payment.objects.filter(unsettled=True, asked_at__lte=at - PATIENCE).values_list("programme_id", flat=True)
    for programme in sorted(set(waiting) & {each.id for each in programmes.programmes()}):
        settle_payments(programme=programme, at=at)


@nightly("billing.receive", cron="* * * * *")
def receive(at: datetime) -> None:
    """What members paid from afar for what they owe is received within a minute."""
    for programme in programmes.programmes():
        receive_paid(programme=programme.id, at=at)
