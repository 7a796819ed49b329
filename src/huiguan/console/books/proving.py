"""Proving the books on demand: an errand of the worker, and how its outcome reads."""

from __future__ import annotations

from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.books.pages import FindingRow, ProofPart
from huiguan.foundation import clock
from huiguan.foundation.auditing import every_break
from huiguan.foundation.errands import DONE, Errand, Report, ask_errand, errands
from huiguan.kernel.moments import moment_of, zone
from huiguan.kernel.text import Text
from huiguan.ledger.proof import prove
from huiguan.members import queries as members

KIND = "console.prove"
KEPT = 200  # findings
COUNTED = {
    "memberships": Text(zh="户", en="accounts"),
    "journals": Text(zh="笔流水", en="journals"),
    "transfers": Text(zh="笔转账", en="transfers"),
    "lots": Text(zh="个批次", en="lots"),
    "uses": Text(zh="次使用", en="lot uses"),
    "measures": Text(zh="个计量日", en="measured days"),
    "seals": Text(zh="日封账", en="sealed days"),
}
_FAILED = Text(zh="没能核完，见服务日志。", en="It could not be finished; the log says why.")


def ask_proof(now: Acting) -> int:
    """Have the books of the programme proved; the errand's number. Takes `audit`."""
    now.actor.demand("audit")
    return ask_errand(KIND, actor=now.actor, at=now.at, given={})


def prove_books(asked: Errand, report: Report) -> dict[str, Any]:
    """The errand itself: every account made again from its journals, and the audit chain walked."""
    proof = prove(asked.programme, most=KEPT, progress=lambda done: report(done, 0))
    faults = every_break(asked.programme, KEPT)
    chain = [{"seq": each.seq, "what": {"zh": each.say("zh"), "en": each.say("en")}} for each in faults]
    return {
        "at": clock.now().isoformat(),
        "counted": proof.counted,
        "findings": [finding.as_json() for finding in proof.findings],
        "chain": chain,
    }


def proof_part(now: Acting) -> ProofPart:
    """The last proof, or the one under way."""
    last = next(iter(errands(now.actor, KIND, limit=1)), None)
    if last is None:
        return ProofPart("never")
    if not last.ended:
        return ProofPart(last.state, last.done, last.total, poll_href="/books/proof")
    if last.state != DONE or last.answer is None:
        return ProofPart("refused", message=_FAILED)
    return _ended(now, last.answer)


def _ended(now: Acting, answer: dict[str, Any]) -> ProofPart:
    numbers = members.numbers(
        now.actor.programme, {each["membership"] for each in answer["findings"] if each["membership"]}
    )
    findings = [
        FindingRow(
            f"{each['table']}({', '.join(map(str, each['key']))})", each["text"], _href(numbers, each["membership"])
        )
        for each in answer["findings"]
    ]
    findings += [FindingRow(f"foundation_auditentry({each['seq']})", each["what"]) for each in answer["chain"]]
    return ProofPart(
        "done",
        at=moment_of(answer["at"], "at", zone("UTC")),
        sound=not findings,
        counted=[(title, answer["counted"].get(name, 0)) for name, title in COUNTED.items()],
        findings=findings,
        found=len(findings),
    )


def _href(numbers: dict[int, str], membership: int | None) -> str:
    return f"/members/{numbers[membership]}/" if membership in numbers else ""
