"""Sentences of the kinds by which points go on: to another member, to another house."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

TRANSFER = (
    Sentence(Text(zh="{unit:unit}可以{way}。", en="{unit:unit} may be {way}."), when=("way", "unit"), always=True),
    Sentence(Text(zh="一次至少 {least}。", en="At least {least} at a time.")),
    Sentence(Text(zh="每位会员每天至多转出 {a_day}。", en="At most {a_day} a day for each member.")),
    Sentence(Text(zh="每年至多转出 {a_year}。", en="At most {a_year} a year.")),
    Sentence(Text(zh="收到的积分{life}。", en="What arrives {life}."), when=("life",)),
    Sentence(
        Text(
            zh="得到 {rest_days} 天之后才能转出。",
            en="Points travel {rest_days} {rest_days:day|days} after they were earned.",
        ),
        when=("rest_days",),
    ),
    Sentence(
        Text(zh="别人转来的可以再转。", en="What was given may be given on."),
        sets={"again": True},
    ),
    Sentence(Text(zh="双方都须核验过：{needs}。", en="Of both it must be verified: {needs}."), when=("needs",)),
    Sentence(Text(zh="至多 {people} 人共享。", en="At most {people} people share.")),
)

PARTNER = (
    Sentence(Text(zh="合作方：{partner}。", en="Partner: {partner}."), always=True),
    Sentence(
        Text(zh="它称作{called.zh}（{called.en}）。", en="It is called {called.zh} ({called.en})."), when=("called",)
    ),
    Sentence(
        Text(zh="它的积分叫{units.zh}（{units.en}）。", en="Its units are called {units.zh} ({units.en})."),
        when=("units",),
    ),
    Sentence(Text(zh="对应本店的{unit:unit}。", en="It goes against our {unit:unit}."), when=("unit",)),
    Sentence(
        Text(zh="换出：每 1 分换它的 {gives}。", en="Out: {gives} of its units for each of ours."),
    ),
    Sentence(Text(zh="换出须为 {block} 的整数倍。", en="What goes out is a multiple of {block}.")),
    Sentence(
        Text(zh="换入：它的每 1 个换 {takes} 分。", en="In: {takes} of ours for each of its units."),
    ),
    Sentence(Text(zh="换入须为 {takes_block} 的整数倍。", en="What comes in is a multiple of {takes_block}.")),
    Sentence(Text(zh="在那里每消费 1 元得 {earns} 分。", en="Each yuan spent there earns {earns}.")),
    Sentence(Text(zh="不足一个的{round}。", en="Parts of a unit are {round}."), when=("round",)),
    Sentence(Text(zh="每次换出另收 {fee} 分。", en="Each exchange out costs {fee} beside."), when=("fee",)),
    Sentence(Text(zh="一次至少换出 {least}。", en="At least {least} at a time.")),
    Sentence(Text(zh="每位会员每天至多换出 {a_day}。", en="At most {a_day} a day for each member.")),
    Sentence(Text(zh="每年至多换出 {a_year}。", en="At most {a_year} a year.")),
    Sentence(Text(zh="每年至多换入 {in_a_year}。", en="At most {in_a_year} a year come in.")),
    Sentence(Text(zh="会员须核验过：{needs}。", en="Of the member it must be verified: {needs}."), when=("needs",)),
    Sentence(
        Text(zh="它的每 100 个，我们付 {we_pay}。", en="For a hundred of its units we pay {we_pay}."),
    ),
    Sentence(
        Text(zh="我们的每 100 分，它付 {they_pay}。", en="For a hundred of ours it pays {they_pay}."),
    ),
)
