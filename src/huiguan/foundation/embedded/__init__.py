"""The embedded PostgreSQL: its programs come with the installation, its keeper is ours.

`database()` gives a URL that answers; `throwaway_cluster()` one to be thrown away. See docs/operating.md.
"""

from huiguan.foundation.embedded.binaries import pgbench_path
from huiguan.foundation.embedded.databases import (
    check_answers,
    database,
    database_url,
    ensure_database,
    kept_server,
)
from huiguan.foundation.embedded.folders import data_folder
from huiguan.foundation.embedded.throwaway import throwaway_cluster

__all__ = [
    "check_answers",
    "data_folder",
    "database",
    "database_url",
    "ensure_database",
    "kept_server",
    "pgbench_path",
    "throwaway_cluster",
]
