"""Programs as pages: who may call, with which powers at which shops, and what they were refused."""

from __future__ import annotations

from typing import Any

from huiguan.console.acting import Acting, wall
from huiguan.console.programs.pages import ProgramPage, ProgramRow, RefusalRow
from huiguan.console.staff.pages import Tick
from huiguan.console.staff.words import opens
from huiguan.design.markup import moment
from huiguan.design.values import Mark, Refused, Words
from huiguan.identity import queries as identity
from huiguan.identity.values import CLIENT_POWERS, USUAL_CLIENT_POWERS, Program
from huiguan.kernel.actors import POWERS
from huiguan.kernel.refusals import NotFound, all_refusals
from huiguan.kernel.text import Text

_PROGRAM = Text(zh="程序", en="program")
_EVERY = Text(zh="全部门店", en="Every shop")
_REVOKED = Mark(Text(zh="已废止", en="Revoked"), "stop")
_TURNING = Mark(Text(zh="新旧密钥并用", en="Two keys"), "warn")


def program_rows(now: Acting) -> list[ProgramRow]:
    """All programs, revoked ones last. Takes `organise`."""
    found = sorted(identity.clients(now.actor), key=lambda each: (each.revoked_at is not None, each.name))
    codes = _codes(now)
    return [
        ProgramRow(
            name=each.name,
            href=f"/programs/{each.id}/",
            tail=each.tail,
            powers=[POWERS[power] for power in POWERS if power in each.powers],
            shops=_shops_said(each, codes),
            rate=each.rate_per_minute,
            last_used_at=each.last_used_at,
            marks=marks_of(each),
        )
        for each in found
    ]


def found_program(now: Acting, number: int) -> Program:
    found = next((each for each in identity.clients(now.actor) if each.id == number), None)
    if found is None:
        raise NotFound(field="program", what=_PROGRAM, given=f"#{number}")
    return found


def marks_of(program: Program) -> list[Mark]:
    if program.revoked_at is not None:
        return [_REVOKED]
    return [_TURNING] if program.old_key_until is not None and program.old_key_until > wall() else []


def program_page(
    now: Acting, program: Program, *, key: str = "", refusal: Refused | None = None, typed: dict[str, Any] | None = None
) -> ProgramPage:
    """One program; `key` where it was just made or changed; `typed` where a form was refused."""
    codes = _codes(now)
    shown = typed or {
        "powers": program.powers,
        "shops": None if program.shops is None else [codes[each] for each in program.shops if each in codes],
        "rate": str(program.rate_per_minute),
    }
    return ProgramPage(
        number=program.id,
        name=program.name,
        tail=program.tail,
        facts=_facts(program),
        marks=marks_of(program),
        refusals=_refusals(now, program),
        key=key,
        ended=program.revoked_at is not None,
        refused=refusal,
        **_ticks(now, shown),
    )


def new_page(now: Acting, typed: dict[str, Any], once: str, refusal: Refused | None = None) -> ProgramPage:
    """One being made; at first with all that programs usually may."""
    usual = [power for power in USUAL_CLIENT_POWERS if power in ("sell", "return", "read_members")]
    shown = {"powers": usual, "shops": None, "rate": "6000", **typed}
    return ProgramPage(0, str(typed.get("name", "")), refused=refusal, once=once, **_ticks(now, shown))


def _ticks(now: Acting, shown: dict[str, Any]) -> dict[str, Any]:
    chosen = shown["shops"]
    return {
        "powers": [
            Tick(power, title, power in shown["powers"], opens(power), fixed=not now.actor.may(power))
            for power, title in POWERS.items()
            if power in CLIENT_POWERS
        ],
        "shops": [
            Tick(shop.code, shop.name, chosen is not None and shop.code in chosen) for shop in identity.shops(now.actor)
        ],
        "every_shop": chosen is None,
        "rate": shown["rate"],
    }


def _codes(now: Acting) -> dict[int, str]:
    return {place.id: place.code for place in identity.tree(now.actor)}


def _shops_said(program: Program, codes: dict[int, str]) -> Words:
    return _EVERY if program.shops is None else " · ".join(codes.get(each, "—") for each in program.shops)


def _facts(program: Program) -> list[tuple[Words, Words]]:
    facts: list[tuple[Words, Words]] = [
        (Text(zh="密钥尾号", en="Key ends in"), f"…{program.tail}"),
        (Text(zh="设立", en="Made"), moment(program.created_at)),
        (Text(zh="最近调用", en="Last call"), moment(program.last_used_at)),
    ]
    if program.old_key_until is not None and program.old_key_until > wall():
        facts.append((Text(zh="旧密钥用到", en="Old key until"), moment(program.old_key_until)))
    if program.revoked_at is not None:
        facts.append((Text(zh="废止", en="Revoked"), moment(program.revoked_at)))
    return facts


def _refusals(now: Acting, program: Program) -> list[RefusalRow]:
    said = {refusal.__name__: refusal.text for refusal in all_refusals()}
    return [
        RefusalRow(each.code, _plain(said.get(each.code)), each.address, each.times, each.last_at)
        for each in identity.client_refusals(now.actor, program.name)
    ]


def _plain(text: Text | None) -> Words:
    """The sentence without what it would be filled with."""
    if text is None:
        return ""
    return Text(zh=_unfilled(text.zh), en=_unfilled(text.en))


def _unfilled(sentence: str) -> str:
    told, inside = [], False
    for letter in sentence:
        inside = True if letter == "{" else inside
        if not inside:
            told.append(letter)
        elif letter == "}":
            inside = False
            told.append("…")
    return "".join(told)
