"""The receipt of a sale or a return, to be printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiguan.checkout import queries as checkout
from huiguan.console.acting import Acting, acting

NARROW = "58"


@require_GET
@acting()
def receipt(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """`width` 58 or 80 (mm); `return` the number of a return, whose slip it is then."""
    asked = request.GET.get("return", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    slip = checkout.receipt(now.actor, reference, number if asked else None)
    narrow = request.GET.get("width") == NARROW
    context = {"receipt": slip, "narrow": narrow, "bar": _bar(reference, asked)}
    return render(request, "design/receipt.html", context)


@require_GET
@acting()
def stored(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """The slip of a top-up; `refund` the number of what was given back of it."""
    asked = request.GET.get("refund", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    slip = checkout.stored_receipt(now.actor, reference, number if asked else None)
    more = f"&refund={asked}" if asked else ""
    page = f"/sales/top-ups/{reference}/receipt"
    bar = {
        "back": f"/members/{checkout.top_up(now.actor, reference).member}/?book=wallet",
        "wide": f"{page}?width=80{more}", "narrow": f"{page}?width=58{more}",
    }  # fmt: skip
    narrow = request.GET.get("width") == NARROW
    return render(request, "design/receipt.html", {"receipt": slip, "narrow": narrow, "bar": bar})


def _bar(reference: str, back: str) -> dict[str, Any]:
    page = f"/sales/{reference}/"
    more = f"&return={back}" if back else ""
    return {"back": page, "wide": f"{page}receipt?width=80{more}", "narrow": f"{page}receipt?width=58{more}"}
