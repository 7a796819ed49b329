"""What may be done about breaches and measures. Everybody names who acts and when."""

from huiguan.conduct.answering import appeal_measure, complete_task, lift_measure, state_case
from huiguan.conduct.proposing import propose_measures
from huiguan.conduct.reporting import dismiss_breach, report_breach

__all__ = [
    "appeal_measure",
    "complete_task",
    "dismiss_breach",
    "lift_measure",
    "propose_measures",
    "report_breach",
    "state_case",
]
