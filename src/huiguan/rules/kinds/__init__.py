"""One small module a kind. `KINDS` names them all; a kind is added here and nowhere else.

A kind's module has `ROOM` (where its happening occurs), `TITLE`, `Parameters`, `SAYS` (its sentences by key) and pure
functions that decide. It may have `check(clauses, programme) -> list[Finding]`, which the lint calls with the clauses
of the kind.
"""

from __future__ import annotations

from types import ModuleType

from huiguan.rules.kinds import (
    acceptance,
    allocation,
    amendment,
    assurance,
    benefit,
    body,
    catalogue,
    coupon,
    credential,
    custody,
    discount,
    dossier,
    earn,
    eligibility,
    exit,
    expiry,
    grant,
    limit,
    member_type,
    multiplier,
    notice,
    package,
    partner,
    price,
    profile,
    redemption,
    relation,
    reversal,
    scope,
    segment,
    stacking,
    statement,
    tender,
    term,
    tier_ladder,
    top_up,
    trade_up,
    transfer,
    vote,
    watch,
)

KINDS: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        acceptance,
        allocation,
        amendment,
        assurance,
        benefit,
        body,
        catalogue,
        coupon,
        credential,
        custody,
        discount,
        dossier,
        earn,
        eligibility,
        exit,
        expiry,
        grant,
        limit,
        member_type,
        multiplier,
        notice,
        package,
        partner,
        price,
        profile,
        redemption,
        relation,
        reversal,
        scope,
        segment,
        stacking,
        statement,
        tender,
        term,
        tier_ladder,
        top_up,
        trade_up,
        vote,
        transfer,
        watch,
    )
}
