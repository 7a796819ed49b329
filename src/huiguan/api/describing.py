"""How an endpoint is described: what it takes and gives, so that the OpenAPI document tells all of it."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from huiguan.kernel.text import Text

REFERENCE = "#/components/schemas/{model}"
WRITE = "x-huiguan-write"
Described = dict[str, Any]

_taken: dict[str, dict[str, Any]] = {}


def described(
    *,
    gives: type[BaseModel] | None,
    status: int = 200,
    takes: type[BaseModel] | None = None,
    fixed: Sequence[str] = (),
    write: bool = False,
    key: bool | None = None,
    name: str,
    does: Text,
    media: str = "",
) -> Described:
    """Arguments for a router's method. `takes` less the fields `fixed` by the address is the body; a `write` takes an
    Idempotency-Key (unless `key` is False). `name` is the operation's public name, `does` one line in both languages. `media`: it gives a file of that type, and `gives` is None."""
    extra: dict[str, Any] = {WRITE: write if key is None else key}
    if takes is not None:
        schema = _schema(takes, fixed)
        required = bool(schema.get("required"))
        reference = {"$ref": REFERENCE.format(model=schema["title"])}
        extra["requestBody"] = {"required": required, "content": {"application/json": {"schema": reference}}}
    if media:
        file = {"schema": {"type": "string", "format": "binary"}}
        extra["responses"] = {status: {"description": "A file", "content": {media: file}}}
    return {
        "response": {status: gives},
        "operation_id": name,
        "summary": f"{does.en} · {does.zh}",
        "openapi_extra": extra,
    }


def _schema(record: type[BaseModel], fixed: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of a body, kept with those it names for the components."""
    schema = record.model_json_schema(ref_template=REFERENCE)
    for name, inner in schema.pop("$defs", {}).items():
        _taken[name] = inner
    if fixed:
        schema["title"] = f"{schema['title']}Body"
        schema["properties"] = {k: v for k, v in schema["properties"].items() if k not in fixed}
        schema["required"] = [each for each in schema.get("required", []) if each not in fixed]
    schema["description"] = inspect.cleandoc(record.__doc__ or schema["title"])
    _taken[schema["title"]] = schema
    return schema


def taken_schemas() -> dict[str, dict[str, Any]]:
    """The schemas of all bodies described so far, by name."""
    return _taken
