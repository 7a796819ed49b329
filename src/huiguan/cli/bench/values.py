"""What is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fired:
    """One run of the load: answered sales, seconds, latencies in microseconds at the 50th and 99th of a hundred."""

    answered: int
    seconds: float
    p50_us: int
    p99_us: int
    wrong: tuple[str, ...] = ()

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the benchmark. `limit_per_second`: the same row writes as one call of the database, by pgbench."""

    connections: int
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    limit_per_second: float
    ratio: float


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year's end: `cleared` accounts, the plain SQL floor beside them, and what a till felt meanwhile (99th of a
    hundred answers: before, in the median and in the worst three seconds)."""

    members: int
    cleared: int
    seconds: float
    cleared_per_second: float
    floor_per_second: float
    times_the_floor: float
    memory_mib: int
    till_p99_ms_before: float
    till_p99_ms_during: float
    till_p99_ms_worst: float


@dataclass(frozen=True, slots=True)
class Searched:
    """Searches of one kind: how many were measured, how many of them found somebody, milliseconds at the 50th and
    the 99th of a hundred."""

    kind: str
    searches: int
    found: int
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation: sales judged again a second, and how many times as long it took as fetching the same sales with
    their documents and decoding them. `memory_mib`: the most one of its processes held."""

    sales: int
    members: int
    movers: int
    seconds: float
    sales_per_second: int
    read_plainly_seconds: float
    times_plain_reading: float
    memory_mib: int
