"""The papers somebody handed in, what an item of a dossier asks for, and what is wrong with one paper there. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field as made
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from stdnum.cn import uscc

from huiguan.kernel.moments import add_months, month_end
from huiguan.kernel.records import record
from huiguan.rules.findings import Fault
from huiguan.rules.parameters import Bilingual, DayOfYear, Parameters, Positive, Slug

Form = Literal["original", "duplicate", "copy"]
Demand = Literal["scan", "original_seen"]
_SPAN = re.compile(r"([1-9]\d{0,2}) (day|month|year)s?")
_LAST_DAY = (12, 31)


def _span(text: str) -> str:
    if not _SPAN.fullmatch(text.strip()):
        raise Fault("时间长短写作 3 years、6 months 或 30 days", "write a span as 3 years, 6 months or 30 days")
    return text.strip()


Span = Annotated[str, AfterValidator(_span)]
Answers = Annotated[list[str], Field(max_length=30)]


class Item(Parameters):
    """One line of a dossier. `form` it is handed in as, `stamp` with the company's seal, `copies` on paper; `template`
    it is written on; `wants` what must be told of it. Only where the profile's field `if_field` is one of `if_is`. `whose` papers: one of each.
    It `satisfies` other lines, where `unified` only with a unified credit code as its number. One for `each_of` the last so many fiscal years,
    that ended on `year_end`, none before the day in the profile's field `since`. Issued `within` a span before the application; at least `min`, each
    beside one of `pairs_with`; `optional` ones are judged where they are there."""

    doc: Slug
    title: Bilingual
    form: Form | None = None
    stamp: bool = False
    copies: Positive | None = None
    template: Slug | None = None
    wants: list[Literal["number", "issuer", "issued", "expires"]] = []
    if_field: Slug | None = None
    if_is: Answers = []
    whose: list[Slug] = []
    satisfies: list[Slug] = []
    unified: bool = False
    each_of: Annotated[int, Field(ge=1, le=10)] | None = None
    year_end: DayOfYear | None = None
    since: Slug | None = None
    within: Span | None = None
    min: Positive | None = None
    pairs_with: Slug | None = None
    optional: bool = False


@record
class Paper:
    """A paper as it was handed in. `period` is the fiscal year it is of, `whose` the role of the person it is about,
    `part` which part of an item of several, `pair` a word it shares with its companion; `copies` received for this
    dossier. `verdict`: '' (not looked at), pass, fail, unclear, and `why`."""

    reference: str
    doc: str
    form: str = ""
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    expires: date | None = None
    period: str = ""
    whose: str = ""
    part: str = ""
    pair: str = ""
    stamped: bool = False
    uploaded: bool = True
    scan: bool = False
    original_seen: bool = False
    copies: int = 0
    verdict: str = ""
    why: str = ""


@record
class Handed:
    """What a dossier is judged by: the papers, the profile's fields, and the local day of the application."""

    papers: tuple[Paper, ...]
    applied: date
    profile: Mapping[str, str] = made(default_factory=dict)


@record
class Wrong:
    """What is wrong with a paper: the key of its sentence, the sentence's values, and how much of the way is behind it
    (the later the fault, the nearer the paper is to being right)."""

    say: str
    values: Mapping[str, Any]
    place: int


def faults(item: Item, every: frozenset[str], paper: Paper, applied: date, day: date) -> Iterator[Wrong]:
    """Everything wrong with `paper` where `item` asks for it, the gravest first; on local `day`.

    What a reviewer passed in another form or out of the usual stands as he said: he saw it.
    """
    for place, (say, wrong, values) in enumerate(_asked(item, every, paper, applied, day)):
        if wrong:
            yield Wrong(say, values, place)


def _asked(
    item: Item, every: frozenset[str], paper: Paper, applied: date, day: date
) -> Iterator[tuple[str, bool, Mapping[str, Any]]]:
    passed = paper.verdict == "pass"
    yield "returned", paper.verdict == "fail", {"why": paper.why}
    earliest = None if item.within is None else before(item.within, applied)
    outside = earliest is not None and paper.issued is not None and not earliest <= paper.issued <= applied
    yield "out_of_window", outside, {
        "issued": _iso(paper.issued), "earliest": _iso(earliest), "applied": applied.isoformat(),
    }  # fmt: skip
    over = paper.expires is not None and paper.expires < day
    yield "expired", over, {"expires": _iso(paper.expires)}
    lacking = [each for each in _wanted(item) if not getattr(paper, each)]
    yield "untold", bool(lacking), {"wants": lacking}
    wrong_form = item.form is not None and paper.form != item.form and not passed
    yield "wrong_form", wrong_form, {"form": item.form, "given": paper.form or "unsaid"}
    yield "unstamped", item.stamp and not paper.stamped, {}
    yield "not_uploaded", not paper.uploaded and (item.copies is None or "scan" in every), {}
    yield "not_scanned", "scan" in every and not paper.scan, {}
    short = item.copies is not None and paper.copies < item.copies
    yield "copies_short", short, {"have": paper.copies, "want": item.copies}
    yield "original_not_seen", "original_seen" in every and not paper.original_seen, {}
    yield "unclear", paper.verdict == "unclear", {"why": paper.why}


def _wanted(item: Item) -> list[str]:
    """What must be told of the paper; a look-back cannot be judged without its day."""
    return [*item.wants, *(["issued"] if item.within is not None and "issued" not in item.wants else [])]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def before(span: str, day: date) -> date:
    """The earliest day of a span that ends on `day`: three years before 1 June 2026 it is 1 June 2023."""
    found = _SPAN.fullmatch(span)
    if found is None:
        raise ValueError(span)
    count, unit = int(found.group(1)), found.group(2)
    if unit == "day":
        return day - timedelta(days=count)
    return add_months(day, -count * (12 if unit == "year" else 1))


def due(item: Item, handed: Handed) -> bool:
    """Whether the item is asked of this applicant at all."""
    return item.if_field is None or handed.profile.get(item.if_field, "") in item.if_is


def stands_in(giving: Item, paper: Paper) -> bool:
    """Whether `paper`, handed in as `giving`, serves for the lines `giving` satisfies."""
    return not giving.unified or uscc.is_valid(paper.number)


def periods(item: Item, handed: Handed) -> tuple[str, ...]:
    """The fiscal years one paper each is asked of, the latest first; those that ended before the company was founded
    are not asked of."""
    if item.each_of is None:
        return ()
    end = item.year_end or _LAST_DAY
    last = handed.applied.year
    if _year_end(end, last) >= handed.applied:
        last -= 1
    founded = _day(handed.profile.get(item.since or "", ""))
    years = range(last, last - item.each_of, -1)
    return tuple(str(year) for year in years if founded is None or _year_end(end, year) >= founded)


def _year_end(end: tuple[int, int], year: int) -> date:
    month, last = end
    return date(year, month, min(last, month_end(date(year, month, 1)).day))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
