"""The machine under the installation: Python, folders, disk, secrets, port, browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.conf import settings

from huiguan.cli.browsers import browser_path, has_chinese_font
from huiguan.cli.doctoring.findings import Finding, ok, warn, wrong
from huiguan.cli.serving.ports import HostUnknown, PortTaken, check_free
from huiguan.foundation.embedded.accounts import user_name
from huiguan.foundation.embedded.homes import home_of
from huiguan.foundation.reserve import MEGABYTE, free_in
from huiguan.foundation.secrets import secret_files
from huiguan.kernel.text import Text

_GIGABYTE = 1024**3
_ENOUGH, _TOO_LITTLE = 5 * _GIGABYTE, _GIGABYTE


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return ok("python", f"Python {version}", f"Python {version}")


def data_folder_rights(data: Path) -> Finding:
    nearest = _nearest(data)
    if not os.access(nearest, os.W_OK | os.X_OK):
        owner, user = user_name(nearest.stat().st_uid), user_name(os.geteuid())
        return wrong(
            "data folder",
            Text(zh=f"用户 {user} 不能写入 {nearest}", en=f"The user {user} may not write in {nearest}"),
            Text(
                zh=f"请以 {owner} 运行，或以 HUIGUAN_DATA 另指目录。",
                en=f"Run as {owner}, or name another folder in HUIGUAN_DATA.",
            ),
        )
    return ok("data folder", f"数据目录 {data} 可写", f"The data folder {data} can be written")


def disk_space(data: Path) -> Finding:
    """The fuller of two disks, where the database lies on another one than the data folder."""
    free = min(free_in(_nearest(data)), free_in(_nearest(home_of(data).base)))
    size = f"{free // (_GIGABYTE // 10) / 10} GB"
    reserve = settings.HUIGUAN_RESERVE
    if free < reserve * MEGABYTE:
        return wrong(
            "disk",
            Text(
                zh=f"磁盘只余 {free // MEGABYTE} MB，少于须留的 {reserve} MB：一切写入已被拒绝",
                en=f"Only {free // MEGABYTE} MB of disk are free, less than the {reserve} MB kept: writes are refused",
            ),
            Text(zh="请腾出空间，无需重启。", en="Make room; nothing has to be restarted."),
        )
    if free >= _ENOUGH:
        return ok("disk", f"磁盘尚余 {size}", f"{size} of disk are free")
    make = wrong if free < _TOO_LITTLE else warn
    return make(
        "disk",
        Text(zh=f"磁盘只余 {size}", en=f"Only {size} of disk are free"),
        Text(
            zh=f"请腾出空间：不足 {reserve} MB 时会拒绝一切写入。",
            en=f"Make room: below {reserve} MB every write is refused.",
        ),
    )


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def secrets(data: Path) -> Finding:
    files = [path for path in secret_files(data) if path.exists()]
    open_ones = [path for path in files if path.stat().st_mode & 0o077]
    if open_ones:
        names = " ".join(map(str, open_ones))
        return wrong(
            "secrets",
            Text(zh=f"密钥文件他人可读：{names}", en=f"Secrets that others may read: {names}"),
            Text(zh=f"chmod 600 {names}", en=f"chmod 600 {names}"),
        )
    if len(files) < len(secret_files(data)) and not os.environ.get("HUIGUAN_FIELD_KEY"):
        return warn(
            "secrets",
            Text(zh="还没有密钥文件", en="There are no secrets yet"),
            Text(
                zh="首次启动时会生成；请检查数据目录可写。",
                en="They are made on first start; see that the folder can be written.",
            ),
        )
    return ok(
        "secrets", "密钥文件只有自己可读；请另行备份", "Secrets are readable by their user alone; back them up apart"
    )


def port(host: str, number: int) -> Finding:
    if number == 0:
        return ok("port", "端口自动选取", "A free port is chosen at start")
    try:
        check_free(host=host, port=number)
    except (PortTaken, HostUnknown) as refusal:
        return warn(
            "port",
            Text(zh=refusal.say("zh"), en=refusal.say("en")),
            Text(
                zh="若正是会馆自己在运行，则无需处理。", en="Nothing to do where it is Huiguan itself that runs there."
            ),
        )
    return ok("port", f"端口 {number} 可用", f"Port {number} is free")


def browser() -> Finding:
    if browser_path() and has_chinese_font():
        return ok("browser", "浏览器与中文字体齐全（仅测试需要）", "Browser and Chinese font are there (tests only)")
    return warn(
        "browser",
        Text(zh="缺少 Chromium 或中文字体（仅测试需要）", en="Chromium or a Chinese font is missing (tests only)"),
        Text(zh="运行 scripts/browser，或自行安装。", en="Run scripts/browser, or install them."),
    )
