"""What a request gives: its body as a typed record, its key, moments, pages. Everything wrong is refused by name."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from pydantic import BaseModel

from huiguan.api.refusals import (
    BodyIncomplete,
    BodyNotJson,
    BodyTooLarge,
    IdempotencyKeyMissing,
    NotMediaTypeJson,
)
from huiguan.foundation.clock import now
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import moment_of, zone
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

Record = TypeVar("Record", bound=BaseModel)
Shape = TypeVar("Shape")

LARGEST_BODY = 8 * 1024 * 1024
LARGEST_PAGE = 200
PAGE = 50
_KEY = re.compile(r"[\x21-\x7e]{1,120}")
_NUL = Text(zh="不能含有 NUL 字符", en="must not contain the NUL character")


def body_of(request: HttpRequest) -> bytes:
    """The request's JSON, unread; `{}` where there is none."""
    try:
        body = request.body
    except RequestDataTooBig:
        raise BodyTooLarge(most=LARGEST_BODY) from None
    except UnreadablePostError:
        raise BodyIncomplete() from None
    if len(body) > LARGEST_BODY:
        raise BodyTooLarge(most=LARGEST_BODY)
    if not body:
        return b"{}"
    demand_json(request.headers.get("Content-Type", ""))
    return body


def demand_json(content_type: str) -> None:
    """Refuse a body that does not say it is JSON."""
    media = content_type.partition(";")[0].strip().lower()
    if media != "application/json" and not (media.startswith("application/") and media.endswith("+json")):
        raise NotMediaTypeJson()


def given(request: HttpRequest, record: type[Record], **fixed: str | int) -> Record:
    """The body as `record`, its fields `fixed` taken from the address; they may not stand in the body too."""
    body = body_of(request)
    if fixed:
        told = parsed(body)
        if not isinstance(told, dict):
            raise InvalidInput(field="body", rule=Text(zh="须为对象", en="must be an object"))
        for name in fixed:
            if name in told:
                raise InvalidInput(field=name, rule=Text(zh="没有这个字段", en="no such field"))
        body = json.dumps({**told, **fixed}).encode()
    return read_bytes(record, body)


def read_bytes(record: type[Record], body: bytes) -> Record:
    """JSON as `record`: BodyNotJson for what is none, InvalidInput naming the first wrong field otherwise."""
    if b"\\u0000" in body:
        _demand_no_nul(parsed(body))
    try:
        return read(record, body)
    except InvalidInput as wrong:
        if wrong.field == "body":
            parsed(body)
        raise


def parsed(body: bytes) -> Any:
    """JSON as plain values; BodyNotJson says where it breaks off."""
    try:
        return json.loads(body.decode(), parse_constant=_no_constant)
    except RecursionError:
        raise BodyNotJson(why="nested too deeply") from None
    except UnicodeDecodeError as wrong:
        raise BodyNotJson(why=f"not UTF-8 at byte {wrong.start}") from None
    except ValueError as wrong:
        raise BodyNotJson(why=str(wrong)[:200]) from None


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON number")


def _demand_no_nul(told: Any) -> None:
    for path, text in _texts(told, ""):
        if "\x00" in text:
            raise InvalidInput(field=path.replace("\x00", "")[:200] or "body", rule=_NUL)


def _texts(told: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(told, str):
        yield path, told
    elif isinstance(told, dict):
        for name, value in told.items():
            inner = f"{path}.{name}" if path else str(name)
            yield inner, name
            yield from _texts(value, inner)
    elif isinstance(told, list):
        for place, value in enumerate(told):
            yield from _texts(value, f"{path}.{place}" if path else str(place))


def key_of(request: HttpRequest) -> str:
    """The request's Idempotency-Key; a write takes one."""
    return checked_key(request.headers.get("Idempotency-Key", ""))


def checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMissing(field="Idempotency-Key")
    return key


def moment_asked(at: str | None, tz: ZoneInfo | None = None) -> datetime:
    """The moment a question is about: `at` as ISO text, now where it says nothing."""
    return now() if not at else moment_of(at, "at", tz or zone(settings.TIME_ZONE))


def page_size(limit: int | None) -> int:
    if limit is None:
        return PAGE
    if not 1 <= limit <= LARGEST_PAGE:
        rule = Text(zh=f"须在 1 至 {LARGEST_PAGE} 之间", en=f"must be between 1 and {LARGEST_PAGE}")
        raise InvalidInput(field="limit", rule=rule)
    return limit


def cursor_of(place: Any) -> str:
    """Where the next page begins, for the caller to hand back as it is."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str | None, shape: type[Shape]) -> Shape | None:
    """The place a cursor names; InvalidInput for anything this API did not hand out."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=shape)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        rule = Text(zh="不是本接口给出的游标", en="is not a cursor this API gave")
        raise InvalidInput(field="cursor", rule=rule) from None
