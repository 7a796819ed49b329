"""Sentences of the kinds that are about members: where, who, known by what."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.listing import LISTS
from huiguan.rules.sentences.wording import Sentence

SCOPE = (Sentence(Text(zh="适用门店：{shops:shop}。", en="In force at {shops:shop}."), always=True),)

CREDENTIAL = (
    Sentence(Text(zh="凭{what}认会员。", en="A member is known by {what}."), always=True),
    Sentence(
        Text(zh="入会即发一张，持卡就是会员。", en="Who joins gets one, and holding it makes the member."),
        sets={"makes_member": True},
    ),
    Sentence(Text(zh="工本费 {fee}。", en="It costs {fee}.")),
    Sentence(Text(zh="单张小票满 {free_from}，免费。", en="It is free with one receipt of {free_from}.")),
    Sentence(Text(zh="门店开业之前免费。", en="Before the shop opens it is free."), sets={"free_before_opening": True}),
    Sentence(
        Text(
            zh="{active_within} 天之内开通，开通之前不能用。",
            en="It is opened for use within {active_within} {active_within:day|days}, and opens nothing before.",
        )
    ),
    Sentence(
        Text(
            zh="发出当天录入，晚了记为迟录。",
            en="Entered on the day it is handed out; later entries are marked late.",
        ),
        sets={"entered": "same_day"},
    ),
    Sentence(Text(zh="须出示{shown}。", en="{shown} must be shown.")),
    Sentence(Text(zh="出示才有{opens}。", en="Showing it opens {opens}.")),
    Sentence(Text(zh="限会员本人使用。", en="For the member in person."), sets={"in_person": True}),
    Sentence(Text(zh="卡号记在小票上。", en="Its number is written on the slip."), sets={"named": True}),
    Sentence(Text(zh="长期有效。", en="Good without an end."), sets={"valid": "always"}),
    Sentence(
        Text(
            zh="自发卡之日起 {valid_years} 年有效。",
            en="Good for {valid_years} {valid_years:year|years} from the day of issue.",
        )
    ),
    Sentence(Text(zh="一人一张。", en="One for each person."), sets={"per_person": 1}),
    Sentence(
        Text(
            zh="遗失即停用，补发的卡续用剩下的期限。",
            en="A lost one is stopped, and the new one runs on for what was left.",
        ),
        sets={"lost": "stopped"},
    ),
    Sentence(
        Text(zh="升级换新卡，须交回旧卡。", en="For a higher tier’s card the old one is handed back."),
        sets={"swap": "old_card_returned"},
    ),
    Sentence(Text(zh="补一张收 {replacement_fee}。", en="A replacement costs {replacement_fee}.")),
    Sentence(
        Text(
            zh="挂失后 {replaced_within} 天之内可以补。",
            en="It is replaced within {replaced_within} {replaced_within:day|days} of the report.",
        )
    ),
    Sentence(
        Text(
            zh="一个自然年至多补 {replacements} 次。",
            en="It is replaced {replacements} {replacements:time|times} a calendar year at most.",
        )
    ),
    Sentence(Text(zh="{transfer}。", en="{transfer}.")),
)

WATCH = (
    Sentence(Text(zh="一天超过 {a_day} 单，", en="More than {a_day} {a_day:purchase|purchases} a day,")),
    Sentence(
        Text(
            zh="{shops_within} 分钟之内在两家店用卡，",
            en="Two shops within {shops_within} {shops_within:minute|minutes},",
        )
    ),
    Sentence(
        Text(
            zh="一单达到本人近 {own_mean.days} 天均单的 {own_mean.times} 倍（至少有过 {own_mean.purchases} 单），",
            en="{own_mean.times} {own_mean.times:time|times} the mean of the member’s last {own_mean.days} {own_mean.days:day|days}, once there were {own_mean.purchases} {own_mean.purchases:purchase|purchases},",
        )
    ),
    Sentence(Text(zh="就{then}；这一单{sale}。", en="and {then}; the purchase {sale}."), always=True),
    Sentence(Text(zh="核对{release}后放行。", en="It is released once {release} has been checked.")),
)

ELIGIBILITY = (
    Sentence(Text(zh="一张小票满 {purchase} 才能入会。", en="Joining takes one receipt of at least {purchase}.")),
    Sentence(Text(zh="须是当天的小票。", en="The receipt must be of the day."), sets={"same_day": True}),
    Sentence(
        Text(
            zh="或者 {days} 天内累计消费满 {together}，也能入会。",
            en="Or receipts of {days} {days:day|days} that come to {together} together.",
        )
    ),
    Sentence(Text(zh="入会须年满 {age_from} 岁。", en="Joining takes an age of {age_from}.")),
    Sentence(Text(zh="入会不超过 {age_to} 岁。", en="Joining is for those up to {age_to} {age_to:year|years}.")),
    Sentence(Text(zh="数“{count.of:list}”的行。", en="The rows of {count.of:list} are counted.")),
    Sentence(Text(zh="只数符合 {count.where} 的，", en="Of those with {count.where}"), place="form"),
    Sentence(
        Text(zh="这样的行至少 {count.least} 行。", en="There are at least {count.least} such {count.least:row|rows}.")
    ),
    Sentence(
        Text(zh="这样的行至多 {count.most} 行。", en="There are {count.most} such {count.most:row|rows} at most.")
    ),
    Sentence(Text(zh="入会不看{blind_to}。", en="Joining never goes by {blind_to}.")),
    Sentence(Text(zh="本店员工不能入会。", en="The shop’s own staff cannot join."), sets={"staff": "never"}),
    Sentence(Text(zh="要用{uses}，须{needs}。", en="{uses}: with {needs} only."), when=("uses",)),
    Sentence(Text(zh="{grants:grant}只给{needs}的会员。", en="{grants:grant}: only with {needs}."), when=("grants",)),
)

PROFILE = (
    Sentence(Text(zh="只说{types:type}。", en="Said of {types:type}.")),
    Sentence(
        Text(
            zh="没有成为会员的申请人，事项办完满 {applicant_days} 天，资料删除。",
            en="What an applicant gave who became no member is erased {applicant_days} {applicant_days:day|days} after the matter ended.",
        )
    ),
    Sentence(
        Text(
            zh="会员离开后，资料保留 {kept_months} 个月，之后删除。",
            en="What is known of a former member is erased {kept_months} {kept_months:month|months} after leaving.",
        )
    ),
    Sentence(
        Text(
            zh="{fields:required_count} 项必填：{fields:required}。",
            en="{fields:required_count} {fields:field is|fields are} required: {fields:required}.",
        ),
        place="reading",
    ),
    Sentence(Text(zh="可以不填：{fields:optional}。", en="These may be left out: {fields:optional}."), place="reading"),
    Sentence(Text(zh="逐行填写：{fields:lists}。", en="Row by row: {fields:lists}."), place="reading"),
    Sentence(
        Text(
            zh="{fields:once}只能登记一次，重复的不能入会。",
            en="{fields:once} is one person’s alone: the same does not join twice.",
        ),
        place="reading",
    ),
    Sentence(
        Text(
            zh="{fields:sealed}加密保存，查看留痕。", en="{fields:sealed} are kept sealed; looking at them is logged."
        ),
        place="reading",
    ),
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
    Sentence(
        Text(
            zh="填表当天录入，晚了记为迟录。",
            en="Entered on the day the form is filled in; later entries are marked late.",
        ),
        sets={"entered": "same_day"},
    ),
)

RELATION = (
    Sentence(
        Text(
            zh="会员登记的共用人可以用会员的账号购物。",
            en="A member’s authorised users may buy on the member’s account.",
        ),
        sets={"role": "authorised_user"},
    ),
    Sentence(Text(zh="会员可以带朋友来。", en="A member may bring a friend."), sets={"role": "referrer"}),
    Sentence(Text(zh="可以登记的是{who}。", en="Those who may be named: {who}.")),
    Sentence(
        Text(zh="他们购物，得分记在会员账上。", en="What they buy earns for the member."), sets={"earns_for": "holder"}
    ),
    Sentence(Text(zh="每人一天至多买 {spend_a_day}。", en="Each buys for at most {spend_a_day} a day.")),
    Sentence(
        Text(
            zh="每人一天至多用 {points_a_day} 分。",
            en="Each pays with at most {points_a_day} {points_a_day:point|points} a day.",
        )
    ),
    Sentence(
        Text(
            zh="新会员首单满 {first_purchase} 才算推荐成功。",
            en="A friend counts once the first purchase reaches {first_purchase}.",
        )
    ),
    Sentence(Text(zh="首单须在入会 {within} 天之内。", en="It comes within {within} {within:day|days} of joining.")),
    Sentence(
        Text(
            zh="首单之后满 {waits} 天、没有退货才给。",
            en="It is given {waits} whole {waits:day|days} after that purchase, if nothing came back.",
        )
    ),
    Sentence(Text(zh="给的单位是{unit:unit}。", en="What is given is counted in {unit:unit}."), place="form"),
    Sentence(Text(zh="新会员得 {friend_points}。", en="The friend gets {friend_points}.")),
    Sentence(Text(zh="新会员得{friend_coupon:grant}。", en="The friend gets {friend_coupon:grant}.")),
    Sentence(Text(zh="推荐人得 {referrer_points}。", en="The referrer gets {referrer_points}.")),
    Sentence(Text(zh="推荐人得{referrer_coupon:grant}。", en="The referrer gets {referrer_coupon:grant}.")),
    Sentence(
        Text(zh="推荐人{per}至多 {most} 次。", en="The referrer gets it {most} {most:time|times} {per} at most."),
        when=("most",),
    ),
    Sentence(
        Text(
            zh="{household}相同的算一家人，不算推荐。",
            en="Those with the same {household} are one household and do not count.",
        )
    ),
)

SEGMENT = (
    Sentence(Text(zh="属于这一群的会员：{where}。", en="Who belongs: {where}."), always=True),
    Sentence(Text(zh="记作 {name}。", en="Kept as {name}."), always=True, place="form"),
)

AMENDMENT = (
    Sentence(
        Text(
            zh="公布当天不计，满 {notice} 天后才生效。",
            en="It takes effect {notice} whole {notice:day|days} after the day it is published.",
        )
    ),
    Sentence(Text(zh="只从{begins}的开头生效。", en="It takes effect at the beginning of {begins} only.")),
    Sentence(
        Text(
            zh="公布时须写明{resolved_by:body}的决议。",
            en="Whoever publishes names the resolution of {resolved_by:body}.",
        )
    ),
    Sentence(Text(zh="每一版都要写明：{parts}。", en="Every version says what it has to say of: {parts}.")),
    Sentence(
        Text(
            zh="公布后每 {review} 个月复查一次。",
            en="It is looked through again within {review} {review:month|months} of its publication.",
        )
    ),
)
