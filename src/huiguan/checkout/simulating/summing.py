"""The sums of a simulation as lines to be read: what, on record, under the rulebook tried. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huiguan.checkout.simulating.figures import ALL, kept, units_of
from huiguan.checkout.values import SimulationView
from huiguan.kernel.text import Text
from huiguan.rules.programme import Programme


@dataclass(frozen=True, slots=True)
class SumLine:
    """One figure on both sides. `form`: count, yuan (fen) or units."""

    name: str
    title: Text
    form: str
    real: int
    draft: int

    @property
    def more(self) -> int:
        return self.draft - self.real


_MONEY = (
    ("discount", Text(zh="折扣", en="Discounts")),
    ("voucher", Text(zh="用券", en="Vouchers used")),
    ("refunded", Text(zh="退款", en="Refunded")),
)
_UNITS = (
    ("issued", Text(zh="发放{unit}", en="{unit} issued")),
    ("used", Text(zh="使用{unit}", en="{unit} used")),
    ("given_back", Text(zh="退回{unit}", en="{unit} given back")),
    ("taken_back", Text(zh="退货扣回{unit}", en="{unit} taken back")),
    ("expired", Text(zh="过期{unit}", en="{unit} expired")),
    ("end", Text(zh="期末{unit}", en="{unit} held at the end")),
)
_TURNS = (
    ("granted", Text(zh="赠券赠礼", en="Coupons and gifts given"), "count"),
    ("granted_worth", Text(zh="赠出面值", en="Their worth"), "yuan"),
    ("redemptions", Text(zh="积分兑换", en="Redemptions"), "count"),
    ("rises", Text(zh="晋级", en="Steps up"), "count"),
    ("falls", Text(zh="降级", en="Steps down"), "count"),
)
_SALES, _KEPT = Text(zh="成交", en="Sales"), Text(zh="实收（已扣退款）", en="Paid, refunds taken off")
_LIABILITY = Text(zh="期末{unit}折合", en="What {unit} held are worth")
_MEMBERS = Text(zh="期末会员", en="Members at the end")


def sum_lines(view: SimulationView, rulebook: Programme, cell: str = ALL) -> tuple[SumLine, ...]:
    """The lines of a cell; those that are nought on both sides are left out, but for sales and what was paid."""
    real, draft = view.real.get(cell, {}), view.draft.get(cell, {})
    lines = [
        SumLine("sales", _SALES, "count", real.get("sales", 0), draft.get("sales", 0)),
        SumLine("kept", _KEPT, "yuan", kept(real), kept(draft)),
        *_lines(view, rulebook, real, draft),
    ]
    return tuple(line for line in lines if line.real or line.draft or line.name in ("sales", "kept"))


def _lines(
    view: SimulationView, rulebook: Programme, real: Mapping[str, int], draft: Mapping[str, int]
) -> Iterator[SumLine]:
    def line(name: str, title: Text, form: str) -> SumLine:
        return SumLine(name, title, form, real.get(name, 0), draft.get(name, 0))

    for name, title in _MONEY:
        yield line(name, title, "yuan")
    for unit in units_of({**real, **draft}):
        told = rulebook.units.get(unit)
        word = Text(zh=told.zh if told else unit, en=(told.en if told else unit))
        for name, title in _UNITS:
            yield line(f"{name}:{unit}", _with(title, word), "units")
        was, would = view.worth.get(unit, (0, 0))
        held = f"end:{unit}"
        worth = _with(_LIABILITY, word)
        yield SumLine(f"worth:{unit}", worth, "yuan", real.get(held, 0) * was, draft.get(held, 0) * would)
    for name, title, form in _TURNS:
        yield line(name, title, form)
    yield line("members", _MEMBERS, "count")


def _with(title: Text, unit: Text) -> Text:
    english = title.en.replace("{unit}", unit.en)
    return Text(zh=title.zh.replace("{unit}", unit.zh), en=english[:1].upper() + english[1:])


def cells_of(view: SimulationView, kind: str) -> list[str]:
    """The cells of a kind (shop, tier, month) that either side speaks of, in order."""
    return sorted(name for name in {*view.real, *view.draft} if name.startswith(f"{kind}:"))
