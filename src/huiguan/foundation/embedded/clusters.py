"""Making a cluster, and the settings it runs with."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from huiguan.foundation.embedded.accounts import Account, give
from huiguan.foundation.embedded.binaries import Binaries
from huiguan.foundation.embedded.homes import SUPERUSER
from huiguan.foundation.embedded.processes import clean_environment
from huiguan.foundation.embedded.troubles import ClusterOfOtherRelease, ServerDidNotStart

_FIRST_MAJOR_WITH_BUILTIN_LOCALE = 17

# For a machine of two cores and a few gigabytes. fsync, full_page_writes and synchronous_commit stay as PostgreSQL
# ships them (on): an answer is given after its commit is durable.
SETTINGS: dict[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "wal_buffers": "16MB",
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "jit": "off",
    "default_toast_compression": "pglz",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.05",
    "idle_in_transaction_session_timeout": "10min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] %q%a ",
    "log_lock_waits": "on",
    "log_min_duration_statement": "2s",
}

# A cluster that is thrown away has nothing to keep: only there is fsync off.
THROWAWAY_SETTINGS: dict[str, str] = {
    **SETTINGS,
    "shared_buffers": "128MB",
    "min_wal_size": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "log_min_duration_statement": "-1",
}


def make_cluster(*, binaries: Binaries, target: Path, account: Account | None, durable: bool = True) -> None:
    """`initdb` into a folder beside the target, then rename: an interrupted start leaves no half cluster."""
    half = target.with_name(f"{target.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    give(half, account)
    answer = subprocess.run(
        [str(part) for part in (*_initdb(binaries, half), *(() if durable else ("--no-sync",)))],
        capture_output=True,
        text=True,
        check=False,
        cwd=half,
        env=clean_environment(),
        **(account.as_popen() if account else {}),
    )
    if answer.returncode:
        raise ServerDidNotStart(why=(answer.stderr or answer.stdout).strip()[-600:], log="initdb")
    half.rename(target)
    sync_folder(target.parent)


def _initdb(binaries: Binaries, target: Path) -> tuple[str | Path, ...]:
    if binaries.major >= _FIRST_MAJOR_WITH_BUILTIN_LOCALE:
        locale: tuple[str, ...] = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    else:
        locale = ("--locale=C.UTF-8",)
    common = ("--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--data-checksums")
    return (binaries.program("initdb"), "--pgdata", target, *common, *locale)


def check_release(*, binaries: Binaries, cluster: Path) -> None:
    """Refuse to run programs of one release on data of another, before PostgreSQL does it in its own words."""
    found = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != str(binaries.major):
        raise ClusterOfOtherRelease(folder=str(cluster), found=found, given=binaries.version)


def as_arguments(settings: dict[str, str]) -> list[str]:
    """Settings as `-c name=value`; nothing is written into the cluster's own files."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
