"""A statement declares and does nothing."""

from __future__ import annotations

from huiguan.rules.kinds import statement
from huiguan.rules.parameters import Parameters
from tests.rules.writing import compiled, findings


def test_a_statement_has_neither_parameters_nor_sentences() -> None:
    programme = compiled(("statement", ""))
    assert programme.clauses["T-01"].parameters == statement.Parameters()
    assert isinstance(programme.clauses["T-01"].parameters, Parameters)
    assert statement.SAYS == {}


def test_a_statement_with_a_parameter_is_refused() -> None:
    (finding,) = findings(("statement", "give: 2"))
    assert (finding.level, finding.code, finding.path) == ("refuse", "unknown_key", "give")
