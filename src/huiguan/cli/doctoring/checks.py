"""Everything the doctor looks at, in the order in which one thing stands on another."""

from __future__ import annotations

from pathlib import Path

from huiguan.cli.doctoring import machine, messages, server, settings
from huiguan.cli.doctoring.findings import Finding


def check_all(*, data: Path, host: str, port: int) -> list[Finding]:
    """Look at everything; a finding for each. Starts the database for a moment where it does not run."""
    programs = server.binaries()
    return [
        machine.python(),
        *settings.configured(),
        machine.data_folder_rights(data),
        machine.disk_space(data),
        machine.secrets(data),
        programs,
        *(server.server() if programs.state == "ok" else []),
        machine.port(host, port),
        *settings.certificate(),
        messages.carriers(),
        machine.browser(),
    ]
