"""What a blank's answer is chosen from where the parameter is a name: the rulebook's own units, tiers, benefits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.courses import courses
from huiguan.rules.kinds import body, measure_taken, member_type, tier_ladder
from huiguan.rules.kinds.assurance import GUARANTEES
from huiguan.rules.packages import offers, things
from huiguan.rules.programme import Programme
from huiguan.rules.rowing import lists
from huiguan.rules.sentences.words import BENEFITS, MEASURES, STAGES, said

_POINTS = Text(zh="积分", en="points")
_ANY = Text(zh="不分等级", en="any tier")


def _titled(title: Mapping[str, str]) -> Text:
    return Text(zh=title["zh"], en=title["en"])


def units(rulebook: Programme) -> dict[str, Text]:
    named = {clause.parameters.unit for clause in rulebook.of("earn")}  # type: ignore[attr-defined]
    return dict(rulebook.units) | dict.fromkeys(sorted(named - set(rulebook.units)), _POINTS)


def tiers(rulebook: Programme) -> dict[str, Text]:
    return {rung.tier: _titled(tier_ladder.title_of(rulebook, rung.tier)) for rung in tier_ladder.rungs(rulebook)}


def benefits(rulebook: Programme) -> dict[str, Text]:
    named = {name for clause in rulebook.of("benefit") for name in clause.parameters.rates}  # type: ignore[attr-defined]
    return BENEFITS | {name: Text(zh=name, en=name) for name in sorted(named - set(BENEFITS))}


def grants(rulebook: Programme) -> dict[str, Text]:
    """The coupons and gifts there are, each called what its first clause is called."""
    found: dict[str, Text] = {}
    for clause in rulebook.of("grant"):
        given: Any = clause.parameters
        found.setdefault(given.name, Text(zh=given.title.zh, en=given.title.en))
    return found


def coupons(rulebook: Programme) -> dict[str, Text]:
    """The coupons there are, by name."""
    named = {clause.parameters.name: clause.parameters.title for clause in rulebook.of("coupon")}  # type: ignore[attr-defined]
    return named | grants(rulebook)


def bodies(rulebook: Programme) -> dict[str, Text]:
    """The bodies there are, by name."""
    return {name: body.rule_of(clause).called for name, clause in body.bodies(rulebook).items()}


def measures(rulebook: Programme) -> dict[str, Text]:
    """The measures there are, by name."""
    return {name: Text(**measure_taken.called(rulebook, name)) for name in measure_taken.measures(rulebook)}


_USUAL_POSTS = {
    "owner": Text(zh="店主", en="the owner"),
    "region_manager": Text(zh="大区经理", en="a region manager"),
    "shop_manager": Text(zh="店长", en="a shop manager"),
    "clerk": Text(zh="店员", en="a clerk"),
    "auditor": Text(zh="稽核", en="an auditor"),
}


def posts(rulebook: Programme) -> dict[str, Text]:
    """The posts a stage may be for: the usual ones, and those the rulebook's procedures bring."""
    own = {post: title for each in courses(rulebook).values() for post, title in each.posts.items()}
    return _USUAL_POSTS | own


REGISTERS: dict[str, Callable[[Programme], Mapping[str, Text]]] = {
    "body": bodies,
    "measure_taken": measures,
    "unit": units,
    "tier": tiers,
    "type": lambda rulebook: {name: Text(**member_type.called(rulebook, name)) for name in member_type.types(rulebook)},
    "tier_or_any": lambda rulebook: {**tiers(rulebook), "any": _ANY},
    "benefit": benefits,
    "grant": grants,
    "list": lambda rulebook: {name: Text(zh=f.title.zh, en=f.title.en) for name, f in lists(rulebook).items()},
    "post": posts,
    "package": lambda rulebook: {name: offer.title for name, offer in offers(rulebook).items()},
    "thing": things,
    "apart": lambda rulebook: {
        "coupons": said("", "coupons"),
        **{k: v for k, v in STAGES.items() if k != "voucher"},
        **coupons(rulebook),
    },
    "stage": lambda rulebook: STAGES,
    "measure": lambda rulebook: {**MEASURES, **units(rulebook)},
    "guarantee": lambda rulebook: {name: each.text for name, each in GUARANTEES.items()},
}


def named(rulebook: Programme, register: str, path: str, word: Any) -> Text:
    """What a name stands for; as the kind's words say it where it is in no register."""
    known = REGISTERS[register](rulebook) if register in REGISTERS else {}
    return known.get(str(word)) or (_POINTS if register == "unit" else said(path, word))
