"""At the till, that it is she who pays from what she has stored: digits sent to her phone, typed by the clerk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import PaymentCodeInput, PaymentProofInput
from huiguan.console.acting import Acting, acting, wall
from huiguan.console.door.entering import origin_of
from huiguan.console.till.asking import Asked, asked_of
from huiguan.design.markup import tongue
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

KEPT = "till_proof"
_SENT = Text(zh="已发到 {phone}", en="Sent to {phone}")


@require_POST
@acting("sell")
def send(request: HttpRequest, now: Acting) -> HttpResponse:
    """A code on its way to the buyer's phone; the page is told where to, or why not."""
    language = "en" if tongue() == "en" else "zh"
    try:
        given = read(PaymentCodeInput, {"member": asked_of(request.POST).member, "language": language})
        sent = checkout.send_payment_code(
            actor=now.actor, at=now.at, given=given, wall=wall(), origin=origin_of(request)
        )
        said, wrong = Text(**_SENT.both(phone=sent.masked)), False
    except Refusal as refusal:
        said, wrong = Text(zh=refusal.say("zh"), en=refusal.say("en")), True
    return render(request, "console/till/sent.html", {"said": said, "wrong": wrong})


def proof_of(request: HttpRequest, now: Acting, asked: Asked) -> str:
    """The proof that the digits typed are those she was sent; '' where none were typed. One that is had already stands
    for this sale until it is made: the digits are good once, and a sale may be refused for something else."""
    key, proof = request.session.get(KEPT, ("", ""))
    code = request.POST.get("code", "").strip()[:40]
    if key == asked.key and not code:
        return str(proof)
    if not code:
        return ""
    given = read(PaymentProofInput, {"member": asked.member, "code": code})
    proved = checkout.prove_payment(actor=now.actor, at=now.at, given=given, wall=wall(), origin=origin_of(request))
    request.session[KEPT] = (asked.key, proved.proof)
    return proved.proof


def is_proved(request: HttpRequest, asked: Asked) -> bool:
    """Whether digits were answered for this sale."""
    return bool(request.session.get(KEPT, ("",))[0] == asked.key)


def forget_proof(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
