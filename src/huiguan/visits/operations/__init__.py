"""What a visitor may do for herself, and what the counter does with the code she shows."""

from huiguan.visits.operations.applying import begin_application
from huiguan.visits.operations.coming import begin_visit, end_other_visits, end_visit, prove_fact, touch_visit
from huiguan.visits.operations.consenting import set_consent
from huiguan.visits.operations.disclosing import agree_to_share, record_disclosure
from huiguan.visits.operations.erasing import erase_due, erase_member
from huiguan.visits.operations.forgetting import (
    clear_drafts,
    erase_application,
    erase_former_holders,
    forget_applicants,
)
from huiguan.visits.operations.joining import join_by_phone
from huiguan.visits.operations.leaving import leave
from huiguan.visits.operations.papers import open_own_document, sign_own, upload_own_document, withdraw_own_document
from huiguan.visits.operations.profiles import change_phone, copy_profile, correct_profile
from huiguan.visits.operations.showing import scan_code, use_code

__all__ = [
    "agree_to_share",
    "begin_application",
    "begin_visit",
    "change_phone",
    "clear_drafts",
    "copy_profile",
    "correct_profile",
    "end_other_visits",
    "end_visit",
    "erase_application",
    "erase_due",
    "erase_former_holders",
    "erase_member",
    "forget_applicants",
    "join_by_phone",
    "leave",
    "open_own_document",
    "prove_fact",
    "record_disclosure",
    "scan_code",
    "set_consent",
    "sign_own",
    "touch_visit",
    "upload_own_document",
    "use_code",
    "withdraw_own_document",
]
