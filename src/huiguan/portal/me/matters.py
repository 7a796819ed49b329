"""A member's applications, and the matters on which she votes from her place in a body."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import CastVote
from huiguan.cases.values import BARRED, STATES, MatterView
from huiguan.design.values import Mark, Words
from huiguan.identity import queries as identity
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_ref, clause_refs, go_on, member_only, show
from huiguan.portal.apply.checking import shown
from huiguan.portal.apply.offers import cards
from huiguan.portal.apply.standing import KINDS
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course

SAID = {
    "yes": Text(zh="赞成", en="Yes"),
    "no": Text(zh="反对", en="No"),
    "abstain": Text(zh="弃权", en="Abstain"),
    "": Text(zh="未表决", en="not voted"),
}
OUTCOMES = {
    "passed": Text(zh="已通过", en="Passed"),
    "refused": Text(zh="未通过", en="Refused"),
    "tied": Text(zh="票数相等，重新表决", en="A tie: another vote follows"),
    "no_quorum": Text(zh="人数不足，重新表决", en="Too few took part: another vote follows"),
}
_CHOOSE = Text(zh="请选赞成、反对或弃权", en="Choose yes, no or abstain")
_VOTE = Text(zh="表决", en="vote")


@require_GET
@member_only
def matters(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Hers, and what waits for her vote."""
    box = queries.worklist(now.actor, now.at)
    voted = queries.worklist(now.actor, now.at, "done").lines if seated(now) else ()
    own = [(each, Mark(STATES[each.state], KINDS[each.state])) for each in queries.matters(now.actor, now.at)]
    return show(
        request, now, "portal/me/matters.html", current="matters", own=own, todo=box.lines, voted=voted[:20],
        seated=seated(now), cards=cards(now, now.actor),
    )  # fmt: skip


def seated(now: Visiting) -> bool:
    """Whether she holds a place in any body."""
    return bool(identity.seats_held(now.actor, now.at))


def waiting(now: Visiting) -> int:
    """How many matters wait for her vote."""
    return len(queries.worklist(now.actor, now.at).lines) if seated(now) else 0


@never_cache
@require_http_methods(["GET", "POST"])
@member_only
def vote(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """A matter before a body she sits in: what it is about, how the vote stands, and her own, once."""
    if request.method == "GET":
        return _page(request, now, number)
    form = request.POST
    try:
        if form.get("vote") not in ("yes", "no", "abstain"):
            raise InvalidInput(field="vote", rule=_CHOOSE)
        remote = form.get("remote") == "1"
        told = {"matter": number, "stage": form.get("stage", ""), "vote": form["vote"], "remote": remote}
        given = read(CastVote, told | {"consent": form.get("consent", "").strip() if remote else ""})
        cases.cast_vote(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
    except Refusal as refusal:
        return _page(request, now, number, refusal)
    said = SAID[given.vote]
    return go_on(request, now, f"me/votes/{number}", Text(zh=f"已表决：{said.zh}", en=f"Your vote: {said.en.lower()}"))


def _page(request: HttpRequest, now: Visiting, number: str, refusal: Refusal | None = None) -> HttpResponse:
    view = queries.matter(now.actor, number[:20], now.at)
    if not view.ballots:
        raise NotFound(what=_VOTE, given=number[:20])
    ballot = view.ballots[0]
    places = {each.place for each in identity.seats_held(now.actor, now.at) if each.body == ballot.body}
    own = next((each for each in ballot.votes if each.place in places), None)
    return show(
        request, now, "portal/me/vote.html", current="matters", view=view, line=view.line, ballot=ballot, own=own,
        answers=_answers(now, view), clauses=clause_refs(now, ballot.clause), may="vote" in view.may,
        said=SAID[own.said] if own is not None and own.said else "", outcome=OUTCOMES.get(ballot.outcome, ""),
        checks=[(each, clause_ref(now, each.clause) if each.clause else None) for each in view.unmet],
        files=queries.dossiers(now.actor, number[:20], now.at), cast=_cast(view),
        why_not=BARRED.get(view.barred, ""), typed=request.POST.dict(), key=get_random_string(22), refusal=refusal,
    )  # fmt: skip


def _cast(view: MatterView) -> int:
    """How many places have voted; what each said is told once it is counted."""
    return sum(1 for each in view.ballots[0].votes if each.said)


def _answers(now: Visiting, view: MatterView) -> list[tuple[Words, Words]]:
    """The form as those who decide read it, what is sensitive masked."""
    found = course(programmes.version(view.version), view.line.procedure)
    fields = found.fields if found is not None else ()
    return [
        (Text(zh=field.title.zh, en=field.title.en), shown(field, view.form[field.name]))
        for _, field in fields
        if view.form.get(field.name) not in (None, "")
    ]
