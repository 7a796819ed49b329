"""Small rulebooks for tests of the rules floor."""

from __future__ import annotations

from huiguan.rules.compiling import check_source, compile_rulebook
from huiguan.rules.findings import Finding
from huiguan.rules.programme import Programme
from huiguan.rules.shelf import source_of

HEAD = """rulebook: small
title: {zh: 小章程, en: Small}
zone: Asia/Shanghai
units: {points: {zh: 积分, en: points}}
clauses:
"""
TEXTS = "title: {zh: 标题, en: Title}, text: {zh: 正文, en: Text}"


def clause(number: int, kind: str, parameters: str = "") -> str:
    """One clause on one line: T-01, T-02, …"""
    rest = f", {parameters}" if parameters else ""
    return f"  - {{id: T-{number:02d}, kind: {kind}, number: (一){number}, {TEXTS}{rest}}}\n"


def book(*clauses: tuple[str, str]) -> str:
    """A rulebook of (kind, parameters); the first clause stands in line 6."""
    return HEAD + "".join(clause(number, *each) for number, each in enumerate(clauses, 1))


def compiled(*clauses: tuple[str, str]) -> Programme:
    return compile_rulebook(book(*clauses))


def found(*clauses: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    """What the lint finds: (level, code, clause)."""
    return [(finding.level, finding.code, finding.clause) for finding in check_source(book(*clauses))]


def findings(*clauses: tuple[str, str]) -> tuple[Finding, ...]:
    return check_source(book(*clauses))


def designer_wear() -> Programme:
    return compile_rulebook(source_of("designer-wear"))
