"""A register that takes no second name, for matters that cannot go on."""

from __future__ import annotations

from typing import Any

from huiguan.cases.refusals import QuotaFull
from huiguan.cases.subjects import Subject
from huiguan.cases.values import KnownMatter
from huiguan.kernel.text import Text


class Choosy(Subject):
    """Enters nobody in its register under a name that is there already."""

    def entered(self, matter: KnownMatter, stage: str, standing: str, **more: Any) -> None:
        if stage == "collection" and matter.name == "乙":
            raise QuotaFull(field="name", why=Text(zh="已有", en="is there already"))
