"""Which provider carries what, as the installation's settings say."""

from __future__ import annotations

from collections.abc import Mapping

from huiguan.messaging.providers.local import Local
from huiguan.messaging.providers.protocol import Provider, Providers


class ProviderUnknown(Exception):
    """A setting names a provider there is not, or leaves out what it needs."""


def providers_of(given: Mapping[str, str]) -> Providers:
    """The provider of each channel, by the settings `HUIGUAN_SMS` and `HUIGUAN_MAIL` and what belongs to them."""
    return {"sms": _sms(given), "email": _mail(given)}


def _sms(given: Mapping[str, str]) -> Provider:
    name = given.get("HUIGUAN_SMS") or "local"
    if name == "local":
        return Local()
    raise ProviderUnknown(f"HUIGUAN_SMS: {name}")


def _mail(given: Mapping[str, str]) -> Provider:
    name = given.get("HUIGUAN_MAIL") or "local"
    if name == "local":
        return Local()
    raise ProviderUnknown(f"HUIGUAN_MAIL: {name}")
