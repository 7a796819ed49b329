"""What can be done to the organisation: places, people, posts, programs, and signing in."""

from huiguan.identity.operations.appointing import appoint, dismiss
from huiguan.identity.operations.codes import begin_totp, confirm_totp, remove_totp, renew_recovery_codes
from huiguan.identity.operations.forgetting import forget_ended
from huiguan.identity.operations.one_time import check_code, forget_codes, hand_over_code, issue_code, spend_proof
from huiguan.identity.operations.passkeys import register_passkey, remove_passkey, rename_passkey
from huiguan.identity.operations.passwords import (
    change_password,
    drop_second_factors,
    make_password_link,
    reset_password,
    use_password_link,
)
from huiguan.identity.operations.people import (
    change_language,
    change_staff,
    create_staff,
    dismiss_staff,
    readmit_staff,
)
from huiguan.identity.operations.places import close_node, create_node, found_house, rename_node
from huiguan.identity.operations.posts import demand_second_factor, remove_post, set_post
from huiguan.identity.operations.programs import (
    change_client,
    create_client,
    note_call,
    note_refusals,
    revoke_client,
    rotate_client,
)
from huiguan.identity.operations.seats import end_term, end_terms_of, lock_seats, write_term
from huiguan.identity.operations.sessions import (
    begin_session,
    end_session,
    end_sessions,
    leave,
    prove_password,
    touch_session,
)
from huiguan.identity.operations.signing_in import sign_in, sign_in_with_code, sign_in_with_passkey
from huiguan.identity.operations.visitors import count_wrong_try, demand_visitor_may_try

__all__ = [
    "appoint",
    "begin_session",
    "begin_totp",
    "change_client",
    "change_language",
    "change_password",
    "change_staff",
    "check_code",
    "close_node",
    "confirm_totp",
    "count_wrong_try",
    "create_client",
    "create_node",
    "create_staff",
    "demand_second_factor",
    "demand_visitor_may_try",
    "dismiss",
    "dismiss_staff",
    "drop_second_factors",
    "end_session",
    "end_sessions",
    "end_term",
    "end_terms_of",
    "forget_codes",
    "forget_ended",
    "found_house",
    "hand_over_code",
    "issue_code",
    "leave",
    "lock_seats",
    "make_password_link",
    "note_call",
    "note_refusals",
    "prove_password",
    "readmit_staff",
    "register_passkey",
    "remove_passkey",
    "remove_post",
    "remove_totp",
    "rename_node",
    "rename_passkey",
    "renew_recovery_codes",
    "reset_password",
    "revoke_client",
    "rotate_client",
    "set_post",
    "sign_in",
    "sign_in_with_code",
    "sign_in_with_passkey",
    "spend_proof",
    "touch_session",
    "use_password_link",
    "write_term",
]
