"""What founding has done by the worker."""

from __future__ import annotations

from huiguan.foundation.errands import errand_job
from huiguan.founding import proofs

errand_job(proofs.KIND)(proofs.prove_choice)
