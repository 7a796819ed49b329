"""What matters are about that this room owns: joining, registering, leaving, a tier, a changed profile."""

from huiguan.cases.subjects import know_parties, register
from huiguan.members.register import party_of
from huiguan.members.subjects.changing import ProfileChanges, Tiers
from huiguan.members.subjects.joining import Joining, Registering
from huiguan.members.subjects.leaving import Leaving


def register_subjects() -> None:
    """Called once, when the room is loaded."""
    know_parties(party_of)
    register("membership", Joining())
    register("registration", Registering())
    register("exit", Leaving())
    register("tier", Tiers())
    register("profile_change", ProfileChanges())
