"""Members whose data has faults, by shop: what is missing, what was entered late."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, show
from huiguan.console.members.knowing import shop_names
from huiguan.console.wording import clause_refs
from huiguan.design.values import Words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import ProfileFault
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.programme import Programme

LATE = {
    "profile": Text(zh="资料没有当天录入", en="the form was not entered on its day"),
    "card": Text(zh="卡没有当天录入", en="the card was not entered on its day"),
}


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One member with what is wrong."""

    name: str
    number: str
    href: str
    shop: Words
    missing: Words
    late: Words


@require_GET
@acting("read_members")
def faults(request: HttpRequest, now: Acting) -> HttpResponse:
    """The list for the shop she stands in, else for all she may see."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    found = members.profile_faults(now.actor, now.at, shop=now.shop.id if now.shop else None)
    shops = shop_names(now.actor.programme, (fault.shop for fault in found))
    rows = [_row(rulebook, fault, shops.get(fault.shop or 0, "—")) for fault in found]
    clause = profile_kind.form(rulebook)[0]
    refs = clause_refs(rulebook, [clause.id if clause else None])
    return show(request, now, "console/members/faults.html", current="members", rows=rows, clauses=refs)


def _row(rulebook: Programme, fault: ProfileFault, shop: Words) -> FaultRow:
    titles = {field.name: field.title for field in profile_kind.form(rulebook)[1]}
    missing = [titles[name] for name in fault.missing if name in titles]
    late = [LATE[what] for what in fault.late]
    return FaultRow(
        name=fault.name,
        number=fault.number,
        href=f"/members/{fault.number}/",
        shop=shop,
        missing=Text(zh="、".join(each.zh for each in missing), en=", ".join(each.en for each in missing))
        if missing
        else "",
        late=Text(zh="；".join(each.zh for each in late), en="; ".join(each.en for each in late)) if late else "",
    )
