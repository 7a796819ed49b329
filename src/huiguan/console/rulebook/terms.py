"""A clause's parameters as sentences: what it does, with its figures to be underlined. One telling for each kind.

A sentence is a Text with placeholders and its values; the template marks the values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from huiguan.console.rulebook import units
from huiguan.console.rulebook.words import BENEFIT, Term, condition_told, said
from huiguan.console.wording import BENEFITS, coupon_title, text_of
from huiguan.kernel.text import Text
from huiguan.rules.kinds import amendment, tier_ladder
from huiguan.rules.kinds.assurance import guarantee_of
from huiguan.rules.programme import Clause, Programme

_NAMES = ("unit", "name", "first", "since", "measure", "on", "what", "names")


def terms(rulebook: Programme, clause: Clause) -> tuple[Term, ...]:
    """What a clause does, sentence by sentence; () where it only declares or waits."""
    teller = TELLERS.get(clause.kind)
    return tuple(term.settled(*_NAMES) for term in teller(rulebook, clause.parameters)) if teller else ()


def _benefits(names: Sequence[str]) -> list[Text]:
    return [Text(**BENEFIT.both(name=BENEFITS.get(name, Text(zh=name, en=name)))) for name in names]


def _scope(rulebook: Programme, given: Any) -> Iterator[Term]:
    if given.shops == "all":
        yield Term(
            Text(zh="在{shops}适用。", en="In force at {shops}."), {"shops": Text(zh="所有门店", en="all shops")}
        )
    else:
        yield Term(
            Text(zh="只在 {shops:list} 适用。", en="In force at {shops:list} only."), {"shops": list(given.shops)}
        )


def _amendment(rulebook: Programme, given: Any) -> Iterator[Term]:
    if given.notice:
        yield Term(amendment.SAYS["notice"], {"days": given.notice})
    if given.begins != amendment.MOMENT:
        yield Term(amendment.SAYS["begins"], {"begins": amendment.BEGINNINGS[given.begins]})


def _tier_ladder(rulebook: Programme, given: Any) -> Iterator[Term]:
    if given.rungs:
        rungs = [Text(zh=rung.title.zh, en=rung.title.en) for rung in given.rungs]
        yield Term(Text(zh="由低到高：{rungs:list}。", en="From low to high: {rungs:list}."), {"rungs": rungs})
    for step in given.promote:
        title = {
            name: text_of(tier_ladder.title_of(rulebook, tier))
            for name, tier in (("since", step.since), ("to", step.to))
        }
        yield Term(
            Text(
                zh="{since}在最近 {months} 个月里{measure}累计满 {reach:yuan}，升为{to}。",
                en="{since}: once {measure} over the last {months} months reaches {reach:yuan}, {to}.",
            ),
            {**title, "months": step.months, "measure": said(step.measure), "reach": step.reach},
        )
    if given.promote:
        kept = Text(zh="仍保留等级", en="the tier is kept")
        gone = Text(zh="收回由它带来的晋级", en="the step it brought is withdrawn")
        yield Term(
            Text(zh="退货后累计低于门槛时，{what}。", en="Where a return takes the total below that, {what}."),
            {"what": gone if given.returns == "withdraw" else kept},
        )


def _benefit(rulebook: Programme, given: Any) -> Iterator[Term]:
    for name, rates in given.rates.items():
        (title,) = _benefits([name])
        how = given.apply.get(name)
        values: dict[str, Any] = {"name": title, **({"how": said(how)} if how else {})}
        parts = []
        for i, (tier, rate) in enumerate(rates.items()):
            who = Text(zh="不分等级", en="any tier") if tier == "any" else text_of(tier_ladder.title_of(rulebook, tier))
            values |= {f"tier{i}": who, f"rate{i}": str(rate)}
            parts.append(f"{{tier{i}}} {{rate{i}:discount}}")
        zh, en = ("，{how}", "; {how}") if how else ("", "")
        yield Term(Text(zh=f"{{name}}：{'、'.join(parts)}{zh}。", en=f"{{name}}: {', '.join(parts)}{en}."), values)
    if given.where is not None:
        where = {"where": condition_told(given.where)}
        yield Term(Text(zh="只限这样的商品：{where}。", en="For goods of which {where} only."), where)
    several, one = (
        Text(zh="可以叠加", en="Several discounts may be combined"),
        Text(zh="只用一种折扣", en="One discount"),
    )
    yield Term(Text(zh="一单{how}。", en="{how} on one sale."), {"how": several if given.together else one})


def _discount(rulebook: Programme, given: Any) -> Iterator[Term]:
    names = {"benefits": _benefits(given.benefits)}
    if given.by_member:
        yield Term(Text(zh="{benefits:list}限会员本人使用。", en="{benefits:list}: for the member in person."), names)
    if given.month:
        yield Term(
            Text(zh="{benefits:list}只在生日当月可用。", en="{benefits:list}: in the birthday month only."), names
        )
    if given.shown:
        shown = {"shown": [said(each) for each in given.shown]}
        yield Term(
            Text(zh="{benefits:list}须出示{shown:list}。", en="{benefits:list}: {shown:list} must be shown."),
            names | shown,
        )
    if given.quota:
        told = {"times": given.quota.times, "per": said(given.quota.per)}
        yield Term(
            Text(zh="{benefits:list}{per}至多 {times} 次。", en="{benefits:list}: at most {times} × {per}."),
            names | told,
        )
    if not given.opening:
        yield Term(
            Text(
                zh="办卡当次不打折，下一单起可用。", en="Not on the purchase that opens the card; from the next one on."
            )
        )


def _stacking(rulebook: Programme, given: Any) -> Iterator[Term]:
    first, then = said(given.first), [said(each) for each in given.then]
    yield Term(
        Text(zh="先减{first}，余额再算{then:list}。", en="First {first} come off, then {then:list} on the rest."),
        {"first": first, "then": then},
    )
    earns = Text(zh="照常积分", en="earns as usual") if given.earns else Text(zh="不积分", en="earns nothing")
    yield Term(Text(zh="{first}付的部分{earns}。", en="What {first} pay {earns}."), {"first": first, "earns": earns})


def _grant(rulebook: Programme, given: Any) -> Iterator[Term]:
    to = Text(zh="给下月过生日的会员", en="to members whose birthday is next month")
    values = {
        "on": said(given.on), "title": Text(zh=given.title.zh, en=given.title.en), "worth": given.worth,
        "to": to if given.to == "birthday_next_month" else Text(zh="给每位会员", en="to every member"),
    }  # fmt: skip
    yield Term(
        Text(zh="{on}{to}一张{title}，抵 {worth:yuan}。", en="{on}, {title} worth {worth:yuan} goes {to}."), values
    )
    if given.valid == "birthday_month":
        yield Term(
            Text(zh="在{month}有效。", en="It is good in {month}."),
            {"month": Text(zh="生日当月", en="the birthday month")},
        )
    if not given.opening:
        yield Term(Text(zh="不能用在办卡当次。", en="Not on the purchase that opens the card."))


def _eligibility(rulebook: Programme, given: Any) -> Iterator[Term]:
    if given.purchase is not None:
        yield Term(
            Text(
                zh="一张小票满 {purchase:yuan} 才能入会。", en="Joining takes one receipt of at least {purchase:yuan}."
            ),
            {"purchase": given.purchase},
        )
    if given.staff == "never":
        yield Term(
            Text(zh="本店{who}不能入会。", en="{who} cannot join."), {"who": Text(zh="员工", en="the shop’s own staff")}
        )
    if given.uses:
        used = {"uses": [said(each) for each in given.uses], "needs": [said(each) for each in given.needs]}
        yield Term(Text(zh="用{uses:list}须{needs:list}。", en="{uses:list}: with {needs:list} only."), used)
    if given.grants:
        values = {
            "grants": [coupon_title(rulebook, name) for name in given.grants],
            "needs": [said(each) for each in given.needs],
        }
        yield Term(
            Text(zh="{grants:list}只给{needs:list}的会员。", en="{grants:list}: only with {needs:list}."), values
        )


def _profile(rulebook: Programme, given: Any) -> Iterator[Term]:
    def titles(fields: Sequence[Any]) -> Text:
        zh, en = "、".join(each.title.zh for each in fields), ", ".join(each.title.en for each in fields)
        return Text(zh=zh, en=en)

    required = [each for each in given.fields if each.required]
    if required:
        yield Term(
            Text(zh="{count} 项必填：{names}。", en="{count} fields are required: {names}."),
            {"count": len(required), "names": titles(required)},
        )
    sensitive = [each for each in given.fields if each.sensitive]
    if sensitive:
        yield Term(
            Text(zh="{names}加密保存，查看留痕。", en="{names} are kept sealed; looking at them is logged."),
            {"names": titles(sensitive)},
        )
    if given.entered:
        yield Term(Text(zh="填表{when}录入，晚了记为迟录。", en="Entered {when} the form is filled in; later entries are marked late."),
                   {"when": Text(zh="当天", en="on the day")})  # fmt: skip


def _credential(rulebook: Programme, given: Any) -> Iterator[Term]:
    held = {"held": said(given.what)}
    if not (given.entered or given.shown or given.valid):
        yield Term(Text(zh="凭{held}认会员。", en="A member is known by {held}."), held)
    if given.entered:
        yield Term(
            Text(
                zh="{held}在发出{when}录入，晚了记为迟录。",
                en="Entered {when} it is handed out: {held}; later entries are marked late.",
            ),
            {**held, "when": Text(zh="当天", en="on the day")},
        )
    if given.shown:
        values = {"shown": [said(each) for each in given.shown], "opens": [said(each) for each in given.opens]}
        if given.opens:
            yield Term(
                Text(zh="出示{shown:list}，才有{opens:list}。", en="{shown:list} must be shown for {opens:list}."),
                values,
            )
        else:
            yield Term(Text(zh="须出示{shown:list}。", en="{shown:list} must be shown."), values)
    if given.valid:
        yield Term(
            Text(zh="{held}{long}有效。", en="Good {long}: {held}."),
            {**held, "long": Text(zh="长期", en="without an end")},
        )


def _segment(rulebook: Programme, given: Any) -> Iterator[Term]:
    yield Term(
        Text(zh="属于这一群的会员：{where}。", en="Who belongs: {where}."), {"where": condition_told(given.where)}
    )


def _assurance(rulebook: Programme, given: Any) -> Iterator[Term]:
    yield Term(guarantee_of(given).text)


TELLERS: dict[str, Callable[[Programme, Any], Iterator[Term]]] = {
    "amendment": _amendment, "assurance": _assurance, "benefit": _benefit, "credential": _credential, "discount": _discount, "earn": units.earn,
    "eligibility": _eligibility, "expiry": units.expiry, "grant": _grant, "profile": _profile, "redemption": units.redemption,
    "reversal": units.reversal, "scope": _scope, "segment": _segment, "stacking": _stacking, "tier_ladder": _tier_ladder,
}  # fmt: skip
