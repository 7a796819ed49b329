"""The product's side: each command done through the public operations, its answer in the model's words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import (
    GiftReturnInput,
    PricesInput,
    ProductsInput,
    RedeemInput,
    ReturnInput,
    SaleInput,
    VoidInput,
)
from huiguan.checkout.values import RedemptionView, ReturnView, SaleView
from huiguan.entitlements import queries as entitlements
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import (
    EnrolMember,
    MergeMembers,
    RecordOpening,
    ReplaceCard,
    ReportCardLost,
    RestoreMember,
    SuspendMember,
    UnmergeMembers,
)
from huiguan.nightly.operations import run_due
from huiguan.programme import queries as programmes
from tests.auditor.model.answers import Expected
from tests.checkout.world import PROFILE, ZONE, World

Given = dict[str, Any]
Outcome = Expected | list[Expected]
FOUNDED = datetime(2024, 1, 2, 9)
EVER = datetime(2100, 1, 1, tzinfo=ZONE)


def there(at: datetime) -> datetime:
    """The model's wall clock as the product's moment."""
    return at.replace(tzinfo=ZONE)


def here(at: datetime | str | None) -> datetime | None:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment and moment.astimezone(ZONE).replace(tzinfo=None)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


class House:
    """A programme of its own on the database at hand. Knows which number, card and code goes by which label."""

    def __init__(self, code: str, source: str, products: dict[str, int]) -> None:
        self.world = World.found(code, source)
        self.actor = self.world.actor
        self.memberships: dict[str, int] = {}
        self.numbers: dict[str, str] = {}
        self.labels: dict[str | None, str] = {}  # whose number it is
        self.sales: dict[str, str] = {}
        self.gifts: dict[str, str] = {}
        self.cards: dict[str, int] = {}
        self.codes: dict[tuple[str, str, str], str] = {}
        self.rulebook = programmes.programme_at(self.actor.programme, there(FOUNDED))
        rows = [{"sku": sku, "name": sku, "list_price": yuan(price)} for sku, price in products.items()]
        checkout.register_products(actor=self.actor, at=there(FOUNDED), given=read(ProductsInput, {"products": rows}))

    def do(self, command: Given) -> Outcome:
        """The answer, in the model's words; a refusal as its name and clause."""
        try:
            return getattr(self, command["do"])(there(command["now"]), command.get("given", {}), command)
        except Refusal as refusal:
            return told(refusal)

    # ── members ──

    def enrol(self, now: datetime, given: Given, command: Given) -> Expected:
        label = command["as"]
        asked: Given = {
            "name": "李梅", "phone": self._phone(label), "card": self._card(label, 0), "shop": given["shop"],
            "profile": {**PROFILE, "birthday": given["birthday"].isoformat()},
        } | _at(given)  # fmt: skip
        made = members.enrol_member(actor=self.actor, at=now, given=read(EnrolMember, asked), key=None)
        self.memberships[label], self.numbers[label], self.cards[label] = made.membership, made.number, 1
        self.labels[made.number] = label
        return Expected({"tier": made.tier, "rights": len(made.rights), "late": made.entered_late})

    def _phone(self, label: str) -> str:
        return f"199{int(label[1:]):08d}"

    def _card(self, label: str, n: int) -> str:
        return f"C{label[1:]}-{n}".upper()

    def lose(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], **_at(given)}
        members.report_card_lost(actor=self.actor, at=now, given=read(ReportCardLost, asked))
        return Expected({})

    def replace(self, now: datetime, given: Given, command: Given) -> Expected:
        label = given["member"]
        card = self._card(label, self.cards[label])
        asked = {"member": self.numbers[label], "card": card, "shop": given["shop"], **_at(given)}
        made = members.replace_card(actor=self.actor, at=now, given=read(ReplaceCard, asked))
        self.cards[label] += 1
        return Expected({"rights": len(made.rights)})

    def suspend(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], "reason": "核对资料"}
        made = members.suspend_member(actor=self.actor, at=now, given=read(SuspendMember, asked))
        return Expected({"standing": made.standing})

    def restore(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], "reason": "核对资料"}
        made = members.restore_member(actor=self.actor, at=now, given=read(RestoreMember, asked))
        return Expected({"standing": made.standing})

    def opening(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], "bill": given["bill"], "points": given["points"]}
        if "earned_at" in given:
            asked["earned_at"] = given["earned_at"].isoformat()
        asked["spend"] = [{"day": each["day"], "amount": yuan(each["amount"])} for each in given.get("spend", [])]
        made = members.record_opening(actor=self.actor, at=now, given=read(RecordOpening, asked))
        return Expected({"tier": made.tier, "dies": here(made.expires_at)})

    def merge(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"keep": self.numbers[given["keep"]], "absorb": self.numbers[given["absorb"]], "reason": "同一人"}
        made = members.merge_members(actor=self.actor, at=now, given=read(MergeMembers, asked))
        tier = (made.tier_before, made.tier)
        return Expected({"moved": made.moved.get("points", 0), "rights": made.rights, "tier": tier})

    def unmerge(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {"member": self.numbers[given["member"]], "reason": "认错了"}
        made = members.unmerge_members(actor=self.actor, at=now, given=read(UnmergeMembers, asked))
        back, gone = made.back.get("points", 0), made.gone.get("points", 0)
        return Expected({"back": back, "gone": gone, "tier": made.tier, "hers": made.absorb_tier})

    # ── the clock ──

    def night(self, now: datetime, given: Given, command: Given) -> Expected:
        run_due(self.actor.programme, now)
        return Expected({})

    def price(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {**given, "amount": yuan(given["amount"]), "since": given["since"].isoformat()}
        asked["until"] = given["until"] and given["until"].isoformat()
        checkout.set_prices(actor=self.actor, at=now, given=read(PricesInput, {"prices": [asked]}))
        return Expected({})

    # ── sales ──

    def sell(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(SaleInput, self._asked(given))
        return self._sold(
            checkout.commit_sale(actor=self.actor, at=now, given=asked, key=command["key"]), command["as"]
        )

    def batch(self, now: datetime, given: Given, command: Given) -> list[Expected]:
        asked = [read(SaleInput, {**self._asked(each["given"]), "key": each["key"]}) for each in given["sales"]]
        answers = checkout.commit_sales(actor=self.actor, at=now, sales=asked)
        return [
            told(made) if isinstance(made, Refusal) else self._sold(made, each["as"])
            for made, each in zip(answers, given["sales"], strict=True)
        ]

    def quote(self, now: datetime, given: Given, command: Given) -> Expected:
        made = checkout.quote_sale(actor=self.actor, at=now, given=read(SaleInput, self._asked(given)))
        values = self._sale_values(made)
        return Expected({name: value for name, value in values.items() if name not in ("balance", "replayed")})

    def _asked(self, given: Given) -> Given:
        asked = {**given, **_at(given)}
        asked["lines"] = [
            {**line, "price": yuan(line["price"])} if "price" in line else line for line in given["lines"]
        ]
        if "member" in given:
            label, by, n = given["member"]
            ref = {"number": self.numbers.get(label, "NOBODY"), "phone": "", "card": ""}
            if label in self.numbers:
                ref |= {"phone": self._phone(label), "card": self._card(label, n)}
            asked["member"] = {by: ref[by]}
        if isinstance(given.get("presented"), list):
            asked["presented"] = {"card": self._card(*given["presented"])}
        if "vouchers" in given:
            asked["vouchers"] = [self._voucher(*each) for each in given["vouchers"]]
        if "tenders" in given:
            asked["tenders"] = [{**each, "amount": yuan(each["amount"])} for each in given["tenders"]]
        if "quoted" in given:
            asked["quoted"] = yuan(given["quoted"])
        return asked

    def _voucher(self, label: str, name: str, occasion: str) -> str:
        """The code of her own coupon, in whosever hands it is by now; not of one that came to her by a merge."""
        known = self.codes.get((label, name, occasion))
        if known is None and (known := self._code(label, name, occasion)):
            self.codes[(label, name, occasion)] = known
        return known or "VNOTHING"

    def _code(self, label: str, name: str, occasion: str) -> str | None:
        for held in entitlements.held_rights(self.memberships[label], EVER):
            begins = here(held.right.valid_from)
            month = begins.strftime("%Y-%m") if begins and held.right.valid_until else ""
            came = held.steps[0].cause.partition(":")[0] in ("merge", "recall")
            if (held.right.name, month) == (name, occasion) and not came:
                return str(held.right.code)
        return None

    def _sold(self, made: SaleView, label: str) -> Expected:
        if not made.replayed:
            self.sales[label] = made.id
        return Expected(self._sale_values(made))

    def _sale_values(self, made: SaleView) -> Given:
        document, member = made.document, made.member
        ends = document.get("expires", {}).get("points")
        tier = document.get("tier")
        return {
            "price": made.price_total, "paid": made.paid, "lines": [line["due"] for line in document["lines"]],
            "member": self.labels.get(member),
            "earned": document["earned"].get("points", 0), "used": document["used"].get("points", 0),
            "opening": document["opening"], "tier": tier and (tier["before"], tier["after"]), "dies": here(ends),
            "balance": document["balance"].get("points", 0), "replayed": made.replayed,
        }  # fmt: skip

    # ── what comes back, and gifts ──

    def give_back(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(ReturnInput, self._returning(given))
        return _returned(checkout.return_sale(actor=self.actor, at=now, given=asked, key=command.get("key")))

    def preview(self, now: datetime, given: Given, command: Given) -> Expected:
        made = checkout.preview_return(actor=self.actor, at=now, given=read(ReturnInput, self._returning(given)))
        values = _returned(made).values or {}
        told = {} if self._is_walk_in(given["sale"]) else {"short": (made.shortfall or {}).get("units", 0)}
        return Expected({**values, **told})

    def _is_walk_in(self, label: str) -> bool:
        return self.sales.get(label, "").startswith("0-")

    def void(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(VoidInput, {"sale": self.sales.get(given["sale"], "999999-1"), "reason": "扫错"})
        return _returned(checkout.void_sale(actor=self.actor, at=now, given=asked, key=command["key"]))

    def _returning(self, given: Given) -> Given:
        asked = {**given, "sale": self.sales.get(given["sale"], "999999-1"), **_at(given)}
        if given.get("settle", {}).get("way") == "gift":
            asked["settle"] = {"way": "gift", "redemption": self.gifts[given["settle"]["redemption"]]}
        return asked

    def redeem(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {**given, "member": self.numbers[given["member"]], **_at(given)}
        made = checkout.redeem_points(actor=self.actor, at=now, given=read(RedeemInput, asked), key=command["key"])
        self.gifts.setdefault(command["as"], made.id)
        return Expected({"units": made.units, **_after(made)})

    def return_gift(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(GiftReturnInput, {"redemption": self.gifts[given["redemption"]], **_at(given)})
        return Expected(_after(checkout.return_gift(actor=self.actor, at=now, given=asked, key=command["key"])))


def _after(made: RedemptionView) -> Given:
    return {"balance": made.balance.get("points", 0)}


def _returned(made: ReturnView) -> Expected:
    return Expected({
        "kind": made.kind, "kept": list(made.kept), "left_paid": made.left_paid, "refund": made.refund,
        "claim": made.claim, "given_back": made.given_back.get("points", 0),
        "taken_back": made.taken_back.get("points", 0), "forgiven": made.forgiven.get("points", 0),
        "tier": made.tier and made.tier["after"], "balance": made.balance.get("points", 0),
    })  # fmt: skip


def _at(given: Given) -> Given:
    return {"at": given["at"].isoformat()} if "at" in given else {}


def fen(text: str) -> int:
    whole, cents = text.split(".")
    return int(whole) * 100 + int(cents)


def told(refusal: Refusal) -> Expected:
    return Expected(refusals=frozenset({(refusal.code, refusal.clause)}))
