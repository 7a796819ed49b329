"""What the browser tests need: a Chromium, and a font with Chinese characters.

`python -m huiguan.cli.browsers` installs what is missing where it may, and says what to do where it may not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from huiguan.cli.terminal import tell, working
from huiguan.kernel.text import Text

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
_FONT_NAMES = ("CJK", "wqy", "SourceHan", "PingFang", "DroidSansFallback", "NotoSansSC")


@dataclass(frozen=True, slots=True)
class PackageManager:
    """How a system installs packages, and what it calls these."""

    program: str
    refresh: tuple[str, ...]
    install: tuple[str, ...]
    browser: str
    font: str


MANAGERS = (
    PackageManager("apt-get", ("update",), ("install", "-y", "--no-install-recommends"), "chromium", "fonts-noto-cjk"),
    PackageManager("dnf", (), ("install", "-y"), "chromium", "google-noto-sans-cjk-fonts"),
    PackageManager("apk", ("update",), ("add",), "chromium", "font-noto-cjk"),
    PackageManager("pacman", ("-Sy",), ("-S", "--noconfirm"), "chromium", "noto-fonts-cjk"),
)


def browser_path() -> str | None:
    """A Chromium: the one HUIGUAN_BROWSER names, else one installed; None where there is none."""
    named = os.environ.get("HUIGUAN_BROWSER")
    if named:
        return shutil.which(named)
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    return str(_MAC_BROWSER) if _MAC_BROWSER.exists() else None


def has_chinese_font() -> bool:
    """Whether pages with Chinese characters can be drawn."""
    if lister := shutil.which("fc-list"):
        listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False)
        if listed.stdout.strip():
            return True
    folders = [*(Path(folder) for folder in _FONT_FOLDERS), Path.home() / ".fonts"]
    return any(
        name.lower() in font.name.lower()
        for folder in folders
        for font in folder.rglob("*.[to]t[fc]")
        for name in _FONT_NAMES
    )


def missing(manager: PackageManager) -> list[str]:
    """The packages that would have to be installed."""
    wanted = [] if browser_path() else [manager.browser]
    return wanted if has_chinese_font() else [*wanted, manager.font]


def provide() -> None:
    """Install what is missing where the system's package manager is there and may be used; else say what to do."""
    if browser_path() and has_chinese_font():
        return
    manager = next((each for each in MANAGERS if shutil.which(each.program)), None)
    if manager is None or os.geteuid() != 0:
        _say_how(manager)
        return
    packages = missing(manager)
    with working(Text(zh="正在安装 {packages}……", en="Installing {packages}…"), packages=" ".join(packages)):
        _install(manager, packages)
    if not (browser_path() and has_chinese_font()):
        _say_how(manager)


def _install(manager: PackageManager, packages: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = [manager.refresh] if manager.refresh else []
    for step in (*steps, (*manager.install, *packages)):
        done = subprocess.run([manager.program, *step], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            tell(Text(zh="{output}", en="{output}"), output=done.stderr.strip()[-600:])


def _say_how(manager: PackageManager | None) -> None:
    packages = " ".join(missing(manager or MANAGERS[0]))
    how = f"{manager.program} {' '.join(manager.install)} {packages}" if manager else packages
    tell(
        Text(
            zh="浏览器测试需要 Chromium 与中文字体，没有它们将跳过。请安装：{how}",
            en="The browser tests need Chromium and a Chinese font and are skipped without. Install: {how}",
        ),
        how=how,
    )


if __name__ == "__main__":
    provide()
