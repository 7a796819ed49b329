"""Who acts, with which powers, at which shops; the tree, the staff, the posts and the programs; who is signed in."""

from huiguan.identity.queries.acting import (
    account,
    actor_holding,
    actor_of_client,
    actor_of_program,
    actor_of_staff,
    demand_over_program,
    known_client,
    person_powers,
)
from huiguan.identity.queries.one_time import codes_to_send
from huiguan.identity.queries.people import (
    all_staff_phones,
    client_refusals,
    clients,
    people,
    people_by_id,
    people_by_username,
    posts,
    program_key,
    programme_of,
    sellers,
    staff_phones,
)
from huiguan.identity.queries.places import shop, shops, shops_by_code, shops_by_id, shops_question, tree
from huiguan.identity.queries.signing_in import (
    has_second_factor,
    link_person,
    open_session,
    passkey_to_present,
    passkey_to_register,
    second_factors,
    sessions,
    totp_begun,
)
from huiguan.identity.queries.staff import staff_member, staff_members
from huiguan.identity.reach import shops_under

__all__ = [
    "account",
    "actor_holding",
    "actor_of_client",
    "actor_of_program",
    "actor_of_staff",
    "all_staff_phones",
    "client_refusals",
    "clients",
    "codes_to_send",
    "demand_over_program",
    "has_second_factor",
    "known_client",
    "link_person",
    "open_session",
    "passkey_to_present",
    "passkey_to_register",
    "people",
    "people_by_id",
    "people_by_username",
    "person_powers",
    "posts",
    "program_key",
    "programme_of",
    "second_factors",
    "sellers",
    "sessions",
    "shop",
    "shops",
    "shops_by_code",
    "shops_by_id",
    "shops_question",
    "shops_under",
    "staff_member",
    "staff_members",
    "staff_phones",
    "totp_begun",
    "tree",
]
