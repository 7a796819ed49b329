"""Who may ask about the mall."""

from __future__ import annotations

from huiguan.kernel.actors import Actor

KEEPERS = ("catalogue", "sell", "read_members", "audit")


READERS = ("catalogue", "read_members", "audit")  # of any shop's


def demand(actor: Actor) -> None:
    """Staff and programs that have to do with the mall, and members. Forbidden."""
    if actor.kind != "member" and not any(actor.may(power) for power in KEEPERS):
        actor.demand("sell")
