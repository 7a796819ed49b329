"""What is done with a draft from its page: each reads its form, does one operation, and says what was done."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict

from huiguan.console.acting import Acting
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.programme import operations
from huiguan.programme import queries as programmes
from huiguan.programme.inputs import (
    ApproveDraft,
    PublishDraft,
    RebaseDraft,
    ReturnDraft,
    SetExamplesAside,
    SubmitDraft,
    TakeExamplesBack,
    WithdrawDraft,
)
from huiguan.rehearsal.draft_proofs import ask_proof

Deed = Callable[[Acting, int, QueryDict], Text]


def whole(form: QueryDict, name: str) -> int | str:
    """A number of the form; what is none is refused by its field."""
    text = form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else text


def _meant(number: int, form: QueryDict) -> dict[str, object]:
    return {"draft": number, "revision": whole(form, "revision")}


def _submit(now: Acting, number: int, form: QueryDict) -> Text:
    operations.submit_draft(actor=now.actor, at=now.at, given=read(SubmitDraft, _meant(number, form)))
    return Text(zh="已提交核准", en="Submitted for approval")


def _give_back(now: Acting, number: int, form: QueryDict) -> Text:
    given = read(ReturnDraft, {**_meant(number, form), "reason": form.get("reason", "")})
    operations.return_draft(actor=now.actor, at=now.at, given=given)
    return Text(zh="已退回", en="Given back")


def _approve(now: Acting, number: int, form: QueryDict) -> Text:
    operations.approve_draft(actor=now.actor, at=now.at, given=read(ApproveDraft, _meant(number, form)))
    return Text(zh="已核准，可以发布", en="Approved; it may be published")


def _withdraw(now: Acting, number: int, form: QueryDict) -> Text:
    given = read(WithdrawDraft, {"draft": number, "reason": form.get("reason", "")})
    operations.withdraw_draft(actor=now.actor, at=now.at, given=given)
    return Text(zh="已撤回", en="Withdrawn")


def _publish(now: Acting, number: int, form: QueryDict) -> Text:
    asked = {"effective_from": form.get("effective_from") or None, "resolution": form.get("resolution", "")}
    given = read(PublishDraft, {"draft": number, **asked})
    made = operations.publish_draft(actor=now.actor, at=now.at, given=given)
    return Text(zh=f"第 {made.number} 版已发布", en=f"Version {made.number} is published")


def _rebase(now: Acting, number: int, form: QueryDict) -> Text:
    given = read(RebaseDraft, {"draft": number, "based_on": whole(form, "based_on")})
    operations.rebase_draft(actor=now.actor, at=now.at, given=given)
    return Text(zh="已记下", en="Noted")


def _prove(now: Acting, number: int, form: QueryDict) -> Text:
    ask_proof(actor=now.actor, at=now.at, draft=number)
    return Text(zh="例证已开始", en="The examples are being run")


def _set_aside(now: Acting, number: int, form: QueryDict) -> Text:
    examples = _failed(now, number) if form.get("all") else _ticked(form)
    told = {"draft": number, "number": whole(form, "number"), "examples": examples, "reason": form.get("reason", "")}
    operations.set_examples_aside(actor=now.actor, at=now.at, given=read(SetExamplesAside, told))
    return Text(zh=f"已搁置 {len(examples)} 例", en=f"Set aside: {len(examples)}")


def _failed(now: Acting, number: int) -> list[dict[str, str]]:
    """Every example that stands in the way; one that cannot be read has no sentence, and stays there."""
    proof = programmes.draft(now.actor, number).proof
    failed = proof.failed if proof else ()
    return [{"clause": each["clause"], "says": each["says"]} for each in failed if each["says"]]


def _ticked(form: QueryDict) -> list[dict[str, str]]:
    named = [each.partition(" ")[::2] for each in form.getlist("example")]
    return [{"clause": clause, "says": says} for clause, says in named]


def _take_back(now: Acting, number: int, form: QueryDict) -> Text:
    given = read(TakeExamplesBack, {"draft": number, "number": whole(form, "number")})
    operations.take_examples_back(actor=now.actor, at=now.at, given=given)
    return Text(zh="都算数了", en="All count again")


# By the noun in the address.
DEEDS: dict[str, Deed] = {
    "submission": _submit,
    "return": _give_back,
    "approval": _approve,
    "withdrawal": _withdraw,
    "publication": _publish,
    "base": _rebase,
    "aside": _set_aside,
    "aside/return": _take_back,
}
prove: Deed = _prove
