"""The command's options, as answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huiguan.founding.answers import FILES
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

_PLACE_WRONG = Text(
    zh="写作 代码=名称，门店可在末尾加 @大区代码",
    en="is written CODE=NAME, for a shop with @REGION at the end where it has one",
)


def said_by_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """The command's options as answers; InvalidInput for a place that is not written CODE=NAME."""
    said: dict[str, Any] = {
        name: str(options[name].absolute() if isinstance(options[name], Path) else options[name])
        for name in ("rulebook", "effective_from", *FILES)
        if options[name] is not None
    }
    organisation = {name: options[name] for name in ("name", "code") if options[name] is not None}
    owner = {"username": options["owner"], "name": options["owner_name"], "language": options["language"]}
    owner = {name: value for name, value in owner.items() if value is not None}
    for name, record in (("organisation", organisation), ("owner", owner)):
        if record:
            said[name] = record
    for name in ("regions", "shops"):
        if options[name]:
            said[name] = [_place_said(text, name) for text in options[name]]
    return said


def _place_said(text: str, kind: str) -> dict[str, str]:
    code, equals, name = (part.strip() for part in text.partition("="))
    if not equals or not code or not name:
        raise InvalidInput(field=f"--{kind[:-1]}", rule=_PLACE_WRONG)
    name, at, region = (part.strip() for part in name.rpartition("@")) if "@" in name else (name, "", "")
    return {"code": code, "name": name, "region": region} if at and kind == "shops" else {"code": code, "name": name}
