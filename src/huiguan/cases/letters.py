"""What the applicant is told when her matter moved: said in one place for whoever previews it and for whoever sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from huiguan.cases.events import ApplicantTold
from huiguan.cases.holding import Handling, announce
from huiguan.cases.models import Decision, LetterWritten
from huiguan.cases.values import Letter, LetterTold
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text, moment
from huiguan.rules.courses import Leg
from huiguan.rules.effects import Decision as Decided
from huiguan.rules.effects import MoveMatter
from huiguan.rules.kinds.procedure import SAYS
from huiguan.rules.moving import ENDED, OPEN, RETURNED

_SUBJECT = {
    "submitted": Text(zh="{title} {number}：已收到", en="{title} {number}: received"),
    "pass": Text(zh="{title} {number}：“{stage}”已通过", en="{title} {number}: “{stage}” is passed"),
    "return": Text(zh="{title} {number}：请补正", en="{title} {number}: please correct it"),
    "refuse": Text(zh="{title} {number}：未通过", en="{title} {number}: not accepted"),
    "passed": Text(zh="{title} {number}：已通过", en="{title} {number}: accepted"),
    "lapsed": Text(zh="{title} {number}：已失效", en="{title} {number}: lapsed"),
    "remind": Text(zh="{title} {number}：请尽快办理", en="{title} {number}: it waits for you"),
    "renewed": Text(zh="{title} {number}：查询码已换", en="{title} {number}: another code"),
    "handed": Text(zh="{title} {number}：查询码已换", en="{title} {number}: another code"),
}
_TEXT = {
    "submitted": Text(
        zh="您的{title}已收到，编号 {number}。{next}", en="Your {title} was received under the number {number}. {next}"
    ),
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
    "remind": Text(
        zh="您的{title}（{number}）在“{stage}”等您办理，请在 {due} 前办完。",
        en="Your {title} ({number}) waits for you at “{stage}”; please see to it before {due}.",
    ),
    "renewed": Text(
        zh="您的{title}（{number}）的查询码由{by}于 {when} 在{place}作废：{reason}请在查询页点“查询码丢了”，凭您的手机或邮箱领取新的。"
        "不是您要求的，请告诉我们。",
        en="The code of your {title} ({number}) was ended by {by} on {when} at {place}: {reason} Get another by your own phone"
        " or mailbox under “I lost the code”. If you did not ask for it, please tell us.",
    ),
    "handed": Text(
        zh="您的{title}（{number}）的查询码由{by}于 {when} 在{place}换发并当面交付：{reason}不是您要求的，请告诉我们。",
        en="The code of your {title} ({number}) was renewed by {by} on {when} and handed over at {place}: {reason} If you did"
        " not ask for it, please tell us.",
    ),
}
_NEXT = Text(zh="下一步：{stage}。", en="Next: {stage}.")
_NOTHING = Text(zh="", en="")
_HERE = Text(zh="会里", en="the office")
_NO_REASON = Text(zh="未说明原因。", en="No reason was given.")
_REASONED = ("return", "refuse")
_ENDS = {"passed": "passed", "refused": "refuse", "lapsed": "lapsed"}


def told_of(state: str, before: Leg | None, to: MoveMatter) -> str:
    """What a move is to the applicant, by the words above; empty where she is told nothing: what she did herself, what
    the house looked at by itself."""
    if to.state in ENDED:
        return _ENDS.get(to.state, "")
    if to.state == RETURNED:
        return "return"
    if to.state != OPEN:
        return ""
    if state != OPEN:
        return "submitted"
    moved = before is not None and before.stage.stage != to.stage
    return "pass" if moved and before is not None and before.stage.does != "check" else ""


def letter(held: Handling, told: str, leg: Leg | None, reason: Text, following: Leg | None) -> Letter:
    """The letter of one word of `told_of`; `leg` the stage it comes from, `following` the one that begins."""
    title, due = held.course.title, held.row.due_at
    said = Text(**_NEXT.both(stage=following.title)) if following else _NOTHING
    values = {
        "title": title, "number": held.row.number, "stage": leg.title if leg else title, "next": said,
        "reason": sentence(reason), "due": moment(due.astimezone(held.rulebook.zone)) if due else "",
    }  # fmt: skip
    return Letter(_trimmed(_SUBJECT[told], values), _trimmed(_TEXT[told], values))


def drafted(
    held: Handling, state: str, before: Leg | None, decided: Decided, reason: Callable[[], Text]
) -> Iterator[tuple[str, Letter]]:
    """The letters of what follows, each with its word: from `state` and the stage `before`; `reason` is asked where one is
    told."""
    for effect in decided.effects:
        told = told_of(state, before, effect) if isinstance(effect, MoveMatter) else ""
        if told and isinstance(effect, MoveMatter):
            why = reason() if told in _REASONED else _NOTHING
            following = held.course.leg(effect.stage) if effect.state == OPEN else None
            yield told, letter(held, told, before, why, following)


def write(held: Handling, state: str, before: Leg | None, decided: Decided) -> None:
    """Keep what the applicant is told of what just happened, and say so to whoever carries letters."""
    for told, said in drafted(held, state, before, decided, partial(_reason, held, decided)):
        _keep(held, told, said)


def remind(held: Handling) -> None:
    """Her time is nearly over and the matter waits for her."""
    _keep(held, "remind", letter(held, "remind", held.leg, _NOTHING, None))


def renewed(held: Handling, reason: str, place: Text | None, *, handed: bool) -> None:
    """The house ended her code: when, by whom and where; `handed`: it was told another one to give her."""
    told, house = ("handed" if handed else "renewed"), identity.house_name(held.row.programme_id)
    values = {
        "title": held.course.title, "number": held.row.number, "by": held.actor.name, "place": place or house or _HERE,
        "when": moment(held.at.astimezone(held.rulebook.zone)), "reason": sentence(Text(zh=reason, en=reason)),
    }  # fmt: skip
    _keep(held, told, Letter(_trimmed(_SUBJECT[told], values), _trimmed(_TEXT[told], values)))


def letters(held: Handling) -> tuple[LetterTold, ...]:
    """Every letter of a matter, the first first."""
    return tuple(map(_told, LetterWritten.objects.filter(matter=held.row).order_by("n")))


def letter_written(programme: int, number: str, n: int) -> LetterTold | None:
    """One letter of a matter; None where there is none."""
    row = LetterWritten.objects.filter(programme_id=programme, matter__number=number, n=n).first()
    return _told(row) if row is not None else None


def _keep(held: Handling, told: str, said: Letter) -> None:
    row = held.row
    n = LetterWritten.objects.filter(matter=row).count() + 1
    LetterWritten.objects.create(
        programme_id=row.programme_id, matter=row, n=n, told=told, at=held.at,
        subject={"zh": said.subject.zh, "en": said.subject.en}, text={"zh": said.text.zh, "en": said.text.en},
    )  # fmt: skip
    announce(held, ApplicantTold, n=n, told=told)


def _told(row: LetterWritten) -> LetterTold:
    return LetterTold(row.n, row.told, Text(**row.subject), Text(**row.text), row.at)


def _reason(held: Handling, decided: Decided) -> Text:
    """What the reviewer wrote, where the verdict was given at this moment; else what the procedure says of it."""
    rows = Decision.objects.filter(matter=held.row, verdict__in=["return", "refuse"], at__gte=held.at).order_by("-id")
    written = rows.values_list("reason", flat=True).first()
    if written:
        return Text(zh=written, en=written)
    said = next((each for each in decided.reasons if not each.given), None)
    return Text(**SAYS[said.say].both(**said.values)) if said is not None else _NOTHING


def sentence(reason: Text) -> Text:
    """The reason as it was written, with a full stop."""
    if not reason.zh.strip():
        return _NO_REASON
    return Text(zh=_stopped(reason.zh.strip(), "。"), en=_stopped(reason.en.strip(), "."))


def _stopped(words: str, stop: str) -> str:
    return words if words[-1:] in "。！？.!?" else f"{words}{'。' if _chinese(words) else stop}"


def _chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


def _trimmed(text: Text, values: dict[str, Any]) -> Text:
    said = text.both(**values)
    return Text(zh=said["zh"].strip(), en=said["en"].strip())
