"""What a file is, judged by its content alone; what is kept of it, and what is refused by name."""

from __future__ import annotations

from huiguan.documents.judging.contents import Content, judged

__all__ = ["Content", "judged"]
