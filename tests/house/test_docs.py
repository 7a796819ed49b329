"""Documentation is held by tests: pages, commands, settings, links."""

from __future__ import annotations

import inspect
import pkgutil
import re

import pytest

from huiguan.cli import commands
from tests.house.source import DOCS, ENTRANCES, ROOT, modules, rooms

DOORS = ("operations", "queries")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


@pytest.mark.parametrize("room", [room for room in rooms() if room != "config"])
def test_every_room_has_its_page(room: str) -> None:
    text = (DOCS / "rooms" / f"{room}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {room}\n")
    assert "?" in text.split("\n\n")[1], "the page begins with the room's question"


@pytest.mark.parametrize("room", [room for room in rooms() if room not in ENTRANCES])
def test_a_page_names_every_refusal_of_its_room(room: str) -> None:
    text = (DOCS / "rooms" / f"{room}.md").read_text(encoding="utf-8")
    named = re.compile(r"^class (\w+)\((?:Refusal|InvalidInput|NotFound|Forbidden)\)", re.MULTILINE)
    missing = [
        name for module in modules() if module.room == room for name in named.findall(module.text) if name not in text
    ]
    assert missing == []


def test_every_command_is_documented() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    names = [module.name.rstrip("_").replace("_", "-") for module in pkgutil.iter_modules(commands.__path__)]
    assert [name for name in names if f"huiguan {name}" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (DOCS / "operating.md").read_text(encoding="utf-8")
    asked = {
        name for module in modules() for name in re.findall(r"[\"'](HUIGUAN_[A-Z_]+|DATABASE_URL)[\"']", module.text)
    }
    assert sorted(name for name in asked if name not in text) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: object) -> None:
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    broken = [
        link
        for link in links
        if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()  # type: ignore[attr-defined]
    ]
    assert broken == []


def test_every_door_is_documented() -> None:
    """The public functions of operations and queries say what they take, give and refuse."""
    silent = []
    for module in modules():
        parts = module.name.split(".")
        if len(parts) < 3 or parts[2] not in DOORS or module.room in ENTRANCES:
            continue
        lines = module.text.splitlines()
        for found in re.finditer(r"^def ([a-z]\w*)\(", module.text, re.MULTILINE):
            after = "\n".join(lines[module.text[: found.start()].count("\n") :])
            body = after[after.index(":\n") :] if ":\n" in after else ""
            if '"""' not in body.split("\ndef ")[0]:
                silent.append(f"{module.path} {found.group(1)}")
    assert silent == []


def test_operations_take_who_and_when_by_name() -> None:
    """Whoever acts and at which moment are named arguments, never positional."""
    wrong = []
    for module in modules():
        parts = module.name.split(".")
        if len(parts) < 3 or parts[2] != "operations":
            continue
        loaded = __import__(module.name, fromlist=["*"])
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            if name.startswith("_") or function.__module__ != module.name or "actor" not in parameters:
                continue
            positional = [each.name for each in parameters.values() if each.kind is not each.KEYWORD_ONLY]
            if positional or "at" not in parameters:
                wrong.append(f"{module.path} {name}({', '.join(positional)})")
    assert wrong == []
