"""The year's calendar: seen by everybody on the staff, changed by who organises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from huiguan.calendar import operations as calendar
from huiguan.calendar import queries
from huiguan.calendar.inputs import FollowNational, ImportDays, SetDays, WithdrawYear
from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.calendar.drawing import calendar_page
from huiguan.design.markup import tongue
from huiguan.design.saying import say_next
from huiguan.design.sending import file_answer
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import day_of
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text, either

LARGEST_FILE = 200_000
LONGEST = 400
FIRST, LAST = 2000, 2100
_LABELS = {
    "days": Text(zh="日子", en="The days"),
    "first": Text(zh="从", en="From"),
    "last": Text(zh="到", en="To"),
    "name": Text(zh="名称", en="Name"),
    "source": Text(zh="依据", en="Source"),
    "text": Text(zh="文件", en="The file"),
}
_BACKWARDS = Text(zh=f"须在“从”之后，且至多 {LONGEST} 天", en=f"must come after the first day, {LONGEST} days at most")
_TOO_LARGE = Text(zh="须是至多 200 KB 的 UTF-8 文本", en="must be UTF-8 text of 200 KB at most")
_NO_YEAR = Text(zh=f"须在 {FIRST} 至 {LAST} 之间", en=f"must lie between {FIRST} and {LAST}")
Form = dict[str, str]


@require_GET
@acting()
def year(request: HttpRequest, now: Acting) -> HttpResponse:
    """The year asked for, this one where none is; `day` puts a day into the form."""
    typed: Form = {"first": request.GET.get("day", ""), "work": "off"}
    return _shown(request, now, _year(request.GET.get("year", ""), now), typed)


@require_POST
@acting("organise")
def days(request: HttpRequest, now: Acting) -> HttpResponse:
    """Set a day, or a stretch of days."""
    form = {name: request.POST.get(name, "").strip() for name in ("first", "last", "work", "name")}

    def do() -> Text:
        first = day_of(form["first"], "first")
        listed = [each.isoformat() for each in _stretch(first, form["last"])]
        told = [{"day": each, "work": form["work"], "name": form["name"]} for each in listed]
        given = read(SetDays, {"days": told})
        calendar.set_days(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
        return Text(zh=f"已保存 · {len(listed)} 天", en=f"Saved · {len(listed)} {either(len(listed), 'day', 'days')}")

    return _done(request, now, do, form)


@require_POST
@acting("organise")
def announcement(request: HttpRequest, now: Acting) -> HttpResponse:
    """The house says that the year's days are known, or takes it back."""
    form = {"source": request.POST.get("source", "").strip()}
    asked = _year(request.POST.get("year", ""), now)

    def do() -> Text:
        if request.POST.get("act") == "withdraw":
            calendar.withdraw_year(actor=now.actor, at=now.at, given=read(WithdrawYear, {"year": asked}))
            return Text(zh=f"{asked} 年改为暂定", en=f"{asked} is provisional again")
        given = read(SetDays, {"announces": asked, "source": form["source"]})
        calendar.set_days(actor=now.actor, at=now.at, given=given)
        return Text(zh=f"{asked} 年已安排完毕", en=f"{asked} is settled")

    return _done(request, now, do, form)


@require_POST
@acting("organise")
def files(request: HttpRequest, now: Acting) -> HttpResponse:
    """Days from a CSV."""

    def do() -> Text:
        given = read(ImportDays, {"text": _text_of(request)})
        kept = calendar.import_days(actor=now.actor, at=now.at, given=given)
        return Text(zh=f"已导入 · {kept.set} 天", en=f"Imported · {kept.set} {either(kept.set, 'day', 'days')}")

    return _done(request, now, do, {})


@require_POST
@acting("organise")
def national(request: HttpRequest, now: Acting) -> HttpResponse:
    """Whether the national days hold here."""
    follow = request.POST.get("follow") == "yes"

    def do() -> Text:
        calendar.follow_national(actor=now.actor, at=now.at, given=FollowNational(follow=follow))
        return Text(zh="随国家放假安排", en="National days hold") if follow else Text(zh="不随国家放假安排", en="National days do not hold")  # fmt: skip

    return _done(request, now, do, {})


@require_GET
@acting()
def sheet(request: HttpRequest, now: Acting, year: int) -> HttpResponse:
    """The year's days as a CSV that can be read back in."""
    asked = _year(str(year), now)
    return file_answer("\ufeff" + queries.days_sheet(now.actor, asked, tongue()), f"calendar-{asked}.csv")


def _done(request: HttpRequest, now: Acting, do: Callable[[], Text], form: Form) -> HttpResponse:
    asked = _year(request.POST.get("year", ""), now)
    try:
        said = do()
    except Refusal as refusal:
        return _shown(request, now, asked, form, refusal)
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/calendar/?year={asked}")


def _shown(request: HttpRequest, now: Acting, asked: int, typed: Form, refusal: Refusal | None = None) -> HttpResponse:
    told = refused_field(refusal, now, _LABELS) if refusal else None
    page: Any = calendar_page(now, asked, timezone.localtime(now.at).date(), typed, told)
    return show(request, now, "console/calendar/year.html", page=page, status=refusal.status if refusal else 200)


def _year(written: str, now: Acting) -> int:
    if not written:
        return timezone.localtime(now.at).year
    if not (written.isascii() and written.isdecimal() and len(written) == 4 and FIRST <= int(written) <= LAST):
        raise InvalidInput(field="year", rule=_NO_YEAR)
    return int(written)


def _stretch(first: date, last: str) -> list[date]:
    ends = day_of(last, "last") if last else first
    if not 0 <= (ends - first).days < LONGEST:
        raise InvalidInput(field="last", rule=_BACKWARDS)
    return [first + timedelta(days=n) for n in range((ends - first).days + 1)]


def _text_of(request: HttpRequest) -> str:
    """The file handed in, as text; a spreadsheet's mark at its beginning is no part of it."""
    file: Any = request.FILES.get("file")
    try:
        if file is None or file.size > LARGEST_FILE:
            raise InvalidInput(field="text", rule=_TOO_LARGE)
        return bytes(file.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(field="text", rule=_TOO_LARGE) from None
