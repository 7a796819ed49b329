"""Which phone and which mailbox of a form are the applicant's own: letters and codes go there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

KINDS = ("phone", "email")


class Asked(Protocol):
    """A field of a form."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...


Field = TypeVar("Field", bound=Asked)
_NO_ADDRESS = Text(zh="“{field}”不是表里的手机或邮箱。", en="{field} is no phone or mailbox of the form.")
_WHOSE = Text(
    zh="程序 {name} 的表里有几个手机或邮箱，没有写明哪个是申请人自己的（own_address）；现在取第一个：信和查询码都发到那里。",
    en="The form of {name} has several phones or mailboxes and does not say which are the applicant's own (own_address);"
    " letters and codes go to the first.",
)


def own(fields: Sequence[Field], named: Sequence[str]) -> tuple[Field, ...]:
    """Those of the fields that are `named`; where none is, the first phone and the first mailbox."""
    known = [field for field in fields if field.type in KINDS]
    if named:
        return tuple(field for field in known if field.name in named)
    return tuple({field.type: field for field in reversed(known)}.values())


def findings(
    programme: Programme, name: str, parts: Sequence[tuple[Clause, Sequence[Asked], Sequence[str]]]
) -> Iterator[Finding]:
    """Each clause of a procedure with the fields it asks for and those it names: refused what is no address, unwise where
    there are several of a kind and none is named."""
    fields = [field for _, asked, _ in parts for field in asked if field.type in KINDS]
    for clause, _, named in parts:
        for each in named:
            if each not in {field.name for field in fields}:
                yield refused(programme, clause, "no_address", "own_address", _NO_ADDRESS, field=each)
    kinds = [field.type for field in fields]
    if len(kinds) > len(set(kinds)) and not any(named for _, _, named in parts):
        yield unwise(programme, parts[0][0], "whose_address", "fields", _WHOSE, name=name)
