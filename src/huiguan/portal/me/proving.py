"""Six digits sent to a phone for one purpose of a member who is signed in, and answered."""

from __future__ import annotations

from django.http import HttpRequest

from huiguan.design.markup import tongue
from huiguan.identity import operations as identities
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.identity.refusals import CodeTooSoon
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.portal.acting import Visiting, origin_of


def send_code(request: HttpRequest, now: Visiting, purpose: str, address: str) -> Refusal | None:
    """Six digits on their way; CodeTooSoon where the last ones, a moment ago, are good still. Refuses TooManyCodes."""
    given = IssueCode(
        purpose=purpose, address=address, subject=f"member:{now.number}", language="en" if tongue() == "en" else "zh"
    )
    try:
        identities.issue_code(actor=now.actor, at=now.at, given=given, wall=now.wall, origin=origin_of(request))
    except CodeTooSoon as refusal:
        return refusal
    return None


def proof_of(request: HttpRequest, now: Visiting, purpose: str, address: str, field: str = "code") -> str:
    """The proof that what was typed in `field` are the digits sent. Refuses OneTimeCodeWrong, SignInMustWait."""
    asked = {"purpose": purpose, "address": address, "subject": f"member:{now.number}"}
    given = read(CheckCode, {**asked, "code": request.POST.get(field, "").strip()})
    return identities.check_code(
        actor=now.actor, at=now.at, given=given, wall=now.wall, origin=origin_of(request)
    ).proof
