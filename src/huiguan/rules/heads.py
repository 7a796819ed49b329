"""What stands above the clauses of a rulebook, and what every clause has whatever its kind."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from huiguan.rules.findings import Fault, suggestion
from huiguan.rules.parameters import Bilingual, ClauseId, Parameters, Slug

# Rooms that are planned and not built: a clause may wait for one of them, and is only text until it comes.
ROOMS_TO_COME = (
    "analytics",  # its figures of members: it tells postings and what is owed already
    "campaigns",
    "care",
    "documents",
    "gatherings",
    "governance",
)
# Rooms that were to come once: what was published before they were there still reads, and lint says to look again.
ROOMS_THAT_CAME = ("billing", "cases", "conduct", "messaging", "rewards")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise Fault("没有这个时区，如 Asia/Shanghai", "is no time zone, such as Asia/Shanghai") from None
    return name


def _room(name: str | None) -> str | None:
    if name is not None and name not in (*ROOMS_TO_COME, *ROOMS_THAT_CAME):
        near = suggestion(name, ROOMS_TO_COME)
        raise Fault(
            "不是待建的部分：{name}。{near}", "names no room that is still to come: {name}.{near}", name=name, near=near
        )
    return name


class Head(Parameters):
    """The rulebook's name, its title, the zone whose days and midnights count, and where its rules come from.
    `chapters`: what the source calls its chapters, by their number."""

    rulebook: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
    title: Bilingual
    zone: Annotated[str, AfterValidator(_zone)]
    source: Bilingual | None = None
    units: dict[Slug, Bilingual] = {}
    chapters: dict[str, Bilingual] = {}


class Meta(Parameters):
    """What every clause has. `missing`: the source has a gap here that the parameters fill. `waits_for`: a room to
    come, without which the clause is only text."""

    id: ClauseId
    kind: str
    number: Annotated[str, BeforeValidator(str)]
    title: Bilingual
    text: Bilingual
    source: str = ""
    missing: bool = False
    waits_for: Annotated[str | None, AfterValidator(_room)] = None
