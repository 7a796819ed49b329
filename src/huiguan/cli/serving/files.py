"""Static files, collected under names that change with their content."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders

from huiguan.cli.terminal import working
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class FilesNotCollected(Refusal):
    text = Text(zh="静态文件整理失败：{why}", en="The static files could not be collected: {why}")


def collect_files(root: Path) -> Path:
    """The folder of collected files, collected again only where one has changed since."""
    stamp = root / "stamp"
    wanted = _digest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return root
    with working(Text(zh="正在整理静态文件……", en="Collecting static files…")):
        shutil.rmtree(root, ignore_errors=True)
        _collect(root)
    stamp.write_text(wanted, encoding="ascii")
    return root


def _collect(root: Path) -> None:
    """In a process of its own: this one was set up to serve files from where they lie."""
    answer = subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
        env={**os.environ, "HUIGUAN_STATIC_ROOT": str(root), "DJANGO_SETTINGS_MODULE": "huiguan.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise FilesNotCollected(why=answer.stderr.strip()[-600:])


def _digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
