"""What can be done to a programme: publish its rulebook, and write the next one together."""

from huiguan.programme.operations.deciding import (
    approve_draft,
    publish_draft,
    return_draft,
    set_approval,
    submit_draft,
)
from huiguan.programme.operations.drafting import (
    open_draft,
    rebase_draft,
    save_draft,
    withdraw_draft,
)
from huiguan.programme.operations.exemplifying import (
    keep_proof,
    save_examples,
    set_examples_aside,
    take_examples_back,
)
from huiguan.programme.operations.publishing import check_rulebook, create_programme, publish_rulebook
from huiguan.programme.operations.rewording import add_clause, remove_clause, save_clause

__all__ = [
    "add_clause",
    "approve_draft",
    "check_rulebook",
    "create_programme",
    "keep_proof",
    "open_draft",
    "publish_draft",
    "publish_rulebook",
    "rebase_draft",
    "remove_clause",
    "return_draft",
    "save_clause",
    "save_draft",
    "save_examples",
    "set_approval",
    "set_examples_aside",
    "submit_draft",
    "take_examples_back",
    "withdraw_draft",
]
