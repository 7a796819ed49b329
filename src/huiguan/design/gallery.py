"""The gallery: every part of the house in every state, in both languages and both lights. Shown in a demo only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from huiguan.design import values
from huiguan.kernel.text import Text

NOON = datetime(2026, 12, 12, 6, 41, tzinfo=UTC)
EARN = values.ClauseRef("(四)1", "#earn")
OFFSET = values.ClauseRef("(四)3", "#offset")


class PartsForm(forms.Form):
    """Fields in each state: filled, wrong, fixed, empty, chosen, long."""

    phone = forms.CharField(initial="13800002046")
    birthday = forms.CharField()
    card = forms.CharField(disabled=True, initial="DN 0382", required=False)
    gift = forms.CharField(required=False)
    shop = forms.ChoiceField(choices=[("1", "湖滨店"), ("2", "南屏店")])
    note = forms.CharField(widget=forms.Textarea, required=False)
    receipt = forms.BooleanField(required=False, initial=True)

    def clean_birthday(self) -> str:
        raise forms.ValidationError(
            str(Text(zh="1991 年 2 月没有 30 日。", en="February 1991 has no 30th.").of(self.tongue))
        )

    tongue = "zh"


def _frame() -> values.Frame:
    rail = [
        values.RailItem(Text(zh="收银", en="Till"), "#"),
        values.RailItem(Text(zh="会员", en="Members"), "#", current=True),
        values.RailItem(Text(zh="待办", en="To do"), "#", count=12),
        values.RailItem(Text(zh="章程", en="Rules"), "#"),
        values.RailItem(Text(zh="账册", en="Books"), "#"),
    ]
    who = values.Who(
        "贺知微", Text(zh="店长", en="Manager"), Text(zh="湖滨店", en="Lakeside"), Text(zh="2 号柜", en="Till 2")
    )
    return values.Frame(values.Brand("澹宁", "澹"), rail, who, NOON, "#", "#")


def _figures() -> list[values.Figure]:
    return [
        values.Figure(
            Text(zh="积分", en="Points"),
            136,
            "points",
            Text(zh="42 分今年底清零", en="42 end this year"),
            "#points",
            True,
            "1",
        ),
        values.Figure(
            Text(zh="半年累积", en="Half-year spend"),
            1039300,
            "money",
            Text(zh="今日满 ¥10,000 晋级", en="Promoted today"),
            "#spend",
            key="2",
        ),
        values.Figure(
            Text(zh="卡券", en="Coupons"),
            1,
            "points",
            Text(zh="大衣护理 · 至 2027-02-28", en="Coat care · to 2027-02-28"),
            "#rights",
            key="3",
        ),
        values.Figure(
            Text(zh="最近到店", en="Last visit"),
            Text(zh="今日", en="Today"),
            "text",
            Text(zh="上次 20 天前", en="20 days before"),
            "#sales",
            key="4",
        ),
    ]


def _slip() -> values.Slip:
    sentence = Text(
        zh=mark_safe(
            "实付 <mark>¥4,788.00</mark>，满 ¥100 积 2 分：<mark>47</mark> 个整百，得 <mark>94</mark> 分。余 ¥88.00 不计。"
        ),
        en=mark_safe(
            "Paid <mark>¥4,788.00</mark>; 2 points for each full ¥100: <mark>47</mark> hundreds, <mark>94</mark> points. ¥88.00 is left over."
        ),
    )
    return values.Slip(
        sentence,
        [values.Why(Text(zh="章程第 3 版，2026-03-01 起", en="Rulebook 3, since 2026-03-01"), [EARN])],
        [
            (Text(zh="有效至", en="Lives until"), "2027-12-31 24:00"),
            (Text(zh="已用", en="Used"), "0 / 94"),
            (Text(zh="入账", en="Written"), "14:36:08"),
        ],
        True,
    )


def _entries() -> list[values.Entry]:
    why = values.Why(Text(zh="12 月的一次 · 先用最早的分", en="December’s one · oldest points first"), [OFFSET])
    old = datetime(2025, 11, 8, 8, 10, tzinfo=UTC)
    return [
        values.Entry(
            "3",
            NOON,
            Text(zh="消费积分", en="Points earned"),
            94,
            136,
            reference="HB2-1212-0047",
            reference_href="#",
            hand="周禾",
            slip_href="#",
            slip=_slip(),
        ),
        values.Entry(
            "2",
            NOON,
            Text(zh="积分抵扣 ¥100.00", en="Points offset ¥100.00"),
            -100,
            42,
            why=why,
            reference="HB2-1212-0047",
            reference_href="#",
            hand="周禾",
            slip_href="#",
        ),
        values.Entry(
            "1",
            old,
            Text(zh="消费积分", en="Points earned"),
            142,
            142,
            why=values.Why(Text(zh="¥7,143.00，71 个整百", en="¥7,143.00, 71 hundreds"), [EARN]),
            hand="陆小满",
            slip_href="#",
        ),
    ]


def _stairs() -> list[values.Stair]:
    return [
        values.Stair(Text(zh="吊牌价", en="Tags"), 524000, aside=Text(zh="3 件", en="3 pieces")),
        values.Stair(
            Text(zh="积分抵扣", en="Points offset"),
            -10000,
            why=Text(zh="1 分 = ¥1，先于折扣", en="1 point = ¥1, before the discount"),
            clauses=[OFFSET],
        ),
        values.Stair(
            Text(zh="积分卡 9.5 折", en="Points card 5% off"),
            -25200,
            why="5,040.00 × 5%",
            clauses=[values.ClauseRef("(三)表", "#")],
        ),
    ]


def _refused() -> values.Refused:
    return values.Refused(
        Text(zh="这一单不能再抵扣积分", en="Points cannot be used on this sale"),
        Text(
            zh="12 月的一次已在 12 日用过，单 HB2-1212-0047。下一次在 2027 年 6 月。",
            en="December’s redemption was used on the 12th, sale HB2-1212-0047. The next is in June 2027.",
        ),
        [OFFSET],
        Text(zh="已扫的 2 件都还在", en="The 2 scanned pieces are still here"),
        [
            values.RailItem(Text(zh="不抵扣，继续", en="Go on without"), "#"),
            values.RailItem(Text(zh="看那一单", en="See that sale"), "#"),
        ],
    )


def _context(request: HttpRequest) -> dict[str, Any]:
    form = PartsForm({"phone": "13800002046", "birthday": "1991-02-30", "shop": "1", "receipt": "on"})
    form.tongue = "en" if getattr(request, "LANGUAGE_CODE", "zh").startswith("en") else "zh"
    lots = [values.Lot(42, "2026-12-31 24:00", True), values.Lot(94, "2027-12-31 24:00", clauses=[EARN])]
    groups = [
        values.FoundGroup(
            Text(zh="会员", en="Members"),
            [values.Found("顾清和", "#", "DN 0382", Text(zh="钻卡 · 138****2046", en="Diamond · 138****2046"))],
        ),
        values.FoundGroup(
            Text(zh="条款", en="Clauses"), [values.Found(Text(zh="消费积分", en="Points for spending"), "#", "(四)1")]
        ),
    ]
    return {
        "person": "顾清和",
        "clerk": "周禾",
        "frame": _frame(),
        "figures": _figures(),
        "entries": _entries(),
        "steps": _stairs(),
        "refused": _refused(),
        "form": form,
        "total": values.Stair(Text(zh="应收", en="To pay"), 478800),
        "lots": lots,
        "climb": values.Climb(560500, 478800, 1000000),
        "groups": groups,
        "cursor": values.Cursor(50, 4981, "#", "#"),
        "day": date(2026, 12, 31),
        "paid": Fraction(19, 20),
        "share": Fraction(1, 50),
        "marks": [
            values.Mark(Text(zh="积分卡", en="Points card")),
            values.Mark(Text(zh="钻卡", en="Diamond"), "tier"),
            values.Mark(Text(zh="正常", en="In good standing"), "ok"),
            values.Mark(Text(zh="资料缺 2 项", en="2 fields missing"), "warn"),
            values.Mark(Text(zh="已冻结", en="Frozen"), "stop"),
            values.Mark(Text(zh="第 4 版 草稿", en="Version 4, draft"), "draft"),
        ],
    }


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The gallery page; not found outside a demo or a developer's run."""
    if not (settings.DEBUG or settings.HUIGUAN_DEMO):
        raise Http404
    return render(request, "design/gallery.html", _context(request))
