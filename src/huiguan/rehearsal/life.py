"""What an example may do and ask of a membership's life, by the public names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from huiguan.kernel.actors import Actor
from huiguan.members import inputs as given
from huiguan.members import operations as members
from huiguan.members import queries
from huiguan.rehearsal.telling import told
from huiguan.rules.standing import RIGHTS

DEEDS: Mapping[str, tuple[Callable[..., Any], type[BaseModel]]] = {
    "renew_membership": (members.renew_membership, given.RenewMembership),
    "freeze_membership": (members.freeze_membership, given.FreezeMembership),
    "thaw_membership": (members.thaw_membership, given.ThawMembership),
    "change_type": (members.change_type, given.ChangeType),
    "end_membership": (members.end_membership, given.EndMembership),
    "withdraw_exit": (members.withdraw_exit, given.WithdrawExit),
    "readmit_member": (members.readmit_member, given.ReadmitMember),
    "issue_certificate": (members.issue_certificate, given.IssueCertificate),
    "revoke_certificate": (members.revoke_certificate, given.RevokeCertificate),
    "reissue_certificate": (members.reissue_certificate, given.ReissueCertificate),
    "record_encumbrance": (members.record_encumbrance, given.RecordEncumbrance),
    "add_relation": (members.add_relation, given.AddRelation),
    "end_relation": (members.end_relation, given.EndRelation),
    "clear_encumbrance": (members.clear_encumbrance, given.ClearEncumbrance),
}


def _standing_why(actor: Actor, ref: str, at: datetime) -> dict[str, Any]:
    """Beside what is open also what is `shut`: an example shows both sides of a gate."""
    why = queries.standing_why(actor, ref, at)
    return {**told(why), "shut": [right for right in RIGHTS if right not in why.opens]}


QUERIES: Mapping[str, Callable[[Actor, str, datetime], Any]] = {
    "standing_why": _standing_why,
    "certificates": queries.certificates,
    "relations": queries.relations,
    "former_relations": lambda actor, ref, at: queries.relations(actor, ref, at, former=True),
    "encumbrances": lambda actor, ref, at: queries.encumbrances(actor, ref),
    "marks": lambda actor, ref, at: queries.marks(actor, ref),
}
