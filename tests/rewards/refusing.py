"""What a deed is refused with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiguan.kernel.refusals import Refusal


def refused(code: str, deed: Callable[[], object], **fields: object) -> Refusal:
    """The refusal `deed` ends in, which has this code and these fields or values."""
    with pytest.raises(Refusal) as caught:
        deed()
    assert caught.value.code == code, caught.value.as_problem()
    for name, value in fields.items():
        assert value in (getattr(caught.value, name, None), caught.value.values.get(name))
    return caught.value
