"""Where matters stand, who owes what, what the public and the applicant may see."""

from huiguan.cases.queries.applicants import applicant_acting, letter_for, status_for_applicant
from huiguan.cases.queries.ballots import mandates
from huiguan.cases.queries.files import dossiers, papers_of
from huiguan.cases.queries.listing import matters, worklist
from huiguan.cases.queries.procedures import has_procedures, procedure, procedures, takers
from huiguan.cases.queries.public import notice_public, notices_public
from huiguan.cases.queries.reading import matter, timeline

__all__ = [
    "applicant_acting",
    "dossiers",
    "has_procedures",
    "letter_for",
    "mandates",
    "matter",
    "matters",
    "notice_public",
    "notices_public",
    "papers_of",
    "procedure",
    "procedures",
    "status_for_applicant",
    "takers",
    "timeline",
    "worklist",
]
