"""What the operations take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiguan.kernel.inputs import Input


class TakeCopy(Input):
    """The copy of what is kept of `member`; by somebody of the house with the `reason` why."""

    member: Annotated[str, Field(min_length=1, max_length=40)]
    reason: Annotated[str, Field(max_length=200)] = ""
