"""The file of a backup: a tar (encrypted on request), and behind it the digest of all of it.

`tar -tf` reads an unencrypted one. The digest at the end tells a file that was cut or damaged before anything of it is
used; the manifest, first in the tar, names every other part with its own.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from huiguan.cli.safekeeping import sealing
from huiguan.cli.safekeeping.troubles import (
    BackupAltered,
    BackupCut,
    BackupKeyWrong,
    BackupOfNewerProgram,
    NotABackup,
    PassphraseNeeded,
)

FORMAT = 1
MANIFEST = "manifest.json"
_END = b"\nhuiguan-backup-end sha256:"
_END_LENGTH = len(_END) + 64 + 1
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of. `schema`: the migrations its database had seen; `field_key`: which key sealed its fields (its
    fingerprint, None where there was none); `parts`: name in the tar -> size and digest."""

    made_at: str
    program: str
    postgresql: str
    schema: tuple[str, ...]
    programmes: Mapping[str, Mapping[str, str]]
    demonstration: bool
    secrets: bool
    field_key: str | None
    parts: Mapping[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Manifest:
        """ValueError, KeyError or TypeError where it is none."""
        parts = {name: Part(int(part["bytes"]), str(part["sha256"])) for name, part in told["parts"].items()}
        if not all(map(_is_plain, parts)):
            raise ValueError(", ".join(parts))
        return cls(**{**told, "schema": tuple(told["schema"]), "parts": parts})


def _is_plain(name: str) -> bool:
    """A name inside the folder it is unpacked in."""
    path = PurePosixPath(name)
    return name == str(path) and not path.is_absolute() and ".." not in path.parts and name != MANIFEST


class _Digesting:
    """Writes into a file and keeps the digest of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)


def part_of(path: Path) -> Part:
    """Size and digest of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while data := file.read(_AT_ONCE):
            digest.update(data)
            size += len(data)
    return Part(size, digest.hexdigest())


def write_container(file: BinaryIO, manifest: Manifest, parts: Mapping[str, Path], passphrase: str | None) -> None:
    """Write manifest and parts (name -> where it lies now) into an open file."""
    whole = _Digesting(file)
    sealer = sealing.Sealer(whole, passphrase) if passphrase is not None else None
    with tarfile.open(fileobj=cast(BinaryIO, sealer or whole), mode="w|", format=tarfile.PAX_FORMAT) as tar:
        told = manifest.as_json()
        tar.addfile(_entry(MANIFEST, len(told)), io.BytesIO(told))
        for name, path in parts.items():
            with path.open("rb") as part:
                tar.addfile(_entry(name, manifest.parts[name].bytes), part)
    if sealer is not None:
        sealer.close()
    file.write(_END + whole.digest.hexdigest().encode() + b"\n")


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def unpacked(path: Path, passphrase: str | None, folder: Path) -> Manifest:
    """Put the parts of a backup that is whole into a folder; its manifest.

    Refuses NotABackup, BackupCut, BackupAltered, PassphraseNeeded, BackupKeyWrong, BackupOfNewerProgram.
    """
    length = _checked_length(path)
    if is_encrypted(path) and passphrase is None:
        raise PassphraseNeeded(field="--passphrase-file", file=str(path))
    try:
        with path.open("rb") as file:
            span = _Span(file, length)
            source = sealing.Opener(span, passphrase) if is_encrypted(path) and passphrase is not None else span
            with tarfile.open(fileobj=cast(BinaryIO, source), mode="r|") as tar:
                manifest = _manifest_in(tar)
                _unpack(tar, manifest, folder)
                return manifest
    except sealing.WrongPassphrase:
        raise BackupKeyWrong(field="--passphrase-file", file=str(path)) from None
    except (sealing.Damaged, tarfile.TarError, ValueError, KeyError, TypeError):
        raise BackupAltered(field="file", file=str(path)) from None


def is_encrypted(path: Path) -> bool:
    """Whether the file begins as an encrypted backup does."""
    with path.open("rb") as file:
        return file.read(len(sealing.MAGIC)) == sealing.MAGIC


def _unpack(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    """Raises ValueError where a part is missing, too many, or not as the manifest says."""
    missing = set(manifest.parts)
    while (entry := tar.next()) is not None:
        source = tar.extractfile(entry) if entry.isreg() and entry.name in missing else None
        if source is None:
            raise ValueError(entry.name)
        target = folder / entry.name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with target.open("xb") as file:
            while data := source.read(_AT_ONCE):
                file.write(data)
        if part_of(target) != manifest.parts[entry.name]:
            raise ValueError(entry.name)
        missing.remove(entry.name)
    if missing:
        raise ValueError(", ".join(sorted(missing)))


def _manifest_in(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    file = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if file is None:
        raise ValueError(MANIFEST)
    told = json.loads(file.read())
    if told["format"] != FORMAT:
        raise BackupOfNewerProgram(field="file", program=told["program"], what=f"format {told['format']}")
    return Manifest.of(told)


def _checked_length(path: Path) -> int:
    """How long the file is without its end, which must be there and agree with what is before it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        begin = file.read(max(len(sealing.MAGIC), len(MANIFEST)))
        if not begin.startswith((sealing.MAGIC, MANIFEST.encode())):
            raise NotABackup(field="file", file=str(path))
        length = size - _END_LENGTH
        file.seek(max(0, length))
        end = file.read()
        if length < 0 or not end.startswith(_END) or not end.endswith(b"\n"):
            raise BackupCut(field="file", file=str(path))
        file.seek(0)
        if _digest_of(file, length) != end[len(_END) : -1].decode("ascii", "replace"):
            raise BackupAltered(field="file", file=str(path))
    return length


def _digest_of(file: BinaryIO, length: int) -> str:
    digest, span = hashlib.sha256(), _Span(file, length)
    while data := span.read(_AT_ONCE):
        digest.update(data)
    return digest.hexdigest()


class _Span:
    """The first so many bytes of an open file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file, self._left = file, length

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data
