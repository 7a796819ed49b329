"""/calendar: which days are worked, and when so many of them are over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of, moment_asked
from huiguan.api.calendar import schemas
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.calendar import inputs, queries
from huiguan.calendar import operations as calendar
from huiguan.calendar.values import SPANS
from huiguan.foundation.clock import now
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

router = Router(tags=["calendar"])
MOST = 3660
_SPAN = Text(zh="只能是 " + "、".join(SPANS), en="must be one of " + ", ".join(SPANS))
_COUNT = Text(zh=f"须在 0 至 {MOST} 之间", en=f"must be between 0 and {MOST}")


@router.get(
    "/calendar/years/{year}",
    **described(
        name="calendar_year", gives=schemas.YearAnswer,
        does=Text(zh="一年里的休息日与调休上班日", en="A year's days off, and its weekend days that are worked"),
    ),
)  # fmt: skip
def year(request: HttpRequest, year: int) -> HttpResponse:
    asked = read(inputs.WithdrawYear, {"year": year}).year
    return answer(queries.year_of(actor_of(request), asked))


@router.put(
    "/calendar/days",
    **described(
        name="set_days", takes=inputs.SetDays, gives=schemas.KeptDaysAnswer, write=True,
        does=Text(zh="设定哪些日子上班、哪些日子休息", en="Set which days are worked"),
    ),
)  # fmt: skip
def days(request: HttpRequest) -> HttpResponse:
    return did(request, calendar.set_days, given(request, inputs.SetDays), status=200)


@router.post(
    "/calendar/files",
    **described(
        name="import_days", takes=inputs.ImportDays, gives=schemas.KeptDaysAnswer, status=201, write=True,
        does=Text(zh="从 CSV 导入休息日", en="Set days from a CSV file"),
    ),
)  # fmt: skip
def files(request: HttpRequest) -> HttpResponse:
    return did(request, calendar.import_days, given(request, inputs.ImportDays))


@router.delete(
    "/calendar/years/{year}/announcement",
    **described(
        name="withdraw_year", gives=schemas.KeptDaysAnswer, write=True,
        does=Text(zh="撤回“本年已安排完毕”", en="Take back that a year's days are known"),
    ),
)  # fmt: skip
def withdrawal(request: HttpRequest, year: int) -> HttpResponse:
    asked = read(inputs.WithdrawYear, {"year": year})
    return answer(calendar.withdraw_year(actor=actor_of(request), at=now(), given=asked, key=key_of(request)))


@router.put(
    "/calendar/national",
    **described(
        name="follow_national", takes=inputs.FollowNational, gives=schemas.CalendarChoiceAnswer, write=True,
        does=Text(zh="是否随国家放假安排", en="Whether the national days of mainland China hold here"),
    ),
)  # fmt: skip
def national(request: HttpRequest) -> HttpResponse:
    return did(request, calendar.follow_national, given(request, inputs.FollowNational), status=200)


@router.get(
    "/calendar/deadline",
    **described(
        name="deadline", gives=schemas.DeadlineAnswer,
        does=Text(zh="从某一刻起若干工作日、天、周、月或小时之后", en="When so many workdays, days, weeks, months or hours are over"),
    ),
)  # fmt: skip
def deadline(request: HttpRequest, count: int, span: str = "workdays", at: str | None = None) -> HttpResponse:
    if span not in SPANS:
        raise InvalidInput(field="span", rule=_SPAN)
    if not 0 <= count <= MOST:
        raise InvalidInput(field="count", rule=_COUNT)
    actor = actor_of(request)
    tz = programmes.programme_at(actor.programme, now()).zone
    return answer(queries.deadline(queries.workdays(actor.programme), moment_asked(at, tz), count, span, tz))
