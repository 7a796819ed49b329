"""Speaking to the person at the terminal, in their language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.text import Text

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: Text, **values: object) -> str:
    """The sentence in the language of the environment (LANG): Chinese where that is Chinese, else English."""
    return text.fill(spoken_language(), **values)


def tell(text: Text, **values: object) -> None:
    """Say it on the error channel: what a command answers stays clean for programs that read it."""
    err.print(say(text, **values), markup=False)


@contextmanager
def working(text: Text, **values: object) -> Iterator[None]:
    """Show that something goes on, as a spinner on a terminal and one line elsewhere."""
    if err.is_terminal:
        with err.status(say(text, **values)):
            yield
    else:
        tell(text, **values)
        yield
