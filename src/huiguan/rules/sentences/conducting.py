"""Sentences of duties and of what follows when one is broken."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

DUTY = (
    Sentence(
        Text(zh="义务“{called.zh}”（英文 {called.en}，记作 {duty}）。", en="The duty “{called.en}” (in Chinese {called.zh}, kept as {duty})."),
        always=True,
    ),
    Sentence(Text(zh="约束本会工作人员。", en="It binds those who work for the house."), sets={"who": "staff"}),
    Sentence(Text(zh="同店的这些岗位一并负责：{beside}。", en="At the same shop these posts answer for it too: {beside}.")),
    Sentence(
        Text(zh="{demerits.months} 个月内记满 {demerits.points} 分，即为违反。", en="{demerits.points} {demerits.points:demerit|demerits} within {demerits.months} {demerits.months:month|months} break it."),
        when=("demerits.points", "demerits.months"),
    ),
    Sentence(Text(zh="只约束{types:type}。", en="It binds {types:type}.")),
    Sentence(Text(zh="只约束在这些机构任职的：{seated:body}。", en="It binds those with a seat in: {seated:body}.")),
    Sentence(Text(zh="有 {count} 次才处理。", en="It takes {count} {count:occurrence|occurrences}.")),
    Sentence(Text(zh="违反的，可以处以：{measures:measure_taken}。", en="A breach may be followed by: {measures:measure_taken}.")),
    Sentence(Text(zh="一般处以：{proposes:measure_taken}。", en="Usually by: {proposes:measure_taken}.")),
    Sentence(Text(zh="{repeat_months} 个月内再犯的，建议从重一级。", en="The same again within {repeat_months} {repeat_months:month|months}: the next level is proposed.")),
)  # fmt: skip

MEASURE_TAKEN = (
    Sentence(
        Text(zh="措施“{called.zh}”（英文 {called.en}，记作 {measure}），轻重第 {level} 级。", en="The measure “{called.en}” (in Chinese {called.zh}, kept as {measure}), of level {level}."),
        always=True,
    ),
    Sentence(Text(zh="由程序 {procedure} 决定。", en="It is decided by the procedure {procedure}.")),
    Sentence(Text(zh="会籍{standing}。", en="The membership is {standing}.")),
    Sentence(Text(zh="停止这些权利：{rights}。", en="It closes {rights}.")),
    Sentence(Text(zh="期限 {lasts}。", en="It lasts {lasts}.")),
    Sentence(Text(zh="记 {demerits} 分。", en="It brings {demerits} {demerits:demerit|demerits}.")),
    Sentence(Text(zh="罚款 {fine}。", en="A fine of {fine}.")),
    Sentence(Text(zh="罚款为涉及金额的 {fine_times} 倍。", en="A fine of {fine_times} {fine_times:time|times} the sum in question.")),
    Sentence(Text(zh="罚款至少 {fine_least}。", en="The fine is {fine_least} at least.")),
    Sentence(Text(zh="本人须在 {within}内完成：{tasks}。", en="To be done within {within}: {tasks}."), when=("within", "tasks")),
    Sentence(Text(zh="决定之前，本人可在 {heard}内陈述。", en="Before it is decided the member is heard, within {heard}.")),
    Sentence(Text(zh="决定之前先行执行。", en="It acts at once, before the decision."), sets={"at_once": True}),
    Sentence(Text(zh="会员卡{also.card}。", en="The card is {also.card}.")),
    Sentence(Text(zh="等级降 {also.tiers} 级。", en="{also.tiers} {also.tiers:tier|tiers} lower.")),
    Sentence(Text(zh="罚款按费用 {also.fee} 收取。", en="The fine is charged as the fee {also.fee}.")),
    Sentence(Text(zh="决定{published}。", en="The decision is {published}.")),
    Sentence(
        Text(zh="不服的，{appeal_within}内可按程序 {appeal} 申诉。", en="An appeal may be made within {appeal_within}, by the procedure {appeal}."),
        when=("appeal_within", "appeal"),
    ),
    Sentence(Text(zh="申诉期间暂不执行。", en="It waits until the appeal is decided."), sets={"waits": True}),
)  # fmt: skip

OBLIGATION = (
    Sentence(Text(zh="应尽的事，记作 {obligation}。", en="Something owed, kept as {obligation}."), always=True, place="form"),
    Sentence(Text(zh="叫做“{called.zh}”（英文 {called.en}）。", en="It is called “{called.en}” (in Chinese {called.zh})."), place="form"),
    Sentence(Text(zh="{on}引起。", en="It is called for by {on}.")),
    Sentence(Text(zh="{within}之内完成。", en="It is done within {within}.")),
    Sentence(Text(zh="{due} 前（含）完成。", en="It is done by {due}.")),
    Sentence(Text(zh="自 {opens} 起办理。", en="It opens on {opens}.")),
    Sentence(Text(zh="只约束{types:type}。", en="It binds {types:type}.")),
    Sentence(Text(zh="按程序 {procedure} 办，{counts}算完成。", en="A matter of {procedure} fulfils it once it is {counts}."), when=("procedure",)),
    Sentence(Text(zh="费用 {fee} 按时交清。", en="The fee {fee} is paid in time.")),
    Sentence(Text(zh="保证金 {deposit} 按时补足。", en="The deposit {deposit} is made up in time.")),
    Sentence(Text(zh="逾期未办的，记为违反义务 {duty}，由人决定如何处理。", en="Missed, it is a breach of the duty {duty}; people decide what follows.")),
    Sentence(
        Text(zh="“{events.title.zh}”（英文 {events.title.en}，记作 {events.event}）", en="“{events.title.en}” (in Chinese {events.title.zh}, kept as {events.event})"),
        rows="events", place="form",
    ),
    Sentence(Text(zh="“{events.title}”", en="“{events.title}”"), rows="events", place="reading"),
    Sentence(Text(zh="满 {events.least} 才报", en="from {events.least} on"), rows="events"),
    Sentence(Text(zh="{events.confidential}", en="{events.confidential}"), rows="events"),
)  # fmt: skip

AWARD = (
    Sentence(
        Text(zh="表彰“{called.zh}”（英文 {called.en}，记作 {award}）。", en="The award “{called.en}” (in Chinese {called.zh}, kept as {award})."),
        always=True,
    ),
    Sentence(Text(zh="由程序 {procedure} 决定。", en="It is decided by the procedure {procedure}.")),
    Sentence(Text(zh="评给{types:type}。", en="It is for {types:type}.")),
    Sentence(Text(zh="评给在这些机构任职的：{seated:body}。", en="It is for those with a seat in: {seated:body}.")),
    Sentence(Text(zh="只从分群 {only} 中评选。", en="Only members of the segment {only} are chosen.")),
    Sentence(Text(zh="一年至多 {most} 名。", en="{most} a year at most.")),
    Sentence(Text(zh="年度从 {year_from} 起算。", en="The year begins on {year_from}.")),
    Sentence(Text(zh="称号保持 {lasts}。", en="The title is borne for {lasts}.")),
    Sentence(Text(zh="奖励 {points} 分。", en="It brings {points} {points:point|points}.")),
    Sentence(Text(zh="积分记作 {unit:unit}。", en="They are {unit:unit}.")),
    Sentence(Text(zh="等级升 {tiers} 级。", en="{tiers} {tiers:tier|tiers} up.")),
    Sentence(Text(zh="称号期间免交这些费用：{waives}。", en="While it is borne these fees are not charged: {waives}.")),
    Sentence(Text(zh="颁发证书 {certificate}。", en="It comes with the certificate {certificate}.")),
    Sentence(Text(zh="结果{published}。", en="The result is {published}.")),
    Sentence(Text(zh="受到这些处分的，收回：{falls_with:measure_taken}。", en="It is taken back by: {falls_with:measure_taken}.")),
    Sentence(
        Text(zh="分类“{categories.called.zh}”（英文 {categories.called.en}，记作 {categories.category}）", en="in the category “{categories.called.en}” (in Chinese {categories.called.zh}, kept as {categories.category})"),
        rows="categories", place="form",
    ),
    Sentence(Text(zh="“{categories.called}”", en="“{categories.called}”"), rows="categories", place="reading"),
)  # fmt: skip
