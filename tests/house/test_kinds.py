"""Every kind of clause is one module with its record, its sentences, its test and its page."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from huiguan.kernel.text import Text
from huiguan.rules.kinds import KINDS
from huiguan.rules.parameters import Parameters
from tests.house.source import DOCS, ROOT, SOURCE

MOST_KEYS = 20


def test_every_module_of_the_folder_is_a_kind() -> None:
    files = {path.stem for path in (SOURCE / "rules" / "kinds").glob("*.py")} - {"__init__"}
    assert files == set(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_has_module_test_and_page(name: str) -> None:
    assert (ROOT / "tests" / "rules" / "kinds" / f"test_{name}.py").exists()
    assert (DOCS / "kinds" / f"{name}.md").exists()


@pytest.mark.parametrize(("name", "module"), sorted(KINDS.items()))
def test_a_kind_says_what_it_is(name: str, module: ModuleType) -> None:
    assert len(inspect.getdoc(module) or "") > 40, "the docstring retells the rule"
    assert isinstance(module.ROOM, str)
    assert isinstance(module.TITLE, Text)
    assert issubclass(module.Parameters, Parameters)
    assert len(module.Parameters.model_fields) <= MOST_KEYS
    assert all(isinstance(said, Text) for said in module.SAYS.values())
