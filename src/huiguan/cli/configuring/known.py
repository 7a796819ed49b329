"""What `huiguan.toml` may say. Secrets are not among it: they have files of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import available_timezones

from huiguan.kernel.networks import networks_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

_TEXT = Text(zh="须为文字，写在引号里", en="must be text, in quotes")
_FLAG = Text(zh="须为 true 或 false", en="must be true or false")
_WORDS = Text(zh='须为文字的列表，如 ["till.example"]', en='must be a list of texts, like ["till.example"]')
_COMMA = Text(zh="列表中的文字不能含逗号", en="the texts of the list hold no comma")
_NETWORKS = Text(zh='须为网络的列表，如 ["192.168.1.0/24"]', en='must be a list of networks, like ["192.168.1.0/24"]')
_ZONE = Text(zh="没有这个时区", en="there is no such zone")
_LEVEL = Text(zh="只能是 DEBUG、INFO、WARNING 或 ERROR", en="must be DEBUG, INFO, WARNING or ERROR")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# A value of the file as the environment would say it; InvalidInput naming the key otherwise.
Written = Callable[[str, object], str]


@dataclass(frozen=True, slots=True)
class Setting:
    """`name` in the file, `variable` in the environment."""

    name: str
    variable: str
    written: Written


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(field=key, rule=_TEXT)
    return value.strip()


def _flag(key: str, value: object) -> str:
    if not isinstance(value, bool):
        raise InvalidInput(field=key, rule=_FLAG)
    return "1" if value else "0"


def _words(key: str, value: object) -> str:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise InvalidInput(field=key, rule=_WORDS)
    if any("," in each for each in value):
        raise InvalidInput(field=key, rule=_COMMA)
    return ",".join(each.strip() for each in value)


def _networks(key: str, value: object) -> str:
    told = _words(key, value)
    try:
        networks_of([word for word in told.split(",") if word])
    except ValueError:
        raise InvalidInput(field=key, rule=_NETWORKS) from None
    return told


def _whole(most: int) -> Written:
    rule = Text(zh=f"须为 0 至 {most} 的整数", en=f"must be a whole number from 0 to {most}")

    def written(key: str, value: object) -> str:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise InvalidInput(field=key, rule=rule)
        return str(value)

    return written


def _zone(key: str, value: object) -> str:
    name = _text(key, value)
    if name not in available_timezones():
        raise InvalidInput(field=key, rule=_ZONE)
    return name


def _level(key: str, value: object) -> str:
    name = _text(key, value).upper()
    if name not in _LEVELS:
        raise InvalidInput(field=key, rule=_LEVEL)
    return name


KNOWN: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("data", "HUIGUAN_DATA", _text),
        Setting("database_url", "DATABASE_URL", _text),
        Setting("pg_bin", "HUIGUAN_PG_BIN", _text),
        Setting("pg_user", "HUIGUAN_PG_USER", _text),
        Setting("state", "HUIGUAN_STATE", _text),
        Setting("host", "HUIGUAN_HOST", _text),
        Setting("port", "HUIGUAN_PORT", _whole(65535)),
        Setting("hosts", "HUIGUAN_HOSTS", _words),
        Setting("origins", "HUIGUAN_ORIGINS", _words),
        Setting("lan", "HUIGUAN_LAN", _flag),
        Setting("certificate", "HUIGUAN_CERTIFICATE", _text),
        Setting("certificate_key", "HUIGUAN_CERTIFICATE_KEY", _text),
        Setting("https", "HUIGUAN_HTTPS", _flag),
        Setting("behind_proxy", "HUIGUAN_BEHIND_PROXY", _flag),
        Setting("zone", "HUIGUAN_ZONE", _zone),
        Setting("log", "HUIGUAN_LOG", _level),
        Setting("hook_networks", "HUIGUAN_HOOK_NETWORKS", _networks),
        Setting("sandbox", "HUIGUAN_SANDBOX", _flag),
        *(
            Setting(name, f"HUIGUAN_{name.upper()}", _text)
            for name in (
                "clamd",
                "sms",
                "sms_key",
                "sms_sign",
                "sms_templates",
                "sms_app",
                "sms_region",
                "sms_endpoint",
                "mail",
                "mail_server",
                "mail_security",
                "mail_user",
                "mail_from",
            )
        ),
        Setting("reserve", "HUIGUAN_RESERVE", _whole(1_000_000)),
        Setting("web_processes", "HUIGUAN_WEB_PROCESSES", _whole(64)),
    )
}

# What the environment alone may say: secrets, and what is for developers or set by `huiguan serve` itself.
ENVIRONMENT_ALONE = frozenset(
    {
        "HUIGUAN_CONFIG", "HUIGUAN_SECRET_KEY", "HUIGUAN_FIELD_KEY", "HUIGUAN_DEMO", "HUIGUAN_DEBUG", "HUIGUAN_BROWSER",
        "HUIGUAN_SMS_SECRET", "HUIGUAN_MAIL_PASSWORD", "HUIGUAN_POOL", "HUIGUAN_STATIC_ROOT", "HUIGUAN_ADDRESS",
    }
)  # fmt: skip
