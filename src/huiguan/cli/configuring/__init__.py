"""One file of settings, `huiguan.toml`, beside the environment, which wins."""

from huiguan.cli.configuring.known import KNOWN, Setting
from huiguan.cli.configuring.reading import (
    Configuration,
    ConfigurationUnreadable,
    SettingUnknown,
    SettingWrong,
    configuration,
    configure,
    strangers,
)

__all__ = [
    "KNOWN",
    "Configuration",
    "ConfigurationUnreadable",
    "Setting",
    "SettingUnknown",
    "SettingWrong",
    "configuration",
    "configure",
    "strangers",
]
