"""Founding, step by step: each is one operation, and one that was done before an interruption is not done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiguan.founding.answers import Answers
from huiguan.founding.rulebooks import Choice
from huiguan.founding.standing import Standing, standing
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateNode, FoundHouse
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rehearsal.proving import rehearsed
from huiguan.rehearsal.values import Outcome

_TOLD_AT_MOST = 5
_MEMBERS = Text(zh="{name}会员", en="{name} members")


class ExamplesDisagree(Refusal):
    text = Text(
        zh="章程 {rulebook} 的 {examples:count} 个例子中有 {failed:count} 个不符，没有发布，什么都没有建立：{first}",
        en="{failed:count} of the {examples:count} {examples:example|examples} of {rulebook} {failed:does|do} not come out as {failed:it says|they say}; nothing was "
        "founded: {first}",
    )


def prove(choice: Choice, at: datetime) -> Proof:
    """Run the rulebook's examples; the proof its publication takes. Takes seconds.

    Refuses ExamplesDisagree with the first of those that fail, RehearsalFailed where they cannot be run.
    """
    outcomes = rehearsed([choice.example_files], source=choice.source)
    demand_agreement(choice.name, len(outcomes), [outcome for outcome in outcomes if not outcome.passed])
    return Proof(digest_of(choice.source), len(outcomes), len(outcomes), at)


def demand_agreement(rulebook: str, examples: int, failed: list[Outcome]) -> None:
    """Refuses ExamplesDisagree with the first of those that failed."""
    if failed:
        first = Text(zh=_listed(failed, "zh"), en=_listed(failed, "en"))
        raise ExamplesDisagree(field="rulebook", rulebook=rulebook, examples=examples, failed=len(failed), first=first)


def _listed(failed: list[Outcome], lang: str) -> str:
    return "".join(f"\n  {each.clause} {each.says}: {each.message.of(lang)}" for each in failed[:_TOLD_AT_MOST])


def found(
    answers: Answers,
    *,
    password: Callable[[], str],
    choice: Choice,
    proof: Callable[[], Proof],
    at: datetime,
) -> Standing:
    """Programme, house with its owner, regions, shops, rulebook: what of them is not there yet.

    `password()` and `proof()` are asked for only where they are needed. Refuses what the operations refuse.
    """
    there = standing(answers.organisation.code)
    secret = password() if there.house is None else ""
    made = proof() if there.version is None else None  # nothing is written for a rulebook that does not hold
    if there.programme is None:
        _programme(answers, at)
        there = standing()
    if there.house is None:
        _house(answers, there, secret, at)
    _places(answers, there, at)
    if made is not None:
        begins = answers.effective_from or at.astimezone(choice.compiled.zone).date().isoformat()
        given = PublishRulebook(source=choice.source, effective_from=begins)
        programmes.publish_rulebook(actor=there.actor, at=at, given=given, proof=made)
    return standing()


def _programme(answers: Answers, at: datetime) -> None:
    name = answers.organisation.name
    told = {"zh": _MEMBERS.fill("zh", name=name.zh), "en": _MEMBERS.fill("en", name=name.en)}
    given = read(CreateProgramme, {"code": answers.programme, "name": told})
    programmes.create_programme(actor=system(0), at=at, given=given)


def _house(answers: Answers, there: Standing, password: str, at: datetime) -> None:
    given = {
        "code": answers.organisation.code,
        "name": answers.organisation.name,
        "username": answers.owner.username,
        "owner_name": answers.owner.name,
        "password": password,
        "language": answers.owner.language,
    }
    identity.found_house(actor=there.actor, at=at, given=read(FoundHouse, given))


def _places(answers: Answers, there: Standing, at: datetime) -> None:
    regions = [CreateNode(kind="region", code=each.code, name=each.name) for each in answers.regions]
    shops = [CreateNode(kind="shop", code=each.code, name=each.name, parent=each.region) for each in answers.shops]
    for given in (*regions, *shops):
        if given.code not in there.places:
            identity.create_node(actor=there.actor, at=at, given=given)
