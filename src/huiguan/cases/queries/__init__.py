"""Where matters stand, who owes what, what the public and the applicant may see."""

from huiguan.cases.forgetting import Traces, any_kept, application_traces, forgotten, over_by, traces
from huiguan.cases.queries.applicants import (
    applicant_acting,
    drafts_left,
    letter_for,
    letter_to_carry,
    letters_of,
    matters_of,
    stale_drafts,
    status_for_applicant,
)
from huiguan.cases.queries.ballots import mandates
from huiguan.cases.queries.files import dossiers, holders_of, papers_of
from huiguan.cases.queries.filling import acceptances, form, form_faults, handed_in
from huiguan.cases.queries.handed import all_handed_in, under_way
from huiguan.cases.queries.listing import matters, worklist
from huiguan.cases.queries.procedures import has_procedures, procedure, procedures, takers
from huiguan.cases.queries.public import notice_public, notices_public
from huiguan.cases.queries.reading import matter, timeline, why_stuck
from huiguan.cases.queries.signing import signings
from huiguan.cases.recommending import invitation, invitation_to_carry
from huiguan.cases.resuming import address_fits, applicant_holding, ticket_of

__all__ = [
    "Traces",
    "acceptances",
    "address_fits",
    "all_handed_in",
    "any_kept",
    "applicant_acting",
    "applicant_holding",
    "application_traces",
    "dossiers",
    "drafts_left",
    "forgotten",
    "form",
    "form_faults",
    "handed_in",
    "has_procedures",
    "holders_of",
    "invitation",
    "invitation_to_carry",
    "letter_for",
    "letter_to_carry",
    "letters_of",
    "mandates",
    "matter",
    "matters",
    "matters_of",
    "notice_public",
    "notices_public",
    "over_by",
    "papers_of",
    "procedure",
    "procedures",
    "signings",
    "stale_drafts",
    "status_for_applicant",
    "takers",
    "ticket_of",
    "timeline",
    "traces",
    "under_way",
    "why_stuck",
    "worklist",
]
