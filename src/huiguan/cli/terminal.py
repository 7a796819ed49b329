"""Speaking to the person at the terminal, in their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.text import Text, grouped

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


@contextmanager
def counting(text: Text) -> Iterator[Callable[[int, int], None]]:
    """Show how far something is, as `report(done, total)` is told: a bar on a terminal, a line each tenth elsewhere."""
    if not err.is_terminal:
        tell(text)
        yield _tenths()
        return
    with Progress(
        *Progress.get_default_columns()[:1], BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=err
    ) as bar:
        task = bar.add_task(say(text), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tenths() -> Callable[[int, int], None]:
    said = 0

    def report(done: int, total: int) -> None:
        nonlocal said
        tenth = 10 * done // total if total else 0
        if tenth > said:
            said = tenth
            err.print(f"{grouped(done)} / {grouped(total)}", markup=False)

    return report
