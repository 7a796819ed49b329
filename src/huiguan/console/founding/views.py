"""The code taken up; where the house is; whose it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import wall
from huiguan.console.door.entering import come_in, origin_of
from huiguan.console.founding.drawing import house_page, house_said, owner_page
from huiguan.console.founding.pages import EnterPage
from huiguan.console.founding.standing import (
    HOUSE,
    OWNER,
    PROOF,
    PROOF_KEY,
    RULEBOOK,
    data,
    founding,
    page,
    reached,
    told,
)
from huiguan.design.markup import tongue
from huiguan.foundation import clock
from huiguan.foundation.performing import in_transaction
from huiguan.founding.answers import answers_of, completed, places_of
from huiguan.founding.claims import claim, is_claimed, void
from huiguan.founding.draft import Draft
from huiguan.founding.proofs import proof_of
from huiguan.founding.rulebooks import choice_of
from huiguan.founding.standing import to_be_founded
from huiguan.founding.steps import ExamplesDisagree, found
from huiguan.identity import operations as identity
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.programme.values import Proof

_DIFFER = Text(zh="两次输入的不一样", en="the two differ")


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The door of an installation nobody has founded: the code of its terminal."""
    if not to_be_founded():
        return HttpResponseRedirect("/")
    if request.method == "GET":
        if is_claimed(data(), str(request.session.get(PROOF_KEY, ""))):
            return HttpResponseRedirect(reached(Draft.of(data())))
        return _door(request, EnterPage(request.GET.get("code", "").replace("\x00", "")[:40]))
    typed = request.POST.get("code", "").replace("\x00", "")[:40]
    try:
        proof = claim(data(), typed)
    except Refusal as refusal:
        return _door(request, EnterPage(typed, told(refusal)), refusal.status)
    request.session.cycle_key()
    request.session[PROOF_KEY] = proof
    return HttpResponseRedirect(reached(Draft.of(data())))


def _door(request: HttpRequest, shown: EnterPage, status: int = 200) -> HttpResponse:
    return render(request, "console/founding/enter.html", {"page": shown}, status=status)


@require_http_methods(["GET", "POST"])
@founding
def house(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Organisation, regions, shops. A POST keeps them, or adds empty rows."""
    if request.method == "GET":
        return page(request, draft, HOUSE, "console/founding/house.html", page=house_page(draft.answers))
    said = completed(house_said(request.POST))
    more = request.POST.get("more", "")
    if more:
        return page(request, draft, HOUSE, "console/founding/house.html", page=house_page(said, more=more))
    try:
        places_of(said)
    except Refusal as refusal:
        shown = house_page(said, refused=told(refusal))
        return page(request, draft, HOUSE, "console/founding/house.html", refusal.status, page=shown)
    for name in ("organisation", "regions", "shops"):
        draft.answers[name] = said[name]
    draft.keep()
    return HttpResponseRedirect(RULEBOOK if reached(draft) != OWNER else OWNER)


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
@founding
def owner(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The first owner and her password; a POST founds everything, in one piece, and she is in."""
    try:
        proof = _proof(draft)
        if proof is None:
            return HttpResponseRedirect(PROOF if "rulebook" in draft.answers else reached(draft))
        if request.method == "GET":
            return page(request, draft, OWNER, "console/founding/owner.html", page=owner_page(draft, clock.now()))
        return _found(request, draft, proof)
    except Refusal as refusal:
        if not to_be_founded():
            return HttpResponseRedirect("/")
        shown = owner_page(draft, clock.now(), request.POST, told(refusal))
        return page(request, draft, OWNER, "console/founding/owner.html", refusal.status, page=shown)


def _proof(draft: Draft) -> Proof | None:
    if reached(draft) != OWNER:
        return None
    try:
        return proof_of(draft, choice_of(draft.answers["rulebook"]), clock.now())
    except ExamplesDisagree:
        return None


def _found(request: HttpRequest, draft: Draft, proof: Proof) -> HttpResponse:
    password, at = request.POST.get("password", ""), clock.now()
    draft.answers["owner"] = {
        "name": request.POST.get("name", "").strip(),
        "username": request.POST.get("username", "").strip(),
        "language": tongue(),
    }
    draft.answers["effective_from"] = request.POST.get("effective_from", "").strip() or None
    draft.answers = completed(draft.answers)
    given, choice = answers_of(draft.answers), choice_of(draft.answers["rulebook"])
    if given.effective_from is not None:
        moment_of(given.effective_from, "effective_from", choice.compiled.zone)
    if password != request.POST.get("again", ""):
        raise InvalidInput(field="password", rule=_DIFFER)
    draft.keep()
    in_transaction(
        lambda: found(given, password=lambda: password, choice=choice, proof=lambda: proof, at=at)
    )  # all of it or nothing
    draft.forget()
    void(data())
    known = identity.sign_in(
        username=given.owner.username, password=password, wall=wall(), origin=origin_of(request), at=at
    )
    return come_in(request, known, "/setup/onward")
