"""The shortest way to a disagreement: what it does not take is left out until nothing more can be."""

from __future__ import annotations

from collections.abc import Iterator

from tests.auditor.machine import Command
from tests.auditor.running import Beside, Disagreement, lines, replay, run, slips_of

Log = list[Command]
_EVERYBODYS = ("night", "price")


def run_or_tell(audit: Beside, seed: int, commands: int, *, each: int = 100) -> None:
    """Run; where they part, fail with the seed and the shortest way there."""
    try:
        run(audit, seed, commands, each=each)
    except Disagreement as found:
        raise AssertionError(told(audit, seed, found)) from None


def told(audit: Beside, seed: int, found: Disagreement) -> str:
    """The seed, what differed, and the shortest way there; where that cannot be shown again, the last commands."""
    short = shortest(audit, found.log)
    log, last = short if short else (found.log[-12:], found)
    said = [f"seed {seed}, after {len(found.log)} commands and batches:", found.what, "shortest way there:"]
    return "\n".join([*said, *lines(log), last.what])


def shortest(audit: Beside, log: Log) -> tuple[Log, Disagreement] | None:
    """The fewest commands that still end in a disagreement: sales one by one in place of batches where that shows it
    too, nobody but whom it is about; then whole stretches are left out, then single commands, then sales of batches.

    `audit` is the one that ran: it knows whom a command was about."""
    found = replay(audit.anew(), log)
    if found is None:
        return None
    way = _Way(audit, found)
    way.shows(_singled(found.log))
    if way.found.whose:
        way.shows(list(_about(audit, way.found)))
    way.leave_out()
    for place, command in enumerate(way.found.log):
        if command["do"] == "batch":
            way.leave_out(place)
    return list(way.found.log), way.found


class _Way:
    """A way to a disagreement, which becomes shorter."""

    def __init__(self, audit: Beside, found: Disagreement) -> None:
        self.audit, self.found = audit, found

    def shows(self, trial: Log) -> bool:
        """Whether the same disagreement shows on another way too; then that is the way, as far as it goes."""
        again = replay(self.audit.anew(), trial)
        if again is None or again.kind != self.found.kind:
            return False
        self.found = again
        return True

    def leave_out(self, place: int | None = None) -> None:
        """Of the commands, or of the sales of the batch at a place, all that can be: halves first, single ones last."""
        size = max(1, len(self._parts(place)) // 2)
        while size:
            start = 0
            while start < len(parts := self._parts(place)):
                rest = parts[:start] + parts[start + size :]
                if not rest or not self.shows(rest if place is None else self._with_batch(place, rest)):
                    start += size
            size //= 2

    def _parts(self, place: int | None) -> Log:
        return self.found.log if place is None else slips_of(self.found.log[place])

    def _with_batch(self, place: int, sales: Log) -> Log:
        log = self.found.log
        return [*log[:place], {**log[place], "given": {"sales": sales}}, *log[place + 1 :]]


def _singled(log: Log) -> Log:
    """Sales one by one, at the moment of their batch."""
    return [{**slip, "now": command["now"]} for command in log for slip in slips_of(command)]


def _about(audit: Beside, found: Disagreement) -> Iterator[Command]:
    """The commands about whom the disagreement is about, and what is everybody's."""
    for command in found.log:
        if command["do"] == "batch":
            sales = [slip for slip in slips_of(command) if audit.whose(slip) & found.whose]
            if sales:
                yield {**command, "given": {"sales": sales}}
        elif command["do"] in _EVERYBODYS or audit.whose(command) & found.whose:
            yield command
