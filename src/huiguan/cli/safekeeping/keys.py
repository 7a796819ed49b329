"""The installation's secrets as a backup knows them, and the passphrase of a backup."""

from __future__ import annotations

import base64
import hashlib
import os
import sys
from pathlib import Path

import click
from django.conf import settings

from huiguan.cli.terminal import say
from huiguan.foundation.secrets import NAMES
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

SHORTEST = 8
_PASSPHRASE = Text(
    zh="备份的口令（至少 {least} 个字；丢了就打不开）",
    en="Passphrase of the backup (at least {least} {least:character|characters}; lost, nothing opens it)",
)
_AGAIN = Text(zh="再输一次", en="Once more")
_OPENING = Text(zh="备份的口令", en="Passphrase of the backup")
_TOO_SHORT = Text(zh="口令至少 {least} 个字", en="the passphrase has at least {least} {least:character|characters}")
_UNREADABLE = Text(zh="读不了：{why}", en="cannot be read: {why}")
_NO_TERMINAL = Text(zh="没有终端可问，请指明口令文件", en="is required: there is no terminal to ask at")


def fingerprint(field_key: bytes) -> str | None:
    """Tells one field key from another and nothing about it; None where there is no key."""
    return hashlib.sha256(b"huiguan field key\0" + field_key).hexdigest()[:32] if field_key else None


def key_in(text: str) -> bytes:
    """The field key as its file holds it."""
    return base64.urlsafe_b64decode(text.strip())


def secrets_into(folder: Path) -> dict[str, Path]:
    """Write the secrets this installation runs with, from wherever they come; name in the backup -> file."""
    values = {
        "secret_key": settings.SECRET_KEY,
        "field_key": base64.urlsafe_b64encode(settings.HUIGUAN_FIELD_KEY).decode(),
    }
    written = {}
    for name in NAMES:
        path = folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{values[name]}\n")
        written[f"secrets/{name}"] = path
    return written


def passphrase_to_seal(file: str | None) -> str:
    """From its file ('-' for standard input), else typed twice. Refuses InvalidInput (too short, unreadable)."""
    if file is None and not sys.stdin.isatty():
        raise InvalidInput(field="--passphrase-file", rule=_NO_TERMINAL)
    if file is not None:
        told = passphrase_in(file)
    else:
        told = str(
            click.prompt(say(_PASSPHRASE, least=SHORTEST), hide_input=True, confirmation_prompt=say(_AGAIN), err=True)
        )
    if len(told) < SHORTEST:
        raise InvalidInput(field="--passphrase-file", rule=Text(**_TOO_SHORT.both(least=SHORTEST)))
    return told


def passphrase_to_open(file: str | None) -> str | None:
    """From its file, else typed once; None where there is neither a file nor anybody to ask."""
    if file is not None:
        return passphrase_in(file)
    return str(click.prompt(say(_OPENING), hide_input=True, err=True)) if sys.stdin.isatty() else None


def passphrase_in(file: str) -> str:
    try:
        told = sys.stdin.read() if file == "-" else Path(file).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise InvalidInput(field="--passphrase-file", rule=Text(**_UNREADABLE.both(why=str(trouble)))) from trouble
    return told.strip("\r\n")
