"""A small rulebook of one's own, as a shop might bring it: the README's."""

from __future__ import annotations

import re
from pathlib import Path

EXAMPLES = """\
rulebook: corner-bookshop
given:
  shops: [S1]
  products: {BOOK: 100.00}
  members: {li: {}}
by: {post: owner}
---
clause: CB-3
says: Ten full tens are ten points.
steps:
  - at: 2026-03-02 10:00
    do: commit_sale
    with: {member: $li, shop: S1, lines: [{sku: BOOK}]}
    expect: {earned: {points: 10}}
"""


def corner(folder: Path, examples: str = EXAMPLES) -> Path:
    """The folder of the rulebook, with its examples."""
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    (folder / "examples").mkdir(parents=True)
    (folder / "rulebook.yaml").write_text(source, encoding="utf-8")
    (folder / "examples" / "points.yaml").write_text(examples, encoding="utf-8")
    return folder
