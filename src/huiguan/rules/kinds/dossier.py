"""Dossier: which papers belong to an application, and whether those handed in are enough.

"The authorisation is asked of agents alone; the contract with its award notice is not older than three years on the day of
the application; an audit report for each of the last three fiscal years; the form in three stamped copies; of everything a
scan, and the original is seen." Several clauses may describe one dossier, each its own lines. One paper may serve for
several lines, and serves again in later dossiers; its paper copies are counted for each dossier anew. What is missing is
named.
"""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.dossiers import items, names
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.papers import Demand, Item
from huiguan.rules.parameters import Bilingual, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "documents"
TITLE = Text(zh="材料清单", en="Dossier")


class Part(Base):
    """One of several papers that make up the line `of`."""

    of: Slug
    part: Slug
    title: Bilingual


class Parameters(Base):
    """`dossier` is its name, `called` so; `items` are its lines, `parts` of those that are several papers. `every` line takes a scan of the original,
    or that the original was seen."""

    dossier: Slug
    called: Bilingual | None = None
    every: list[Demand] = []
    items: list[Item] = []
    parts: list[Part] = []


SAYS = {
    "complete": Text(zh="{title}齐了。", en="{title}: complete."),
    "optional": Text(zh="{title}：有就交，没有不影响。", en="{title}: only where there is one."),
    "missing": Text(zh="缺{title}。", en="{title} is missing."),
    "too_few": Text(zh="{title}有 {have} 份，要 {want} 份。", en="{title}: {have} of the {want} that are asked for."),
    "unpaired": Text(
        zh="{title}要和{with}成对：成对的有 {have} 组，要 {want} 组。",
        en="{title} goes with {with}: {have} of the {want} {want:pair|pairs} that are asked for.",
    ),
    "parts": Text(zh="{title}交了 {have} 项，共 {want} 项，还缺{lacking:list}。", en="{title}: {have} of {want}; {lacking:list} missing."),
    "returned": Text(zh="{title}被退回：{why}", en="{title} was returned: {why}"),
    "out_of_window": Text(
        zh="{title}须在 {earliest:day}至 {applied:day}之间，这份是 {issued:day}的。",
        en="{title} must be dated between {earliest:day} and {applied:day}; this one is of {issued:day}.",
    ),
    "expired": Text(zh="{title}有效期到 {expires:day}，已过期。", en="{title} was valid until {expires:day}: it has expired."),
    "untold": Text(zh="{title}还要写明：{wants:list}。", en="{title}: {wants:list} must be told."),
    "wrong_form": Text(zh="{title}要{form}，交的是{given}，请审核人看一下。", en="{title} is asked for as {form}, handed in as {given}: the reviewer looks at it."),
    "unstamped": Text(zh="{title}没有加盖公章。", en="{title} lacks the company's stamp."),
    "not_uploaded": Text(zh="{title}还没有上传。", en="{title} has not been uploaded."),
    "not_scanned": Text(zh="{title}要扫描原件上传。", en="{title} takes a scan made from the original."),
    "copies_short": Text(zh="{title}要 {want} 份纸质件，收到 {have} 份。", en="{title}: {have} of {want} {want:copy|copies} on paper received."),
    "original_not_seen": Text(zh="{title}的原件还没有看过。", en="The original of {title} has not been seen yet."),
    "unclear": Text(zh="{title}要说明：{why}", en="{title} must be made clear: {why}"),
}  # fmt: skip


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_NO_LINE = Text(zh="材料清单 {dossier} 里没有 {doc}。{near}", en="The dossier {dossier} has no line {doc}.{near}")
_TWICE = Text(zh="材料清单 {dossier} 里 {doc} 写了两次。", en="The dossier {dossier} lists {doc} twice.")
_HALF = Text(zh="if_field 与 if_is 要一起写。", en="if_field and if_is go together.")
_EMPTY = Text(zh="材料清单 {dossier} 里什么也没有。", en="The dossier {dossier} asks for nothing.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Every line once in its dossier, every line that is named there, no dossier empty."""
    found: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for clause in clauses:
        found += _check_names(clause, programme)
        for item in _of(clause).items:
            key = (_of(clause).dossier, item.doc)
            if key in seen:
                found.append(refused(programme, clause, "line_twice", "items", _TWICE, dossier=key[0], doc=key[1]))
            seen.add(key)
            if (item.if_field is None) == bool(item.if_is):
                found.append(refused(programme, clause, "half_condition", "items", _HALF))
    for name in names(programme):
        if not items(programme, name):
            first = next(clause for clause in clauses if _of(clause).dossier == name)
            found.append(refused(programme, first, "empty_dossier", "dossier", _EMPTY, dossier=name))
    return found


def _check_names(clause: Clause, programme: Programme) -> list[Finding]:
    rule = _of(clause)
    known = {item.doc for _, item in items(programme, rule.dossier)}
    named = [("items", doc) for item in rule.items for doc in item.satisfies]
    named += [("items", item.pairs_with) for item in rule.items if item.pairs_with is not None]
    named += [("parts", part.of) for part in rule.parts]
    return [
        refused(
            programme, clause, "unknown_line", path, _NO_LINE,
            dossier=rule.dossier, doc=doc, near=suggestion(doc, known),
        )
        for path, doc in named
        if doc not in known
    ]  # fmt: skip
