"""Members: the list, one member with her ledgers, the slips, and a look at what is sealed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, frame, show
from huiguan.console.members.coupons import coupon_slip
from huiguan.console.members.drawing import member_page
from huiguan.console.members.knowing import known_member
from huiguan.console.members.ledgers import lines_of, papers_of, slip_of
from huiguan.console.members.listing import list_page
from huiguan.design import lists
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile

CURRENT = "members"
_ENTRY = Text(zh="账目", en="entry")
LEDGER_COLUMNS = 6


@require_GET
@acting("read_members")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Find a member."""
    return show(request, now, "console/members/list.html", current=CURRENT, page=list_page(now, request.GET))


@require_GET
@acting("read_members")
def detail(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One member; `book` names the ledger that is open, `after` where in it."""
    book, after = request.GET.get("book", ""), request.GET.get("after", "")
    page = member_page(now, number, book=book, after=after)
    return show(request, now, "console/members/detail.html", current=CURRENT, member=page)


@require_GET
@acting("read_members")
def entry(request: HttpRequest, now: Acting, number: str, unit: str, key: str) -> HttpResponse:
    """The slip of one ledger entry, as the row under it."""
    member = known_member(now, number)
    line = next((each for each in lines_of(member, unit) if f"{each.seq}-{each.n}" == key), None)
    if line is None:
        raise NotFound(field="entry", what=_ENTRY, given=key)
    slip = slip_of(member, papers_of(member, [line]), line)
    return _slip(request, now, key, slip)


@require_GET
@acting("read_members")
def coupon(request: HttpRequest, now: Acting, number: str, right: int) -> HttpResponse:
    """The slip of a coupon."""
    return _slip(request, now, f"right-{right}", coupon_slip(known_member(now, number), right))


def _slip(request: HttpRequest, now: Acting, key: str, slip: object) -> HttpResponse:
    context = {"frame": frame(request, now, CURRENT), "entry_id": key, "slip": slip, "span": LEDGER_COLUMNS}
    if request.headers.get("HX-Request"):
        return render(request, "design/parts/reason.html", context)
    return render(request, "console/members/slip.html", context)


@require_POST
@never_cache
@acting("reveal")
def reveal(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One sealed field in the clear; who looked, and when, is kept."""
    field = request.POST.get("field", "")
    shown = operations.reveal_profile_field(actor=now.actor, at=now.at, member=number, field=field)
    fields = {each.name: each for each in profile.form(programmes.programme_at(now.actor.programme, now.at))[1]}
    kind = fields.get(field)
    value = lists.read(kind, shown.value) if kind is not None and kind.type == "list" else shown.value
    return render(request, "console/members/revealed.html", {"value": value, "logged_at": now.at})
