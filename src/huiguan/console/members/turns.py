"""The changes of tier, standing and cards, each with its reason."""

from __future__ import annotations

from huiguan.console.members.knowing import Member, hands
from huiguan.console.members.pages import CardRow, MergedRow, Turn
from huiguan.console.wording import benefit_title, card_mark, clause_refs, text_of
from huiguan.design.values import Why, Words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import ChangeTold
from huiguan.rules.kinds import benefit, tier_ladder

_WORDS = {
    "import": Text(zh="随名单导入。", en="Came in with the list."),
    "opening": Text(zh="期初登记。", en="As it stood at the opening."),
}

_CARD_MERGED = {
    "merge": Text(zh="合并后一人一卡。", en="Merged: one card a person."),
    "unmerge": Text(zh="合并撤销，恢复使用。", en="The merge was undone; good again."),
}


def turns_of(member: Member) -> list[Turn]:
    """Every change, newest first."""
    names = hands(member.now.actor.programme, (change.actor for change in member.told.changes))
    return [_turn(member, change, names) for change in member.told.changes]


def tier_turns(member: Member) -> list[Turn]:
    """The tiers alone, for the side: the present one first, each with what it gives."""
    found = [change for change in member.told.changes if change.what == "tier"]
    return [
        Turn(
            label=text_of(tier_ladder.title_of(member.rulebook, change.after)),
            since=member.local(change.at).date(),
            why=_why(member, change),
            current=i == 0,
            aside=_rate(member, change.after),
        )
        for i, change in enumerate(found)
    ]


def _rate(member: Member, tier: str) -> Words:
    """What the tier pays, where a benefit comes of itself: 9 折."""
    always = [name for name, how in benefit.table(member.rulebook).apply.items() if how == "always"]
    titles = [benefit_title(member.rulebook, name, tier) for name in always]
    named = text_of(tier_ladder.title_of(member.rulebook, tier))
    return next((Text(zh=t.zh.removeprefix(f"{named.zh} "), en=t.en.removeprefix(f"{named.en} ")) for t in titles), "")


def _turn(member: Member, change: ChangeTold, names: dict[str, str]) -> Turn:
    return Turn(_became(member, change), change.at, _why(member, change), aside=names.get(change.actor, ""))


def _became(member: Member, change: ChangeTold) -> Words:
    if change.what == "tier":
        return text_of(tier_ladder.title_of(member.rulebook, change.after))
    if change.what == "standing":
        return members.standing_title(change.after)
    if change.what == "merge":
        taken = Text(zh=f"并入了 {change.after}", en=f"Took in {change.after}")
        return (
            taken
            if change.after
            else Text(zh=f"撤销了 {change.before} 的并入", en=f"{change.before} is a member again")
        )
    status = members.card_status_title(change.after)
    number = change.values.get("card", "")
    return Text(zh=f"卡 {number} {status.zh}", en=f"Card {number} {status.en}")


def _why(member: Member, change: ChangeTold) -> Why | None:
    """The clause's own sentence, else the reason the person wrote."""
    refs = clause_refs(member.rulebook, [change.clause])
    if change.what == "tier" and not change.values and change.cause.startswith(("merge:", "unmerge:")):
        return Why(_merge_cause(change.cause), refs)
    if change.what == "tier" and change.values:
        before, after = change.before, change.after
        rungs = [rung.tier for rung in tier_ladder.rungs(member.rulebook)]
        rose = before in rungs and after in rungs and rungs.index(after) > rungs.index(before)
        says = tier_ladder.SAYS[tier_ladder.says("promoted" if rose else "withdrawn", change.values)]
        return Why(says.both(**{**change.values, "to": tier_ladder.title_of(member.rulebook, after)}), refs)
    if change.what == "tier" and not change.before:
        return Why(Text(zh="入会时的等级。", en="The tier one joins on."), refs)
    if change.what == "standing" and not change.before:
        return Why(Text(zh="入会。", en="Joined."), refs)
    if change.cause in _WORDS:
        return Why(_WORDS[change.cause], refs)
    if change.what == "card":
        return Why(_card_cause(change.cause), refs)
    return Why(change.cause, refs) if change.cause or refs else None


def _merge_cause(cause: str) -> Words:
    kind, _, number = cause.partition(":")
    if kind == "merge":
        return Text(zh=f"并入 {number}，等级取高的。", en=f"{number} was merged in; the higher tier stays.")
    return Text(zh=f"撤销 {number} 的并入。", en=f"The merge of {number} was undone.")


def merges_of(member: Member) -> list[MergedRow]:
    """Whom she took in, into whom she went; one that holds may be undone."""
    told = member.told
    rows = []
    for merge in members.merges(member.now.actor, told.number, itself=True):
        kept = merge.keep == told.number
        number = merge.absorb if kept else merge.keep
        undone = merge.undone_at is not None
        label = Text(zh="并入了", en="Took in") if kept else Text(zh="并入", en="Went into")
        said = Text(
            zh=f"{merge.reason}；已撤销：{merge.undo_reason}", en=f"{merge.reason}; undone: {merge.undo_reason}"
        )
        undo = f"/members/{told.number}/unmerge" if not undone and member.now.actor.may("correct") else ""
        rows.append(
            MergedRow(number, f"/members/{number}/", label, merge.at, Why(said if undone else merge.reason), undo)
        )
    return rows


def _card_cause(cause: str) -> Words:
    if cause in ("merge", "unmerge"):
        return _CARD_MERGED[cause]
    if cause.startswith("card:"):
        number = cause.removeprefix("card:")
        return Text(zh=f"换成 {number}。", en=f"Replaced by {number}.")
    return Text(zh="挂失。", en="Reported lost.") if cause == "report_card_lost" else cause


def cards_of(member: Member) -> list[CardRow]:
    """Her cards, newest first."""
    return [
        CardRow(
            card.number,
            card_mark(card.status),
            f"{member.page}cards/{card.number}/",
            card.issued_at,
            _card_note(card.replaced_by, card.entered_late, member, card.clause),
        )
        for card in member.told.cards
    ]


def _card_note(replaced_by: str | None, late: bool, member: Member, clause: str | None) -> Why | None:
    if replaced_by:
        return Why(Text(zh=f"换成 {replaced_by}", en=f"replaced by {replaced_by}"))
    if late:
        return Why(
            Text(zh="发卡当天没有录入", en="entered after the day it was issued"),
            clause_refs(member.rulebook, [clause]),
        )
    return None
