"""What both sides sign in a matter, and the house's own signature given from its page; a matter that cannot go on, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiguan.cases import operations, queries
from huiguan.cases.inputs import SignForHouse
from huiguan.cases.values import MatterView, SigningTold
from huiguan.console.acting import Acting, acting, clause_ref, refused
from huiguan.design.saying import say_next
from huiguan.design.values import ClauseRef, Refused, Said
from huiguan.documents.values import SignedView
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.rules.kinds.acceptance import SIGNERS


@dataclass(frozen=True, slots=True)
class SigningRow:
    """Something signed: who signed as what, who is awaited, whether the asking person may sign for the house."""

    told: SigningTold
    clause: ClauseRef
    signed: Sequence[tuple[Text, SignedView]]


@dataclass(frozen=True, slots=True)
class StuckPart:
    """A matter that cannot go on by itself: why, and what the applicant is told if it is refused."""

    why: Refused | None


def signings_of(now: Acting, number: str) -> list[SigningRow]:
    """What is signed in the matter, and by whom."""
    return [
        SigningRow(each, clause_ref(now, each.clause), [(SIGNERS[one.role], one) for one in each.signed])
        for each in queries.signings(now.actor, number, now.at)
    ]


def stuck_part(now: Acting, view: MatterView) -> StuckPart | None:
    """Why it cannot go on, for whoever may end it; None where it can, or where she may not."""
    if "refuse" not in view.may:
        return None
    why = queries.why_stuck(now.actor, view.line.number, now.at)
    return StuckPart(refused(why, now) if why is not None else None)


@require_POST
@acting()
def sign(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """The house signs, by who is signed in."""
    form: Mapping[str, str] = request.POST
    asked = {name: form.get(name, "") for name in ("acceptance", "edition")}
    given, key = read(SignForHouse, {**asked, "matter": number[:20]}), form.get("key") or None
    made = operations.sign_for_house(actor=now.actor, at=now.at, given=given, key=key)
    say_next(
        request,
        Said(Text(zh=f"已代表本会签署，签名：{made.signer}", en=f"Signed for the house, by {made.signer}")),
    )
    return HttpResponseRedirect(f"/matters/{number}/#signatures")
