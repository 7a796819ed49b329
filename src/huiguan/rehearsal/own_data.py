"""What an example may do and ask about a member's own data."""

from __future__ import annotations

from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.members import operations as members
from huiguan.members.inputs import LeaveProgramme
from huiguan.rehearsal.doing import Deed, Given, plain_deed
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told
from huiguan.visits import inputs, operations, queries


def _reveal(stage: Stage, actor: Actor, given: Given) -> Any:
    shown = members.reveal_profile_field(
        actor=actor, at=stage.now, member=str(given.get("member", "")), field=str(given.get("field", ""))
    )
    return told(shown)


def _looks(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.looks(actor, stage.now, str(given.get("member", ""))))


def _disclosures(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.disclosures(actor, str(given.get("member", ""))))


def _shared(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.shared(actor, str(given.get("member", ""))))


def _due(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.due_to_erase(actor, stage.now))


DEEDS: dict[str, Deed] = {
    "agree_to_share": plain_deed(operations.agree_to_share, inputs.AgreeToShare),
    "record_disclosure": plain_deed(operations.record_disclosure, inputs.RecordDisclosure),
    "erase_member": plain_deed(operations.erase_member, inputs.EraseMember),
    "erase_application": plain_deed(operations.erase_application, inputs.EraseApplication),
    "erase_former_holders": plain_deed(operations.erase_former_holders, inputs.EraseHolder),
    "leave_programme": plain_deed(members.leave_programme, LeaveProgramme),
    "reveal_field": _reveal,
}
QUESTIONS = {"looks": _looks, "disclosures": _disclosures, "shared": _shared, "due_to_erase": _due}
