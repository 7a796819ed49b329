"""Whether a step came out as its example says; a Fault tells how not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huiguan.kernel.refusals import Refusal
from huiguan.rehearsal.matching import Difference, Way, difference, shown
from huiguan.rehearsal.values import UNSAID, Checks, Fault


def check_refusal(checks: Checks, refusal: Refusal) -> None:
    """The refusal that was expected: by name, and by clause and field where they are said."""
    told = f"{refusal.code} ({refusal.clause or '–'}, {refusal.field or '–'})"
    if checks.refused != refusal.code:
        zh, en = refusal.say("zh"), refusal.say("en")
        if checks.refused is None:
            raise Fault(f"被拒绝：{told} {zh}", f"it was refused: {told} {en}")
        raise Fault(
            f"应被拒绝为 {checks.refused}，实为 {told} {zh}", f"not refused as {checks.refused} but as {told} {en}"
        )
    if checks.because and refusal.clause not in checks.because:
        wanted = ", ".join(checks.because)
        raise Fault(f"拒绝的依据应为 {wanted}，实为 {told}", f"refused by {told}, not because of {wanted}")
    if checks.field is not None and refusal.field != checks.field:
        raise Fault(
            f"拒绝应指明 {checks.field}，实为 {told}", f"the refusal should name {checks.field}, it says {told}"
        )


def check_answer(checks: Checks, answer: Any, way: Way) -> None:
    """An answer against all that is said of it."""
    if checks.refused is not None:
        found = shown(answer, way)
        raise Fault(f"应被拒绝为 {checks.refused}，却办成了：{found}", f"not refused as {checks.refused}: {found}")
    if checks.expect is not UNSAID:
        _agree(difference(checks.expect, answer, way))
    if checks.exactly is not UNSAID:
        _agree(difference(checks.exactly, answer, replace(way, exactly=True)))
    if checks.count is not None:
        _agree(difference(checks.count, len(answer) if isinstance(answer, list) else None, way, "count"))
    for clause in checks.because:
        if clause not in _cited(answer):
            cited = ", ".join(sorted(_cited(answer)))
            raise Fault(f"理由中没有 {clause}，只有：{cited}", f"no reason names {clause}, only: {cited}")
    if checks.lint is not UNSAID:
        _warned(checks.lint, answer, way)


def _agree(different: Difference | None) -> None:
    if different is not None:
        place = different.place or "="
        raise Fault(
            f"{place} 应为 {different.expected}，实为 {different.found}",
            f"{place} should be {different.expected} and is {different.found}",
        )


def _cited(answer: Any) -> set[str]:
    """Every clause a reason in the answer names."""
    if isinstance(answer, list):
        return set().union(*map(_cited, answer))
    reasons = answer.get("reasons", []) if isinstance(answer, Mapping) else []
    return {reason["clause"] for reason in reasons}


def _warned(lint: Any, answer: Any, way: Way) -> None:
    """`lint`: codes, or parts of findings, each of which must be among the warnings; empty: there is none."""
    findings = answer.get("findings", []) if isinstance(answer, Mapping) else []
    warnings = [finding for finding in findings if finding["level"] == "warn"]
    wanted = [{"code": each} if isinstance(each, str) else each for each in lint]
    _agree(difference(wanted, warnings, way, "lint"))
