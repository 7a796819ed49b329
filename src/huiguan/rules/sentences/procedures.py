"""Sentences of procedures: who opens a matter, what it asks, which stages it goes through."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.listing import LISTS
from huiguan.rules.sentences.wording import Sentence

_HEAD = (
    Sentence(Text(zh="程序记作 {name}。", en="The procedure is kept as {name}."), always=True, place="form"),
    Sentence(Text(zh="办的是{of}，由{opened_by}提出。", en="It is about {of} and opened by {opened_by}.")),
    Sentence(
        Text(
            zh="退回后 {answer_within}内补正，逾期{unanswered}。",
            en="What comes back is corrected within {answer_within}, or it is {unanswered}.",
        )
    ),
    Sentence(Text(zh="按{compared}与别的事项比对。", en="Compared with other matters by {compared}.")),
    Sentence(
        Text(
            zh="存着没提交、{draft_days} 天没动的，夜里清掉。",
            en="What is saved, not handed in and left for {draft_days} {draft_days:day|days} is cleared at night.",
        ),
        place="form",
    ),
    Sentence(
        Text(
            zh="申请人自己的联系方式是{own_address}：信、验证码只发到那里。",
            en="The applicant's own address is {own_address}: letters and one-time codes go there alone.",
        )
    ),
    Sentence(
        Text(
            zh="须先有{follows.outcome}的 {follows.procedure}。",
            en="It follows a matter of {follows.procedure} that is {follows.outcome}.",
        )
    ),
    Sentence(Text(zh="只收分群 {only} 的会员。", en="Only members of the segment {only} are let in.")),
    Sentence(Text(zh="在其后 {follows.within}内提出。", en="It is opened within {follows.within} of that.")),
    Sentence(
        Text(
            zh="至多提 {follows.times} 次。", en="It may be opened {follows.times} {follows.times:time|times} at most."
        )
    ),
    Sentence(Text(zh="同时填对先前的{follows.alike}。", en="{follows.alike} is given as it was there.")),
    Sentence(Text(zh="须由别人审：{follows.other_deciders}。", en="Decided by others: {follows.other_deciders}.")),
    Sentence(
        Text(
            zh="按 {quota.by} 限额 {quota.places} 个",
            en="{quota.places} {quota.places:place|places} for each {quota.by}",
        ),
        rows="quota",
    ),
    Sentence(
        Text(
            zh="每年 {calls.since} 至 {calls.until} 受理",
            en="applications are taken from {calls.since} to {calls.until}",
        ),
        rows="calls",
    ),
    Sentence(Text(zh="只算“{quota.answer}”", en="counting “{quota.answer}” alone"), rows="quota"),
    Sentence(
        Text(
            zh="岗位“{posts.title.zh}”（英文 {posts.title.en}，记作 {posts.post}）",
            en="the post {posts.title.en} (in Chinese {posts.title.zh}, kept as {posts.post})",
        ),
        rows="posts",
        place="form",
    ),
)

_FIELDS = (
    Sentence(
        Text(
            zh="{fields:required_count} 项必填：{fields:required}。",
            en="{fields:required_count} answers are required: {fields:required}.",
        ),
        place="reading",
    ),
    Sentence(Text(zh="可以不填：{fields:optional}。", en="These may be left out: {fields:optional}."), place="reading"),
    Sentence(Text(zh="逐行填写：{fields:lists}。", en="Row by row: {fields:lists}."), place="reading"),
    Sentence(Text(zh="{fields:sealed}加密保存。", en="{fields:sealed} are kept sealed."), place="reading"),
    Sentence(
        Text(
            zh="{fields.title.zh}（英文 {fields.title.en}，记作 {fields.name}）：{fields.type}，{fields.required}，{fields.sensitive}",
            en="{fields.title.en} (in Chinese {fields.title.zh}, kept as {fields.name}): {fields.type}, {fields.required}, {fields.sensitive}",
        ),
        rows="fields",
        place="form",
    ),
    Sentence(
        Text(
            zh="选项：{fields.choices.title.zh}（英文 {fields.choices.title.en}，记作 {fields.choices.value}）",
            en="Choice: {fields.choices.title.en} (in Chinese {fields.choices.title.zh}, kept as {fields.choices.value})",
        ),
        rows="fields.choices",
        place="form",
    ),
    *LISTS,
    Sentence(Text(zh="查 {demands.field}", en="“{demands.field}” is looked at"), rows="demands", place="form"),
    Sentence(
        Text(zh="“{demands.field}”不少于 {demands.least}", en="“{demands.field}” is at least {demands.least}"),
        rows="demands",
    ),
    Sentence(
        Text(zh="“{demands.field}”不多于 {demands.most}", en="“{demands.field}” is at most {demands.most}"),
        rows="demands",
    ),
    Sentence(
        Text(
            zh="“{demands.field}”距今满 {demands.years} 年",
            en="“{demands.field}” lies {demands.years} {demands.years:year|years} back or more",
        ),
        rows="demands",
    ),
    Sentence(
        Text(zh="“{demands.field}”含“{demands.containing}”", en="“{demands.field}” contains “{demands.containing}”"),
        rows="demands",
    ),
    Sentence(Text(zh="{demands.given}", en="{demands.given}"), rows="demands", place="form"),
    Sentence(Text(zh="限于{demands.one_of}", en="one of {demands.one_of}"), rows="demands", place="form"),
)

_STAGE = (
    Sentence(
        Text(zh="“{stages.title}”：{stages.does}", en="“{stages.title}”: {stages.does}"), rows="stages", place="reading"
    ),
    Sentence(
        Text(
            zh="“{stages.title.zh}”（英文 {stages.title.en}，记作 {stages.stage}）：{stages.does}",
            en="“{stages.title.en}” (in Chinese {stages.title.zh}, kept as {stages.stage}): {stages.does}",
        ),
        rows="stages",
        place="form",
    ),
    Sentence(Text(zh="由{stages.by.post:post}办", en="by {stages.by.post:post}"), rows="stages"),
    Sentence(Text(zh="由 {stages.by.body} 办", en="by the body {stages.by.body}"), rows="stages"),
    Sentence(Text(zh="由{stages.by.who}办", en="by {stages.by.who}"), rows="stages"),
    Sentence(
        Text(zh="{stages.within}之内，逾期{stages.late}", en="within {stages.within}; lateness: {stages.late}"),
        rows="stages",
    ),
    Sentence(Text(zh="自{stages.since}起算", en="counted from {stages.since}"), rows="stages", place="form"),
    Sentence(Text(zh="提前 {stages.warn} 提醒", en="told {stages.warn} before"), rows="stages"),
    Sentence(Text(zh="催到{stages.escalate_to:post}", en="brought up to {stages.escalate_to:post}"), rows="stages"),
    Sentence(Text(zh="可延期{stages.extend}", en="extended {stages.extend}"), rows="stages"),
    Sentence(Text(zh="{stages.signers} 人同意", en="{stages.signers} must agree"), rows="stages", place="form"),
    Sentence(
        Text(zh="满 {stages.passes_at} 分通过", en="{stages.passes_at} {stages.passes_at:point|points} pass it"),
        rows="stages",
    ),
    Sentence(
        Text(
            zh="有异议{stages.objections}，成立则{stages.upheld}",
            en="objections {stages.objections}; one that stands: {stages.upheld}",
        ),
        rows="stages",
        place="form",
    ),
    Sentence(Text(zh="不符则{stages.fails}", en="what fails: {stages.fails}"), rows="stages", place="form"),
    Sentence(Text(zh="须备齐 {stages.needs}", en="takes {stages.needs}"), rows="stages", place="form"),
    Sentence(Text(zh="成为 {stages.standing}", en="makes {stages.standing}"), rows="stages"),
    Sentence(
        Text(
            zh="只在 {stages.when.field} 为“{stages.when.answer}”时",
            en="only where {stages.when.field} is “{stages.when.answer}”",
        ),
        rows="stages",
    ),
    Sentence(Text(zh="公示 {stages.shows}", en="shows {stages.shows}"), rows="stages", place="form"),
    Sentence(Text(zh="{stages.posted}公示", en="posted {stages.posted}"), rows="stages", place="form"),
    Sentence(
        Text(
            zh="判断“{stages.judge.asks.zh}”（英文 {stages.judge.asks.en}，记作 {stages.judge.item}），{stages.judge.must}",
            en="judged: “{stages.judge.asks.en}” (in Chinese {stages.judge.asks.zh}, kept as {stages.judge.item}), {stages.judge.must}",
        ),
        rows="stages.judge",
        place="form",
    ),
    Sentence(
        Text(zh="满分 {stages.judge.most}", en="{stages.judge.most} {stages.judge.most:point|points}"),
        rows="stages.judge",
        place="form",
    ),
)

PROCEDURE = (*_HEAD, *_FIELDS, *_STAGE)
