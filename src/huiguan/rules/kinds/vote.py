"""Vote: how a body decides; what a decision takes, who may vote from afar or for another, and who watches the count.

"Expulsion needs two thirds of the council at least": of nine places six yes, and five are not enough. Where nothing is
said, more than half of all the places decide. A body may let another decide for it, in writing and for a time. Votes are
counted in `rules.counting`, in whole weights, by cross product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal

from huiguan.kernel.text import Text
from huiguan.rules.counting import Base as Of
from huiguan.rules.counting import Measure, Reaching, Tally, Tie
from huiguan.rules.effects import Reason
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import body as bodies
from huiguan.rules.parameters import Bilingual, Positive, Rate, Slug, as_number
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "cases"
TITLE = Text(zh="表决", en="Vote")
HALF = Fraction(1, 2)


class Weight(Base):
    """A place of this role weighs so many votes."""

    role: Slug
    votes: Positive


class Watcher(Base):
    """Somebody who watches the vote and signs for it: `watcher`, called so."""

    watcher: Slug
    called: Bilingual


class Parameters(Base):
    """How the `body` decides, or, where `on` names procedures, how it decides in these. The `majority` is `reaching` so
    much: at least, or more than it, `of` all seats, of those present or of votes cast. With a `quorum` of all seats there.
    From afar never, or with each one's consent noted. It may have `delegated_to` other bodies. A `tie` is refused, decided by
    who is in the chair (`chair`, a role), or held again. `weights` of roles; `watchers` who sign for the count."""

    body: Slug
    on: list[Slug] = []
    majority: Rate = HALF
    reaching: Reaching = "more_than"
    of: Of = "all_seats"
    quorum: Rate | None = None
    quorum_reaching: Reaching = "at_least"
    remote: Literal["never", "consent"] = "never"
    delegated_to: list[Slug] = []
    tie: Tie = "refused"
    chair: Slug = "chair"
    weights: list[Weight] = []
    watchers: list[Watcher] = []


_OF = {
    "all_seats": Text(zh="全体", en="all seats"),
    "present": Text(zh="到会者", en="those present"),
    "cast": Text(zh="投票者", en="votes cast"),
}
SAYS = {
    "passed": Text(
        zh="{of} {base} 票中 {yes} 票同意，达到 {needed} 票，通过。",
        en="{yes} of {base} ({of}) said yes; {needed} are enough: passed.",
    ),
    "refused": Text(
        zh="{of} {base} 票中 {yes} 票同意，需 {needed} 票，未通过。",
        en="{yes} of {base} ({of}) said yes; it takes {needed}: not passed.",
    ),
    "no_quorum": Text(
        zh="应到 {seats} 票，实到 {present} 票，不足 {quorum}，表决无效。",
        en="{present} of {seats} were there, short of {quorum}: no vote was held.",
    ),
    "tied": Text(zh="{yes} 比 {no}，票数相同，须再次表决。", en="{yes} to {no}: a tie, to be voted on again."),
}


def rule_of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def clause_of(programme: Programme, body: str, procedure: str = "") -> Clause | None:
    """How a body decides in a procedure: the clause that names it, else the body's own."""
    own = [clause for clause in programme.of("vote") if rule_of(clause).body == body]
    named = next((clause for clause in own if procedure and procedure in rule_of(clause).on), None)
    return named or next((clause for clause in own if not rule_of(clause).on), None)


def measure(clause: Clause | None) -> Measure:
    """What a decision takes; more than half of all seats where no clause says."""
    if clause is None:
        return Measure()
    rule = rule_of(clause)
    return Measure(rule.majority, rule.reaching, rule.of, rule.quorum, rule.quorum_reaching, rule.tie)


def weight_of(clause: Clause | None, role: str) -> int:
    """How many votes a place of this role is."""
    weights = rule_of(clause).weights if clause is not None else []
    return next((each.votes for each in weights if each.role == role), 1)


def told(clause_id: str, rule: Measure, tally: Tally) -> Reason:
    """How a vote came out, in figures."""
    values: Mapping[str, Any] = {
        "yes": tally.yes, "no": tally.no, "base": tally.base, "needed": tally.needed, "seats": tally.seats,
        "present": tally.present, "of": {"zh": _OF[rule.of].zh, "en": _OF[rule.of].en},
        "quorum": as_number(rule.quorum) if rule.quorum is not None else "",
    }  # fmt: skip
    return Reason(clause_id, tally.outcome, tally.outcome == "passed", values)


_NO_BODY = Text(zh="没有 {body} 这个机构。{near}", en="There is no body {body}.{near}")
_TWICE = Text(zh="{body} 怎样表决已由 {other} 规定。", en="How {body} decides is already governed by {other}.")
_MUCH = Text(zh="比例不能超过全数，也不能为 0。", en="A share is more than nothing and at most the whole.")
_NEVER = Text(zh="超过全数，永远通不过。", en="More than all of them: it never passes.")
_NO_ROLE = Text(zh="{body} 没有 {role} 这个席位。{near}", en="{body} has no place for a {role}.{near}")
_LOW = Text(
    zh="同意的还不到一半也能通过。", en="It would pass although no more than half agree."
)  # fmt: skip


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Bodies and roles that are there, one clause for one body and procedure, shares that can be reached."""
    known = bodies.bodies(programme)
    seen: dict[tuple[str, str], str] = {}
    found: list[Finding] = []
    for clause in clauses:
        rule = rule_of(clause)
        found += _bodies(programme, clause, known)
        for procedure in rule.on or [""]:
            first = seen.setdefault((rule.body, procedure), clause.id)
            if first != clause.id:
                found.append(refused(programme, clause, "overlap", "body", _TWICE, body=rule.body, other=first))
        found += _shares(programme, clause)
    return found


def _bodies(programme: Programme, clause: Clause, known: Mapping[str, Clause]) -> Iterable[Finding]:
    rule = rule_of(clause)
    for path, name in (("body", rule.body), *(("delegated_to", name) for name in rule.delegated_to)):
        if name not in known:
            near = suggestion(name, known)
            yield refused(programme, clause, "unknown_body", path, _NO_BODY, body=name, near=near)
    if rule.body in known:
        roles = {role.role for role in bodies.rule_of(known[rule.body]).places}
        named = [("weights", each.role) for each in rule.weights]
        named += [("chair", rule.chair)] if rule.tie == "chair" else []
        for path, role in named:
            if role not in roles:
                near = suggestion(role, roles)
                yield refused(programme, clause, "unknown_role", path, _NO_ROLE, body=rule.body, role=role, near=near)


def _shares(programme: Programme, clause: Clause) -> Iterable[Finding]:
    rule = rule_of(clause)
    shares = (("majority", rule.majority, rule.reaching), ("quorum", rule.quorum, rule.quorum_reaching))
    for path, share, reaching in shares:
        if share is not None and not 0 < share <= 1:
            yield refused(programme, clause, "no_share", path, _MUCH)
        elif share == 1 and reaching == "more_than":
            yield refused(programme, clause, "unreachable", path, _NEVER)
    low = rule.majority < HALF or (rule.majority == HALF and rule.reaching == "at_least")
    if low and rule.majority > 0:
        yield unwise(programme, clause, "low_majority", "majority", _LOW)
