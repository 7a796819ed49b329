"""Which programme a command is about."""

from __future__ import annotations

from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.values import KnownProgramme

_NONE = Text(zh="还没有计划。huiguan init 建立第一个", en="there is no programme yet; huiguan init founds the first")


def chosen_programme(code: str | None) -> KnownProgramme:
    """The programme of this code, or the only one there is.

    Refuses NotFound; InvalidInput where there is none, or several of which one is to be named."""
    if code is not None:
        return programmes.programme(code)
    known = programmes.programmes()
    if len(known) == 1:
        return known[0]
    codes = ", ".join(each.code for each in known)
    several = Text(zh=f"有几个计划，请指明一个：{codes}", en=f"there are several programmes; name one of {codes}")
    raise InvalidInput(field="--programme", rule=several if known else _NONE)
