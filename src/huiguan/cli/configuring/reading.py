"""Reading `huiguan.toml` into the environment, where nothing of the kind stands yet.

Only commands do so (`huiguan.cli.main`): a program that merely imports the settings, a test above all, must not find
itself on the installation's own database.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from huiguan.cli.configuring.known import ENVIRONMENT_ALONE, KNOWN
from huiguan.foundation.embedded import data_folder
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.rules.findings import suggestion

FILE = "huiguan.toml"
_OF_DATA = Text(
    zh="写在数据目录里的配置文件不能改指数据目录；请用 HUIGUAN_CONFIG 指明别处的配置文件",
    en="a file inside the data folder cannot name another: put it elsewhere and name it in HUIGUAN_CONFIG",
)
_SECRET = Text(zh="密钥不写在配置文件里，只从文件或环境变量读取", en="secrets do not stand in this file")
_MEGABYTES = Text(zh="须为整数（MB）", en="must be a whole number of megabytes")
_COUNT = Text(zh="须为整数", en="must be a whole number")
_NOT_ASKED: set[str] = set()  # the variables this process took from the file


class ConfigurationUnreadable(Refusal):
    text = Text(zh="读不了配置文件 {path}：{why}", en="The configuration {path} cannot be read: {why}")
    status = 422
    rank = "input"


class SettingUnknown(Refusal):
    text = Text(zh="{path} 里的“{key}”不是一项设置。{near}", en="{path}: there is no setting {key}.{near}")
    status = 422
    rank = "input"


class SettingWrong(Refusal):
    text = Text(zh="{path} 里的 {key}：{rule}", en="{path}: {key} {rule}")
    status = 422
    rank = "input"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the file says: variable -> value. `path` is None where there is no file; `overruled`: what the environment
    says otherwise."""

    path: Path | None
    values: dict[str, str] = field(default_factory=dict)
    overruled: tuple[str, ...] = ()


def configure() -> None:
    """Take over what the file says and the environment does not. Raises what `configuration` raises."""
    for variable, value in configuration().values.items():
        if variable not in os.environ:
            os.environ[variable] = value
            _NOT_ASKED.add(variable)
    for name, rule in (("HUIGUAN_RESERVE", _MEGABYTES), ("HUIGUAN_WEB_PROCESSES", _COUNT)):
        told = os.environ.get(name, "")
        if told and not (told.isascii() and told.isdecimal()):
            raise SettingWrong(field=name, path="environment", key=name, rule=rule)


def configuration() -> Configuration:
    """The file as it is now: HUIGUAN_CONFIG, else `huiguan.toml` in the data folder, which may be absent.

    Raises ConfigurationUnreadable, SettingUnknown, SettingWrong.
    """
    named = os.environ.get("HUIGUAN_CONFIG")
    path = Path(named).expanduser().absolute() if named else data_folder() / FILE
    if not named and not path.is_file():
        return Configuration(None)
    said = _read(path)
    values = dict(_taken(path, key, value, named=bool(named)) for key, value in said.items())
    in_environment = {name for name in os.environ if name not in _NOT_ASKED}
    overruled = sorted(name for name in values if name in in_environment and os.environ[name] != values[name])
    return Configuration(path, values, tuple(overruled))


def strangers() -> tuple[tuple[str, Text], ...]:
    """Variables of the environment that look like settings and are none, each with what may have been meant."""
    known = {setting.variable for setting in KNOWN.values()} | ENVIRONMENT_ALONE
    unknown = sorted(name for name in os.environ if name.startswith("HUIGUAN_") and name not in known)
    return tuple((name, suggestion(name, known)) for name in unknown)


def _read(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as trouble:
        raise ConfigurationUnreadable(path=str(path), why=trouble.strerror or str(trouble)) from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise ConfigurationUnreadable(path=str(path), why=str(trouble)) from trouble


def _taken(path: Path, key: str, value: object, *, named: bool) -> tuple[str, str]:
    if key in ("secret_key", "field_key"):
        raise SettingWrong(field=key, path=str(path), key=key, rule=_SECRET)
    if key not in KNOWN:
        raise SettingUnknown(field=key, path=str(path), key=key, near=suggestion(key, KNOWN))
    if key == "data" and not named:
        raise SettingWrong(field=key, path=str(path), key=key, rule=_OF_DATA)
    try:
        return KNOWN[key].variable, KNOWN[key].written(key, value)
    except InvalidInput as wrong:
        raise SettingWrong(field=key, path=str(path), key=key, rule=wrong.values["rule"]) from None
