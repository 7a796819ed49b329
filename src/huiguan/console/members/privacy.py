"""A member's own data: who looked, to whom she agreed, who was told, how long it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show, wall
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.console.members.knowing import Member, known_member
from huiguan.console.wording import clause_refs
from huiguan.copies import operations as copies
from huiguan.copies.inputs import TakeCopy
from huiguan.design.saying import say_next
from huiguan.design.sending import archive_answer
from huiguan.design.values import Refused, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members.values import FieldTold
from huiguan.rules.standing import OVER
from huiguan.visits import inputs, operations, queries
from huiguan.visits.values import BASES, FIELDS

_ACT = Text(zh="操作", en="act")
_RECIPIENT, _PURPOSE = Text(zh="向谁", en="To whom"), Text(zh="为什么", en="What for")
_GIVEN = [("yes", Text(zh="同意", en="agrees")), ("no", Text(zh="撤回", en="no more"))]
_TITLES = {
    "share": Text(zh="登记同意或撤回", en="Note an agreement or its withdrawal"),
    "tell": Text(zh="登记一次对外提供", en="Somebody outside is told"),
    "erase": Text(zh="删除资料", en="Erase the data"),
}
_SAYS = {
    "share": Text(zh="写明本人签的那份材料。", en="Name the paper the member signed."),
    "tell": Text(
        zh="没有本人同意，又没有法律要求，不得提供。",
        en="Without the member's consent, and unless the law asks, nobody outside is told.",
    ),
    "erase": Text(
        zh="姓名、电话、证件、表单各项及其历史、材料、消息内容一并删除，不能找回；会员号、销售、账目、收据、处理结果留下。",
        en="Names, phones, identity papers, every field and what was before it, papers and messages go for good; number, "
        "sales, ledgers, receipts and rulings stay.",
    ),
}


@require_http_methods(["GET", "POST"])
@acting("read_members")
def privacy(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One member's own data, and what can be recorded of it."""
    member = known_member(now, number)
    if request.method == "GET":
        return _page(request, member)
    deed = request.POST.get("deed", "")
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    try:
        _DEEDS[deed](now, member.told.number, request.POST)
    except Refusal as refusal:
        return _page(request, member, deed, refused(refusal, now), refusal.status)
    say_next(request, Said(Text(zh="已记下", en="It is on record")))
    return HttpResponseRedirect(f"{member.page}privacy")


@require_POST
@acting("read_members")
def take_copy(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """Everything that is kept of her as an archive, for her who asked for it at the counter."""
    ref = known_member(now, number).told.number
    given = read(TakeCopy, {"member": ref, "reason": request.POST.get("reason", "")})
    write = partial(copies.copy_member, actor=now.actor, at=now.at, given=given, wall=wall())
    return archive_answer(f"{ref}.zip", lambda out: write(out=out))


def _share(now: Acting, number: str, form: Any) -> object:
    asked = {name: form.get(name, "") for name in ("recipient", "purpose", "paper")}
    given = read(inputs.AgreeToShare, {**asked, "member": number, "given": form.get("given") != "no"})
    return operations.agree_to_share(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


def _tell(now: Acting, number: str, form: Any) -> object:
    asked = {name: form.get(name, "") for name in ("recipient", "purpose", "basis", "ground")}
    fields = form.get("fields", "").replace("、", " ").replace(",", " ").split()
    given = read(inputs.RecordDisclosure, {**asked, "member": number, "fields": fields})
    return operations.record_disclosure(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


def _erase(now: Acting, number: str, form: Any) -> object:
    given = read(inputs.EraseMember, {"member": number, "reason": form.get("reason", "")})
    return operations.erase_member(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


_DEEDS: dict[str, Callable[[Acting, str, Any], object]] = {"share": _share, "tell": _tell, "erase": _erase}


def _page(
    request: HttpRequest, member: Member, failed: str = "", told: Refused | None = None, status: int = 200
) -> HttpResponse:
    now, ref = member.now, member.told.number
    kept = queries.kept_for(now.actor.programme, now.at)
    context: dict[str, Any] = {
        "member": member.told,
        "href": member.page,
        "looks": queries.looks(now.actor, now.at, ref),
        "shared": queries.shared(now.actor, ref),
        "disclosures": [
            (each, BASES[each.basis], _titles(member, each.fields)) for each in queries.disclosures(now.actor, ref)
        ],
        "kept": kept[1] if kept else None,
        "clauses": clause_refs(member.rulebook, [kept[0] if kept else None]),
        "copies": all(now.actor.may(each) for each in ("reveal", "documents")),
        "deeds": [
            _form(member, name, told if name == failed else None, request.POST if name == failed else {})
            for name in _offered(member)
        ],
    }
    return show(request, now, "console/members/privacy.html", current="members", status=status, **context)


def _offered(member: Member) -> list[str]:
    actor, gone = member.now.actor, member.told.standing in OVER
    found = ["share"] if actor.may("edit_members") and not gone else []
    found += ["tell"] if actor.may("reveal") else []
    return [*found, "erase"] if gone and actor.may("suspend") and actor.may("edit_members") else found


def _form(member: Member, name: str, told: Refused | None, typed: Mapping[str, str]) -> DeedForm:
    """A deed's form; one that was refused as it was typed."""
    known = ", ".join(field.name for field in member.told.profile if field.shown) or "name"
    who, why = Field("recipient", _RECIPIENT), Field("purpose", _PURPOSE)
    fields = {
        "share": [who, why, Field("given", Text(zh="同意与否", en="Agrees or not"), choices=_GIVEN),
                  Field("paper", Text(zh="所签材料", en="The paper"), needed=False)],
        "tell": [who, why, Field("fields", Text(zh="哪几项", en="Which fields"), value=known),
                 Field("basis", Text(zh="依据", en="On what ground"), choices=list(BASES.items())),
                 Field("ground", Text(zh="法律或要求", en="The law, or the demand"), needed=False)],
        "erase": [Field("reason", Text(zh="理由", en="Why"))],
    }[name]  # fmt: skip
    title = _TITLES[name]
    form = DeedForm(name, title, title, fields, f"{member.page}privacy", new_key(), says=_SAYS[name])
    return form.as_typed(typed, told)


def _titles(member: Member, names: tuple[str, ...]) -> Text:
    known: dict[str, FieldTold] = {field.name: field for field in member.told.profile}
    said = [Text(**known[name].title) if name in known else FIELDS.get(name, Text(zh=name, en=name)) for name in names]
    return Text(zh="、".join(each.zh for each in said), en=", ".join(each.en for each in said))
