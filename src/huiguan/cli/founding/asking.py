"""Asking a person what is not known yet, one thing at a time; what was answered is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from huiguan.cli.terminal import err, say
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.founding.answers import FILES, Owner, Place, ShopPlace, both, code_for, username_for
from huiguan.founding.draft import Draft
from huiguan.founding.rulebooks import Choice, choice_of, choices
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import moment_of
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

_NAME = Text(zh="机构名称（可写作 中文/English）", en="Name of the organisation (or 中文/English)")
_CODE = Text(zh="  代码（字母、数字）", en="  Its code (letters, digits)")
_OWNER = Text(zh="店主（第一位，持有全部权限）的姓名", en="Name of the first owner, who holds every power")
_USERNAME = Text(zh="  登录用的用户名", en="  Username to sign in with")
_PASSWORD = Text(zh="  密码（至少 8 个字）", en="  Password (8 characters at least)")
_AGAIN = Text(zh="  再输一次", en="  Once more")
_REGION = Text(zh="第 {n} 个大区的名称（没有就按回车）", en="Name of region {n} (Enter for none)")
_SHOP = Text(zh="第 {n} 家门店的名称{end}", en="Name of shop {n}{end}")
_END = Text(zh="（没有了就按回车）", en=" (Enter when there are no more)")
_IN_REGION = Text(zh="  属于哪个大区（{codes}，不属于就按回车）", en="  In which region ({codes}; Enter for none)")
_RULEBOOKS = Text(zh="随产品提供的章程：", en="The rulebooks that come along:")
_RULEBOOK = Text(zh="用哪一份（序号、名称，或自己的文件夹）", en="Which one (number, name, or a folder of your own)")
_FROM = Text(
    zh="章程自哪天起生效（要导入以前的销售，就写早于它们的日子）",
    en="In force from which day (to import past sales, one before them)",
)
_FILE = {
    "products": Text(
        zh="商品表（.xlsx、.xls、.csv；没有就按回车）", en="A file of products (.xlsx, .xls, .csv; Enter for none)"
    ),
    "members": Text(zh="会员表（没有就按回车）", en="A file of members (Enter for none)"),
    "sales": Text(zh="以前的销售（没有就按回车）", en="A file of past sales (Enter for none)"),
}
_OPEN = ("regions", "effective_from", *FILES)
_NO_FILE = Text(zh="没有这个文件：{given}", en="there is no such file: {given}")


def ask_missing(draft: Draft, at: datetime, *, open_ones: bool) -> None:
    """Ask for what the draft does not hold, keeping each answer as it is given. `open_ones`: also for what may be left
    open."""
    asked: dict[str, Callable[[dict[str, Any]], Any]] = {
        "organisation": lambda known: _place(_NAME, Place),
        "owner": lambda known: _owner(),
        "regions": lambda known: _regions(),
        "shops": lambda known: _shops(known),
        "rulebook": lambda known: _rulebook(),
        "effective_from": lambda known: _effective_from(choice_of(known["rulebook"]), at),
        **{name: partial(_file, name) for name in FILES},
    }
    for name, ask in asked.items():
        if name not in draft.answers and (open_ones or name not in _OPEN):
            draft.answers[name] = ask(draft.answers)
            draft.keep()


def ask_password() -> str:
    """A password, typed twice and never shown."""
    return str(click.prompt(say(_PASSWORD), hide_input=True, confirmation_prompt=say(_AGAIN), err=True))


def _question(text: Text, *, default: str | None = None, **values: object) -> str:
    """What is typed; '' for Enter alone where the default is ''."""
    told = click.prompt(say(text, **values), default=default, show_default=bool(default), err=True)
    return str(told).strip()


def _until_right(ask: Callable[[], Any]) -> Any:
    """Ask again as long as the answer is refused, saying why."""
    while True:
        try:
            return ask()
        except Refusal as refusal:
            err.print(f"  ✗ {refusal.say(spoken_language())}", markup=False)


def _place(text: Text, record: type[Place], *, default: str | None = None, **values: object) -> dict[str, Any] | None:
    def ask() -> dict[str, Any] | None:
        name = both(_question(text, default=default, **values))
        if name == {"zh": "", "en": ""}:
            return None
        assert isinstance(name, dict)
        code = _question(_CODE, default=code_for(name["en"]) or None)
        read(record, {"code": code, "name": name})
        return {"code": code, "name": name}

    found: dict[str, Any] | None = _until_right(ask)
    return found


def _owner() -> dict[str, Any]:
    def ask() -> dict[str, Any]:
        name = _question(_OWNER)
        username = _question(_USERNAME, default=username_for(name) or None)
        given = {"name": name, "username": username, "language": spoken_language()}
        read(Owner, given)
        return given

    owner: dict[str, Any] = _until_right(ask)
    return owner


def _regions() -> list[dict[str, Any]]:
    regions: list[dict[str, Any]] = []
    while (region := _place(_REGION, Place, default="", n=len(regions) + 1)) is not None:
        regions.append(region)
    return regions


def _shops(known: dict[str, Any]) -> list[dict[str, Any]]:
    shops: list[dict[str, Any]] = []
    codes = [region["code"] for region in known.get("regions", [])]
    while True:
        end = say(_END) if shops else ""
        shop = _place(_SHOP, ShopPlace, default="" if shops else None, n=len(shops) + 1, end=end)
        if shop is None:
            return shops
        if codes:
            shop["region"] = _region(codes)
        shops.append(shop)


def _region(codes: list[str]) -> str | None:
    chosen = click.prompt(
        say(_IN_REGION, codes=", ".join(codes)), default="", show_default=False, err=True, type=click.Choice(["", *codes]),
        show_choices=False,
    )  # fmt: skip
    return str(chosen) or None


def _rulebook() -> str:
    listed = choices()
    err.print(say(_RULEBOOKS), markup=False)
    for number, choice in enumerate(listed, 1):
        lang = spoken_language()
        err.print(f"  {number}. {choice.name}  {choice.title.of(lang)}", markup=False)
        for line in choice.told(lang):
            err.print(f"     {line}", markup=False)

    def ask() -> str:
        given = _question(_RULEBOOK, default=listed[0].name if len(listed) == 1 else None)
        if given.isdecimal() and 0 < int(given) <= len(listed):
            return listed[int(given) - 1].name
        return choice_of(given).name

    name: str = _until_right(ask)
    return name


def _effective_from(choice: Choice, at: datetime) -> str:
    zone = choice.compiled.zone

    def ask() -> str:
        given = _question(_FROM, default=at.astimezone(zone).date().isoformat())
        moment_of(given, "effective_from", zone)
        return given

    day: str = _until_right(ask)
    return day


def _file(name: str, known: dict[str, Any]) -> str | None:
    def ask() -> str | None:
        given = _question(_FILE[name], default="")
        if given and not Path(given).expanduser().is_file():
            raise InvalidInput(field=name, rule=Text(**_NO_FILE.both(given=given)))
        return str(Path(given).expanduser().absolute()) if given else None

    path: str | None = _until_right(ask)
    return path
