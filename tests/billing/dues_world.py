"""The fictional brand with dues: its own rulebook and the clauses of an association's beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from huiguan.billing import inputs, operations
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS, World

OWED_SINCE = OPENS - timedelta(days=60)  # 13 October 2026


def with_dues(world: World, said: str = "", instead: str = "") -> World:
    """The same house under the rulebook with dues, in force since the day before `OWED_SINCE`; `instead` of what it `said`
    of something else."""
    own = source_of("designer-wear").decode().rstrip()
    dues = source_of("association-dues").decode().partition("\nclauses:\n")[2].replace(said or "\0", instead)
    source = f"{own}\n\n{dues}"
    at = OWED_SINCE - timedelta(days=1)
    given, proof = PublishRulebook(source=source), Proof(digest_of(source), 1, 1, at)
    programmes.publish_rulebook(actor=world.actor, at=at, given=given, proof=proof)
    return world


def do(world: World, name: str, at: Any = OPENS, **given: Any) -> Any:
    """An operation of dues by its name, with the fields of its input."""
    records = {
        "raise_charge": inputs.RaiseCharge, "run_fee": inputs.RunFee, "receive_money": inputs.ReceiveMoney,
        "undo_money": inputs.UndoMoney, "pay_out": inputs.PayOut, "cancel_charge": inputs.OneCharge,
        "refund_charge": inputs.RefundCharge, "waive_charge": inputs.WaiveCharge, "assess_deposit": inputs.AssessDeposit,
        "return_deposit": inputs.ReturnDeposit, "bring_statement": inputs.BringStatement,
        "confirm_line": inputs.ConfirmLine, "set_aside": inputs.SetAside, "decide_waiver": inputs.DecideWaiver,
    }  # fmt: skip
    return getattr(operations, name)(actor=world.actor, at=at, given=read(records[name], given))
