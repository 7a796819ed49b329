"""Who carries messages, and whether that can be."""

from __future__ import annotations

from django.conf import settings

from huiguan.cli.doctoring.findings import Finding, ok, wrong
from huiguan.kernel.text import Text
from huiguan.messaging.queries import ProviderUnknown, providers_of

_ADVICE = Text(
    zh="改好设置，再启动一次：docs/operating.md“Messages”。", en="Set it and start again: docs/operating.md, Messages."
)


def carriers() -> Finding:
    """The providers the settings name, or what the settings lack."""
    try:
        named = {channel: each.name for channel, each in providers_of(settings.HUIGUAN_MESSAGES).items()}
    except ProviderUnknown as trouble:
        return wrong("messages", Text(zh=f"消息发不出去：{trouble}", en=f"Messages cannot go: {trouble}"), _ADVICE)
    told = f"{named['sms']} · {named['email']}"
    return ok("messages", f"短信、邮件经由 {told}", f"Text messages and mail go by {told}")
