"""Is the process alive, and can it serve?"""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from huiguan.foundation.databases import waiting_migrations


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and its schema is this program's; 503 with the reason until then."""
    try:
        waiting = waiting_migrations()
    except DatabaseError:
        return JsonResponse({"status": "waiting", "for": "database"}, status=503)
    if waiting:
        return JsonResponse({"status": "waiting", "for": "migrations", "count": waiting}, status=503)
    return JsonResponse({"status": "ok"})
