"""Certificate: the document that says somebody is a member: its numbers, how long it holds, what it shows, its return.

"On joining the member gets a certificate, numbered without a gap; it holds for as long as the membership does, and is
handed back on leaving." Anybody who holds it up can be verified: the code on it opens a page that says whether it is
good and shows no more than the clause names.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import member_type
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="会员证书", en="Certificates")
Shown = Literal["name", "type", "tier", "since", "until"]


class Parameters(Base):
    """A `certificate` and what it is `called`, for members of `types`, all where none is named. Its numbers: `prefix` and
    so many `digits`. Given `on` joining, or when it is asked for. Good for `months`, else for as long as the membership is. The
    public page `shows` these. `returned`: it is handed back before the membership ends."""

    certificate: Slug
    called: Bilingual
    types: list[Slug] = []
    prefix: Annotated[str, Field(pattern=r"^[A-Z0-9-]{0,10}$")] = ""
    digits: Annotated[int, Field(ge=3, le=10)] = 6
    on: Literal["joining", "asked"] = "asked"
    months: Positive | None = None
    shows: list[Shown] = ["name", "type"]
    returned: bool = False


SAYS = {
    "issued": Text(zh="{called} {number}。", en="{called} {number}."),
    "unknown": Text(zh="没有这种证书：{given}。", en="There is no such certificate: {given}."),
}
_TWICE = Text(zh="证书 {name} 写了两次。", en="The certificate {name} is written twice.")


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def certificates(programme: Programme, type: str | None = None) -> dict[str, Clause]:
    """The certificates there are by their name, in the file's order; of members of a type where one is named."""
    return {
        rule(clause).certificate: clause
        for clause in programme.of("certificate")
        if type is None or not rule(clause).types or type in rule(clause).types
    }


def number(clause: Clause, seq: int) -> str:
    """The number of the `seq`th of its kind."""
    given = rule(clause)
    return f"{given.prefix}{seq:0{given.digits}d}"


def until(programme: Programme, clause: Clause, issued: datetime) -> datetime | None:
    """The first moment after its own validity; None: it holds for as long as the membership does."""
    months = rule(clause).months
    zone = programme.zone
    return at_day(add_months(local_day(issued, zone), months), zone) if months is not None else None


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each certificate once; the types it is for are there."""
    found: list[Finding] = []
    counted = Counter(rule(clause).certificate for clause in clauses)
    for clause in clauses:
        name = rule(clause).certificate
        if counted[name] > 1:
            found.append(refused(programme, clause, "certificate_twice", "certificate", _TWICE, name=name))
        found += member_type.strangers(programme, clause, rule(clause).types)
    return found
