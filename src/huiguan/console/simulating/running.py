"""The errand of a simulation, done by the worker: by two processes where it is large."""

from __future__ import annotations

from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.values import SIMULATE
from huiguan.foundation import clock
from huiguan.foundation.errands import Errand, Report

KIND = SIMULATE
PROCESSES = 2


def simulate(asked: Errand, report: Report) -> dict[str, Any]:
    """Carry the simulation out; killed and begun again, it goes on where it was."""
    number = int(asked.given["simulation"])
    checkout.run_simulation(number, processes=PROCESSES, clock=clock.now, report=report)
    return {"simulation": number}
