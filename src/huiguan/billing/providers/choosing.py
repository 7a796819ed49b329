"""Which provider stands behind a means of payment."""

from __future__ import annotations

from huiguan.billing.providers.protocol import Provider
from huiguan.billing.providers.sandbox import Sandbox
from huiguan.billing.values import SANDBOX
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_PROVIDERS: dict[str, Provider] = {SANDBOX: Sandbox()}
_WHAT = Text(zh="支付方式", en="means of payment")


def provider_of(means: str) -> Provider:
    """Refuses NotFound: nobody is asked for money taken at the counter."""
    if means not in _PROVIDERS:
        raise NotFound(field="means", what=_WHAT, given=means)
    return _PROVIDERS[means]
