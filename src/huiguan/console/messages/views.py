"""Messages: all of them, one with what became of it, a look ahead, and the box of what stayed in the house."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.messages.drawing import box_page, house_of, list_page, message_page
from huiguan.console.messages.pages import PreviewPage
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.foundation.jobs import wall_clock
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text, moment
from huiguan.messaging import operations, queries
from huiguan.messaging.inputs import MessageNamed, PreviewNotice
from huiguan.messaging.values import CHANNELS, OCCASIONS, STATES

POWER, CURRENT = "read_members", "members"
_ACT = Text(zh="操作", en="act")


@require_GET
@acting(POWER)
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Messages, the newest first, by words, state and occasion; of one member where she is named."""
    given = request.GET
    state, occasion = given.get("state", ""), given.get("occasion", "")
    page = list_page(
        now,
        member=given.get("member", "").strip()[:40],
        words=given.get("q", "").strip()[:100],
        state=state if state in STATES else "",
        occasion=occasion if occasion in OCCASIONS else "",
        before=_number(given.get("before", "")),
    )
    return show(request, now, "console/messages/list.html", current=CURRENT, page=page)


@require_GET
@acting(POWER)
def message(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """One message as she received it."""
    told, tries = queries.message(now.actor, number)
    page = message_page(now, told, tries)
    return show(request, now, "console/messages/message.html", current=CURRENT, page=page)


@require_POST
@acting(POWER)
def do(request: HttpRequest, now: Acting, number: int, deed: str) -> HttpResponse:
    """Send again, or hold back."""
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    operation, said = _DEEDS[deed]
    given = read(MessageNamed, {"message": number})
    operation(actor=now.actor, at=now.at, given=given, wall=wall_clock(), key=request.POST.get("key") or None)
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/messages/{number}/")


_DEEDS = {
    "resend": (operations.resend_message, Text(zh="这就重发", en="Sending it again")),
    "withdraw": (operations.withdraw_message, Text(zh="已撤回", en="Withdrawn")),
}


@require_GET
@acting(POWER)
def preview(request: HttpRequest, now: Acting) -> HttpResponse:
    """Exactly what a member would receive by a notice in force."""
    clause, member = request.GET.get("clause", ""), request.GET.get("member", "").strip()[:40]
    notices = [
        (number, Text(zh=f"{number} {title.zh}", en=f"{number} {title.en}"), number == clause)
        for number, title, _ in queries.notices(now.actor, now.at)
    ]
    page = PreviewPage(notices, member, house_of(now), asked=bool(clause and member))
    if page.asked:
        page = _seen(now, page, clause)
    return show(
        request, now, "console/messages/preview.html", current=CURRENT, page=page, status=422 if page.refused else 200
    )


def _seen(now: Acting, page: PreviewPage, clause: str) -> PreviewPage:
    try:
        seen = queries.preview(now.actor, now.at, read(PreviewNotice, {"clause": clause, "member": page.member}))
    except Refusal as refusal:
        return PreviewPage(page.notices, page.member, page.house, asked=False, refused=refused(refusal, now))
    return PreviewPage(
        notices=page.notices,
        member=page.member,
        house=page.house,
        asked=True,
        channel=CHANNELS[seen.channel] if seen.channel else "",
        masked=seen.masked,
        subject=seen.subject,
        text=seen.text,
        parts=seen.parts if seen.channel == "sms" else 1,
        due=moment(timezone.localtime(seen.due_at)) if seen.due_at else "",
        reason=seen.reason,
    )


@require_GET
@acting(POWER)
def box(request: HttpRequest, now: Acting) -> HttpResponse:
    """What the local provider delivered."""
    page = box_page(now, request.GET.get("address", "").strip()[:120])
    return show(request, now, "console/messages/box.html", current=CURRENT, page=page)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
