"""A device that makes passkeys, in software: it answers as a browser would, and lies where a test has it lie."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def word(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Device:
    """One passkey. `count`: its signature counter; `flags`: what it says of its user."""

    site: str = "members.example"
    origin: str = "https://members.example"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    handle: bytes | None = None
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def registers(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        self.handle = base64.urlsafe_b64decode(options["user"]["id"] + "==")
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        made = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        said = self._said(self.flags | ATTESTED) + made
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": said})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options["challenge"]), attestationObject=attested
        )

    def signs(self, options: dict[str, Any], **lies: Any) -> str:
        """The answer to `navigator.credentials.get`; the counter goes on unless it is one of the lies."""
        self.count = lies.get("count", self.count + 1)
        said = self._said(lies.get("flags", self.flags))
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        handle = lies.get("handle", self.handle)
        return self._answer(clientDataJSON=client, authenticatorData=said, signature=signature, userHandle=handle)

    def _said(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, **parts: bytes | None) -> str:
        response = {name: word(raw) for name, raw in parts.items() if raw is not None}
        told = {"id": word(self.id), "rawId": word(self.id), "type": "public-key", "clientExtensionResults": {}}
        return json.dumps({**told, "response": response})
