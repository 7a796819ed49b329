"""/member-codes: whose code a till has scanned."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members.schemas import ShownMemberAnswer
from huiguan.api.members.telling import named
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.visits import operations as visits
from huiguan.visits.inputs import ScanCode

router = Router(tags=["members"])


@router.post(
    "/member-codes",
    **described(
        name="scan_code", takes=ScanCode, gives=ShownMemberAnswer,
        does=Text(zh="扫会员码，看是谁", en="Scan a member's code: who shows it"),
    ),
)  # fmt: skip
def scan(request: HttpRequest) -> HttpResponse:
    shown = visits.scan_code(actor=actor_of(request), at=now(), given=given(request, ScanCode), wall=datetime.now(UTC))
    return answer(named(ShownMemberAnswer, shown))
