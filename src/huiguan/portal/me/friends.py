"""Friends she brought: her code to pass on, who came by it, and what she got."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.design.values import Mark
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import ReferralTold
from huiguan.portal.acting import Visiting, clause_refs, member_only, show
from huiguan.portal.knowing import Member, known_member
from huiguan.rules.referring import clause_of

STATES = {
    "waiting": Mark(Text(zh="等首单", en="Waiting"), "draft"),
    "rewarded": Mark(Text(zh="已给", en="Given"), "ok"),
    "lapsed": Mark(Text(zh="未成", en="Not reached")),
    "undone": Mark(Text(zh="已收回", en="Taken back"), "warn"),
}
_WAITS = Text(zh="首单满条件后，这里会写明各得什么。", en="What each gets is told here once the first purchase counts.")
_POINTS = Text(zh="得 {points:points} 分。", en="{points:points} {points:point came|points came}.")
_COUPON = Text(zh="得券 {coupon}。", en="Coupon {coupon} came.")


@require_GET
@member_only
def friends(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Her code with its link, the rule, and the rows."""
    member = known_member(now)
    clause = clause_of(member.rulebook)
    context: dict[str, Any] = {"offered": clause is not None}
    if clause is not None:
        code = members.referral_code(now.actor, now.number)
        found = members.referrals(now.actor, now.number, now.at)
        context |= {
            "code": code,
            "link": request.build_absolute_uri(f"{now.base}join?by={code}"),
            "rule": clause.text,
            "clauses": clause_refs(now, clause.id),
            "rows": [_row(member, each) for each in found],
        }
    return show(request, now, "portal/me/friends.html", current="me", **context)


def _row(member: Member, told: ReferralTold) -> dict[str, Any]:
    """One friend, or who brought her; the other's number is not hers to read whole."""
    hers = told.referrer == member.told.number
    return {
        "hers": hers,
        "other": f"•••{(told.friend if hers else told.referrer)[-3:]}",
        "on": told.at.astimezone(member.rulebook.zone).date(),
        "mark": STATES[told.state],
        "says": _says(member, told, "referrer" if hers else "friend"),
    }


def _says(member: Member, told: ReferralTold, who: str) -> list[Text]:
    """The last reason, and what she got of it."""
    if not told.reasons:
        return [_WAITS]
    reason = told.reasons[-1]
    rulebook = member.rulebook
    said = [Text(**rulebook.clauses[reason.clause].module.SAYS[reason.say].both(**reason.values))]
    got = told.given.get(who, {})
    said += [Text(**_POINTS.both(points=got["points"]))] if got.get("points") else []
    return said + ([Text(**_COUPON.both(coupon=got["coupon"]))] if got.get("coupon") else [])
