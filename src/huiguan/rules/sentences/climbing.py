"""Sentences of the ladder of tiers: what leads up a rung, and how long one stays."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

TIER_LADDER = (
    Sentence(Text(zh="由低到高：{rungs:rungs}。", en="From low to high: {rungs:rungs}."), place="reading"),
    Sentence(
        Text(
            zh="{rungs.title.zh}（英文 {rungs.title.en}，记作 {rungs.tier}）",
            en="{rungs.title.en} (in Chinese {rungs.title.zh}, kept as {rungs.tier})",
        ),
        rows="rungs",
        place="form",
    ),
    Sentence(
        Text(
            zh="{promote.since:tier}{promote.measure:measure}累计满 {promote.reach}，升为{promote.to:tier}",
            en="{promote.since:tier}: once {promote.measure:measure} reaches {promote.reach}, {promote.to:tier}",
        ),
        rows="promote",
    ),
    Sentence(
        Text(
            zh="看最近 {promote.months} 个月", en="counted over the last {promote.months} {promote.months:month|months}"
        ),
        rows="promote",
    ),
    Sentence(Text(zh="只看{promote.within}", en="counted {promote.within} alone"), rows="promote"),
    Sentence(
        Text(
            zh="{multiply.since:tier}实付累计满上一级门槛的 {multiply.times} 倍，升为{multiply.to:tier}",
            en="{multiply.since:tier}: once spending reaches {multiply.times} {multiply.times:time|times} what the step before takes, {multiply.to:tier}",
        ),
        rows="multiply",
    ),
    Sentence(
        Text(
            zh="看最近 {multiply.months} 个月",
            en="counted over the last {multiply.months} {multiply.months:month|months}",
        ),
        rows="multiply",
    ),
    Sentence(
        Text(
            zh="{climb.since:tier}{climb.measure:measure}满 {climb.least}，升为{climb.to:tier}",
            en="{climb.since:tier}: with {climb.least} {climb.measure:measure}, {climb.to:tier}",
        ),
        rows="climb",
    ),
    Sentence(
        Text(zh="看最近 {climb.months} 个月", en="counted over the last {climb.months} {climb.months:month|months}"),
        rows="climb",
    ),
    Sentence(Text(zh="只看{climb.within}", en="counted {climb.within} alone"), rows="climb"),
    Sentence(
        Text(
            zh="升为{also.to:tier}还要{also.measure:measure}满 {also.least}",
            en="{also.to:tier} takes {also.least} {also.measure:measure} besides",
        ),
        rows="also",
    ),
    Sentence(
        Text(zh="看最近 {also.months} 个月", en="counted over the last {also.months} {also.months:month|months}"),
        rows="also",
    ),
    Sentence(
        Text(zh="退货后累计低于门槛时，{returns}。", en="Where a return takes the total below that, {returns}."),
        when=("promote", "returns"),
    ),
    Sentence(Text(zh="领到卡才开始：{with_card:tier}。", en="Beginning with the card in the hand: {with_card:tier}.")),
    Sentence(
        Text(
            zh="{keep.tier:tier}在卡的一年里{keep.measure:measure}不满 {keep.reach}，降为{keep.falls_to:tier}，{keep.card}",
            en="{keep.tier:tier}: with less {keep.measure:measure} than {keep.reach} in a year of the card, {keep.falls_to:tier}; {keep.card}",
        ),
        rows="keep",
    ),
)
