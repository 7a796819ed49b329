"""What an example may do: each operation by its public name, with the input the API takes and what it answers.

A few steps are shorter than the API: the doer's shop stands in where none is named, a form is filled in from a sample,
a sale gets a key of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from huiguan.calendar import inputs as days
from huiguan.calendar import operations as calendar
from huiguan.checkout import inputs as tills
from huiguan.checkout import operations as checkout
from huiguan.checkout.queries import as_answer
from huiguan.checkout.values import SaleView
from huiguan.identity import inputs as places
from huiguan.identity import operations as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import inputs as forms
from huiguan.members import operations as members
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CheckRulebook, PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rehearsal.life import DEEDS as LIFE
from huiguan.rehearsal.profiles import filled
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told
from huiguan.rehearsal.variants import changed
from huiguan.rewards import inputs as mall
from huiguan.rewards import operations as rewards

Given = dict[str, Any]
Deed = Callable[[Stage, Actor, Given], Any]


def sale_told(stage: Stage, view: SaleView) -> dict[str, Any]:
    """A sale, made or quoted, as the API tells it, with the reasons' figures in yuan."""
    answer = as_answer(view)
    return {**answer, "reasons": stage.reasons(answer["reasons"])}


def answer_told(stage: Stage, answer: Any) -> Any:
    """Any other answer; `reasons` in it by name."""
    plain = told(answer)
    if isinstance(plain, dict) and hasattr(answer, "reasons"):
        plain["reasons"] = stage.reasons(answer.reasons)
    return plain


def _fields(record: type[BaseModel]) -> frozenset[str]:
    return frozenset(record.model_fields)


def plain_deed(operation: Callable[..., Any], record: type[BaseModel]) -> Deed:
    """An operation that takes one input; the doer's shop stands in where the input has one and names none."""

    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        key = given.pop("key", None)
        asked = read(record, with_shop(stage, record, given))
        return answer_told(stage, operation(actor=actor, at=stage.now, given=asked, key=key))

    return deed


def with_shop(stage: Stage, record: type[BaseModel], given: Given) -> Given:
    """The shop the doer stands in, where the input takes one and says nothing. null says: none."""
    if "shop" in record.model_fields and "shop" not in given and stage.shop is not None:
        return {**given, "shop": stage.shop}
    return given


def _enrol_member(stage: Stage, actor: Actor, given: Given) -> Any:
    key = given.pop("key", None)
    form = filled(stage.rulebook, given, _fields(forms.EnrolMember), stage.next())
    asked = read(forms.EnrolMember, with_shop(stage, forms.EnrolMember, form))
    return answer_told(stage, members.enrol_member(actor=actor, at=stage.now, given=asked, key=key))


def _enrol_members(stage: Stage, actor: Actor, given: Given) -> Any:
    """Several forms at once, as an import brings them: `allow_incomplete`, `carried_over`, `members`."""
    listed = [
        filled(stage.rulebook, each, _fields(forms.EnrolMember), stage.next()) for each in given.pop("members", [])
    ]
    asked = [read(forms.EnrolMember, with_shop(stage, forms.EnrolMember, each)) for each in listed]
    answers = members.enrol_members(actor=actor, at=stage.now, given=asked, **given)
    return [answer_told(stage, each) for each in answers]


def _change_profile(stage: Stage, actor: Actor, given: Given) -> Any:
    own = _fields(forms.ChangeProfile)
    key = given.pop("key", None)
    asked = {name: value for name, value in given.items() if name in own}
    asked["profile"] = {**asked.get("profile", {}), **{n: v for n, v in given.items() if n not in own}}
    record = read(forms.ChangeProfile, asked)
    return answer_told(stage, members.change_profile(actor=actor, at=stage.now, given=record, key=key))


def sale_input(stage: Stage, given: Mapping[str, Any]) -> tills.SaleInput:
    return read(tills.SaleInput, with_shop(stage, tills.SaleInput, dict(given)))


def _commit_sale(stage: Stage, actor: Actor, given: Given) -> Any:
    key = given.pop("key", None) or f"example-{stage.next()}"
    view = checkout.commit_sale(actor=actor, at=stage.now, given=sale_input(stage, given), key=str(key))
    return sale_told(stage, view)


def _commit_sales(stage: Stage, actor: Actor, given: Given) -> Any:
    """A batch; each answer is a sale or {refused, because, field}."""
    listed = given.pop("sales", [])
    sales = [sale_input(stage, {"key": f"example-{stage.next()}", **each}) for each in listed]
    answers = checkout.commit_sales(actor=actor, at=stage.now, sales=sales)
    return [told(each) if isinstance(each, Refusal) else sale_told(stage, each) for each in answers]


def _sign_sale(stage: Stage, actor: Actor, given: Given) -> Any:
    key = given.pop("key", None)
    asked = read(tills.SignInput, given)
    return sale_told(stage, checkout.sign_sale(actor=actor, at=stage.now, given=asked, key=key))


def _register_products(stage: Stage, actor: Actor, given: Given) -> Any:
    asked = read(tills.ProductsInput, given)
    return told(checkout.register_products(actor=actor, at=stage.now, given=asked))


def source_given(stage: Stage, given: Given) -> str:
    """The source a rulebook step speaks of: `source` as written, or the example's own with `change`."""
    source = given.pop("source", None)
    changes = given.pop("change", {})
    return source if isinstance(source, str) else changed(stage.world.source, changes)


def _check_rulebook(stage: Stage, actor: Actor, given: Given) -> Any:
    asked = read(CheckRulebook, {"source": source_given(stage, given), **given})
    return told(programmes.check_rulebook(actor=actor, at=stage.now, given=asked))


def _publish_rulebook(stage: Stage, actor: Actor, given: Given) -> Any:
    """`proof` is `sound` where nothing is said: the example stands for a rulebook whose examples were run. `none`,
    `failed` and `other` (of another source) say otherwise."""
    key, kind = given.pop("key", None), given.pop("proof", "sound")
    asked = read(PublishRulebook, {"source": source_given(stage, given), **given})
    digest = digest_of("" if kind == "other" else asked.source)
    proof = None if kind == "none" else Proof(digest, 2, 1 if kind == "failed" else 2, stage.now)
    made = programmes.publish_rulebook(actor=actor, at=stage.now, given=asked, proof=proof, key=key)
    return {**told(made), "proof": told(asdict(made.proof))}


def _transfer_card(stage: Stage, actor: Actor, given: Given) -> Any:
    """The new holder's form is filled in from a sample, as an enrolment's is."""
    key = given.pop("key", None)
    form = filled(stage.rulebook, {"card": "none", **given}, _fields(forms.TransferCard), stage.next())
    asked = read(forms.TransferCard, {name: value for name, value in form.items() if name != "card"})
    return answer_told(stage, members.transfer_card(actor=actor, at=stage.now, given=asked, key=key))


def _of_the_mall(operation: Callable[..., Any], record: type[BaseModel]) -> Deed:
    """An operation that takes one input; in the mall no shop means the centre, whoever acts."""

    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        key = given.pop("key", None)
        return answer_told(stage, operation(actor=actor, at=stage.now, given=read(record, given), key=key))

    return deed


DEEDS: dict[str, Deed] = {
    "enrol_member": _enrol_member,
    "enrol_members": _enrol_members,
    "change_profile": _change_profile,
    "issue_card": plain_deed(members.issue_card, forms.IssueCard),
    "report_card_lost": plain_deed(members.report_card_lost, forms.ReportCardLost),
    "transfer_card": _transfer_card,
    "freeze_card": plain_deed(members.freeze_card, forms.FreezeCard),
    "release_card": plain_deed(members.release_card, forms.ReleaseCard),
    "confirm_review": plain_deed(members.confirm_review, forms.ConfirmReview),
    "replace_card": plain_deed(members.replace_card, forms.ReplaceCard),
    "name_referrer": plain_deed(members.name_referrer, forms.NameReferrer),
    "authorise_user": plain_deed(members.authorise_user, forms.AuthoriseUser),
    "withdraw_user": plain_deed(members.withdraw_user, forms.WithdrawUser),
    "suspend_member": plain_deed(members.suspend_member, forms.SuspendMember),
    "restore_member": plain_deed(members.restore_member, forms.RestoreMember),
    "merge_members": plain_deed(members.merge_members, forms.MergeMembers),
    "unmerge_members": plain_deed(members.unmerge_members, forms.UnmergeMembers),
    "release_phone": plain_deed(members.release_phone, forms.ReleasePhone),
    "record_opening": plain_deed(members.record_opening, forms.RecordOpening),
    "use_package": plain_deed(checkout.use_package, tills.UsePackage),
    "undo_package_use": plain_deed(checkout.undo_package_use, tills.UndoPackageUse),
    "transfer_package": plain_deed(checkout.transfer_package, tills.TransferPackage),
    "commit_sale": _commit_sale,
    "commit_sales": _commit_sales,
    "return_sale": plain_deed(checkout.return_sale, tills.ReturnInput),
    "sign_sale": _sign_sale,
    "void_sale": plain_deed(checkout.void_sale, tills.VoidInput),
    "store_value": plain_deed(checkout.store_value, tills.TopUpInput),
    "refund_top_up": plain_deed(checkout.refund_top_up, tills.RefundTopUpInput),
    "record_custody": plain_deed(checkout.record_custody, tills.CustodyInput),
    "set_pin": plain_deed(members.set_pin, forms.SetPin),
    "redeem_points": plain_deed(checkout.redeem_points, tills.RedeemInput),
    "claim_gift": plain_deed(checkout.claim_gift, tills.ClaimInput),
    "activate_card": plain_deed(members.activate_card, forms.ActivateCard),
    "set_days": plain_deed(calendar.set_days, days.SetDays),
    "seat_person": plain_deed(members.seat_person, places.SeatPerson),
    "vacate_seat": plain_deed(members.vacate_seat, places.VacateSeat),
    "hand_over_seat": plain_deed(members.hand_over_seat, places.HandOverSeat),
    "create_node": plain_deed(identity.create_node, places.CreateNode),
    "create_staff": plain_deed(identity.create_staff, places.CreateStaff),
    "return_gift": plain_deed(checkout.return_gift, tills.GiftReturnInput),
    "register_products": _register_products,
    "set_prices": plain_deed(checkout.set_prices, tills.PricesInput),
    "publish_rulebook": _publish_rulebook,
    "check_rulebook": _check_rulebook,
    "keep_zone": _of_the_mall(rewards.keep_zone, mall.KeepZone),
    "keep_item": _of_the_mall(rewards.keep_item, mall.KeepItem),
    "withdraw_item": _of_the_mall(rewards.withdraw_item, mall.WithdrawItem),
    "move_stock": _of_the_mall(rewards.move_stock, mall.StockInput),
    "count_stock": _of_the_mall(rewards.count_stock, mall.CountStock),
    "transfer_stock": _of_the_mall(rewards.transfer_stock, mall.TransferStock),
    "add_codes": _of_the_mall(rewards.add_codes, mall.AddCodes),
    "place_order": _of_the_mall(rewards.place_order, mall.PlaceOrder),
    "arrange_order": _of_the_mall(rewards.arrange_order, mall.ArrangeOrder),
    "pay_order": _of_the_mall(rewards.pay_order, mall.PayOrder),
    "prepare_order": _of_the_mall(rewards.prepare_order, mall.PrepareOrder),
    "send_order": _of_the_mall(rewards.send_order, mall.SendOrder),
    "receive_order": _of_the_mall(rewards.receive_order, mall.ReceiveOrder),
    "cancel_order": _of_the_mall(rewards.cancel_order, mall.EndOrder),
    "return_order": _of_the_mall(rewards.return_order, mall.EndOrder),
    "substitute_item": _of_the_mall(rewards.substitute_item, mall.Substitute),
    "join_wait_list": _of_the_mall(rewards.join_wait_list, mall.JoinWaitList),
    "leave_wait_list": _of_the_mall(rewards.leave_wait_list, mall.JoinWaitList),
    "open_flash": _of_the_mall(rewards.open_flash, mall.OpenFlash),
    "close_flash": _of_the_mall(rewards.close_flash, mall.Withdraw),
    "open_auction": _of_the_mall(rewards.open_auction, mall.OpenAuction),
    "place_bid": _of_the_mall(rewards.place_bid, mall.PlaceBid),
    "withdraw_auction": _of_the_mall(rewards.withdraw_auction, mall.Withdraw),
    "open_draw": _of_the_mall(rewards.open_draw, mall.OpenDraw),
    "enter_draw": _of_the_mall(rewards.enter_draw, mall.EnterDraw),
    "withdraw_draw": _of_the_mall(rewards.withdraw_draw, mall.Withdraw),
    **{name: plain_deed(*each) for name, each in LIFE.items()},
}
