"""The organisation: its tree, a place opened in it, renamed, closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.keys import new_key
from huiguan.console.places.pages import PlacePage, PlaceRow, PlacesPage
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import CreateNode, NodeNamed, RenameNode
from huiguan.identity.values import HOUSE, Place
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

CURRENT = "places"
KINDS = {
    "shop": Text(zh="门店", en="Shop"),
    "region": Text(zh="区域", en="Region"),
    HOUSE: Text(zh="总部", en="House"),
}
_CLOSED = Mark(Text(zh="已关闭", en="Closed"), "stop")
_LABELS = {
    "code": Text(zh="代码", en="Code"),
    "name": Text(zh="名称", en="Name"),
    "parent": Text(zh="上级", en="Under"),
}


@require_http_methods(["GET", "POST"])
@acting("organise")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """The tree; a POST opens a region or shop in it."""
    if request.method == "GET":
        return show(request, now, "console/places/list.html", current=CURRENT, page=_tree_page(now, {}))
    typed = {name: request.POST.get(name, "").strip() for name in ("kind", "code", "zh", "en", "parent")}
    asked = {
        "kind": typed["kind"], "code": typed["code"], "name": _names(typed), "parent": typed["parent"] or None,
    }  # fmt: skip
    try:
        made = operations.create_node(
            actor=now.actor, at=now.at, given=read(CreateNode, asked), key=request.POST.get("key") or None
        )
    except Refusal as refusal:
        page = _tree_page(now, typed, refused_field(refusal, now, _LABELS))
        return show(request, now, "console/places/list.html", current=CURRENT, page=page, status=refusal.status)
    say_next(request, Said(Text(zh=f"已开设 · {made.name.zh}", en=f"Opened · {made.name.en}")))
    return HttpResponseRedirect("/places/")


@require_http_methods(["GET", "POST"])
@acting("organise")
def place(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """One place; a POST gives it another name."""
    if request.method == "GET":
        return _show(request, now, code)
    typed = {name: request.POST.get(name, "").strip() for name in ("zh", "en")}
    try:
        given = read(RenameNode, {"node": code, "name": _names(typed)})
        operations.rename_node(actor=now.actor, at=now.at, given=given)
    except Refusal as refusal:
        return _show(request, now, code, refusal, typed)
    say_next(request, Said(Text(zh="已保存", en="Saved")))
    return HttpResponseRedirect(f"/places/{code}/")


@require_POST
@acting("organise")
def closing(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """Close it for good, and the posts held there with it."""
    try:
        closed = operations.close_node(actor=now.actor, at=now.at, given=read(NodeNamed, {"node": code}))
    except Refusal as refusal:
        return _show(request, now, code, refusal)
    say_next(request, Said(Text(zh=f"已关闭 · {closed.name.zh}", en=f"Closed · {closed.name.en}")))
    return HttpResponseRedirect("/places/")


def _names(typed: dict[str, str]) -> dict[str, str]:
    """Both names; where only one was entered it stands for both."""
    return {"zh": typed["zh"] or typed["en"], "en": typed["en"] or typed["zh"]}


def _row(each: Place) -> PlaceRow:
    mark = _CLOSED if each.closed_at else None
    return PlaceRow(each.code, each.name, KINDS[each.kind], each.depth, f"/places/{each.code}/", mark)


def _tree_page(now: Acting, typed: dict[str, str], refusal: Refused | None = None) -> PlacesPage:
    tree = identity.tree(now.actor)
    return PlacesPage(
        rows=[_row(each) for each in tree],
        parents=[
            (each.code, each.name, each.code == typed.get("parent"))
            for each in tree
            if each.kind != "shop" and each.closed_at is None
        ],
        kinds=[(name, KINDS[name], name == typed.get("kind", "shop")) for name in ("shop", "region")],
        key=new_key(),
        typed=typed,
        refused=refusal,
    )


def _show(
    request: HttpRequest,
    now: Acting,
    code: str,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    tree = identity.tree(now.actor)
    found = next((each for each in tree if each.code == code), None)
    if found is None:
        raise NotFound(what=Text(zh="机构", en="place"), given=code)
    under = [each for each in tree if each.parent == found.id]
    page = PlacePage(
        row=_row(found),
        zh=typed["zh"] if typed else found.name.zh,
        en=typed["en"] if typed else found.name.en,
        under=[_row(each) for each in under],
        closable=found.kind != HOUSE and all(each.closed_at for each in under),
        closed=found.closed_at is not None,
        refused=refused_field(refusal, now, _LABELS) if refusal else None,
    )
    return show(
        request, now, "console/places/place.html", current=CURRENT, page=page, status=refusal.status if refusal else 200
    )
