"""The product's side of the shop: each command done through the public operations, its answer in the model's words."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sales
from huiguan.checkout.inputs import (
    ProductsInput,
    RefundTopUpInput,
    ReturnInput,
    SaleInput,
    TopUpInput,
    TransferPackage,
    UndoPackageUse,
    UsePackage,
    VoidInput,
)
from huiguan.checkout.inputs.coupons import (
    CodeInput,
    CouponInput,
    GiveInput,
    HandOutInput,
    HeldCouponInput,
    LockInput,
    ReleaseInput,
    RevokeInput,
)
from huiguan.checkout.values import PackageView, ReturnView, SaleView, TopUpRefundView, TopUpView
from huiguan.checkout.values.coupons import CouponView
from huiguan.entitlements import queries as entitlements
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, SetPin
from huiguan.nightly.operations import run_due
from huiguan.programme import queries as programmes
from tests.auditor.house import FOUNDED, Given, Outcome, fen, here, there, told, yuan
from tests.auditor.model.answers import Expected
from tests.auditor.model.shop.mall import Thing
from tests.auditor.shop.malling import MallSide
from tests.checkout.world import World


class ShopHouse(MallSide):
    """A programme of its own on the database at hand. Knows which number goes by which label."""

    def __init__(self, code: str, source: str, goods: dict[str, tuple[str, int]], things: dict[str, Thing]) -> None:
        self.world = World.found(code, source)
        self.actor = self.world.actor
        self.memberships: dict[str, int] = {}
        self.numbers: dict[str, str] = {}
        self.sales: dict[str, str] = {}
        self.top_ups: dict[str, str] = {}
        self.coupons: dict[str, str] = {}
        self.gifts: dict[str, str] = {}
        self.packages: dict[str, str] = {}
        self.uses: dict[str, int] = {}
        self.rulebook = programmes.programme_at(self.actor.programme, there(FOUNDED))
        rows = [
            {"sku": sku, "name": sku, "category": category, "list_price": yuan(price)}
            for sku, (category, price) in goods.items()
        ]
        checkout.register_products(actor=self.actor, at=there(FOUNDED), given=read(ProductsInput, {"products": rows}))

        self.furnish(things)

    def do(self, command: Given) -> Outcome:
        """The answer, in the model's words; a refusal as its name and clause."""
        self.fall_due(there(command["now"]))
        try:
            return getattr(self, command["do"])(there(command["now"]), command.get("given", {}), command)
        except Refusal as refusal:
            return told(refusal)

    def enrol(self, now: datetime, given: Given, command: Given) -> Expected:
        label = command["as"]
        asked: Given = {"name": "李梅", "phone": f"1991{int(label[1:]):07d}", "shop": "S1"}
        made = members.enrol_member(actor=self.actor, at=now, given=read(EnrolMember, asked), key=None)
        self.memberships[label], self.numbers[label] = made.membership, made.number
        return Expected({})

    def night(self, now: datetime, given: Given, command: Given) -> Expected:
        run_due(self.actor.programme, now)
        return Expected({})

    def set_pin(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], "pin": given["pin"], "presented": ["id"]}
        members.set_pin(actor=self.actor, at=now, given=read(SetPin, asked))
        return Expected({})

    # ── stored value ──

    def top_up(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], "shop": "S1", "amount": yuan(given["amount"])}
        asked["tenders"] = _tenders(given)
        made = checkout.store_value(actor=self.actor, at=now, given=read(TopUpInput, asked), key=command["key"])
        self.top_ups.setdefault(command["as"], made.id)
        return _stored(made)

    def refund(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(RefundTopUpInput, {"top_up": self.top_ups.get(given["top_up"], "9-9")})
        return _refunded(checkout.refund_top_up(actor=self.actor, at=now, given=asked, key=command["key"]))

    def preview_refund(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(RefundTopUpInput, {"top_up": self.top_ups.get(given["top_up"], "9-9")})
        return _refunded(checkout.preview_top_up_refund(actor=self.actor, at=now, given=asked))

    # ── sales ──

    def sell(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(SaleInput, self._asked(given))
        made = checkout.commit_sale(actor=self.actor, at=now, given=asked, key=command["key"])
        return self._sold(made, command["as"])

    def batch(self, now: datetime, given: Given, command: Given) -> list[Expected]:
        asked = [read(SaleInput, {**self._asked(each["given"]), "key": each["key"]}) for each in given["sales"]]
        answers = checkout.commit_sales(actor=self.actor, at=now, sales=asked)
        return [
            told(made) if isinstance(made, Refusal) else self._sold(made, each["as"])
            for made, each in zip(answers, given["sales"], strict=True)
        ]

    def _asked(self, given: Given) -> Given:
        lines = [
            {**line, "swaps": self.packages[line["swaps"]]} if "swaps" in line else line for line in given["lines"]
        ]
        asked: Given = {"shop": "S1", "lines": lines, "points": given.get("points", 0)}
        if "member" in given:
            asked["member"] = self.numbers[given["member"]]
        if "vouchers" in given:
            asked["vouchers"] = [self.coupons[label] for label in given["vouchers"]]
        asked |= {name: given[name] for name in ("hold", "pin") if name in given}
        return asked | {"tenders": _tenders(given)}

    def _sold(self, made: SaleView, label: str) -> Expected:
        if not made.replayed:
            self.sales[label] = made.id
            self._opened(made, label)
        document = made.document
        return Expected({
            "paid": made.paid,
            "lines": [fen(line["paid"]) for line in sales.as_answer(made, self.rulebook)["lines"]],
            "member": next((label for label, number in self.numbers.items() if number == made.member), None),
            "earned": document["earned"].get("points", 0), "used": document["used"].get("points", 0),
            "balance": document["balance"].get("points", 0), "wallet": _wallet(document["wallet"]),
            "replayed": made.replayed,
        })  # fmt: skip

    # ── coupons ──

    def claim(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(CouponInput, {"member": self.numbers[given["member"]], "coupon": given["coupon"]})
        return self._got(checkout.claim_coupon(actor=self.actor, at=now, given=asked, key=command["key"]), command)

    def hand_out(self, now: datetime, given: Given, command: Given) -> Expected:
        asked: Given = {"member": self.numbers[given["member"]], "coupon": given["coupon"]}
        if "until" in given:
            asked["until"] = given["until"].isoformat()
        given = read(HandOutInput, asked)
        return self._got(checkout.hand_out_coupon(actor=self.actor, at=now, given=given, key=command["key"]), command)

    def _got(self, made: CouponView, command: Given) -> Expected:
        self.coupons.setdefault(command["as"], made.code)
        return Expected({"state": made.state, "since": here(made.valid_from), "until": here(made.valid_until)})

    def _held(self, given: Given) -> HeldCouponInput:
        return read(HeldCouponInput, {"member": self.numbers[given["member"]], "code": self.coupons[given["coupon"]]})

    def accept_reserved(self, now: datetime, given: Given, command: Given) -> Expected:
        held = self._held(given)
        made = checkout.accept_reserved(actor=self.actor, at=now, given=held, key=command["key"])
        return Expected({"state": made.state})

    def lock(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {
            "member": self.numbers[given["member"]], "codes": [self.coupons[label] for label in given["coupons"]],
            "order": given["order"], "minutes": given["minutes"],
        }  # fmt: skip
        made = checkout.lock_coupons(actor=self.actor, at=now, given=read(LockInput, asked), key=command["key"])
        return Expected({"until": here(made.until), "count": len(made.codes)})

    def release(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(ReleaseInput, {"member": self.numbers[given["member"]], "order": given["order"]})
        checkout.release_coupons(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({})

    def give(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(GiveInput, self._held(given).model_dump())
        made = checkout.give_coupon(actor=self.actor, at=now, given=asked, key=command["key"])
        self.gifts.setdefault(command["as"], made.gift)
        return Expected({"until": here(made.until)})

    def accept(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(CodeInput, {"member": self.numbers[given["member"]], "code": self.gifts[given["gift"]]})
        return self._got(checkout.accept_coupon(actor=self.actor, at=now, given=asked, key=command["key"]), command)

    def take_back(self, now: datetime, given: Given, command: Given) -> Expected:
        held = self._held(given)
        made = checkout.take_back_coupon(actor=self.actor, at=now, given=held, key=command["key"])
        return Expected({"state": made.state})

    def revoke(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(RevokeInput, {**self._held(given).model_dump(), "reason": "作废"})
        made = checkout.revoke_coupon(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({"state": made.state})

    # ── packages ──

    def _opened(self, made: SaleView, label: str) -> None:
        """Which package of the sale goes by which label: line by line, piece by piece."""
        if not any(line["category"] == "package" for line in made.document["lines"]):
            return
        membership = int(made.id.partition("-")[0])
        facts = entitlements.packages_of([membership])[membership]
        bought = sorted((each for each in facts if each.cause == f"sale:{made.id}"), key=lambda each: each.id)
        counts: Counter[int] = Counter()
        for each in bought:
            self.packages[f"{label}.{each.line}.{counts[each.line]}"] = each.code
            counts[each.line] += 1

    def use(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {**given, "member": self.numbers[given["member"]], "shop": "S1"}
        if "package" in given:
            asked["package"] = self.packages[given["package"]]
        made = checkout.use_package(actor=self.actor, at=now, given=read(UsePackage, asked), key=command["key"])
        self.uses.setdefault(command["as"], made.n)
        label = next(label for label, code in self.packages.items() if code == made.package)
        return Expected({"package": label, "left": made.left})

    def undo_use(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {
            "member": self.numbers[given["member"]], "package": self.packages[given["package"]],
            "n": self.uses[given["use"]], "reason": "记错", "shop": "S1",
        }  # fmt: skip
        made = checkout.undo_package_use(
            actor=self.actor, at=now, given=read(UndoPackageUse, asked), key=command["key"]
        )
        return _package(made)

    def transfer(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {
            "member": self.numbers[given["member"]], "package": self.packages[given["package"]],
            "to": self.numbers[given["to"]],
        }  # fmt: skip
        made = checkout.transfer_package(
            actor=self.actor, at=now, given=read(TransferPackage, asked), key=command["key"]
        )
        return _package(made)

    # ── what comes back ──

    def give_back(self, now: datetime, given: Given, command: Given) -> Expected:
        made = checkout.return_sale(actor=self.actor, at=now, given=self._returning(given), key=command["key"])
        return Expected({**_returned(made), "wallet": _wallet(made.wallet)})

    def preview(self, now: datetime, given: Given, command: Given) -> Expected:
        made = checkout.preview_return(actor=self.actor, at=now, given=self._returning(given))
        values = _returned(made)
        del values["balance"]
        wallet = _wallet(made.wallet)
        short = (made.shortfall or {}).get("units", 0)
        return Expected({**values, "short": short, "wallet": (wallet["principal"], wallet["bonus"])})

    def void(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(VoidInput, {"sale": self.sales.get(given["sale"], "999999-1"), "reason": "扫错"})
        made = checkout.void_sale(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({**_returned(made), "wallet": _wallet(made.wallet)})

    def _returning(self, given: Given) -> ReturnInput:
        return read(ReturnInput, {**given, "sale": self.sales.get(given["sale"], "999999-1")})


def _package(made: PackageView) -> Expected:
    return Expected({"state": made.state, "told": [(each.used, each.left, each.open) for each in made.remaining]})


def _tenders(given: Given) -> list[Given]:
    return [{**each, "amount": yuan(each["amount"])} for each in given.get("tenders", [])]


def _wallet(told_of_it: Given | None) -> Given:
    found = told_of_it or {"principal": 0, "bonus": 0, "principal_left": 0, "bonus_left": 0}
    return {
        "principal": found["principal"], "bonus": found["bonus"],
        "left": (found["principal_left"], found["bonus_left"]),
    }  # fmt: skip


def _left(wallet: Given) -> tuple[int, int]:
    return wallet["principal"], wallet["bonus"]


def _stored(made: TopUpView) -> Expected:
    return Expected({
        "paid": made.paid, "bonus": made.bonus, "until": here(made.bonus_until), "left": _left(made.wallet),
    })  # fmt: skip


def _refunded(made: TopUpRefundView) -> Expected:
    return Expected({
        "refund": made.refund, "deducted": made.deducted, "fee": made.fee, "bonus_back": made.bonus_back,
        "left": _left(made.wallet),
    })  # fmt: skip


def _returned(made: ReturnView) -> Given:
    return {
        "kind": made.kind, "kept": list(made.kept), "left_paid": made.left_paid, "refund": made.refund,
        "claim": made.claim, "given_back": made.given_back.get("points", 0),
        "taken_back": made.taken_back.get("points", 0), "forgiven": made.forgiven.get("points", 0),
        "balance": made.balance.get("points", 0),
    }  # fmt: skip
