"""Who may found an installation in a browser: who has read the code its terminal showed.

A code is good for one browser; what is kept of it, and of that browser, is their hash, in the data folder. Each start of
the server makes another code, and taking one up shuts out whoever took one up before.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that are read as another
_GROUPS, _EACH = 4, 4
_CODE, _CLAIM = "setup-code", "setup-claim"


class SetUpCodeWrong(Refusal):
    text = Text(
        zh="开通码不对，或已在别的浏览器里用过。看终端里最近一次启动显示的那一个；重新启动会另给一个。",
        en="That is not the set-up code, or another browser has used it. Take the one the terminal showed at the last "
        "start; starting again gives another.",
    )
    status = 403
    rank = "standing"


def new_code(data: Path) -> str:
    """A fresh code, in place of any before; a browser that took one up may go on until another one does."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_EACH)) for _ in range(_GROUPS))
    _write(data / _CODE, _hash(code))
    return code


def claim(data: Path, code: str) -> str:
    """Take a code up: what this browser keeps, as its proof. Refuses SetUpCodeWrong."""
    given = _hash("-".join(_grouped(code)))
    if not hmac.compare_digest(_read(data / _CODE), given):
        raise SetUpCodeWrong(field="code")
    try:
        (data / _CODE).unlink()  # of two browsers at once only one comes past here
    except FileNotFoundError:
        raise SetUpCodeWrong(field="code") from None
    proof = secrets.token_urlsafe(32)
    _write(data / _CLAIM, _hash(proof))
    return proof


def is_claimed(data: Path, proof: str) -> bool:
    """Whether this browser is the one that took up the last code."""
    return bool(proof) and hmac.compare_digest(_read(data / _CLAIM), _hash(proof))


def void(data: Path) -> None:
    """It is founded: neither a code nor a browser opens anything any more."""
    for name in (_CODE, _CLAIM):
        (data / name).unlink(missing_ok=True)


def _grouped(code: str) -> list[str]:
    """What was typed, as it is shown: in capitals, in groups."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return [letters[i : i + _EACH] for i in range(0, len(letters), _EACH)]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _write(path: Path, text: str) -> None:
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    half.replace(path)
