"""Running everything: the database, the web process, the worker."""

from huiguan.cli.serving.serving import serve

__all__ = ["serve"]
