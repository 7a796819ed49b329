"""Bodies and their places drawn for the page."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.console.acting import Acting, clause_ref
from huiguan.console.bodies.pages import BodyPage, BodyRow, PlaceRow, TermLine
from huiguan.console.keys import new_key
from huiguan.console.staff.words import term_said
from huiguan.design.values import Mark, Refused, Words
from huiguan.identity import queries as identity
from huiguan.identity.values import SeatHeld
from huiguan.kernel.text import Text, either
from huiguan.members import queries as members
from huiguan.members.values import BodyTold, PlaceTold

SOON = timedelta(days=90)
_VACANT = Text(zh="出缺", en="Vacant")
_ENDS = Text(zh="将届满", en="Ends soon")
_FILLED = {
    "appointed": Text(zh="任命", en="Appointed"),
    "elected": Text(zh="选举", en="Elected"),
    "by_office": Text(zh="依职务", en="By office"),
}


def body_row(now: Acting, told: BodyTold) -> BodyRow:
    held = [each.held for each in told.places if each.held is not None]
    ends = [each.until for each in held if each.until is not None]
    marks = [Mark(Text(zh=f"缺 {told.vacant} 席", en=f"{told.vacant} vacant"), "warn")] if told.vacant else []
    return BodyRow(
        called=told.called,
        href=f"/bodies/{told.body}/",
        clause=clause_ref(now, told.clause),
        held=len(held),
        places=len(told.places),
        ends=min(ends) if ends else None,
        marks=marks,
    )


def body_page(
    now: Acting, told: BodyTold, place: int | None, typed: dict[str, str], refused: Refused | None
) -> BodyPage:
    numbers = _numbers(now, told)
    rows = [_place(now.at, told, each, numbers, place) for each in told.places]
    chosen = next((row for row in rows if row.chosen), None)
    return BodyPage(
        called=told.called,
        href=f"/bodies/{told.body}/",
        clause=clause_ref(now, told.clause),
        rows=rows,
        rules=_rules(now, told),
        chosen=chosen,
        people=[
            (each.username, each.name, each.username == typed.get("staff"))
            for each in identity.staff_members(now.actor, now.at)
        ],
        key=new_key(),
        act="handover" if chosen is not None and chosen.held is not None else "terms",
        takes_resolution=told.named_by is not None,
        typed=typed,
        refused=refused,
    )


def _numbers(now: Acting, told: BodyTold) -> dict[int, str]:
    """The numbers of the members who sit or sat here."""
    terms = [seat for each in told.places for seat in (each.held, each.coming, *each.past) if seat is not None]
    return members.numbers(now.actor.programme, {seat.membership for seat in terms if seat.membership is not None})


def _place(at: datetime, told: BodyTold, each: PlaceTold, numbers: dict[int, str], chosen: int | None) -> PlaceRow:
    marks = [Mark(_VACANT, "warn")] if each.held is None else []
    soon = each.held is not None and each.held.until is not None and each.held.until - at <= SOON
    if soon and each.coming is None:
        marks = [Mark(_ENDS, "warn")]
    return PlaceRow(
        place=each.place,
        title=each.title,
        held=_line(each.held, numbers) if each.held else None,
        coming=_line(each.coming, numbers) if each.coming else None,
        past=[_line(seat, numbers) for seat in each.past],
        href=f"/bodies/{told.body}/?place={each.place}#seat",
        chosen=each.place == chosen,
        marks=marks,
    )


def _line(seat: SeatHeld, numbers: dict[int, str]) -> TermLine:
    href = f"/staff/{seat.username}/" if seat.username else ""
    if seat.membership is not None and seat.membership in numbers:
        href = f"/members/{numbers[seat.membership]}/"
    return TermLine(seat.name, href, term_said(seat.since, seat.until), seat.resolution, seat.why_ended)


def _rules(now: Acting, told: BodyTold) -> list[tuple[Words, Words]]:
    known = {each.body: each.called for each in members.bodies(now.actor, now.at)}
    posts = {post.name: post.title for post in identity.posts(now.actor)}

    def named(word: str) -> Text:
        return known.get(word) or posts.get(word) or Text(zh=word, en=word)

    lines: list[tuple[Words, Words]] = [(Text(zh="产生", en="Filled"), _FILLED[told.filled])]
    if told.named_by:
        lines.append((Text(zh="由谁决定", en="Named by"), named(told.named_by)))
    if told.term_years:
        years = Text(zh=f"{told.term_years} 年", en=f"{told.term_years} {either(told.term_years, 'year', 'years')}")
        lines.append((Text(zh="任期", en="Term"), years))
    if told.most_terms:
        most = Text(
            zh=f"至多 {told.most_terms} 届", en=f"{told.most_terms} {either(told.most_terms, 'term', 'terms')} at most"
        )
        lines.append((Text(zh="连任", en="On end"), most))
    for other in told.not_with:
        lines.append((Text(zh="不得兼任", en="Not with"), named(other)))
    if told.answers_to:
        lines.append((Text(zh="对谁负责", en="Answers to"), named(told.answers_to)))
    if told.meets:
        lines.append(
            (
                Text(zh="开会", en="Meets"),
                Text(zh=f"每年至少 {told.meets} 次", en=f"{told.meets} {either(told.meets, 'time', 'times')} a year"),
            )
        )
    return lines
