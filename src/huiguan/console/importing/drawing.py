"""From uploads, previews and errands to what the pages of an import show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from huiguan.console.acting import Acting
from huiguan.console.importing.kinds import kind_of, kinds_for
from huiguan.console.importing.pages import (
    ColumnRow,
    ColumnsPage,
    KindChoice,
    RejectedRow,
    RunPage,
    RunRow,
    StartPage,
)
from huiguan.console.importing.running import KIND, imported_before
from huiguan.console.importing.uploads import MOST_BYTES, Upload, kept
from huiguan.design.values import Figure, Refused, Words
from huiguan.foundation.errands import DONE, FAILED, REFUSED, Errand, errands
from huiguan.foundation.sheets import Columns, Preview, open_sheet, shown
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text, either, grouped

SHOWN_REJECTED = 50
SAMPLES = 3
_FAILED = Text(
    zh="出了差错，见服务日志。已导入的都在，可以再来一次。",
    en="Something broke; the log says what. What came in stays; it can be run again.",
)
_TWICE = Text(zh="有两列都当作“{title}”，请改一列。", en="Two columns are taken for {title}; change one.")


def start_page(now: Acting, chosen: str, refused: Refused | None = None) -> StartPage:
    """The page where an import begins."""
    kinds = []
    for kind in kinds_for(now):
        fields = kind.fields(now)
        titles = [field.title for field in fields]
        required = [field.title for field in fields if field.required]
        kinds.append(KindChoice(kind.name, kind.title, kind.about, titles, required, kind.name == chosen))
    runs = [_run_row(each) for each in errands(now.actor, KIND, limit=8)]
    return StartPage(kinds, runs, MOST_BYTES // 1024 // 1024, refused)


def _run_row(each: Errand) -> RunRow:
    return RunRow(
        href=f"/import/runs/{each.id}/",
        at=each.asked_at,
        what=kind_of(each.given["kind"]).title,
        file=each.given["file"],
        by=each.actor_name,
        state=each.state,
        outcome=_outcome(each),
        trial=each.given["dry_run"],
    )


def _outcome(each: Errand) -> Words:
    if each.state == DONE and each.answer:
        records = kind_of(each.given["kind"]).records
        told = {"n": grouped(each.answer["records"]), "r": grouped(each.answer["rejected"])}
        zh, en = f"{told['n']} {records.zh}", f"{told['n']} {records.en}"
        return (
            Text(zh=f"{zh}，{told['r']} 行未导入", en=f"{en}, {told['r']} {either(told['r'], 'row', 'rows')} rejected")
            if each.answer["rejected"]
            else Text(zh=zh, en=en)
        )
    if each.state == REFUSED and each.answer:
        words: dict[str, str] = each.answer["text"]
        return words
    return _FAILED if each.state == FAILED else Text(zh="进行中", en="under way")


def columns_page(now: Acting, upload: Upload, seen: Preview, shop: str, refused: Refused | None = None) -> ColumnsPage:
    """What the columns were taken for."""
    fields = {place: name for name, place in seen.columns.places.items()}
    rows = [
        ColumnRow(place, _letter(place), heading, _samples(seen, place), fields.get(place, ""))
        for place, heading in enumerate(seen.columns.headings)
        if heading or _samples(seen, place)
    ]
    before = imported_before(now, upload)
    return ColumnsPage(
        kind=kind_of(upload.kind).title,
        file=upload.name,
        size=upload.size,
        rows=rows,
        fields=[(field.name, field.title, field.required) for field in seen.fields],
        missing=[field.title for field in seen.missing],
        shops=[(each.code, each.name, each.code == shop) for each in now.shops],
        shop_asked=len(now.shops) > 1 and names_shops(seen) and "shop" not in seen.columns.places,
        before=_run_row(before) if before else None,
        refused=refused,
    )


def names_shops(seen: Preview) -> bool:
    """Whether its rows belong to a shop at all: a catalogue is every shop's."""
    return any(field.name == "shop" for field in seen.fields)


def _samples(seen: Preview, place: int) -> list[str]:
    cells = [row[place] for row in seen.rows if place < len(row) and row[place]]
    return list(dict.fromkeys(cells))[:SAMPLES]


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def columns_said(seen: Preview, said: dict[int, str]) -> Columns:
    """The columns as a person set them: column -> field name, '' for none. InvalidInput for a field named twice."""
    titles = {field.name: field.title for field in seen.fields}
    places: dict[str, int] = {}
    for place, name in said.items():
        if name not in titles or place >= len(seen.columns.headings):
            continue
        if name in places:
            raise InvalidInput(field="columns", rule=Text(**_TWICE.both(title=titles[name])))
        places[name] = place
    return replace(seen.columns, places=places)


def run_page(asked: Errand) -> RunPage:
    """An import as far as it is."""
    kind, answer = kind_of(asked.given["kind"]), asked.answer or {}
    page = RunPage(
        kind=kind.title,
        file=asked.given["file"],
        trial=asked.given["dry_run"],
        state=asked.state,
        done=asked.done,
        total=asked.total,
        reading=not asked.total,
        poll_href="" if asked.ended else f"/import/runs/{asked.id}/state",
    )
    if asked.state == REFUSED:
        return replace(page, refused=Refused(title=answer["text"]), columns_href=_columns_href(asked))
    if asked.state == FAILED:
        return replace(page, refused=Refused(title=_FAILED), columns_href=_columns_href(asked))
    return _ended(page, asked) if asked.state == DONE else page


def _ended(page: RunPage, asked: Errand) -> RunPage:
    answer, kind = asked.answer or {}, kind_of(asked.given["kind"])
    taken = Text(zh="会导入", en="Would come in") if page.trial else Text(zh="已导入", en="Came in")
    records = Text(
        zh=f"{grouped(answer['records'])} {kind.records.zh}", en=f"{grouped(answer['records'])} {kind.records.en}"
    )
    figures = [
        Figure(
            Text(zh="读到的行", en="Rows read"), answer["rows"], "points", Text(zh="空行不计", en="empty ones left out")
        ),
        Figure(taken, answer["taken"], "points", records),
        Figure(
            Text(zh="原已在册", en="There already"),
            answer["again"],
            "points",
            Text(zh="没有变动", en="left as they are"),
        ),
        Figure(
            Text(zh="未导入", en="Rejected"),
            answer["rejected"],
            "points",
            Text(zh="逐行写明原因", en="each with its reason"),
        ),
    ]
    rejected, href = _rejected(asked), f"/import/runs/{asked.id}/rejected" if answer["rejected"] else ""
    confirm = _columns_href(asked) if page.trial else ""
    return replace(
        page, figures=figures, rejected=rejected, rejected_count=answer["rejected"], rejected_href=href if rejected else "",
        confirm_href=f"/import/runs/{asked.id}/confirmation" if confirm and answer["taken"] else "", columns_href=confirm,
    )  # fmt: skip


def _columns_href(asked: Errand) -> str:
    """Back to the columns, as long as the file is kept."""
    try:
        upload = kept(asked.programme, asked.given["token"])
    except NotFound:
        return ""
    return f"/import/{upload.token}/" if upload.path.exists() else ""


def _rejected(asked: Errand) -> Sequence[RejectedRow]:
    """The first rejected rows, as the file says them."""
    try:
        path = kept(asked.programme, asked.given["token"]).rejected
    except NotFound:
        return ()
    if not path.exists():
        return ()
    with open_sheet(path) as sheet:
        rows = list(islice(sheet.rows(), 1, 1 + SHOWN_REJECTED))
    return [
        RejectedRow(shown(row.cells[-2]), shown(row.cells[-1]), " · ".join(text for cell in row.cells[:-2] if (text := shown(cell)))[:160])
        for row in rows
    ]  # fmt: skip
