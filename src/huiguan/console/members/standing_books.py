"""What a member is to a house of procedures: her matters, papers, dues and measures, each a figure that opens its book."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiguan.billing import queries as billing
from huiguan.cases import queries as cases
from huiguan.cases.values import LIVING
from huiguan.conduct import queries as conduct
from huiguan.console.conduct.drawing import measure_row
from huiguan.console.dues.drawing import charge_row
from huiguan.console.matters.rows import line_row
from huiguan.console.members.knowing import Member
from huiguan.console.members.pages import Book, LineOfBook
from huiguan.console.paperwork import mark_of, titled
from huiguan.design.values import Figure
from huiguan.design.wording import joined
from huiguan.documents import queries as documents
from huiguan.kernel import text as words
from huiguan.kernel.text import Text
from huiguan.members import queries as members

_NONE_OPEN = Text(zh="没有在办的", en="None under way")
_NONE = Text(zh="没有", en="None")


def procedure_figures(member: Member) -> list[Figure]:
    """As far as the rulebook knows of them and the asking person may see them."""
    return [cell for name in BOOKS if (cell := _FIGURES[name](member)) is not None]


def _matters(member: Member) -> Figure | None:
    actor, now = member.now.actor, member.now
    if not cases.has_procedures(actor, now.at) or not (actor.may("matters") or actor.may("audit")):
        return None
    lines = cases.matters(actor, now.at, membership=member.told.membership)
    going = [each for each in lines if each.state in LIVING]
    note = joined([going[0].title, going[0].stage_title]) if going else _NONE_OPEN
    return Figure(Text(zh="事项", en="Matters"), len(lines), "points", note, "matters")


def _papers(member: Member) -> Figure | None:
    if not (member.rulebook.of("dossier") and member.now.actor.may("documents")):
        return None
    held = documents.documents(member.now.actor, _holder(member))
    new = sum(each.verdict is None for each in held)
    note = Text(zh=f"{new} 份待看", en=f"{new} to look at") if new else Text(zh="都看过了", en="All looked at")
    return Figure(Text(zh="材料", en="Papers"), len(held), "points", note if held else _NONE, "papers")


def _dues(member: Member) -> Figure | None:
    if not (member.rulebook.of("fee") or member.rulebook.of("deposit")):
        return None
    book = billing.dues_of(member.now.actor, member.told.number, member.now.at)
    note = Text(zh="没有欠费", en="Nothing owed")
    if book.overdue:
        note = Text(zh=f"逾期 {words.yuan(book.overdue)}", en=f"{words.yuan(book.overdue)} overdue")
    elif book.credit:
        note = Text(zh=f"预存 {words.yuan(book.credit)}", en=f"{words.yuan(book.credit)} on account")
    return Figure(Text(zh="应交", en="Owed"), book.owed, "money", note, "dues")


def _measures(member: Member) -> Figure | None:
    actor, now = member.now.actor, member.now
    if not conduct.states_duties(actor, now.at) or not (actor.may("conduct") or actor.may("audit")):
        return None
    taken = conduct.measures(actor, now.at, member=member.told.number)
    stand = [each for each in taken if each.stands]
    note = Text(**stand[0].title) if stand else Text(zh="没有在执行的", en="None in force")
    return Figure(Text(zh="处分", en="Measures"), len(taken), "points", note if taken else _NONE, "measures")


def _matters_book(member: Member, after: str) -> Book:
    now = member.now
    lines = cases.matters(now.actor, now.at, membership=member.told.membership)
    rows = [line_row(each, now.at) for each in lines]
    return _book(
        Text(zh="事项", en="Matters"),
        Text(zh="申请、变更、申诉，办过的与在办的", en="Applications, changes, appeals: done and under way"),
        [
            LineOfBook(
                row.href, row.title, joined([row.number, row.stage]), row.mark, row.submitted_at or line.opened_at
            )
            for row, line in zip(rows, lines, strict=True)
        ],
        Text(zh="还没有事项。", en="No matters yet."),
    )


def _papers_book(member: Member, after: str) -> Book:
    rows = [
        LineOfBook(
            f"/papers/{each.number}/", titled(member.rulebook, each), each.number, mark_of(each), each.uploaded_at
        )
        for each in reversed(documents.documents(member.now.actor, _holder(member)))
    ]
    return _book(
        Text(zh="材料", en="Papers"), Text(zh="会员名下的材料，以后的申请可以再用", en="Kept with the member; later applications may use them"),
        rows, Text(zh="还没有材料。", en="No papers yet."),
    )  # fmt: skip


def _dues_book(member: Member, after: str) -> Book:
    book = billing.dues_of(member.now.actor, member.told.number, member.now.at)
    charges = [charge_row(member.rulebook, each) for each in book.charges]
    opens = member.now.actor.may("bill")
    return _book(
        Text(zh="缴费单", en="Charges"), Text(zh="应交与已交", en="What is owed and what was paid"),
        [
            LineOfBook(each.href if opens else "", each.title, joined([each.number, each.aside or each.covers]), each.mark, each.due, each.owed or each.amount)
            for each in charges
        ],
        Text(zh="还没有开过单。", en="Nothing was charged yet."), sums=True,
    )  # fmt: skip


def _measures_book(member: Member, after: str) -> Book:
    taken = conduct.measures(member.now.actor, member.now.at, member=member.told.number)
    opens = member.now.actor.may("conduct")
    rows = [(measure_row(each), each) for each in taken]
    return _book(
        Text(zh="处分", en="Measures"), Text(zh="提出的、执行的、解除的都在册", en="Proposed, in force and lifted, all on record"),
        [
            LineOfBook(row.href if opens else "", Text(**each.title), joined([row.number, each.words]), row.mark, row.since or each.proposed_at)
            for row, each in rows
        ],
        Text(zh="没有处分。", en="There are no measures."),
    )  # fmt: skip


def _book(title: Text, aside: Text, rows: Sequence[LineOfBook], empty: Text, *, sums: bool = False) -> Book:
    count = Text(zh=f"全部 {len(rows)} 项", en=f"{len(rows)} in all")
    return Book(kind="lines", title=title, aside=aside, count=count, lines=rows, sums=sums, empty=empty)


def _holder(member: Member) -> str:
    return members.papers_holder(member.now.actor.programme, member.told.membership)


_FIGURES: dict[str, Callable[[Member], Figure | None]] = {
    "matters": _matters,
    "papers": _papers,
    "dues": _dues,
    "measures": _measures,
}
BOOKS: dict[str, Callable[[Member, str], Book]] = {
    "matters": _matters_book,
    "papers": _papers_book,
    "dues": _dues_book,
    "measures": _measures_book,
}
