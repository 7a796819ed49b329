"""The bank's statement: each line with whose it may be; a person says whose it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.inputs import ConfirmLine, SetAside
from huiguan.billing.values import BankLineView
from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.dues.changing import typed_in
from huiguan.console.dues.drawing import DUES
from huiguan.console.dues.pages import Guess, LineRow, StatementPage
from huiguan.console.dues.views import CURRENT
from huiguan.console.keys import new_key
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_FITS = {
    "exact": Mark(Text(zh="正好", en="Exact"), "ok"),
    "short": Mark(Text(zh="不足", en="Short"), "warn"),
    "over": Mark(Text(zh="多付", en="Over"), "warn"),
    "": Mark(Text(zh="待认领", en="Whose?"), "warn"),
}
_NAMES = {"member": Text(zh="会员", en="Member"), "reason": Text(zh="原因", en="Why")}
_STATES = ("open", "matched", "aside")


@require_GET
@acting("bill")
def lines(request: HttpRequest, now: Acting) -> HttpResponse:
    """Lines nobody has dealt with; those matched or set aside where asked."""
    state = request.GET.get("state", "open")
    page = _page(now, state if state in _STATES else "open")
    return show(request, now, "console/dues/statement.html", current=CURRENT, page=page)


@require_POST
@acting("bill")
def decide(request: HttpRequest, now: Acting, line: int) -> HttpResponse:
    """A line is a member's, or nobody's."""
    typed = typed_in(request)
    key = typed.get("key") or None
    try:
        if typed.get("act") == "aside":
            given = read(SetAside, {"line": line, "reason": typed.get("reason", "")})
            billing.set_aside(actor=now.actor, at=now.at, given=given, key=key)
            said = Text(zh="已搁置", en="Set aside")
        else:
            made = billing.confirm_line(actor=now.actor, at=now.at, given=_confirmed(line, typed), key=key)
            over = words.yuan(made.over)
            more = (f"，{over} 记为预存", f"; {over} stays on account") if made.over else ("", "")
            said = Text(
                zh=f"{made.name} 已入账 {made.number}{more[0]}", en=f"Received for {made.name}: {made.number}{more[1]}"
            )
    except Refusal as refusal:
        told = refused_field(refusal, now, _NAMES)
        return show(
            request,
            now,
            "console/dues/statement.html",
            current=CURRENT,
            page=_page(now, "open", line, typed, told),
            status=refusal.status,
        )
    say_next(request, Said(said))
    return HttpResponseRedirect(f"{DUES}/statement/")


def _confirmed(line: int, typed: dict[str, str]) -> ConfirmLine:
    """Whose: a member typed in, else the one that was proposed, with her charges ("DN01 F2026-1 F2026-2")."""
    other = typed.get("other", "")
    member, *charges = (other or typed.get("whose", "")).split() or [""]
    return read(ConfirmLine, {"line": line, "member": member, "charges": [] if other else charges})


def _page(
    now: Acting, state: str, line: int = 0, typed: dict[str, str] | None = None, told: Refused | None = None
) -> StatementPage:
    rows = queries.bank_lines(now.actor, now.at, state)
    return StatementPage(
        state, [_row(each, typed if each.id == line else None, told if each.id == line else None) for each in rows],
        now.actor.may("import"),
    )  # fmt: skip


def _row(view: BankLineView, typed: dict[str, str] | None, told: Refused | None) -> LineRow:
    guesses = [
        Guess(
            " ".join((each.member, *each.charges)), each.name, each.member, each.owed,
            Text(zh="、".join(why.zh for why in each.why), en=", ".join(why.en for why in each.why)), each.sure,
        )
        for each in view.proposals
    ]  # fmt: skip
    aside = view.reason or view.decided_by
    return LineRow(
        view.id, view.day, view.amount, view.payer, view.text, view.reference,
        _FITS[view.fits] if view.state == "open" else None, guesses, new_key(), typed or {}, told, view.money,
        f"{DUES}/money/{view.money}/" if view.money else "", aside,
    )  # fmt: skip
