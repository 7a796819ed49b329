"""Coupons: what the rulebook has, batches of codes made, brought, stopped and taken along as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.coupons.drawing import HEADINGS, code_rows, coupons_page, lines_of
from huiguan.design.markup import tongue
from huiguan.design.saying import say_next
from huiguan.design.sending import sheet_answer
from huiguan.design.values import Said
from huiguan.entitlements import operations, queries
from huiguan.entitlements.inputs import BringCodes, MakeCodes, StopBatch
from huiguan.entitlements.values import BatchView
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either

CURRENT = "coupons"
NAMES = {
    "coupon": Text(zh="哪种券", en="Which coupon"),
    "size": Text(zh="多少个", en="How many"),
    "each": Text(zh="每人至多兑", en="Turned in by one member, at most"),
    "until": Text(zh="兑到何时", en="Turned in until"),
    "note": Text(zh="备注", en="Note"),
    "codes": Text(zh="券码", en="Codes"),
}
_MOST = 15  # digits of a figure


@require_GET
@acting("coupons")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """The coupons of the rulebook, and the batches of codes."""
    return show(request, now, "console/coupons/list.html", current=CURRENT, page=coupons_page(now))


@require_POST
@acting("coupons")
def make(request: HttpRequest, now: Acting) -> HttpResponse:
    """Have a batch of codes made."""
    typed = _typed(request, "coupon", "size", "each", "until", "note")

    def do() -> BatchView:
        asked: dict[str, object] = {name: value for name, value in typed.items() if value}
        asked |= {name: _whole(typed[name]) for name in ("size", "each") if typed[name]}
        given = read(MakeCodes, asked)
        return operations.make_batch(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    count = words.grouped(_whole(typed["size"]))
    return _done(
        request,
        now,
        "make",
        typed,
        do,
        Text(zh=f"开始制作 {count} 个券码", en=f"{count} {either(count, 'code is', 'codes are')} being made"),
    )


@require_POST
@acting("coupons")
def bring(request: HttpRequest, now: Acting) -> HttpResponse:
    """Another house's codes, one a line."""
    typed = _typed(request, "coupon", "codes", "note")
    codes = lines_of(typed["codes"])

    def do() -> BatchView:
        given = read(BringCodes, {"coupon": typed["coupon"], "codes": list(codes), "note": typed["note"]})
        return operations.bring_codes(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    count = words.grouped(len(codes))
    return _done(
        request,
        now,
        "bring",
        typed,
        do,
        Text(zh=f"已导入 {count} 个外部码", en=f"{count} {either(count, 'code is', 'codes are')} kept"),
    )


@require_POST
@acting("coupons")
def stop(request: HttpRequest, now: Acting, batch: int) -> HttpResponse:
    """No code of it is turned in any more."""

    def do() -> BatchView:
        return operations.stop_batch(actor=now.actor, at=now.at, given=read(StopBatch, {"batch": batch}))

    return _done(request, now, "", {}, do, Text(zh="这批券码已停用", en="The batch is stopped"))


def _done(
    request: HttpRequest, now: Acting, form: str, typed: dict[str, str], do: Callable[[], BatchView], said: Text
) -> HttpResponse:
    try:
        do()
    except Refusal as refusal:
        page = coupons_page(now, form, typed, refused_field(refusal, now, NAMES))
        return show(request, now, "console/coupons/list.html", current=CURRENT, page=page, status=refusal.status)
    say_next(request, Said(said))
    return HttpResponseRedirect("/coupons/")


@require_GET
@acting("coupons")
def export(request: HttpRequest, now: Acting, batch: int, kind: str) -> HttpResponse:
    """The codes of a batch as a file."""
    codes = queries.codes_of(now.actor, queries.batch(now.actor, batch).id)
    ending = "csv" if kind == "csv" else "xlsx"
    return sheet_answer(f"codes-{batch}.{ending}", HEADINGS, code_rows(codes, tongue()))


def _typed(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in names}


def _whole(text: str) -> int:
    plain = text.replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) < _MOST else 0
