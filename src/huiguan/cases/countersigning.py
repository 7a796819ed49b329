"""Who may sign for the house in a matter: whoever may decide its stage or handles matters, and has no part in the other side."""

from __future__ import annotations

from typing import Literal

from huiguan.cases import dossiers
from huiguan.cases.deciders import POST, capacity, post_called, posts_of
from huiguan.cases.holding import Handling
from huiguan.cases.opening import MATTERS
from huiguan.documents import queries
from huiguan.kernel.text import Text
from huiguan.rules.kinds import acceptance

HOUSE: Literal["house"] = "house"


def may_countersign(held: Handling) -> bool:
    """Whether the actor may sign for the house as far as her posts go."""
    row, actor = held.row, held.actor
    if actor.kind != "staff" or actor.reference in row.makers:
        return False
    return capacity(actor, row, held.at) is not None or actor.may(MATTERS, row.shop_id)


def entered_other_side(held: Handling, rule: acceptance.Parameters) -> bool:
    """Whether the actor entered the other side's signature: nobody signs for both."""
    own = dossiers.holders(held.row)
    programme = held.actor.programme
    return held.actor.reference in queries.signers(programme, own, rule.acceptance, rule.edition, but=HOUSE)


def post_of_signer(held: Handling) -> Text | None:
    """The post in which the actor signs: the one that has the stage, else one she holds."""
    kind, _, name = (capacity(held.actor, held.row, held.at) or "").partition(":")
    posts = [name] if kind == POST else sorted(posts_of(held.actor, held.at, held.row.shop_id))
    return post_called(held.actor.programme, held.course, posts[0]) if posts else None
