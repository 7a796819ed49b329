"""Sentences of bodies: their places, their terms, and how they vote."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

BODY = (
    Sentence(
        Text(zh="机构 {body}，叫作{called.zh}（英文 {called.en}）。", en="The body {body}, called {called.en} (in Chinese {called.zh})."),
        always=True,
        place="form",
    ),
    Sentence(Text(zh="席位：{places:places}。", en="Its places: {places:places}."), place="reading"),
    Sentence(
        Text(
            zh="{places.title.zh}（英文 {places.title.en}，记作 {places.role}）{places.count} 席",
            en="{places.count} of {places.title.en} (in Chinese {places.title.zh}, kept as {places.role})",
        ),
        rows="places",
        place="form",
    ),
    Sentence(Text(zh="成员{filled}。", en="Its members are {filled}.")),
    Sentence(Text(zh="由 {named_by} 决定，须写明决议。", en="{named_by} names them, by a resolution that is told."), place="form"),
    Sentence(Text(zh="由{named_by:body}决定，须写明决议。", en="Named by {named_by:body}, by a resolution that is told."), place="reading"),
    Sentence(Text(zh="任期 {term_years} 年，期满未续任即出缺。", en="A term is {term_years} {term_years:year|years}; after it a place is vacant unless held anew.")),
    Sentence(Text(zh="至多连任 {most_terms} 届。", en="At most {most_terms} {most_terms:term|terms} on end.")),
    Sentence(Text(zh="不得与这些机构兼任：{not_with:body}。", en="Nobody sits here and in: {not_with:body}.")),
    Sentence(Text(zh="只从分群 {only} 中产生。", en="Only members of the segment {only} are chosen.")),
    Sentence(Text(zh="对 {answers_to} 负责。", en="It answers to {answers_to}."), place="form"),
    Sentence(Text(zh="对{answers_to:body}负责。", en="It answers to {answers_to:body}."), place="reading"),
    Sentence(Text(zh="每年至少开会 {meets} 次。", en="It meets {meets} {meets:time|times} a year at least.")),
)  # fmt: skip

VOTE = (
    Sentence(Text(zh="{body:body}的表决。", en="How {body:body} votes."), always=True),
    Sentence(Text(zh="用于这些程序：{on}。", en="In these procedures: {on}.")),
    Sentence(
        Text(zh="同意{reaching}{of}的 {majority}，通过。", en="It passes with {reaching} {majority} of {of} saying yes."),
        when=("majority", "reaching", "of"),
    ),
    Sentence(
        Text(zh="到会{quorum_reaching}全体的 {quorum}，表决才有效。", en="A vote takes {quorum_reaching} {quorum} of all seats there."),
        when=("quorum", "quorum_reaching"),
    ),
    Sentence(Text(zh="不到会的{remote}。", en="From afar: {remote}.")),
    Sentence(Text(zh="可以授权这些机构代为决定：{delegated_to:body}。", en="It may have these decide for it: {delegated_to:body}.")),
    Sentence(Text(zh="票数相同时，{tie}。", en="In a tie {tie}.")),
    Sentence(Text(zh="主持人是 {chair}。", en="In the chair is {chair}."), place="form"),
    Sentence(Text(zh="{weights.role} 每席 {weights.votes} 票", en="a place of {weights.role} is {weights.votes} {weights.votes:vote|votes}"), rows="weights"),
    Sentence(
        Text(zh="监票：{watchers.called.zh}（英文 {watchers.called.en}，记作 {watchers.watcher}）", en="watched by {watchers.called.en} (in Chinese {watchers.called.zh}, kept as {watchers.watcher})"),
        rows="watchers",
    ),
)  # fmt: skip
