"""How far an installation is founded, and what may not be founded on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from huiguan.foundation.models import DemoClock
from huiguan.identity import queries as identity
from huiguan.identity.values import HOUSE, SHOP, Place
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.values import KnownProgramme, PublishedVersion

NAME = "founding"  # what is done, in the browser and at the terminal alike; pages say it in both languages


class DemonstrationHere(Refusal):
    text = Text(
        zh="{folder} 里是演示。真实的安装请用另一个 HUIGUAN_DATA 文件夹。",
        en="{folder} holds a demonstration. Found the real installation in another HUIGUAN_DATA folder.",
    )


class AnotherFounded(Refusal):
    text = Text(
        zh="这里已是 {name}（{code}）的安装；一处安装只有一个机构。请用另一个 HUIGUAN_DATA 文件夹。",
        en="This is the installation of {name} ({code}) already; one installation has one organisation. Use another "
        "HUIGUAN_DATA folder.",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What of an installation is there. `version` is the first published one, `zone` the rulebook's."""

    programme: KnownProgramme | None = None
    house: Place | None = None
    places: frozenset[str] = frozenset()
    shops: int = 0
    version: PublishedVersion | None = None
    zone: ZoneInfo | None = None

    @property
    def founded(self) -> bool:
        return self.house is not None and self.version is not None

    @property
    def actor(self) -> Actor:
        """Who founds: the house itself. Of no programme as long as there is none."""
        return system(self.programme.id if self.programme else 0, NAME)


def standing(code: str | None = None) -> Standing:
    """How far the installation is; refuses AnotherFounded where `code` names another organisation than the one here."""
    known = programmes.programmes()
    if not known:
        return Standing()
    programme = known[0]
    places = identity.tree(system(programme.id))
    house = next((place for place in places if place.kind == HOUSE), None)
    mine = house.code if house else programme.code
    if code is not None and _plain(code) != _plain(mine):
        raise AnotherFounded(field="organisation.code", name=house.name if house else programme.name, code=mine)
    versions = programmes.versions(system(programme.id))
    return Standing(
        programme=programme,
        house=house,
        places=frozenset(place.code for place in places),
        shops=sum(place.kind == SHOP for place in places),
        version=versions[-1] if versions else None,
        zone=programmes.rulebook_of(system(programme.id), versions[-1].number).compiled.zone if versions else None,
    )


def to_be_founded() -> bool:
    """Whether this is a real installation in which nobody can sign in yet."""
    return not settings.HUIGUAN_DEMO and not DemoClock.objects.exists() and not is_founded()


def is_founded() -> bool:
    """Whether somebody can sign in here at all: the house stands and a rulebook is published."""
    known = programmes.programmes()
    return bool(known) and bool(identity.tree(system(known[0].id))) and bool(programmes.versions(system(known[0].id)))


def _plain(code: str) -> str:
    return code.lower().replace("_", "-")


def refuse_demonstration(data: Path) -> None:
    """A demonstration's clock may be moved: nothing real is kept in one."""
    if settings.HUIGUAN_DEMO:
        raise DemonstrationHere(folder=str(data))


def refuse_moved_clock(data: Path) -> None:
    """The same, of a database that a demonstration left elsewhere."""
    if DemoClock.objects.exists():
        raise DemonstrationHere(folder=str(data))
