"""The code of a right, as printed and typed: derived from its key, so it is unique without an index over members. Pure.

`V` and seven characters without I, L, O and U; the last proves the others, so a slip of the finger is no other coupon.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPREAD = 0x2545F491  # odd: neighbouring keys get codes far apart, and no two keys the same
_BITS = 30


def code_of(right: int) -> str:
    """The code of the right with this key."""
    high, low = divmod(right, 1 << _BITS)
    low = low * _SPREAD % (1 << _BITS)
    digits = [low >> shift & 31 for shift in range(_BITS - 5, -1, -5)]
    while high:
        high, digit = divmod(high, 32)
        digits.insert(0, digit)
    return "V" + "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])


def package_code(package: int) -> str:
    """The code of the package with this key: as a right's, beginning with K."""
    return "K" + code_of(package)[1:]


def well_formed(code: str) -> bool:
    """Whether a typed code can be one at all."""
    digits = [ALPHABET.find(letter) for letter in code[1:]]
    return code[:1] == "V" and len(digits) >= 7 and -1 not in digits and digits[-1] == _check(digits[:-1])


def typed(code: str) -> str:
    """A code as somebody typed it, in the one way it is kept: half width, capitals, no spaces, O as 0, I and L as 1."""
    compact = "".join(unicodedata.normalize("NFKC", code).upper().split()).replace("-", "")
    return compact[:1] + compact[1:].replace("O", "0").replace("I", "1").replace("L", "1")


def _check(digits: list[int]) -> int:
    return sum((place * 2 + 1) * digit for place, digit in enumerate(digits)) % 32


FRESH = 11  # random letters of a claim code: 55 bits, beyond guessing


def fresh_code() -> str:
    """A new claim code: eleven letters by chance and one that proves them, none that looks like another."""
    digits = [secrets.randbelow(32) for _ in range(FRESH)]
    return "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])


def can_be(code: str) -> bool:
    """Whether a typed text can be a claim code at all: a slip of the finger is none."""
    digits = [ALPHABET.find(letter) for letter in code]
    return len(digits) == FRESH + 1 and -1 not in digits and digits[-1] == _check(digits[:-1])


def typed_claim(code: str) -> str:
    """A claim code as somebody typed it, in the one way it is kept."""
    return typed(f"V{code}")[1:]


def spaced(code: str) -> str:
    """A claim code as printed: in fours."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
