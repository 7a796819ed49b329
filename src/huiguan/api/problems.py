"""Refusals as RFC 9457 problems: a stable code, the field, the clause, and the sentence in both languages."""

from __future__ import annotations

import logging
import secrets
import string
from functools import cache
from typing import Any

import msgspec
from django.db import DatabaseError, InterfaceError
from django.db.utils import OperationalError

from huiguan.api.refusals import Unavailable, Unexpected
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

MEDIA_TYPE = "application/problem+json"
TITLES: dict[str, Text] = {
    "input": Text(zh="输入有误", en="The input is wrong"),
    "permission": Text(zh="没有权限", en="Not permitted"),
    "existence": Text(zh="没有找到", en="Not found"),
    "standing": Text(zh="会员资格所限", en="The membership's standing does not allow it"),
    "credential": Text(zh="凭证不符", en="The credential does not serve"),
    "window": Text(zh="不在可办的时间", en="Not at this time"),
    "limit": Text(zh="已到上限", en="A limit is reached"),
    "balance": Text(zh="余额不足", en="The balance is too low"),
    "state": Text(zh="当前状态不能办理", en="Not possible as things stand"),
}
_MONEY_NAMES = frozenset({"worth"})  # figures in fen that no sentence shows
logger = logging.getLogger(__name__)
encode = msgspec.json.Encoder(order="deterministic").encode


def problem_of(refusal: Refusal, lang: str) -> dict[str, Any]:
    """The problem document: type, title, status, detail in `lang`; code, field, clause, values, text in both."""
    told = refusal.as_problem()
    return {
        "type": f"urn:huiguan:refusal:{refusal.code}",
        "title": TITLES[refusal.rank].of(lang),
        "status": refusal.status,
        "detail": told["text"][lang],
        "code": refusal.code,
        "field": refusal.field,
        "clause": refusal.clause,
        "values": values_of(refusal, told["values"]),
        "text": told["text"],
    }


def values_of(refusal: Refusal, values: dict[str, Any]) -> dict[str, Any]:
    """The figures of a refusal as programs read them: money in yuan as text."""
    money = _money_in(refusal.text.en) | _MONEY_NAMES
    return {name: as_yuan(value) if name in money and type(value) is int else value for name, value in values.items()}


@cache
def _money_in(sentence: str) -> frozenset[str]:
    """The values a sentence shows as money."""
    parts = string.Formatter().parse(sentence)
    return frozenset(name for _, name, spec, _ in parts if name and spec and "yuan" in spec)


def refusal_for(wrong: BaseException) -> Refusal:
    """What is answered for an exception: itself, or that the fault is ours, under a reference the log has too."""
    if isinstance(wrong, Refusal):
        return wrong
    if isinstance(wrong, OperationalError | InterfaceError):
        logger.warning("the database did not answer: %s", wrong)
        return Unavailable()
    reference = secrets.token_hex(4)
    kind = "database" if isinstance(wrong, DatabaseError) else "unexpected"
    logger.error("%s fault %s", kind, reference, exc_info=wrong)
    return Unexpected(reference=reference)


def language_asked(header: str) -> str:
    """'zh' or 'en' by an Accept-Language header: the one of ours it wants most, 'zh' where it names neither."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, rest = part.strip().lower().partition(";")
        lang = tag.split("-")[0].strip()
        if lang in ("zh", "en"):
            wishes.append((-_weight(rest), place, lang))
    wanted = [wish for wish in sorted(wishes) if wish[0] < 0]
    return wanted[0][2] if wanted else "zh"


def _weight(rest: str) -> float:
    name, _, value = rest.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
