"""What rehearsal has done by the worker."""

from __future__ import annotations

from huiguan.foundation.errands import errand_job
from huiguan.rehearsal import draft_proofs

errand_job(draft_proofs.KIND)(draft_proofs.prove_draft)
