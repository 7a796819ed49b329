"""The two ceremonies of a passkey, as the WebAuthn library holds them: what a browser is asked, and whether its answer is
true. User verification (a finger, a face, a PIN) is always demanded, so a passkey alone is two factors."""

from __future__ import annotations

import hmac
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from huiguan.foundation.sealing import blind
from huiguan.identity.models import Passkey, Staff
from huiguan.identity.refusals import PasskeyRefused
from huiguan.identity.values import Ceremony

_VERIFIED = UserVerificationRequirement.REQUIRED
_WRONG = (WebAuthnException, ValueError, KeyError, TypeError)  # the library lets some malformed input through as these


def handle_of(staff: Staff) -> bytes:
    """What a device keeps instead of a name: it tells nothing of the person."""
    return blind(staff.programme_id, "passkey", str(staff.pk))


def registration_asked(staff: Staff, ceremony: Ceremony, house: str) -> dict[str, Any]:
    """What the browser is asked to make: a passkey that is found without a name, on a device that has none yet."""
    known = Passkey.objects.filter(staff=staff).values_list("credential_id", flat=True)
    options = generate_registration_options(
        rp_id=ceremony.site,
        rp_name=house,
        user_id=handle_of(staff),
        user_name=staff.username,
        user_display_name=staff.name,
        challenge=ceremony.challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(each)) for each in known],
    )
    return options_to_json_dict(options)


def sign_in_asked(ceremony: Ceremony, allowed: list[bytes]) -> dict[str, Any]:
    """What the browser is asked to prove; `allowed` empty: whoever's passkey the device holds for this site."""
    options = generate_authentication_options(
        rp_id=ceremony.site,
        challenge=ceremony.challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in allowed] or None,
        user_verification=_VERIFIED,
    )
    return options_to_json_dict(options)


def registered(ceremony: Ceremony, credential: str) -> VerifiedRegistration:
    """A new passkey's public half; PasskeyRefused where the browser's answer does not hold."""
    try:
        return verify_registration_response(
            credential=parse_registration_credential_json(credential),
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.site,
            expected_origin=ceremony.origin,
            require_user_verification=True,
        )
    except _WRONG:
        raise PasskeyRefused(field="credential") from None


def presented(credential: str) -> AuthenticationCredential:
    try:
        return parse_authentication_credential_json(credential)
    except _WRONG:
        raise PasskeyRefused(field="credential") from None


def proved(ceremony: Ceremony, passkey: Passkey, credential: AuthenticationCredential) -> int:
    """The signature counter of an answer that holds; PasskeyRefused otherwise, also where the counter went back: then
    somebody has a copy."""
    handle = credential.response.user_handle
    if handle is not None and not hmac.compare_digest(handle, handle_of(passkey.staff)):
        raise PasskeyRefused(field="credential")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.site,
            expected_origin=ceremony.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _WRONG:
        raise PasskeyRefused(field="credential") from None
    return verified.new_sign_count
