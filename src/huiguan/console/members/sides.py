"""Two members side by side, and what a merge would make of them, as the page draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiguan.console.acting import Acting
from huiguan.console.wording import text_of
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text, either
from huiguan.members.values.merging import Duplicate, MergePreview, SideBySide, TakenLot
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

WHY = {
    "id_number": Text(zh="身份证号相同", en="the same identity number"),
    "phone": Text(zh="一人用过另一人的手机号", en="one had the phone the other has"),
    "birthday": Text(zh="姓名、生日相同", en="the same name and birthday"),
    "pinyin": Text(zh="姓名读音、手机尾号相同", en="names read alike, phones end alike"),
}


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two members who may be one."""

    one: str
    other: str
    names: tuple[str, str]
    why: Words
    href: str


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line of the comparison: of the one who stays, of the one who goes into her, and of her after it."""

    label: Words
    keep: Words
    absorb: Words
    after: Words
    changed: bool = False


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the profile; `choose`: both know it and differ. `stays`: keep or absorb."""

    name: str
    label: Words
    keep: str
    absorb: str
    choose: bool
    stays: str


@dataclass(frozen=True, slots=True)
class LotRow:
    units: int
    earned: str
    until: Words


@dataclass(frozen=True, slots=True)
class MergePage:
    """`why`: sentences of the clauses and policies behind what would change."""

    keep: str
    absorb: str
    names: tuple[str, str]
    rows: Sequence[SideRow]
    fields: Sequence[FieldRow]
    lots: Sequence[LotRow]
    why: Sequence[Words]


def pair_row(pair: Duplicate) -> PairRow:
    reasons = [WHY[reason] for reason in pair.reasons]
    why = Text(zh="；".join(each.zh for each in reasons), en="; ".join(each.en for each in reasons))
    return PairRow(pair.one, pair.other, pair.names, why, f"/members/{pair.one}/merge?with={pair.other}")


def merge_page(now: Acting, seen: MergePreview) -> MergePage:
    """The page of a preview."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    done = seen.done
    return MergePage(
        keep=done.keep,
        absorb=done.absorb,
        names=seen.names,
        rows=[each for each in _rows(rulebook, seen) if each is not None],
        fields=[_field(each) for each in seen.fields],
        lots=[_lot(rulebook, lot) for lot in seen.lots],
        why=_why(rulebook, seen),
    )


def _rows(rulebook: Programme, seen: MergePreview) -> list[SideRow | None]:
    done, zone = seen.done, rulebook.zone
    joined = [f"{each.astimezone(zone):%Y-%m-%d}" for each in seen.joined]
    units = sorted({*seen.units[0], *seen.units[1]})
    months = tier_ladder.months_back(rulebook)
    spent = (
        Text(zh=f"近 {months} 个月消费", en=f"Spent in {months} {either(months, 'month', 'months')}")
        if months
        else Text(zh="消费", en="Spent")
    )
    return [
        SideRow(Text(zh="会员号", en="Number"), done.keep, done.absorb, done.keep),
        SideRow(Text(zh="入会", en="Joined"), joined[0], joined[1], joined[0]),
        _tiers(rulebook, seen),
        *(_units(seen, unit) for unit in units),
        SideRow(spent, words.yuan(seen.spend[0]), words.yuan(seen.spend[1]), words.yuan(sum(seen.spend)), seen.spend[1] > 0),
        _rights(seen),
        _cards(seen),
    ]  # fmt: skip


def _tiers(rulebook: Programme, seen: MergePreview) -> SideRow | None:
    if not tier_ladder.rungs(rulebook):
        return None
    mine, hers, after = (text_of(tier_ladder.title_of(rulebook, tier)) for tier in (*seen.tiers, seen.done.tier))
    return SideRow(Text(zh="等级", en="Tier"), mine, hers, after, seen.done.tier != seen.done.tier_before)


def _units(seen: MergePreview, unit: str) -> SideRow:
    mine, hers = seen.units[0].get(unit, 0), seen.units[1].get(unit, 0)
    label = Text(zh="积分", en="Points") if unit == "points" else Text(zh=unit, en=unit)
    return SideRow(label, words.grouped(mine), words.grouped(hers), words.grouped(mine + hers), hers > 0)


def _rights(seen: MergePreview) -> SideRow:
    mine, hers = seen.rights
    return SideRow(Text(zh="可用的券", en="Open coupons"), f"{mine}", f"{hers}", f"{mine + seen.done.rights}", hers > 0)


def _cards(seen: MergePreview) -> SideRow | None:
    mine, hers = seen.cards
    if not mine and not hers:
        return None
    after = tuple(card for card in (*mine, *hers) if card not in seen.done.voided)
    told = [", ".join(each) or "—" for each in (mine, hers, after)]
    return SideRow(Text(zh="在用的卡", en="Cards in use"), told[0], told[1], told[2], after != mine)


def _field(side: SideBySide) -> FieldRow:
    return FieldRow(side.name, text_of(side.title), side.keep or "—", side.absorb or "—", side.choose, side.stays)


def _lot(rulebook: Programme, lot: TakenLot) -> LotRow:
    until: Words = (
        end_of_day_text(lot.expires_at, rulebook.zone) if lot.expires_at else Text(zh="没有期限", en="no end")
    )
    return LotRow(lot.left, f"{lot.earned_at.astimezone(rulebook.zone):%Y-%m-%d}", until)


def _why(rulebook: Programme, seen: MergePreview) -> list[Words]:
    """The clause's own sentence for the tier, and what becomes of the cards."""
    told: list[Words] = [
        tier_ladder.SAYS[reason.say].both(**reason.values)
        for reason in seen.done.reasons
        if reason.say.removesuffix("_by") in ("promoted", "card_due")
    ]
    if seen.done.tier != seen.done.tier_before and not told:
        told.append(Text(zh="等级取两者中较高的。", en="The tier is the higher of the two."))
    if seen.done.voided:
        numbers = ", ".join(seen.done.voided)
        told.append(
            Text(
                zh=f"章程规定一人一卡：{numbers} 作废。",
                en=f"One card a person by the rulebook: {numbers} becomes void.",
            )
        )
    elif seen.cards[1]:
        told.append(Text(zh="两边的卡都还能用。", en="The cards of both stay good."))
    return told
