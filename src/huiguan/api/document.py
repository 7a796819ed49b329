"""The OpenAPI document: what the endpoints tell of themselves, with the problems, keys and headers all of them share."""

from __future__ import annotations

from typing import Any

from huiguan.api.describing import WRITE, taken_schemas
from huiguan.api.problems import MEDIA_TYPE

_METHODS = ("get", "put", "post", "patch", "delete")
_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_PROBLEMS: dict[str, str] = {
    "BadRequest": "The body is not JSON, a write came without its key, or the request is malformed.",
    "Unauthorized": "No valid API key was shown.",
    "Forbidden": "The client's scopes or shops do not allow it.",
    "NotFound": "The thing named is not there, or not for this client.",
    "Conflict": "Refused by a clause or by the state of things; `code` and `clause` say which.",
    "TooLarge": "The body is too large.",
    "NotJson": "The body does not say it is JSON.",
    "Unprocessable": "A field is wrong; `field` names it.",
    "TooMany": "Too many calls; `Retry-After` says when to try again.",
    "Fault": "The fault is here; trying again with the same key is safe.",
    "Unavailable": "The database does not answer; trying again with the same key is safe.",
}
_CODES = {
    "400": "BadRequest", "401": "Unauthorized", "403": "Forbidden", "404": "NotFound", "409": "Conflict",
    "413": "TooLarge", "415": "NotJson", "422": "Unprocessable", "429": "TooMany", "500": "Fault", "503": "Unavailable",
}  # fmt: skip
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "One for each thing to be done: the same key with the same body gets the first answer again, with "
    "another body it is refused (KeyReused).",
    "schema": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": r"^[\x21-\x7e]+$"},
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "`zh` or `en`: the language of a problem's title and detail. Its `text` has both.",
    "schema": {"type": "string", "examples": ["en"]},
}
_RATE = {
    name: {"description": told, "schema": {"type": "integer"}}
    for name, told in {
        "RateLimit-Limit": "Calls a minute.",
        "RateLimit-Remaining": "Calls left now.",
        "RateLimit-Reset": "Seconds until all of them are back.",
    }.items()
}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add to ninja's document what every operation shares."""
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(taken_schemas())
    components["schemas"]["Problem"] = PROBLEM
    components["parameters"] = {"IdempotencyKey": _KEY, "AcceptLanguage": _LANGUAGE}
    components["headers"] = _RATE
    components["responses"] = {name: {"description": told, **_PROBLEM} for name, told in _PROBLEMS.items()}
    for path in document["paths"].values():
        for method in _METHODS:
            if method in path:
                _share(path[method])
    return document


def _share(operation: dict[str, Any]) -> None:
    keyed = operation.pop(WRITE, False)
    shared = (["IdempotencyKey"] if keyed else []) + ["AcceptLanguage"]
    operation["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name in shared]
    responses = {str(status): told for status, told in operation["responses"].items()}
    for told in responses.values():
        told["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _RATE}
    body = "requestBody" in operation
    for status, name in _CODES.items():
        if body or status not in ("413", "415"):
            responses[status] = {"$ref": f"#/components/responses/{name}"}
    operation["responses"] = responses


_BOTH = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "additionalProperties": False,
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `code` is stable; `text` says it in both languages.",
    "required": ["type", "title", "status", "detail", "code", "field", "clause", "values", "text"],
    "properties": {
        "type": {"type": "string", "format": "uri", "examples": ["urn:huiguan:refusal:BalanceTooLow"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "examples": ["BalanceTooLow"]},
        "field": {"type": ["string", "null"], "examples": ["lines.0.quantity"]},
        "clause": {"type": ["string", "null"], "examples": ["B55-19"]},
        "values": {"type": "object"},
        "text": _BOTH,
    },
    "additionalProperties": False,
}
