"""What can be done to the organisation: places, people, programs, and signing in."""

from huiguan.identity.operations.people import (
    appoint,
    change_language,
    create_staff,
    dismiss,
    dismiss_staff,
    reset_password,
)
from huiguan.identity.operations.places import close_node, create_node, found_house
from huiguan.identity.operations.programs import create_client, revoke_client
from huiguan.identity.operations.signing_in import sign_in

__all__ = [
    "appoint",
    "change_language",
    "close_node",
    "create_client",
    "create_node",
    "create_staff",
    "dismiss",
    "dismiss_staff",
    "found_house",
    "reset_password",
    "revoke_client",
    "sign_in",
]
