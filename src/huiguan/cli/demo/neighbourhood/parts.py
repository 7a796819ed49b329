"""What happens at the neighbourhood shop beside its sales: each part is a module of its own, told day by day."""

from __future__ import annotations

from huiguan.cli.demo.neighbourhood.days import Part

PARTS: tuple[Part, ...] = ()
