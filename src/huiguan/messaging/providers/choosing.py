"""Which provider carries what, as the installation's settings say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from huiguan.messaging.providers import aliyun, tencent
from huiguan.messaging.providers.local import Local
from huiguan.messaging.providers.protocol import Provider, Providers
from huiguan.messaging.providers.smtp import NONE, STARTTLS, TLS, Server, Smtp


class ProviderUnknown(Exception):
    """A setting names a provider there is not, or leaves out what it needs."""


def providers_of(given: Mapping[str, str]) -> Providers:
    """The provider of each channel, by `HUIGUAN_SMS` and `HUIGUAN_MAIL` and what belongs to them. Raises
    ProviderUnknown."""
    return _chosen(tuple(sorted(given.items())))


@lru_cache(maxsize=4)
def _chosen(given: tuple[tuple[str, str], ...]) -> Providers:
    told = dict(given)
    return {"sms": _sms(told), "email": _mail(told)}


def _sms(given: Mapping[str, str]) -> Provider:
    name = given.get("HUIGUAN_SMS") or "local"
    if name == "local":
        return Local()
    key, secret, sign = (_needed(given, f"HUIGUAN_SMS_{part}") for part in ("KEY", "SECRET", "SIGN"))
    templates, endpoint = _templates(_needed(given, "HUIGUAN_SMS_TEMPLATES")), given.get("HUIGUAN_SMS_ENDPOINT")
    if name == "aliyun":
        return aliyun.Aliyun(aliyun.Account(key, secret, sign, templates, endpoint or aliyun.ENDPOINT))
    if name == "tencent":
        region = given.get("HUIGUAN_SMS_REGION") or "ap-guangzhou"
        app = _needed(given, "HUIGUAN_SMS_APP")
        return tencent.Tencent(tencent.Account(key, secret, app, sign, templates, region, endpoint or tencent.ENDPOINT))
    raise ProviderUnknown(f"HUIGUAN_SMS: {name}")


def _mail(given: Mapping[str, str]) -> Provider:
    name = given.get("HUIGUAN_MAIL") or "local"
    if name == "local":
        return Local()
    if name != "smtp":
        raise ProviderUnknown(f"HUIGUAN_MAIL: {name}")
    security = given.get("HUIGUAN_MAIL_SECURITY") or STARTTLS
    if security not in (NONE, STARTTLS, TLS):
        raise ProviderUnknown(f"HUIGUAN_MAIL_SECURITY: {security}")
    host, _, port = _needed(given, "HUIGUAN_MAIL_SERVER").partition(":")
    return Smtp(
        Server(
            host=host,
            port=int(port or (465 if security == TLS else 587)),
            security=security,
            sender=_needed(given, "HUIGUAN_MAIL_FROM"),
            user=given.get("HUIGUAN_MAIL_USER", ""),
            password=given.get("HUIGUAN_MAIL_PASSWORD", ""),
        )
    )


def _needed(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, "")
    if not value:
        raise ProviderUnknown(f"{name} is not set")
    return value


def _templates(path: str) -> dict[str, str]:
    """A JSON file: {"one_time_code": "SMS_…", "N5-01": "SMS_…"}."""
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise ProviderUnknown(f"HUIGUAN_SMS_TEMPLATES: {trouble}") from trouble
    if not isinstance(told, dict) or not all(isinstance(code, str) for code in told.values()):
        raise ProviderUnknown("HUIGUAN_SMS_TEMPLATES: clauses and the codes of their templates")
    return dict(told)
