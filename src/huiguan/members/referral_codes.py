"""The code a member gives a friend: derived from her membership, so it needs no table, and read back. Pure.

`R` and seven characters without I, L, O and U; the last proves the others.
"""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 30
_SPREAD = 0x1B8735A5  # odd: neighbours get codes far apart, and no two the same


def referral_code(membership: int) -> str:
    """The code of the membership."""
    mixed = membership * _SPREAD % (1 << _BITS)
    digits = [mixed >> shift & 31 for shift in range(_BITS - 5, -1, -5)]
    return "R" + "".join(_ALPHABET[digit] for digit in [*digits, _check(digits)])


def membership_of(code: str) -> int | None:
    """The membership a typed code stands for; None where it can be no code."""
    text = code.upper().replace("-", "").replace(" ", "")
    text = text[:1] + text[1:].replace("O", "0").replace("I", "1").replace("L", "1")
    digits = [_ALPHABET.find(letter) for letter in text[1:]]
    if text[:1] != "R" or len(digits) != 7 or -1 in digits or digits[-1] != _check(digits[:-1]):
        return None
    mixed = 0
    for digit in digits[:-1]:
        mixed = mixed << 5 | digit
    return mixed * pow(_SPREAD, -1, 1 << _BITS) % (1 << _BITS)


def _check(digits: list[int]) -> int:
    return sum((place * 2 + 1) * digit for place, digit in enumerate(digits)) % 32
