"""One member whose year is written out by hand: 顾清和, who is about to buy a coat."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import ReturnInput, SaleInput
from huiguan.checkout.values import SaleView
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, RecordOpening
from huiguan.members.values import EnrolledMember

NAME, PHONE, CARD = "顾清和", "19910002046", "DN0382"
JOINED = "2025-09-18 15:20"
PROFILE = {
    "sex": "female", "birthday": "1988-05-17", "occupation": "策展人", "hobbies": "茶、看展",
    "colours": "墨、月白、茶褐", "style": "廓形", "height": "167", "measurements": "84-64-90", "skin_tone": "偏白",
    "address": "临安市澄湖区白鹭街 27 号", "opinion": "剪裁好",
}  # fmt: skip
# day -> clerk, till and running number, time, pieces, what else
SALES: dict[date, tuple[str, str, str, tuple[str, ...], dict[str, Any]]] = {
    date(2026, 6, 6): ("周禾", "HB1-0606-0024", "14:20", ("DN26S-0118",), {"points": 60}),
    date(2026, 8, 15): ("陆小满", "HB2-0815-0033", "19:37", ("DN26S-0207",), {}),
    date(2026, 10, 3): ("周禾", "HB1-1003-0051", "15:02", ("DN26S-0311", "DN26S-0412"), {}),
    date(2026, 11, 22): ("陆小满", "HB1-1122-0019", "16:10", ("DN26W-0225",), {}),
}
RETURNED = date(2026, 10, 5)


def tell_hero(actor: Actor, day: date, closing: datetime, number: str | None, state: dict[str, str]) -> str | None:
    """Her part of one day; her number once she is a member. `state` remembers the sale that partly comes back."""
    if number is None:
        return _enrol(actor, closing)
    if day in SALES:
        clerk, bill, time, skus, more = SALES[day]
        given = {
            "member": number, "presented": "card", "shop": "HB", "clerk": clerk, "number": bill, "key": bill,
            "at": f"{day} {time}", "lines": [{"sku": sku} for sku in skus], **more,
        }  # fmt: skip
        sale: SaleView = checkout.commit_sale(actor=actor, at=closing, given=read(SaleInput, given), key=bill)
        state[bill] = sale.id
    if day == RETURNED:
        back = {
            "sale": state["HB1-1003-0051"],
            "lines": [{"line": 2, "quantity": 1}],
            "at": f"{day} 11:24",
            "reason": "颜色与衣服不合",
        }
        checkout.return_sale(actor=actor, at=closing, given=read(ReturnInput, back))
    return number


def _enrol(actor: Actor, at: datetime) -> str:
    """She joined at the till before this one; her opening purchase of 3,400 comes over with its 68 points."""
    form = {
        "name": NAME, "phone": PHONE, "card": CARD, "shop": "HB", "at": JOINED, "form_date": "2025-09-18",
        "profile": PROFILE,
    }  # fmt: skip
    (answer,) = members.enrol_members(actor=actor, at=at, given=[read(EnrolMember, form)], carried_over=True)
    assert isinstance(answer, EnrolledMember), answer
    opening = {
        "member": answer.number, "bill": "HB1-0918-0012", "points": 68, "earned_at": JOINED,
        "spend": [{"day": "2025-09-18", "amount": "3400.00"}],
    }  # fmt: skip
    members.record_opening(actor=actor, at=at, given=read(RecordOpening, opening))
    return answer.number
