"""Secrets of an installation: made on first start, kept in files outside the database, readable by their user alone."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32
NAMES = ("secret_key", "field_key")


class SecretUnreadable(Exception):
    """A secret is there and cannot be read: going on with a new one would lose what the old one sealed."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """`signing` signs sessions and links (text); `field_key` seals sensitive fields (32 bytes)."""

    signing: str
    field_key: bytes


def secrets_of(data_dir: Path) -> Secrets:
    """The secrets of a data folder, made where there are none yet.

    HUIGUAN_SECRET_KEY (text) and HUIGUAN_FIELD_KEY (base64 of 32 bytes) come before the files. Where the folder cannot
    be written the signing secret lasts as long as the process, and there is no field key (empty): sealing is refused.
    """
    signing = os.environ.get("HUIGUAN_SECRET_KEY") or _kept(data_dir, "secret_key")
    field = os.environ.get("HUIGUAN_FIELD_KEY") or _kept(data_dir, "field_key")
    return Secrets(signing=signing or _new(), field_key=base64.urlsafe_b64decode(field) if field else b"")


def secret_files(data_dir: Path) -> tuple[Path, ...]:
    return tuple(data_dir / "secrets" / name for name in NAMES)


def _new() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _kept(data_dir: Path, name: str) -> str:
    path = data_dir / "secrets" / name
    try:
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        with contextlib.suppress(OSError):
            _make(path)
            return path.read_text(encoding="ascii").strip()
    except OSError as trouble:
        raise SecretUnreadable(f"{path}: {trouble.strerror}") from trouble
    return ""


def _make(path: Path) -> None:
    """Write beside, then link: two processes that start together end with the same secret, never half of one."""
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{_new()}\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(half, path)
    half.unlink()
