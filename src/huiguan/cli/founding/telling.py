"""What was founded, and what to do next."""

from __future__ import annotations

import json
from typing import Any

import click

from huiguan.cli.columns import padded
from huiguan.cli.terminal import out, say
from huiguan.founding.standing import Standing
from huiguan.kernel.text import Text

_ALREADY = Text(zh="这里早已建好，没有作任何改动：", en="This was founded before; nothing was changed:")
_HOUSE = Text(zh="{name}（{code}），{shops:count} 家门店", en="{name} ({code}), {shops:count} {shops:shop|shops}")
_VERSION = Text(
    zh="章程第 {number} 版，{examples:count} 个例子全部相符，自 {since} 起生效",
    en="Rulebook version {number}, all {examples:count} {examples:example|examples} as they say, in force from {since}",
)
_NEXT = Text(zh="接下来：", en="What next:")
_COMMANDS = (
    ("huiguan serve", Text(zh="启动；以店主的用户名登录", en="run it; sign in as the owner")),
    ("huiguan import", Text(zh="导入商品、会员、以前的销售", en="bring in products, members, past sales")),
    ("huiguan doctor", Text(zh="检查安装", en="look whether all is well")),
)


def tell_founded(
    there: Standing, *, already: bool, as_json: bool, imported: dict[str, dict[str, Any]] | None = None
) -> None:
    """Say it to a person, or to a program."""
    assert there.house is not None and there.version is not None and there.programme is not None
    since = there.version.effective_from.astimezone(there.zone).isoformat()
    if as_json:
        answer = {
            "already": already,
            "programme": there.programme.code,
            "organisation": there.house.code,
            "shops": there.shops,
            "rulebook": {
                "version": there.version.number,
                "digest": there.version.digest,
                "examples": there.version.proof.examples,
                "effective_from": since,
            },
            "imported": imported or {},
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    if already:
        out.print(say(_ALREADY), markup=False)
    house = {"name": there.house.name, "code": there.house.code, "shops": there.shops}
    version = {"number": there.version.number, "examples": there.version.proof.examples, "since": since[:10]}
    for line in (say(_HOUSE, **house), say(_VERSION, **version)):
        out.print(f"✓ {line}", markup=False)
    out.print(say(_NEXT), markup=False)
    for command, does in _COMMANDS:
        out.print(f"  {padded(command, 16)}{say(does)}", markup=False)
