"""What holds for every stylesheet, script and template of the house: old machines, a strict policy, enough contrast."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "huiguan"
SHEETS = sorted(SOURCE.rglob("static/**/*.css"))
SCRIPTS = sorted(SOURCE.rglob("static/**/*.js"))
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
TOKENS = (SOURCE / "design/static/design/tokens.css").read_text(encoding="utf-8")


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _bare(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", SHEETS, ids=_name)
def test_sheets_read_on_old_machines(path: Path) -> None:
    """Chromium 109 and Safari 16: no nesting, no newer colour functions; nothing fetched from elsewhere."""
    text = _bare(path)
    assert re.findall(r"color-mix|light-dark|oklch|@property|@scope|&[\s.:]|https?:|@import", text) == []
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", SHEETS, ids=_name)
def test_colours_have_their_values_in_one_place(path: Path) -> None:
    if path.name in ("tokens.css", "print.css", "receipt.css"):  # a receipt is handed to programs, alone
        return
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", _bare(path)) == []


@pytest.mark.parametrize("path", SHEETS, ids=_name)
def test_every_token_named_is_defined(path: Path) -> None:
    named = set(re.findall(r"var\((--[\w-]+)", _bare(path)))
    assert named - set(re.findall(r"(--[\w-]+):", TOKENS)) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_templates_keep_the_strict_policy(path: Path) -> None:
    """No style of its own, no script of its own, no handler in an attribute, nothing that htmx would evaluate."""
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = text.replace("{% if style %}<style>{{ style }}</style>", "")  # only in a receipt handed to a program
    assert re.findall(r"\sstyle=|<style|\son\w+=\"|hx-on|javascript:|\sjs:", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"(?:src|href)=\"https?://", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_icon_is_in_the_sprite(path: Path) -> None:
    sprite = (SOURCE / "design/templates/design/sprite.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="i-(\w+)"', sprite))
    assert set(re.findall(r"\{%\s*icon \"(\w+)\"", path.read_text(encoding="utf-8"))) - drawn == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=_name)
def test_scripts_evaluate_nothing_and_call_nobody(path: Path) -> None:
    text = _bare(path)
    assert re.findall(r"\beval\(|new Function|innerHTML\s*\+?=|https?://|localStorage|\.style\.", text) == []


def _theme(dark: bool) -> dict[str, str]:
    block = re.search(
        r':root\[data-theme="dark"\] \{(.*?)\n  \}' if dark else r":root \{(.*?)\n  \}", TOKENS, re.DOTALL
    )
    assert block is not None
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", block.group(1)))


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(dark: bool) -> None:
    """AA: words 4.5 to 1 on all three grounds, edges of controls 3 to 1."""
    theme = _theme(dark)
    words = ["--ink", "--ink-2", "--ink-3", "--gain", "--warn", "--stop", "--link"]
    faint = [
        (word, ground)
        for word in words
        for ground in ("--paper", "--sheet", "--wash")
        if _contrast(theme[word], theme[ground]) < 4.5
    ]
    assert faint == []
    assert all(_contrast(theme["--edge"], theme[ground]) >= 3 for ground in ("--paper", "--sheet", "--wash"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_seal_can_be_read(dark: bool) -> None:
    theme = _theme(dark)
    assert _contrast(theme["--seal"], theme["--seal-on"]) >= 4.5
    assert _contrast(theme["--seal-press"], theme["--seal-on"]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_charts_keep_their_order_in_grey(dark: bool) -> None:
    theme = _theme(dark)
    steps = [_luminance(theme[f"--c{n}"]) for n in range(1, 6)]
    assert steps == sorted(steps, reverse=dark)


def test_both_ways_into_the_dark_are_alike() -> None:
    """The system's wish and the reader's own choice show the same colours."""
    chosen = re.search(r':root\[data-theme="dark"\] \{(.*?)\n  \}', TOKENS, re.DOTALL)
    wished = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n    \}', TOKENS, re.DOTALL)
    assert chosen is not None
    assert wished is not None
    assert chosen.group(1).split() == wished.group(1).split()
