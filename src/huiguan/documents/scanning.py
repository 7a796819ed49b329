"""Asking clamd, where one is set up: the file goes to it in pieces over a socket, and it answers OK or a virus' name."""

from __future__ import annotations

import socket
import struct

from huiguan.documents.refusals import ScannerSilent, VirusFound

PATIENCE = 30
_PIECE = 64 * 1024


def scan(address: str, data: bytes) -> None:
    """`address` is host:port or the path of a socket; '' asks nobody. Refuses VirusFound, ScannerSilent."""
    if not address:
        return
    try:
        answer = _asked(address, data)
    except (OSError, ValueError):
        raise ScannerSilent(field="file") from None
    if answer.endswith("FOUND"):
        raise VirusFound(field="file", name=answer.removeprefix("stream:").removesuffix("FOUND").strip())
    if not answer.endswith("OK"):
        raise ScannerSilent(field="file")


def _asked(address: str, data: bytes) -> str:
    with _reached(address) as line:
        line.sendall(b"zINSTREAM\0")
        for begin in range(0, len(data), _PIECE):
            piece = data[begin : begin + _PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while part := line.recv(4096):
            answer += part
            if b"\0" in part:
                break
    return answer.rstrip(b"\0\r\n ").decode("utf-8", errors="replace")


def _reached(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)
