"""Refusals are stable names, told in both languages and documented."""

from __future__ import annotations

from collections import Counter

from huiguan.kernel.refusals import PRECEDENCE, Refusal
from tests.house import refusal_page

STATUSES = {401, 403, 404, 409, 422, 429, 503}
OF_TRANSPORT = {400, 405, 413, 415, 500}  # only the API's own, before any room is asked


def test_every_refusal_has_a_status_and_a_rank() -> None:
    wrong = [
        f"{refusal.__module__}.{refusal.__name__}: {refusal.status} {refusal.rank}"
        for refusal in refusal_page.shipped()
        if refusal.rank not in PRECEDENCE
        or refusal.status
        not in (STATUSES | OF_TRANSPORT if refusal.__module__.startswith("huiguan.api.") else STATUSES)
    ]
    assert wrong == []


def test_a_code_names_one_refusal() -> None:
    """A room may tell a lower room's refusal in its own words: then it inherits it. Otherwise a name is taken once."""
    own = [refusal for refusal in refusal_page.shipped() if not _told_anew(refusal)]
    counted = Counter(refusal.__name__ for refusal in own)
    assert [name for name, times in counted.items() if times > 1] == []


def _told_anew(refusal: type[Refusal]) -> bool:
    return any(base.__name__ == refusal.__name__ for base in refusal.__mro__[1:])


def test_every_refusal_says_its_own_sentence() -> None:
    silent = [refusal.__name__ for refusal in refusal_page.shipped() if "text" not in vars(refusal)]
    assert silent == []


def test_the_page_of_refusals_is_up_to_date() -> None:
    assert refusal_page.PAGE.read_text(encoding="utf-8") == refusal_page.page(), (
        "write it anew: python -m tests.house.refusal_page"
    )
