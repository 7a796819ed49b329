"""Exactly what the applicant is told when something was decided."""

from __future__ import annotations

from huiguan.cases.models import Matter
from huiguan.cases.values import Letter
from huiguan.kernel.text import Text
from huiguan.rules.courses import Course, Leg

_SUBJECT = {
    "pass": Text(zh="{title} {number}：“{stage}”已通过", en="{title} {number}: “{stage}” is passed"),
    "return": Text(zh="{title} {number}：请补正", en="{title} {number}: please correct it"),
    "refuse": Text(zh="{title} {number}：未通过", en="{title} {number}: not accepted"),
    "passed": Text(zh="{title} {number}：已通过", en="{title} {number}: accepted"),
    "lapsed": Text(zh="{title} {number}：已失效", en="{title} {number}: lapsed"),
}
_TEXT = {
    "pass": Text(
        zh="您的{title}（{number}）在“{stage}”已通过。{next}", en="Your {title} ({number}) passed “{stage}”. {next}"
    ),
    "return": Text(
        zh="您的{title}（{number}）在“{stage}”退回补正：{reason}请改好后再次提交。",
        en="Your {title} ({number}) came back from “{stage}”: {reason} Please correct it and hand it in again.",
    ),
    "refuse": Text(
        zh="您的{title}（{number}）在“{stage}”未通过：{reason}",
        en="Your {title} ({number}) was not accepted at “{stage}”: {reason}",
    ),
    "passed": Text(zh="您的{title}（{number}）已全部通过。", en="Your {title} ({number}) is accepted."),
    "lapsed": Text(
        zh="您的{title}（{number}）没有在期限内办完，已失效。",
        en="Your {title} ({number}) was not finished in time and lapsed.",
    ),
}
_NEXT = Text(zh="下一步：{stage}。", en="Next: {stage}.")


def letter(row: Matter, found: Course, leg: Leg, verdict: str, reason: str, following: Leg | None) -> Letter | None:
    """The letter for a verdict on a stage; None where the applicant is told nothing (forwarded, a signer added)."""
    told = "passed" if verdict == "pass" and following is None else verdict
    if told not in _TEXT:
        return None
    following_said = Text(**_NEXT.both(stage=following.title)) if following else Text(zh="", en="")
    values = {
        "title": found.title, "number": row.number, "stage": leg.title, "next": following_said,
        "reason": _sentence(reason),
    }  # fmt: skip
    return Letter(Text(**_SUBJECT[told].both(**values)), Text(**_TEXT[told].both(**values)))


def _sentence(reason: str) -> Text:
    """The reason as it was written, with a full stop."""
    plain = reason.strip()
    if not plain or plain[-1] in "。！？.!?":
        return Text(zh=plain, en=plain)
    return Text(zh=f"{plain}。", en=f"{plain}.")
