"""Sentences of the kinds about a membership's life: of which sort, how long, and how it ends."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

MEMBER_TYPE = (
    Sentence(
        Text(
            zh="{called.zh}（英文 {called.en}，记作 {type}），是{of}。",
            en="A sort of member called {called.en} (in Chinese {called.zh}, kept as {type}): {of}.",
        ),
        always=True,
    ),
    Sentence(Text(zh="{apply}。", en="{apply}."), always=True),
    Sentence(Text(zh="入会须年满 {age_from} 岁。", en="From {age_from} {age_from:year|years} on.")),
    Sentence(Text(zh="入会须未满 {age_under} 岁。", en="Under {age_under} {age_under:year|years}.")),
    Sentence(
        Text(zh="满 {turns_at} 岁那天转为{becomes:type}。", en="On turning {turns_at}: {becomes:type}."),
        when=("turns_at", "becomes"),
    ),
    Sentence(Text(zh="免查：{waives}。", en="Not asked of them: {waives}.")),
    Sentence(Text(zh="权利：{rights}。", en="Rights: {rights}.")),
    Sentence(Text(zh="入会即为{tier:tier}。", en="They begin as {tier:tier}.")),
)

TERM = (
    Sentence(Text(zh="只说{types:type}。", en="Said of {types:type}.")),
    Sentence(Text(zh="会籍 {days} 天。", en="It lasts {days} {days:day|days}.")),
    Sentence(Text(zh="会籍 {months} 个月。", en="It lasts {months} {months:month|months}.")),
    Sentence(Text(zh="会籍到下一个{until}。", en="It lasts up to the next {until}.")),
    Sentence(Text(zh="会籍终身有效。", en="It lasts for life."), sets={"lifetime": True}),
    Sentence(Text(zh="费用“{paid}”交到哪天，会籍就到哪天。", en="It lasts as long as the fee {paid} is paid.")),
    Sentence(
        Text(
            zh="批准当天不计，满 {opens_after} 天生效。",
            en="It takes effect {opens_after} {opens_after:day|days} after the day of approval.",
        )
    ),
    Sentence(
        Text(
            zh="届满后宽限 {grace} 天，其间待遇照旧。",
            en="{grace} {grace:day of grace follows|days of grace follow} its end, with everything as before.",
        )
    ),
    Sentence(
        Text(
            zh="届满前 {renew_from} 天起可以续期。",
            en="It may be renewed from {renew_from} {renew_from:day|days} before its end on.",
        )
    ),
    Sentence(Text(zh="停用期间，期限{freeze}。", en="While the membership is stopped its term {freeze}.")),
    Sentence(
        Text(
            zh="断档不到 {gap} 天，会龄接着算。",
            en="With a gap of under {gap} {gap:day|days} one counts as a member all along.",
        )
    ),
)

EXIT = (
    Sentence(Text(zh="只说{types:type}。", en="Said of {types:type}.")),
    Sentence(
        Text(
            zh="{grounds.called.zh}（英文 {grounds.called.en}，记作 {grounds.ground}）：由{grounds.by}，之后记为{grounds.reads}，{grounds.back}",
            en="“{grounds.called.en}” (in Chinese {grounds.called.zh}, kept as {grounds.ground}): {grounds.by}; it then reads {grounds.reads}, and {grounds.back}",
        ),
        rows="grounds",
    ),
    Sentence(
        Text(zh="禁入 {grounds.years} 年", en="no way back for {grounds.years} {grounds.years:year|years}"),
        rows="grounds",
    ),
    Sentence(Text(zh="重新入会走{grounds.procedure}", en="the way back is {grounds.procedure}"), rows="grounds"),
    Sentence(
        Text(
            zh="{grounds.silent} 个月没有往来即按此处理",
            en="taken so after {grounds.silent} {grounds.silent:month|months} of silence",
        ),
        rows="grounds",
    ),
    Sentence(Text(zh="须附 {grounds.needs}", en="with {grounds.needs}"), rows="grounds"),
    Sentence(Text(zh="本人须按{grounds.through}申请", en="asked for by {grounds.through}"), rows="grounds"),
    Sentence(
        Text(zh="余下的{grounds.voids:unit}作废", en="what is left of {grounds.voids:unit} is void"), rows="grounds"
    ),
    Sentence(Text(zh="须提前 {notice} 天提出。", en="It takes {notice} {notice:day|days} of notice.")),
    Sentence(
        Text(
            zh="退出前依次了结{cleared.called.zh}（英文 {cleared.called.en}，记作 {cleared.kind}）",
            en="First settled, in this order: {cleared.called.en} (in Chinese {cleared.called.zh}, kept as {cleared.kind})",
        ),
        rows="cleared",
    ),
    Sentence(Text(zh="{same_by}相同的，视为同一会员。", en="Who has the same {same_by} counts as the same member.")),
)

CERTIFICATE = (
    Sentence(
        Text(
            zh="{called.zh}（英文 {called.en}，记作 {certificate}），{on}。",
            en="A certificate called {called.en} (in Chinese {called.zh}, kept as {certificate}), {on}.",
        ),
        always=True,
    ),
    Sentence(Text(zh="发给{types:type}。", en="For {types:type}.")),
    Sentence(Text(zh="编号以 {prefix} 开头。", en="Its numbers begin with {prefix}.")),
    Sentence(
        Text(
            zh="编号 {digits} 位，连续不缺号。",
            en="Its numbers have {digits} {digits:digit|digits} and leave none out.",
        ),
        always=True,
    ),
    Sentence(Text(zh="有效 {months} 个月。", en="It is good for {months} {months:month|months}.")),
    Sentence(Text(zh="查验页上只显示{shows}。", en="Who verifies it sees {shows} and nothing else.")),
    Sentence(Text(zh="退出前须交回。", en="It is handed back before the membership ends."), sets={"returned": True}),
)
