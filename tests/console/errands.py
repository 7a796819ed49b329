"""The worker, in the test's own transaction."""

from __future__ import annotations

from huiguan.console.books import proving
from huiguan.console.clock import moving
from huiguan.console.importing import running
from huiguan.console.rulebook import examples
from huiguan.console.simulating import running as simulating
from huiguan.foundation.errands import Work, run_errand
from huiguan.foundation.models import ErrandRow
from huiguan.founding import proofs as founding
from huiguan.rehearsal import draft_proofs

WORKS: dict[str, Work] = {
    proving.KIND: proving.prove_books,
    moving.KIND: moving.move,
    running.KIND: running.run_import,
    examples.KIND: examples.rehearse_clause,
    simulating.KIND: simulating.simulate,
    founding.KIND: founding.prove_choice,
    draft_proofs.KIND: draft_proofs.prove_draft,
}


def do_waiting() -> int:
    """Do every errand that waits; the number of the last one."""
    numbers = list(ErrandRow.objects.filter(state="waiting").order_by("id").values_list("id", "kind"))
    for number, kind in numbers:
        run_errand(number, WORKS[kind])
    return int(numbers[-1][0])
