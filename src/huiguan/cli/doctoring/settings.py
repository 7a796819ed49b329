"""The settings: the file's, and the environment's."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from huiguan.cli.configuring import Configuration, configuration, strangers
from huiguan.cli.doctoring.findings import Finding, ok, warn, wrong
from huiguan.cli.serving.certificates import certificate_of
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either

_SOON = 21  # days
_RENEW = Text(zh="请更新证书，然后重新启动。", en="Renew it, then restart.")


def configured() -> list[Finding]:
    """What `huiguan.toml` says, and what of the environment nobody reads."""
    try:
        found = configuration()
    except Refusal as refusal:
        return [wrong("configuration", Text(zh=refusal.say("zh"), en=refusal.say("en"))), *_strangers()]
    return [_file(found), *_strangers()]


def certificate() -> list[Finding]:
    """The certificate named in the settings, if one is: whether it can be served with, and for how long."""
    file, key = os.environ.get("HUIGUAN_CERTIFICATE"), os.environ.get("HUIGUAN_CERTIFICATE_KEY")
    try:
        found = certificate_of(file, key)
    except Refusal as refusal:
        return [wrong("certificate", Text(zh=refusal.say("zh"), en=refusal.say("en")))]
    if found is None:
        return []
    days = (found.ends - datetime.now(UTC)).days
    if days < 0:
        said = Text(zh=f"证书 {found.file} 已过期", en=f"The certificate {found.file} has expired")
        return [wrong("certificate", said, _RENEW)]
    said = Text(
        zh=f"证书 {found.file} 还有 {days} 天有效",
        en=f"The certificate {found.file} is good for {days} {either(days, 'day', 'days')}",
    )
    return [warn("certificate", said, _RENEW) if days < _SOON else ok("certificate", said.zh, said.en)]


def _file(found: Configuration) -> Finding:
    if found.path is None:
        return ok(
            "configuration", "没有 huiguan.toml，设置来自环境变量", "No huiguan.toml; settings are the environment's"
        )
    if "DATABASE_URL" in found.values and found.path.stat().st_mode & 0o077:
        return warn(
            "configuration",
            Text(
                zh=f"{found.path} 写有数据库口令，而他人可读", en=f"{found.path} names the database; others may read it"
            ),
            Text(zh=f"chmod 600 {found.path}", en=f"chmod 600 {found.path}"),
        )
    said = ok(
        "configuration", f"{found.path} 有 {len(found.values)} 项设置", f"{len(found.values)} settings in {found.path}"
    )
    if not found.overruled:
        return said
    names = ", ".join(found.overruled)
    return ok(
        "configuration",
        f"{said.found.zh}；环境变量另有规定：{names}",
        f"{said.found.en}; the environment says otherwise of {names}",
    )


def _strangers() -> list[Finding]:
    return [
        warn(
            "environment",
            Text(
                zh=f"环境变量 {name} 不是一项设置。{meant.zh}", en=f"The environment's {name} is no setting.{meant.en}"
            ),
            Text(zh="没有程序读它。", en="Nothing reads it."),
        )
        for name, meant in strangers()
    ]
