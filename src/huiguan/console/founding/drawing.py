"""From the draft's answers to what the pages of founding draw, and back from their forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from huiguan.console.founding.pages import HousePage, OwnerPage, PlaceRow
from huiguan.design.values import Refused, Words
from huiguan.founding.answers import code_for
from huiguan.founding.draft import Draft
from huiguan.founding.rulebooks import choice_of
from huiguan.kernel.text import Text

_SPARE = {"regions": 0, "shops": 3}
_MORE = {"regions": 2, "shops": 4}
_MOST = 2000
_ORGANISATION = Text(zh="机构", en="Organisation")
_SHOPS = Text(zh="门店", en="Shops")
_RULEBOOK = Text(zh="章程", en="Rulebook")
_NAMES = Text(zh="{name}（{code}）", en="{name} ({code})")


def house_page(answers: Mapping[str, Any], *, more: str = "", refused: Refused | None = None) -> HousePage:
    """The form as far as it is filled in; `more`: of which there are to be more rows."""
    organisation = answers.get("organisation") or {}
    rows = {kind: [_row(each) for each in answers.get(kind) or ()] for kind in _SPARE}
    for kind, spare in _SPARE.items():
        wanted = len(rows[kind]) + _MORE[kind] if more == kind else max(len(rows[kind]), spare)
        rows[kind] += [PlaceRow()] * (wanted - len(rows[kind]))
    return HousePage(
        _written(organisation.get("name")), organisation.get("code", ""), rows["regions"], rows["shops"], refused
    )


def _row(place: Mapping[str, Any]) -> PlaceRow:
    return PlaceRow(_written(place.get("name")), place.get("code", ""), place.get("region") or "")


def _written(name: object) -> str:
    """A name as it is typed: 中文/English, once where both are the same."""
    if not isinstance(name, Mapping):
        return str(name or "")
    return str(name["zh"]) if name["zh"] == name["en"] else f"{name['zh']}/{name['en']}"


def house_said(form: QueryDict) -> dict[str, Any]:
    """The answers of the form; rows without a name are left out, codes that were not typed are made from the names."""
    organisation = {"name": form.get("name", "").strip()}
    code = form.get("code", "").strip()
    if code:
        organisation["code"] = code
    said: dict[str, Any] = {"organisation": organisation}
    for kind in _SPARE:
        rows = zip(form.getlist(f"{kind}.name"), form.getlist(f"{kind}.code"), strict=False)
        regions = form.getlist(f"{kind}.region")
        said[kind] = []
        for place, (name, code) in enumerate(list(rows)[:_MOST]):
            if name.strip() or code.strip():
                made = {"name": name.strip(), "code": code.strip() or code_for(name.partition("/")[2] or name)}
                region = regions[place].strip() if place < len(regions) else ""
                said[kind].append({**made, "region": region} if region else made)
    return said


def owner_page(
    draft: Draft, at: datetime, form: Mapping[str, str] | None = None, refused: Refused | None = None
) -> OwnerPage:
    """What is about to be founded, and the form of its first owner."""
    choice = choice_of(draft.answers["rulebook"])
    owner = draft.answers.get("owner") or {}
    today = at.astimezone(choice.compiled.zone).date().isoformat()
    kept = {
        "name": owner.get("name", ""),
        "username": owner.get("username", ""),
        "effective_from": draft.answers.get("effective_from") or today,
    }
    typed = {name: (form or {}).get(name, value) for name, value in kept.items()}
    organisation = draft.answers["organisation"]
    names = {"name": _written(organisation["name"]), "code": organisation["code"]}
    shops = "、".join(f"{_written(each['name'])}（{each['code']}）" for each in draft.answers["shops"])
    listed = ", ".join(f"{_written(each['name'])} ({each['code']})" for each in draft.answers["shops"])
    summary: list[tuple[Words, Words]] = [
        (_ORGANISATION, Text(**_NAMES.both(**names))),
        (_SHOPS, Text(zh=shops, en=listed)),
        (_RULEBOOK, choice.title),
    ]
    return OwnerPage(summary, typed, refused)
