"""The writing door: what may be done to members. Bulk functions stand beside the single ones."""

from huiguan.members.changes import record_changes
from huiguan.members.falling_due import run_terms
from huiguan.members.forgetting import forget_users, mark_erased
from huiguan.members.freezing import open_reviews
from huiguan.members.imposing import impose
from huiguan.members.marking import clear, encumber, put_mark
from huiguan.members.operations.cards import activate_card, issue_card, replace_card, report_card_lost
from huiguan.members.operations.certifying import issue_certificate, reissue_certificate, revoke_certificate
from huiguan.members.operations.encumbering import clear_encumbrance, record_encumbrance
from huiguan.members.operations.enrolment import enrol_member, enrol_members
from huiguan.members.operations.exiting import end_membership, readmit_member, withdraw_exit
from huiguan.members.operations.freezing import confirm_review, freeze_card, release_card
from huiguan.members.operations.granting import grant_due
from huiguan.members.operations.importing import import_members, import_rows
from huiguan.members.operations.leaving import leave_programme
from huiguan.members.operations.merging import declare_distinct, merge_members, preview_merge, unmerge_members
from huiguan.members.operations.openings import record_opening, record_openings
from huiguan.members.operations.pins import set_pin
from huiguan.members.operations.printing import print_cards
from huiguan.members.operations.profiles import change_profile, release_phone, reveal_profile_field
from huiguan.members.operations.referring import name_referrer
from huiguan.members.operations.relating import add_relation, end_relation
from huiguan.members.operations.relations import authorise_user, withdraw_user
from huiguan.members.operations.reviewing import review_cards
from huiguan.members.operations.seating import hand_over_seat, seat_person, vacate_seat
from huiguan.members.operations.staffing import suspend_staff
from huiguan.members.operations.standing import restore_member, suspend_member
from huiguan.members.operations.terms import (
    change_type,
    freeze_membership,
    renew_membership,
    thaw_membership,
)
from huiguan.members.operations.transferring import transfer_card
from huiguan.members.operations.verifying import phone_proved, verify_member
from huiguan.members.paying import follow_payment
from huiguan.members.pins import Tried, admit_pin, tried_pins
from huiguan.members.prizes import (
    give_prize,
    hand_certificate,
    promote,
    take_certificate,
    take_prize,
    take_promotion,
)
from huiguan.members.recalling import Recalled, hand_books_on, lend_units, recall_books
from huiguan.members.rewarding import settle_referral, take_referral_back
from huiguan.members.taking import impose_card, impose_tier

__all__ = [
    "Recalled",
    "Tried",
    "activate_card",
    "add_relation",
    "admit_pin",
    "authorise_user",
    "change_profile",
    "change_type",
    "clear",
    "clear_encumbrance",
    "confirm_review",
    "declare_distinct",
    "encumber",
    "end_membership",
    "end_relation",
    "enrol_member",
    "enrol_members",
    "follow_payment",
    "forget_users",
    "freeze_card",
    "freeze_membership",
    "give_prize",
    "grant_due",
    "hand_books_on",
    "hand_certificate",
    "hand_over_seat",
    "import_members",
    "import_rows",
    "impose",
    "impose_card",
    "impose_tier",
    "issue_card",
    "issue_certificate",
    "leave_programme",
    "lend_units",
    "mark_erased",
    "merge_members",
    "name_referrer",
    "open_reviews",
    "phone_proved",
    "preview_merge",
    "print_cards",
    "promote",
    "put_mark",
    "readmit_member",
    "recall_books",
    "record_changes",
    "record_encumbrance",
    "record_opening",
    "record_openings",
    "reissue_certificate",
    "release_card",
    "release_phone",
    "renew_membership",
    "replace_card",
    "report_card_lost",
    "restore_member",
    "reveal_profile_field",
    "review_cards",
    "revoke_certificate",
    "run_terms",
    "seat_person",
    "set_pin",
    "settle_referral",
    "suspend_member",
    "suspend_staff",
    "take_certificate",
    "take_prize",
    "take_promotion",
    "take_referral_back",
    "thaw_membership",
    "transfer_card",
    "tried_pins",
    "unmerge_members",
    "vacate_seat",
    "verify_member",
    "withdraw_exit",
    "withdraw_user",
]
