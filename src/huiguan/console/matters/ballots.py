"""A body's vote on a matter, from the page: a vote cast, a meeting's roll recorded, a vote closed, a watcher's signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiguan.cases import operations
from huiguan.cases.inputs import CastVote, CloseBallot, RecordRoll, SignCount
from huiguan.cases.values import SavedMatter
from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.matters.drawing import matter_page
from huiguan.console.matters.views import CURRENT
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

WORDS = ("yes", "no", "abstain", "silent")
_ACT = Text(zh="操作", en="act")
_LABELS = {
    "minutes": Text(zh="会议纪要", en="Minutes"),
    "held_on": Text(zh="开会日期", en="Day of the meeting"),
    "vote": Text(zh="表决", en="Vote"),
    "consent": Text(zh="书面同意", en="Written consent"),
    "name": Text(zh="监票人姓名", en="The watcher's name"),
}
_DONE = {
    "vote": Text(zh="已表决", en="Voted"),
    "roll": Text(zh="已记录", en="Recorded"),
    "closing": Text(zh="已计票", en="Counted"),
    "watchers": Text(zh="已签字", en="Signed"),
}
Form = Mapping[str, str]


@require_POST
@acting()
def ballot(request: HttpRequest, now: Acting, number: str, what: str) -> HttpResponse:
    """One deed on the vote that is under way; refused, the page says why."""
    form = request.POST.dict()
    doing = _DEEDS.get(what)
    if doing is None:
        raise NotFound(field="deed", what=_ACT, given=what)
    try:
        doing(now, number[:20], form, form.get("key") or None)
    except Refusal as refusal:
        page = matter_page(now, number[:20], typed=form, refused=refused_field(refusal, now, _LABELS))
        return show(request, now, "console/matters/matter.html", current=CURRENT, page=page, status=refusal.status)
    say_next(request, Said(_DONE[what]))
    return HttpResponseRedirect(f"/matters/{number}/")


def _vote(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    remote = form.get("remote") == "on"
    given = {
        "matter": number, "stage": form.get("stage", ""), "vote": form.get("vote", ""), "remote": remote,
        "consent": form.get("consent", "") if remote else "",
    }  # fmt: skip
    return operations.cast_vote(actor=now.actor, at=now.at, given=read(CastVote, given), key=key)


def _roll(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    """Each place is one of WORDS, or away where nothing was chosen."""
    said = {int(name[6:]): word for name, word in form.items() if name.startswith("place.") and name[6:].isdecimal()}
    places = {word: [place for place, each in said.items() if each == word] for word in WORDS}
    watchers = {name[8:]: who.strip() for name, who in form.items() if name.startswith("watcher.") and who.strip()}
    given = {
        "matter": number, "stage": form.get("stage", ""), "minutes": form.get("minutes", "").strip(),
        "held_on": form.get("held_on", ""), "watchers": watchers, **places,
    }  # fmt: skip
    return operations.record_roll(actor=now.actor, at=now.at, given=read(RecordRoll, given), key=key)


def _closing(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(CloseBallot, {"matter": number, "stage": form.get("stage", "")})
    return operations.close_ballot(actor=now.actor, at=now.at, given=given, key=key)


def _watchers(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = {"matter": number, "watcher": form.get("watcher", ""), "name": form.get("name", "").strip()}
    return operations.sign_count(actor=now.actor, at=now.at, given=read(SignCount, given), key=key)


_DEEDS: dict[str, Callable[[Acting, str, Form, str | None], SavedMatter]] = {
    "vote": _vote,
    "roll": _roll,
    "closing": _closing,
    "watchers": _watchers,
}
