"""The parts as templates use them: what they show, what they escape, what they leave out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from huiguan.design import values
from huiguan.kernel.text import Text

NOON = datetime(2026, 12, 12, 4, 0, tzinfo=UTC)


def shown(source: str, **context: object) -> str:
    """A template's text with runs of blank space made one."""
    html = Template("{% load huiguan %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_say_picks_the_language_and_fills_in_by_name() -> None:
    source = '{% say "共 {n:points} 单，{who}" "{n:points} sales, {who}" n=count who=name %}'
    assert shown(source, count=1204, name="<顾>") == "1,204 sales, &lt;顾&gt;"
    with translation.override("zh-hans"):
        assert shown(source, count=1204, name="<顾>") == "共 1,204 单，&lt;顾&gt;"


def test_say_can_be_kept_for_an_attribute() -> None:
    assert shown('{% say "找" "Find" as find %}<i title="{{ find }}"></i>') == '<i title="Find"></i>'


def test_a_figure_is_a_door_to_its_ledger() -> None:
    cell = values.Figure(Text(zh="积分", en="Points"), 136, "points", "", "/members/1/points", True, "1")
    html = shown("{% figures cells %}", cells=[cell])
    assert '<a href="/members/1/points" aria-current="true" data-key="1">' in html
    assert '<span class="v large">136</span>' in html
    assert 'class="figures of-1"' in html


def test_a_figure_without_an_address_is_no_link() -> None:
    html = shown("{% figures cells %}", cells=[values.Figure("Points", None, "points")])
    assert "<a" not in html
    assert '<span class="v large">—</span>' in html


def test_marks() -> None:
    assert shown("{% mark m %}", m=values.Mark("<Diamond>", "tier")) == '<span class="mark tier">&lt;Diamond&gt;</span>'
    assert shown("{% mark m %}", m=values.Mark("Card")) == '<span class="mark">Card</span>'


def test_stairs_add_nothing_up_themselves() -> None:
    steps = [values.Stair("Tags", 524000), values.Stair("Voucher", None, why="not on an opening sale")]
    html = shown("{% stairs steps total %}", steps=steps, total=values.Stair("To pay", 478800))
    assert "<dd>5,240.00</dd>" in html
    assert "<dd>—</dd>" in html
    assert "<i>¥</i>4,788<small>.00</small>" in html
    assert '<div class="ruled"></div>' in html


def test_lots_hatch_what_ends_first_and_date_it() -> None:
    lots = [
        values.Lot(42, "2026-12-31 24:00", True),
        values.Lot(94, "2027-12-31 24:00", clauses=[values.ClauseRef("(四)1")]),
    ]
    html = shown("{% lots lots %}", lots=lots)
    assert '<svg x="0%" width="30.88%"' in html
    assert '<svg x="30.88%" width="69.12%"' in html
    assert html.count('fill="url(#h-warn)"') == 2  # the bar's part and its key
    assert "end on 2026-12-31 24:00" in html
    assert "live until 2027-12-31 24:00" in html
    assert "Clause (4)1" in html


def test_no_lots_no_bar() -> None:
    assert shown("{% lots lots %}", lots=[]) == ""


def test_the_climb_always_shows_its_threshold() -> None:
    near = values.Climb(before=560500, adds=478800, threshold=1000000)
    assert near.threshold_share == Fraction(10, 11)
    assert near.before_share + near.adds_share < 1
    beyond = values.Climb(before=3000000, adds=0, threshold=1000000)
    assert beyond.before_share == 1
    assert beyond.threshold_share == Fraction(1, 3)
    assert 'x1="90.91%"' in shown("{% climb c %}", c=near)


def test_a_refusal_says_what_why_and_a_way_on() -> None:
    refused = values.Refused(
        "No points on this sale",
        "December’s was used.",
        ["(四)3"],
        "Nothing was lost",
        [values.RailItem("Go on", "/on")],
    )
    html = shown("{% refusal r %}", r=refused)
    assert 'role="alert"' in html
    assert "Clause (4)3" in html
    assert '<a class="btn" href="/on">Go on</a>' in html
    assert shown("{% refusal r %}", r=values.Refused("No")).count("<p") == 1


def entry(**changes: object) -> values.Entry:
    given = {"id": "7", "at": NOON, "label": "Points earned", "change": 94, "balance": 136, "slip_href": "/slip/7"}
    return values.Entry(**{**given, **changes})  # type: ignore[arg-type]


def test_a_ledger_row_opens_its_reason() -> None:
    html = shown("{% ledger entries %}", entries=[entry(why=values.Why("47 hundreds", ["(四)1"]))])
    assert 'data-slip="/slip/7"' in html
    assert 'aria-expanded="false" aria-controls="slip-7"' in html
    assert "47 hundreds" in html
    assert '<tr class="reason"' not in html


def test_a_row_that_is_open_shows_the_slip_instead_of_the_hint() -> None:
    slip = values.Slip("Paid ¥4,788.00.", facts=[("Used", "0 / 94")], intact=True)
    html = shown("{% ledger entries %}", entries=[entry(slip=slip, why=values.Why("47 hundreds"))])
    assert 'aria-expanded="true"' in html
    assert '<tr class="reason" id="slip-7"><td colspan="6">' in html
    assert "47 hundreds" not in html
    assert "Chain intact" in html


def test_a_broken_chain_is_said() -> None:
    assert "Chain broken" in shown("{% slip s %}", s=values.Slip("x", intact=False))


def test_money_entries_read_as_money() -> None:
    html = shown("{% ledger entries %}", entries=[entry(unit="money", change=-10000, balance=20000)])
    assert "\u2212100.00" in html
    assert ">200.00</td>" in html


def test_cursors_lead_only_where_there_is_more() -> None:
    html = shown("{% cursor c %}", c=values.Cursor(50, 4981, "", "/next"))
    assert 'rel="next" href="/next"' in html
    assert 'rel="prev"' not in html
    assert "50 of 4,981 shown" in html


def test_found_nothing_is_said_with_what_was_asked() -> None:
    assert "Nothing found for “&lt;x&gt;”." in shown("{% found groups q %}", groups=[], q="<x>")
    assert shown("{% found groups q %}", groups=[], q="") == ""


class OneField(forms.Form):
    birthday = forms.CharField()
    note = forms.CharField(required=False)
    card = forms.CharField(required=False, disabled=True)

    def clean_birthday(self) -> str:
        raise forms.ValidationError("February 1991 has no <30th>.")


def test_a_wrong_field_names_its_fault_beside_itself() -> None:
    html = shown("{% field form.birthday 'Birthday' %}", form=OneField({"birthday": "1991-02-30"}))
    assert 'class="field bad"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_birthday_says"' in html
    assert "February 1991 has no &lt;30th&gt;." in html
    assert 'value="1991-02-30"' in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    html = shown("{% field form.note 'Note' %}", form=OneField())
    assert "optional" in html
    assert "bad" not in html


def test_a_fixed_field_says_why() -> None:
    html = shown("{% field form.card 'Card' 'Fixed once issued' %}", form=OneField())
    assert "Fixed once issued" in html
    assert "disabled" in html
    assert "optional" not in html


def test_progress_counts() -> None:
    html = shown("{% progress done total 'Importing' '12 rows wrong' %}", done=3120, total=4981)
    assert "3,120 / 4,981" in html
    assert 'width="62.64%"' in html
    assert 'role="progressbar"' in html
