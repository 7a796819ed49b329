"""A fee for everybody: seen first, then done. And shares."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.inputs import RunFee
from huiguan.billing.values import RunPreview, RunView
from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.dues import charge_deeds, deeds
from huiguan.console.dues.changing import typed_in
from huiguan.console.dues.drawing import DUES, rulebook_of, why_of
from huiguan.console.dues.pages import PlannedRow, RunPage, RunRow, SharePage
from huiguan.console.dues.views import CURRENT
from huiguan.console.keys import new_key
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either


@require_http_methods(["GET", "POST"])
@acting("bill")
def runs(request: HttpRequest, now: Acting) -> HttpResponse:
    """What charging a fee to everybody would do; POST does it."""
    asked = request.POST if request.method == "POST" else request.GET
    fee, day = asked.get("fee", ""), asked.get("day", "")
    preview: RunPreview | None = None
    told: Refused | None = None
    status = 200
    try:
        if fee:
            given = read(RunFee, {"fee": fee, **({"day": day} if day else {})})
            if request.method == "POST":
                made = billing.run_fee(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
                return _made(request, made)
            preview = queries.preview_run(now.actor, now.at, given)
    except Refusal as refusal:
        told, status = refused(refusal, now), refusal.status
    return show(
        request, now, "console/dues/runs.html", current=CURRENT, page=_page(now, fee, day, preview, told), status=status
    )


def _made(request: HttpRequest, made: RunView) -> HttpResponse:
    total = words.yuan(made.total)
    said = Text(
        zh=f"已开 {made.charged:,} 人，共 {total}",
        en=f"{made.charged:,} {either(made.charged, 'member', 'members')} charged, {total} altogether",
    )
    say_next(request, Said(said))
    return HttpResponseRedirect(f"{DUES}/runs/")


def _page(now: Acting, fee: str, day: str, preview: RunPreview | None, told: Refused | None) -> RunPage:
    rulebook = rulebook_of(now)
    fees = [
        (each.name, each.title, each.name == fee) for each in queries.fees(now.actor, now.at) if each.every != "asked"
    ]
    rows = [_run(each) for each in queries.runs(now.actor, now.at)]
    today = day or local_day(now.at, rulebook.zone).isoformat()
    if preview is None:
        return RunPage(fees, today, rows, new_key(), refused=told)
    lines = [
        PlannedRow(each.name, each.member, each.amount, each.due, why_of(rulebook, each.reason))
        for each in preview.lines
    ]
    return RunPage(
        fees, today, rows, new_key(), preview.title, preview.charged, preview.left_out, preview.total,
        [each for each in lines if each.amount], [each for each in lines if not each.amount], told,
    )  # fmt: skip


def _run(view: RunView) -> RunRow:
    done = view.finished_at is not None
    mark = Mark(Text(zh="完成", en="Done"), "ok") if done else Mark(Text(zh="中断，可续开", en="Cut short"), "warn")
    return RunRow(view.title, view.day, view.charged, view.left_out, view.total, view.by, view.begun_at, mark)


@require_http_methods(["GET", "POST"])
@acting("bill")
def shares(request: HttpRequest, now: Acting) -> HttpResponse:
    """Incomes divided; POST divides one, or notes what was agreed."""
    if request.method != "POST":
        return show(request, now, "console/dues/shares.html", current=CURRENT, page=_shares(now))
    typed = typed_in(request)
    name = typed.pop("deed", "divide")
    deed = charge_deeds.SHARES["agree" if name == "agree" else "divide"]
    try:
        said = deed.do(now, "", typed, typed.pop("key", None) or None)
    except Refusal as refusal:
        return show(
            request,
            now,
            "console/dues/shares.html",
            current=CURRENT,
            page=_shares(now, typed, refusal, name),
            status=refusal.status,
        )
    say_next(request, Said(said))
    return HttpResponseRedirect(f"{DUES}/shares/")


def _shares(
    now: Acting, typed: dict[str, str] | None = None, refusal: Refusal | None = None, tried: str = ""
) -> SharePage:
    rulebook = rulebook_of(now)
    rows = [
        (
            each.title, each.key, each.total, each.kept, each.at,
            [(name, number, amount, why_of(rulebook, reason)) for number, name, amount, reason in each.parts],
        )
        for each in queries.divisions(now.actor)
    ]  # fmt: skip
    return SharePage(deeds.forms(charge_deeds.SHARES, now, "", f"{DUES}/shares/?", typed, refusal, tried), rows)
