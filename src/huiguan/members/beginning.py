"""A membership as it begins: its rung, its standing, its term."""

from __future__ import annotations

from huiguan.kernel.moments import local_day
from huiguan.members.forms import Form
from huiguan.members.storing import MembershipRow
from huiguan.members.values import ACTIVE
from huiguan.rules.kinds import member_type, term, tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.standing import APPROVED


def first_row(
    rulebook: Programme,
    key: int,
    person: int,
    number: str,
    form: Form,
    shop: int | None,
    *,
    carried_over: bool,
    as_: str,
) -> MembershipRow:
    """The row of a new membership; `as_` the standing of somebody who is not a member yet, '' for a member."""
    clause, zone = term.term(rulebook, form.type), rulebook.zone
    opens = None if carried_over or as_ else term.opens(clause, form.joined_at, zone)
    begun = local_day(opens or form.joined_at, zone)
    end = term.ends(clause, begun, zone) if clause is not None and as_ in ("", ACTIVE) else None
    if carried_over and clause is not None and term.rule(clause).paid is not None:
        end = None  # until when she paid is known once she pays here
    return MembershipRow(
        key, person, number, form.joined_at, shop, form.form_date,
        form.late and not carried_over,  # the till before this one had her on time
        _tier(rulebook, form.type), form.known.birthday, not form.known.missing, form.type,
        as_ or (APPROVED if opens else ACTIVE), opens, end,
        term.lapses(clause, end, zone) if clause is not None else None,
    )  # fmt: skip


def _tier(rulebook: Programme, type: str) -> str:
    """The rung members of the type enter on; the ladder's first where none is named for them."""
    clause = member_type.types(rulebook).get(type)
    named = member_type.rule(clause).tier if clause is not None else None
    return named or tier_ladder.entry_tier(rulebook)[0]
