"""What the console has done by the worker."""

from __future__ import annotations

from huiguan.console.books import proving
from huiguan.console.clock import moving
from huiguan.console.importing import running
from huiguan.console.rulebook import examples
from huiguan.console.simulating import running as simulating
from huiguan.foundation.errands import errand_job

errand_job(examples.KIND)(examples.rehearse_clause)
errand_job(running.KIND)(running.run_import)
errand_job(moving.KIND)(moving.move)
errand_job(proving.KIND)(proving.prove_books)
errand_job(simulating.KIND)(simulating.simulate)
