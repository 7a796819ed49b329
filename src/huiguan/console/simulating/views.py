"""Simulations: what another rulebook would have made of recorded months, and who would be moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SimulateInput
from huiguan.checkout.values import Mover
from huiguan.console.acting import Acting, acting, show
from huiguan.console.simulating.drawing import HERE, run_page, start_page
from huiguan.console.simulating.telling import Telling, member_page, movers_page, refused_page
from huiguan.design.markup import tongue
from huiguan.design.sending import sheet_answer
from huiguan.foundation.sheets import Written
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.rules.kinds import tier_ladder

CURRENT = "rulebook"
MOST = 1_000_000  # bytes of a rulebook's file
BATCH = 1000
_NO_FILE = Text(zh="请选一个章程文件（YAML，至多 1 MB）", en="choose a rulebook's file (YAML, up to 1 MB)")
_HEADINGS = (
    Text(zh="会员号", en="Member"),
    Text(zh="姓名", en="Name"),
    Text(zh="实际实收", en="Paid, on record"),
    Text(zh="试算实收", en="Paid, tried"),
    Text(zh="实收相差", en="Paid, difference"),
    Text(zh="实际期末积分", en="Held, on record"),
    Text(zh="试算期末积分", en="Held, tried"),
    Text(zh="积分相差", en="Held, difference"),
    Text(zh="实际等级", en="Tier, on record"),
    Text(zh="试算等级", en="Tier, tried"),
    Text(zh="不同的笔数", en="Happenings that differ"),
)


@require_http_methods(["GET", "POST"])
@acting()
def start(request: HttpRequest, now: Acting) -> HttpResponse:
    """All simulations and the form; a post begins another."""
    if request.method == "GET":
        return _shown(request, now, "list.html", page=start_page(now, request.GET.dict()))
    asked = {name: str(value) for name, value in request.POST.items()}
    try:
        view = checkout.start_simulation(actor=now.actor, at=now.at, given=_given(request, asked))
    except Refusal as refusal:
        return _shown(request, now, "list.html", page=start_page(now, asked, refusal), status=refusal.status)
    return HttpResponseRedirect(f"{HERE}{view.number}/")


def _given(request: HttpRequest, asked: dict[str, str]) -> SimulateInput:
    kind, _, number = asked.get("source", "").partition(":")
    told: dict[str, Any] = {"from": asked.get("from", ""), "until": asked.get("until", "")}
    if kind in ("version", "draft") and number.isdecimal() and len(number) < 10:
        return read(SimulateInput, {**told, kind: int(number)})
    file = request.FILES.get("file")
    if file is None or isinstance(file, list) or (file.size or 0) > MOST:
        raise InvalidInput(field="file", rule=_NO_FILE)
    source = file.read().decode("utf-8", errors="replace")
    return read(SimulateInput, {**told, "source": source, "title": (file.name or "")[:200]})


@never_cache
@require_GET
@acting()
def run(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """How far a simulation is, or what it came to."""
    return _shown(request, now, "run.html", page=run_page(now, number))


@never_cache
@require_GET
@acting()
def state(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """How far it is, as the part of the page that changes; the whole page again once it has ended."""
    page = run_page(now, number)
    response = render(request, "console/simulating/state.html", {"page": page})
    if not page.poll_href:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@acting()
def stop(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Stop it; what was judged so far is kept."""
    checkout.stop_simulation(actor=now.actor, at=now.at, number=number)
    return HttpResponseRedirect(f"{HERE}{number}/")


@require_POST
@acting()
def delete(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    checkout.delete_simulation(actor=now.actor, at=now.at, number=number)
    return HttpResponseRedirect(HERE)


@require_GET
@acting()
def source(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The rulebook that was tried, as a file."""
    text = queries.simulated_source(now.actor, number)
    headers = {"Content-Disposition": f'inline; filename="simulation-{number}.yaml"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_GET
@acting("read_members")
def movers(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Who would be moved, both sides and why. `order`, `tier`, `after`."""
    return _shown(request, now, "movers.html", page=movers_page(now, number, request.GET.dict()))


@require_GET
@acting("read_members")
def refusals(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """What would have been refused."""
    return _shown(request, now, "refusals.html", page=refused_page(now, number, request.GET.dict()))


@require_GET
@acting("read_members")
def member(request: HttpRequest, now: Acting, number: int, member: str) -> HttpResponse:
    """One member's months told twice."""
    return _shown(request, now, "member.html", page=member_page(now, number, member))


@require_GET
@acting("read_members")
def as_text(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Everybody who would be moved, as text with commas."""
    return _file(now, number, "csv")


@require_GET
@acting("read_members")
def as_workbook(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Everybody who would be moved, as a workbook."""
    return _file(now, number, "xlsx")


def _file(now: Acting, number: int, ending: str) -> HttpResponse:
    return sheet_answer(f"simulation-{number}-movers.{ending}", _HEADINGS, _rows(Telling(now, number), tongue()))


def _rows(telling: Telling, lang: str) -> Iterator[Sequence[Written]]:
    after: tuple[int, int] | None = None
    while True:
        found = queries.movers(telling.now.actor, telling.view.number, after=after, limit=BATCH)
        yield from (_row(telling, each, lang) for each in found)
        if len(found) < BATCH:
            return
        after = (found[-1].size, found[-1].membership)


def _row(telling: Telling, each: Mover, lang: str) -> Sequence[Written]:
    row = telling.row(each)
    tiers = [tier_ladder.title_of(telling.draft, tier)[lang] for tier in (each.tier_real, each.tier_draft)]
    return (
        each.member, each.name, _yuan(row.real.kept), _yuan(row.draft.kept), _yuan(each.kept), row.real.units,
        row.draft.units, each.units, *tiers, each.changed,
    )  # fmt: skip


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _shown(request: HttpRequest, now: Acting, template: str, **context: Any) -> HttpResponse:
    return show(request, now, f"console/simulating/{template}", current=CURRENT, **context)
