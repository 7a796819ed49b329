"""The copy as a person reads it: one page in each language, without anything from elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.copies.values import SHOWN, Contents, Paper, Part
from huiguan.kernel.text import Text

_STYLE = """body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a17;background:#fdfcf7}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin:2rem 0 .4rem;border-bottom:1px solid #1a1a17}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d9d5c8;overflow-wrap:anywhere}nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem}h1,p,li{overflow-wrap:anywhere}
.dim{color:#6b675c}a{color:#1e4596}@media(prefers-color-scheme:dark){body{color:#e8e4d8;background:#1c1b18}h2{border-color:#e8e4d8}th,td{border-color:#46433b}a{color:#9db8f2}.dim{color:#a49f92}}"""
_BETWEEN = {"zh": "、", "en": ", "}
_NONE = Text(zh="没有留存的：{names}。", en="Nothing is kept of: {names}.")
_MORE = Text(
    zh="共 {count} 行，这里列出前 {shown} 行，其余见 data.json。",
    en="{count} {count:row|rows}; the first {shown} are listed here, all of them are in data.json.",
)
_TABLE = Text(zh="表格", en="table")
_FILES = Text(zh="材料文件", en="Files of papers")
_LEFT_OUT = Text(zh="太大，没有放进来", en="left out, being too large")
_AS_OF = Text(zh="截至 {at} 我们留存的关于您的全部内容。", en="All that we keep about you, as of {at}.")
_OTHER = {"zh": '<a href="index.en.html" lang="en">English</a>', "en": '<a href="index.html" lang="zh">中文</a>'}
_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")


def page(contents: Contents, papers: Sequence[Paper], at: datetime, zone: ZoneInfo, language: str) -> str:
    """The whole page."""
    return "".join(_lines(contents, papers, at, zone, language))


def _lines(contents: Contents, papers: Sequence[Paper], at: datetime, zone: ZoneInfo, language: str) -> Iterator[str]:
    title = escape(contents.title.of(language))
    yield f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>"
    said = Text(**_AS_OF.both(at=shown(at, zone, language)))
    yield f'<p class="dim">{escape(said.of(language))} <a href="data.json">data.json</a> {_OTHER[language]}</p>'
    kept = [part for part in contents.parts if part.rows]
    links = (f'<a href="#{part.name}">{escape(part.title.of(language))} {len(part.rows)}</a>' for part in kept)
    yield f"<nav>{''.join(links)}</nav>"
    for part in kept:
        yield from _part(part, zone, language)
    if papers:
        yield f'<h2 id="files">{escape(_FILES.of(language))}</h2><ul>'
        for paper in papers:
            yield f"<li>{_file(paper, language)}</li>"
        yield "</ul>"
    nothing = _BETWEEN[language].join(part.title.of(language) for part in contents.parts if not part.rows)
    if nothing:
        yield f'<p class="dim">{escape(Text(**_NONE.both(names=nothing)).of(language))}</p>'
    yield "</html>\n"


def _file(paper: Paper, language: str) -> str:
    named = f"{escape(paper.number)} {escape(paper.name)}"
    if paper.path:
        return f'<a href="{escape(paper.path)}">{named}</a>'
    return f'{named} <span class="dim">{escape(_LEFT_OUT.of(language))}</span>'


def _part(part: Part, zone: ZoneInfo, language: str) -> Iterator[str]:
    table = f' <a href="{part.name}.csv">{escape(_TABLE.of(language))}</a>' if part.table else ""
    yield f'<h2 id="{part.name}">{escape(part.title.of(language))}{table}</h2>'
    heads = "".join(f"<th>{escape(title.of(language))}</th>" for _, title in part.columns)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in part.rows[:SHOWN]:
        yield "<tr>" + "".join(f"<td>{_cell(row, name, zone, language)}</td>" for name, _ in part.columns) + "</tr>"
    yield "</tbody></table>"
    if len(part.rows) > SHOWN:
        said = Text(**_MORE.both(count=len(part.rows), shown=SHOWN))
        yield f'<p class="dim">{escape(said.of(language))}</p>'


def _cell(row: Mapping[str, Any], name: str, zone: ZoneInfo, language: str) -> str:
    return escape(shown(row.get(name), zone, language))


def shown(value: Any, zone: ZoneInfo, language: str) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return (_YES if value else _NO).of(language)
    if isinstance(value, Text):
        return value.of(language)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _BETWEEN[language].join(shown(each, zone, language) for each in value.values())
    return "; ".join(shown(each, zone, language) for each in value) if isinstance(value, list | tuple) else str(value)
