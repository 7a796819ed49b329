"""What a clause as it is filled in comes to: the member's text, the findings, and one sample sale before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiguan.checkout.queries import Sampled, sampled
from huiguan.console.authoring.differing import laid_over
from huiguan.console.authoring.drafting import Opened, is_refused
from huiguan.console.authoring.overview import said_of
from huiguan.console.authoring.pages import Means, Worth
from huiguan.console.wording import unit_title
from huiguan.design.markup import tongue
from huiguan.design.values import Words
from huiguan.kernel.text import LANGUAGES, Text
from huiguan.rules.compiling import examined
from huiguan.rules.editing import rewritten
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.sentences.entering import read_out
from huiguan.rules.sentences.filling import fields_of, form_of
from huiguan.rules.sentences.telling import terms

AMOUNT = 100_000  # fen of the sample sale
_NOTHING = Text(zh="不得分", en="earns nothing")


def means_of(
    on: Opened, clause: str, wanted: Mapping[str, Any], missed: tuple[str, ...]
) -> tuple[Means, tuple[Finding, ...]]:
    """What the clause means as `wanted`, and every finding of the file with it."""
    source = rewritten(on.draft.source, clause, wanted)
    now, findings = (examined(source)) if source != on.draft.source else on.examined
    runs = now is not None and not is_refused(findings)
    mine = [said_of(on, each) for each in findings if each.clause == clause]
    known = {(each.code, each.clause, each.path) for each in on.findings}
    elsewhere = [
        each for each in findings if each.clause != clause and (each.code, each.clause, each.path) not in known
    ]
    before = on.base_plains.get(clause) or on.plains.get(clause) or {}
    told = now.clauses.get(clause) if now else None
    means = Means(
        text={lang: laid_over(_text(before, lang), _text(wanted, lang)) for lang in LANGUAGES},
        missed=[_named(on, wanted, path) for path in missed] if runs else (),
        findings=mine,
        elsewhere=[said_of(on, each) for each in elsewhere],
        amount=AMOUNT,
        worths=_worths(on, now) if runs and now else (),
        runs=runs,
        changed=wanted != before,
        terms=terms(now, told) if now and told and told.waits_for is None else (),
    )
    return means, findings


def _text(plain: Mapping[str, Any], lang: str) -> str:
    text = plain.get("text")
    return str(text.get(lang, "")) if isinstance(text, Mapping) else ""


def _named(on: Opened, wanted: Mapping[str, Any], path: str) -> Words:
    """A figure by its new value, as its blank shows it."""
    lang = tongue()
    for control in fields_of(form_of(on.rulebook, str(wanted["kind"]), wanted, lang)):
        if control.name == f"p.{path}":
            return f"{control.before}{read_out(control.shape, control.value)}{control.after}"
    return path


def _worths(on: Opened, now: Programme) -> list[Worth]:
    at = on.now.at
    before = {each.tier: each for each in sampled(on.base, amount=AMOUNT, at=at)} if on.base else {}
    return [_worth(now, each, before.get(each.tier)) for each in sampled(now, amount=AMOUNT, at=at)]


def _worth(now: Programme, each: Sampled, before: Sampled | None) -> Worth:
    title = tier_ladder.title_of(now, each.tier) if each.tier else {"zh": "会员", "en": "A member"}
    return Worth(
        tier=title,
        due=each.due,
        due_before=before.due if before else None,
        earned=_earned(now, each),
        earned_before=_earned(now, before) if before else "",
        back=each.back,
        back_before=before.back if before else None,
        changed=before is not None and before != each,
    )


def _earned(now: Programme, each: Sampled) -> Words:
    if not each.earned:
        return _NOTHING
    told = [(f"{amount:,}", unit_title(now, unit)) for unit, amount in each.earned.items()]
    zh, en = "、".join(f"{n} {u.zh}" for n, u in told), ", ".join(f"{n} {u.en}" for n, u in told)
    return Text(zh=zh, en=en)
