"""docs/refusals.md, written from the refusals themselves: `python -m tests.house.refusal_page`."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator

import django

from huiguan.kernel.refusals import PRECEDENCE, Refusal, all_refusals
from tests.house.source import DOCS, modules

PAGE = DOCS / "refusals.md"
HEAD = """# Refusals

What will not be done is refused by name and changes nothing. The name is the stable `code` of the API's problem, of an
example's `refused:` and of a row rejected by an import; the field and the clause at fault come with it. This page is
written from the source by `python -m tests.house.refusal_page`.

Where several would apply, the first rank of this list is told: {ranks}.
"""


def shipped() -> list[type[Refusal]]:
    """Every refusal of the package, by room and name."""
    for module in modules():
        if "Refusal" in module.text or "InvalidInput" in module.text:
            importlib.import_module(module.name)
    found = {refusal for refusal in all_refusals() if refusal.__module__.startswith("huiguan.")}
    return sorted(found, key=lambda refusal: (refusal.__module__.split(".")[1], refusal.__name__))


def page() -> str:
    """The page as it should be."""
    return HEAD.format(ranks=", ".join(PRECEDENCE)) + "".join(_lines())


def _lines() -> Iterator[str]:
    room = ""
    for refusal in shipped():
        own = refusal.__module__.split(".")[1]
        if own != room:
            room = own
            yield f"\n## {room}\n\n| Code | Status | Rank | 中文 | English |\n|---|---|---|---|---|\n"
        said = (text.replace("|", "\\|").replace("\n", " ") for text in (refusal.text.zh, refusal.text.en))
        yield f"| `{refusal.__name__}` | {refusal.status} | {refusal.rank} | {' | '.join(said)} |\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.config.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
