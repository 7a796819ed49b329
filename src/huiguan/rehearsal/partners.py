"""What an example may do and ask about points that go on: gifts, pools, partners and what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as member_queries
from huiguan.members.inputs import VerifyMember
from huiguan.rehearsal.mall import Question, taken
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs import partners as inputs

Given = dict[str, Any]
Deed = Callable[[Stage, Actor, Given], Any]


def _plain(operation: Callable[..., Any], record: type[BaseModel]) -> Deed:
    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        key = given.pop("key", None)
        return told(operation(actor=actor, at=stage.now, given=read(record, given), key=key))

    return deed


def _says(stage: Stage, actor: Actor, given: Given) -> Any:
    """The partner's word on an exchange, as it would come over its line."""
    asked = read(inputs.HearPartner, given)
    named = queries.exchange(actor, asked.exchange).partner
    partner = operations.partner_actor(stage.world.programme, named)
    return told(operations.hear_partner(actor=partner, at=stage.now, given=asked))


def _by_partner(operation: Callable[..., Any], record: type[BaseModel]) -> Deed:
    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        asked = read(record, given)
        partner = operations.partner_actor(stage.world.programme, str(given["partner"]))
        return told(operation(actor=partner, at=stage.now, given=asked))

    return deed


PARTNER_DEEDS: dict[str, Deed] = {
    "verify_member": _plain(members.verify_member, VerifyMember),
    "give_points": _plain(operations.give_points, inputs.GivePoints),
    "join_pool": _plain(operations.join_pool, inputs.JoinPool),
    "leave_pool": _plain(operations.leave_pool, inputs.LeavePool),
    "gather_points": _plain(operations.gather_points, inputs.GatherPoints),
    "keep_partner": lambda stage, actor, given: told(
        operations.keep_partner(actor=actor, at=stage.now, given=read(inputs.KeepPartner, given))
    ),
    "stop_partner": _plain(operations.stop_partner, inputs.StopPartner),
    "link_partner": _plain(operations.link_partner, inputs.LinkPartner),
    "unlink_partner": _plain(operations.unlink_partner, inputs.UnlinkPartner),
    "exchange_points": _plain(operations.exchange_points, inputs.ExchangePoints),
    "settle_exchange": _plain(operations.settle_exchange, inputs.SettleExchange),
    "close_month": _plain(operations.close_month, inputs.CloseMonth),
    "pay_settlement": _plain(operations.pay_settlement, inputs.PaySettlement),
    "partner_says": _says,
    "partner_credits": _by_partner(operations.credit_points, inputs.PartnerCredit),
    "partner_bills": _by_partner(operations.earn_at_partner, inputs.PartnerEarning),
}


def _verifications(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(member_queries.verifications(actor, str(taken(given, "member").get("member", "")), stage.now))


def _progress(stage: Stage, actor: Actor, given: Given) -> Any:
    taken(given)
    return told(member_queries.verification_progress(actor, stage.now))


def _giving(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.giving(actor, stage.now, **taken(given, "member", "unit")))


def _gifts(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.gifts(actor, stage.now, **taken(given, "member")))


def _pool(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.pool(actor, stage.now, **taken(given, "member", "unit")))


def _partners(stage: Stage, actor: Actor, given: Given) -> Any:
    taken(given)
    return told(queries.partners(actor, stage.now))


def _exchange(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.exchange(actor, str(taken(given, "exchange").get("exchange", ""))))


def _exchanges(stage: Stage, actor: Actor, given: Given) -> Any:
    asked = taken(given, "member", "partner", "state")
    name = asked.pop("partner", "")
    return told(queries.exchanges(actor, stage.now, name=name, **asked))


def _statement(stage: Stage, actor: Actor, given: Given) -> Any:
    asked = taken(given, "partner", "month")
    return told(queries.statement(actor, str(asked.get("partner", "")), str(asked.get("month", "")), stage.now))


def _exchange_faults(stage: Stage, actor: Actor, given: Given) -> Any:
    taken(given)
    return list(queries.exchange_faults(stage.world.programme))


PARTNER_QUESTIONS: dict[str, Question] = {
    "verifications": _verifications,
    "verification_progress": _progress,
    "giving": _giving,
    "gifts": _gifts,
    "pool": _pool,
    "partners": _partners,
    "exchange": _exchange,
    "exchanges": _exchanges,
    "statement": _statement,
    "exchange_faults": _exchange_faults,
}
