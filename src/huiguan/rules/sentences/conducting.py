"""Sentences of duties and of what follows when one is broken."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

DUTY = (
    Sentence(
        Text(zh="义务“{called.zh}”（英文 {called.en}，记作 {duty}）。", en="The duty “{called.en}” (in Chinese {called.zh}, kept as {duty})."),
        always=True,
    ),
    Sentence(Text(zh="只约束{types:type}。", en="It binds {types:type}.")),
    Sentence(Text(zh="只约束在这些机构任职的：{seated:body}。", en="It binds those with a seat in: {seated:body}.")),
    Sentence(Text(zh="有 {count} 次才处理。", en="It takes {count} occurrences.")),
    Sentence(Text(zh="违反的，可以处以：{measures:measure_taken}。", en="A breach may be followed by: {measures:measure_taken}.")),
    Sentence(Text(zh="一般处以：{proposes:measure_taken}。", en="Usually by: {proposes:measure_taken}.")),
    Sentence(Text(zh="{repeat_months} 个月内再犯的，建议从重一级。", en="The same again within {repeat_months} months: the next level is proposed.")),
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
    Sentence(Text(zh="记 {demerits} 分。", en="It brings {demerits} demerits.")),
    Sentence(Text(zh="罚款 {fine}。", en="A fine of {fine}.")),
    Sentence(Text(zh="罚款为涉及金额的 {fine_times} 倍。", en="A fine of {fine_times} times the sum in question.")),
    Sentence(Text(zh="罚款至少 {fine_least}。", en="The fine is {fine_least} at least.")),
    Sentence(Text(zh="本人须在 {within}内完成：{tasks}。", en="To be done within {within}: {tasks}."), when=("within", "tasks")),
    Sentence(Text(zh="决定之前，本人可在 {heard}内陈述。", en="Before it is decided the member is heard, within {heard}.")),
    Sentence(Text(zh="决定之前先行执行。", en="It acts at once, before the decision."), sets={"at_once": True}),
    Sentence(Text(zh="决定{published}。", en="The decision is {published}.")),
    Sentence(
        Text(zh="不服的，{appeal_within}内可按程序 {appeal} 申诉。", en="An appeal may be made within {appeal_within}, by the procedure {appeal}."),
        when=("appeal_within", "appeal"),
    ),
    Sentence(Text(zh="申诉期间暂不执行。", en="It waits until the appeal is decided."), sets={"waits": True}),
)  # fmt: skip
