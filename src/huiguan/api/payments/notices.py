"""Where providers tell what became of a payment. Their signature lets them in, not a key of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huiguan.api.answering import problem
from huiguan.billing.operations import receive_notice
from huiguan.foundation.clock import now
from huiguan.kernel.refusals import Refusal

_LONGEST = 65_536


@csrf_exempt
@require_POST
def notices(request: HttpRequest, means: str) -> HttpResponse:
    """Taken and kept, whatever it says: 204; a problem where it is not theirs, or of no payment."""
    try:
        receive_notice(means=means, headers=dict(request.headers), body=request.body[:_LONGEST], at=now())
    except Refusal as refusal:
        return problem(request, refusal)
    return HttpResponse(status=204)
