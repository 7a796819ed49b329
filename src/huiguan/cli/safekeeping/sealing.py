"""A stream encrypted under a passphrase: AES-256-GCM in numbered pieces, the last one marked as the last.

A piece that is changed, moved, left out or repeated does not open, and neither does a stream without its last piece. The
key comes from the passphrase by scrypt; the head carries what tells a wrong passphrase from a damaged file.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"huiguan-encrypted-backup 1\n"
PIECE = 1 << 20
_COST, _BLOCK, _PARALLEL = 1 << 16, 8, 1  # 64 MB and a quarter of a second for every guess
_COST_MOST = 1 << 20
_TAG = 16
_LENGTH = 4


class WrongPassphrase(Exception):
    """The passphrase is not the one the stream was sealed with."""


class Damaged(Exception):
    """The stream is not as it was sealed."""


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Sealer:
    """Encrypts what is written into `sink`; `close` writes the last piece and leaves the sink open."""

    def __init__(self, sink: Sink, passphrase: str) -> None:
        salt, prefix = os.urandom(16), os.urandom(7)
        key, check = _keys(passphrase, salt, _COST)
        head = {"salt": _text(salt), "prefix": _text(prefix), "cost": _COST, "check": check}
        self._head = json.dumps(head, sort_keys=True).encode() + b"\n"
        self._sink, self._cipher, self._prefix = sink, AESGCM(key), prefix
        self._waiting = bytearray()
        self._number = 0
        sink.write(MAGIC + self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), data, self._head)
        self._sink.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._number += 1


class Opener:
    """Reads a sealed stream. Raises WrongPassphrase at once, Damaged where a piece is not as it was sealed."""

    def __init__(self, source: Source, passphrase: str) -> None:
        self._source = source
        if source.read(len(MAGIC)) != MAGIC:
            raise Damaged
        self._head = self._line()
        key, self._prefix = self._key(passphrase)
        self._cipher = AESGCM(key)
        self._ready = bytearray()
        self._number = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._ready) < size):
            self._ready += self._piece()
        taken = bytes(self._ready if size < 0 else self._ready[:size])
        del self._ready[: len(taken)]
        return taken

    def _key(self, passphrase: str) -> tuple[bytes, bytes]:
        try:
            head = json.loads(self._head)
            salt, prefix, cost = _bytes(head["salt"]), _bytes(head["prefix"]), int(head["cost"])
            wanted = str(head["check"])
        except (ValueError, KeyError, TypeError) as trouble:
            raise Damaged from trouble
        if not 2 <= cost <= _COST_MOST or cost & (cost - 1) or len(prefix) != 7:
            raise Damaged
        key, check = _keys(passphrase, salt, cost)
        if not hmac.compare_digest(check, wanted):
            raise WrongPassphrase
        return key, prefix

    def _line(self) -> bytes:
        line = bytearray()
        while not line.endswith(b"\n"):
            byte = self._source.read(1)
            if not byte or len(line) > 4096:
                raise Damaged
            line += byte
        return bytes(line)

    def _piece(self) -> bytes:
        length = int.from_bytes(self._exactly(_LENGTH), "big")
        if not _TAG <= length <= PIECE + _TAG:
            raise Damaged
        sealed = self._exactly(length)
        for last in (False, True):
            try:
                opened = self._cipher.decrypt(_nonce(self._prefix, self._number, last=last), sealed, self._head)
            except InvalidTag:
                continue
            self._number += 1
            self._ended = last
            return opened
        raise Damaged

    def _exactly(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            more = self._source.read(size - len(found))
            if not more:
                raise Damaged
            found += more
        return bytes(found)


def _keys(passphrase: str, salt: bytes, cost: int) -> tuple[bytes, str]:
    """The key, and what may be shown of it to tell it from others."""
    made = Scrypt(salt=salt, length=64, n=cost, r=_BLOCK, p=_PARALLEL).derive(passphrase.encode())
    return made[:32], hashlib.sha256(made[32:]).hexdigest()


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
