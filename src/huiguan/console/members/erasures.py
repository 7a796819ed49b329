"""What a night would erase, what was erased, and what is erased at somebody's wish who is no member any more, or never was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.console.wording import clause_refs
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.visits import inputs, operations, queries

AHEAD = timedelta(days=90)
_ACT = Text(zh="操作", en="act")
_WHY = Field("reason", Text(zh="理由", en="Why"))
_FIRST = [("no", Text(zh="不撤", en="no")), ("yes", Text(zh="先撤回再删", en="take it back first"))]
_FORMS = {
    "application": (
        Text(zh="删除申请人的资料", en="Erase an applicant's data"),
        Text(
            zh="没有成为会员的申请人要求的。填的内容、材料、联系方式、信件一并删除，不能找回；有过这件事、各轮提交与结果留下。",
            en="At the wish of an applicant who became no member. Answers, papers, addresses and letters go for good; that there"
            " was a matter, its rounds and its end stay.",
        ),
        [
            Field("matter", Text(zh="事项编号", en="The matter's number")),
            _WHY,
            Field("withdraw", Text(zh="还在办理的", en="Where it is under way"), choices=_FIRST, value="no"),
        ],
    ),
    "holders": (
        Text(zh="删除前任持有人的资料", en="Erase who held a membership before"),
        Text(
            zh="会籍转让之后，原持有人要求的。会籍与现持有人不受影响。",
            en="At the wish of whoever held a membership before it was handed over. It and its holder now are not touched.",
        ),
        [Field("member", Text(zh="会员号", en="The membership's number")), _WHY],
    ),
}


@require_http_methods(["GET", "POST"])
@acting("read_members")
def erasures(request: HttpRequest, now: Acting) -> HttpResponse:
    """What the night would erase now and within ninety days, what is held back, what was erased; POST erases at a wish."""
    if request.method == "GET":
        return _page(request, now)
    deed = request.POST.get("deed", "")
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    try:
        _DEEDS[deed](now, request.POST)
    except Refusal as refusal:
        return _page(request, now, deed, refused(refusal, now), refusal.status)
    say_next(request, Said(Text(zh="已删除", en="It is erased")))
    return HttpResponseRedirect("/members/erasures/")


def _application(now: Acting, form: Mapping[str, str]) -> object:
    told = {
        "matter": form.get("matter", ""),
        "reason": form.get("reason", ""),
        "withdraw": form.get("withdraw") == "yes",
    }
    given = read(inputs.EraseApplication, told)
    return operations.erase_application(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


def _holders(now: Acting, form: Mapping[str, str]) -> object:
    given = read(inputs.EraseHolder, {"member": form.get("member", ""), "reason": form.get("reason", "")})
    return operations.erase_former_holders(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


_DEEDS: dict[str, Callable[[Acting, Mapping[str, str]], object]] = {"application": _application, "holders": _holders}


def _page(
    request: HttpRequest, now: Acting, failed: str = "", told: Refused | None = None, status: int = 200
) -> HttpResponse:
    due_now = {each.number for each in queries.due_to_erase(now.actor, now.at)}
    kept = queries.kept_for(now.actor.programme, now.at)
    rulebook = programmes.ruling_at(now.actor.programme, now.at)
    may = now.actor.may("suspend") and now.actor.may("edit_members")
    return show(
        request, now, "console/members/erasures.html", current="members", status=status,
        due=[(each, each.number in due_now) for each in queries.due_to_erase(now.actor, now.at + AHEAD)],
        done=queries.erasures(now.actor), kept=kept[1] if kept else None,
        clauses=clause_refs(rulebook, [kept[0]]) if kept and rulebook is not None else (),
        deeds=[_form(name, *((told, request.POST) if name == failed else (None, {}))) for name in _FORMS if may],
    )  # fmt: skip


def _form(name: str, told: Refused | None, typed: Mapping[str, str]) -> DeedForm:
    """A deed's form; one that was refused as it was typed."""
    title, says, fields = _FORMS[name]
    form = DeedForm(name, title, Text(zh="删除", en="Erase"), fields, "/members/erasures/", new_key(), says=says)
    return form.as_typed(typed, told)
