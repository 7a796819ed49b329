"""Drawing by lot so that anyone can do it again. Pure.

Before the first ticket the house publishes the SHA-256 of a secret. After the last it publishes the secret. The tickets,
numbered and each with the word its owner was told, come to one digest; secret, digest and ticket give each ticket a
score, and the smallest scores win, the first prizes first. Whoever has the record can check that the secret is the one
committed to, that her own ticket is in the list, and that nobody else could have won.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiguan.kernel.text import Text

FORMAT = "huiguan-draw-1"
_KEYS = ("format", "draw", "committed", "secret", "tickets", "tickets_digest", "prizes", "winners")


@dataclass(frozen=True, slots=True)
class Winner:
    """Ticket `n` won a prize of `grade`."""

    grade: int
    n: int
    word: str


def commitment(secret: str) -> str:
    """What is published before: SHA-256 of the secret as it is written."""
    return hashlib.sha256(secret.encode()).hexdigest()


def word_of(committed: str, n: int, member: str, at: str) -> str:
    """The word a ticket is known by in public; it tells nothing of its owner."""
    return hashlib.sha256(f"{committed}|{n}|{member}|{at}".encode()).hexdigest()[:16]


def digest_of(tickets: Sequence[tuple[int, str]]) -> str:
    """What all tickets come to: SHA-256 over one line "n word" each, in their order."""
    return hashlib.sha256("\n".join(f"{n} {word}" for n, word in tickets).encode()).hexdigest()


def score(secret: str, digest: str, n: int, word: str) -> str:
    """HMAC-SHA256 under the secret of "digest|n|word"."""
    return hmac.new(secret.encode(), f"{digest}|{n}|{word}".encode(), "sha256").hexdigest()


def drawn(secret: str, tickets: Sequence[tuple[int, str]], prizes: Sequence[tuple[int, int]]) -> tuple[Winner, ...]:
    """The winning tickets: `prizes` as (grade, pieces), the best grade first. A ticket wins once."""
    digest = digest_of(tickets)
    ranked = sorted(tickets, key=lambda ticket: (score(secret, digest, *ticket), ticket[0]))
    grades = [grade for grade, pieces in prizes for _ in range(pieces)]
    return tuple(Winner(grade, n, word) for grade, (n, word) in zip(grades, ranked, strict=False))


_SHAPE = Text(zh="不是抽奖记录：缺 {key}。", en="This is no record of a draw: {key} is missing or of another form.")
_SECRET = Text(zh="公布的秘密与事先承诺的哈希不符。", en="The secret is not the one that was committed to.")
_DIGEST = Text(zh="票的清单与其摘要不符。", en="The tickets do not come to their digest.")
_NUMBERS = Text(zh="票号不是从 1 起连续的。", en="The tickets are not numbered 1, 2, 3 …")
_WINNERS = Text(zh="中奖的票不是算出来的那些。", en="The winners are not those the draw comes to.")


def faults(record: Mapping[str, Any]) -> tuple[Text, ...]:
    """Everything wrong with a published record; none where it proves itself."""
    try:
        return _faults(record)
    except (KeyError, TypeError, ValueError) as wrong:
        return (Text(**_SHAPE.both(key=str(wrong)[:60])),)


def _faults(record: Mapping[str, Any]) -> tuple[Text, ...]:
    for key in _KEYS:
        if key not in record:
            raise KeyError(key)
    if record["format"] != FORMAT:
        raise ValueError("format")
    secret = str(record["secret"])
    tickets = [(int(each["n"]), str(each["word"])) for each in record["tickets"]]
    prizes = [(int(each["grade"]), int(each["pieces"])) for each in record["prizes"]]
    told = tuple(Winner(int(each["grade"]), int(each["n"]), str(each["word"])) for each in record["winners"])
    found = []
    if commitment(secret) != record["committed"]:
        found.append(_SECRET)
    if [n for n, _ in tickets] != list(range(1, len(tickets) + 1)):
        found.append(_NUMBERS)
    if digest_of(tickets) != record["tickets_digest"]:
        found.append(_DIGEST)
    if drawn(secret, tickets, prizes) != told:
        found.append(_WINNERS)
    return tuple(found)
