"""What may be done about breaches, measures and awards. Everybody names who acts and when."""

from huiguan.conduct.answering import appeal_measure, complete_task, lift_measure, state_case
from huiguan.conduct.awarding import propose_award, withdraw_award
from huiguan.conduct.keeping import settle_over
from huiguan.conduct.missing import report_missed
from huiguan.conduct.noting import complete_obligation, note_event, withdraw_event
from huiguan.conduct.proposing import propose_measures
from huiguan.conduct.reporting import dismiss_breach, report_breach

__all__ = [
    "appeal_measure",
    "complete_obligation",
    "complete_task",
    "dismiss_breach",
    "lift_measure",
    "note_event",
    "propose_award",
    "propose_measures",
    "report_breach",
    "report_missed",
    "settle_over",
    "state_case",
    "withdraw_award",
    "withdraw_event",
]
