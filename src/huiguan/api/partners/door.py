"""Where partners send their messages. Their signature lets them in, not a key of ours."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huiguan.api.answering import problem
from huiguan.foundation.clock import now
from huiguan.kernel.refusals import Refusal
from huiguan.programme import queries as programmes
from huiguan.rewards.operations import receive_partner
from huiguan.rewards.refusals import PartnerForged

_LONGEST = 16_384


@csrf_exempt
@require_POST
def door(request: HttpRequest, programme: str, partner: str) -> HttpResponse:
    """One signed message and its answer. Whether a programme or partner is there, a stranger does not learn."""
    body = request.body
    try:
        known = {each.code: each.id for each in programmes.programmes()}
        if programme not in known or len(body) > _LONGEST:
            raise PartnerForged()
        told = receive_partner(
            programme=known[programme], name=partner, headers=dict(request.headers), body=body, at=now(),
            wall=datetime.now(UTC),
        )  # fmt: skip
    except Refusal as refusal:
        return problem(request, refusal)
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")
