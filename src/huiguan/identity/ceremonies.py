"""The two ceremonies of a passkey, as the WebAuthn library holds them: what a browser is asked, and whether its answer is
true. User verification (a finger, a face, a PIN) is always demanded, so a passkey alone is two factors."""

from __future__ import annotations

import hmac
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from huiguan.foundation.sealing import blind
from huiguan.identity.models import Passkey, Staff
from huiguan.identity.refusals import PasskeyRefused
from huiguan.identity.values import Ceremony

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticationCredential
    from webauthn.registration.verify_registration_response import VerifiedRegistration


def handle_of(staff: Staff) -> bytes:
    """What a device keeps instead of a name: it tells nothing of the person."""
    return blind(staff.programme_id, "passkey", str(staff.pk))


def registration_asked(staff: Staff, ceremony: Ceremony, house: str) -> dict[str, Any]:
    """What the browser is asked to make: a passkey that is found without a name, on a device that has none yet."""
    known = Passkey.objects.filter(staff=staff).values_list("credential_id", flat=True)
    library, words = _library()
    options = library.generate_registration_options(
        rp_id=ceremony.site,
        rp_name=house,
        user_id=handle_of(staff),
        user_name=staff.username,
        user_display_name=staff.name,
        challenge=ceremony.challenge,
        authenticator_selection=words.AuthenticatorSelectionCriteria(
            resident_key=words.ResidentKeyRequirement.REQUIRED,
            user_verification=words.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[words.PublicKeyCredentialDescriptor(id=bytes(each)) for each in known],
    )
    asked: dict[str, Any] = library.helpers.options_to_json_dict(options)
    return asked


def sign_in_asked(ceremony: Ceremony, allowed: list[bytes]) -> dict[str, Any]:
    """What the browser is asked to prove; `allowed` empty: whoever's passkey the device holds for this site."""
    library, words = _library()
    options = library.generate_authentication_options(
        rp_id=ceremony.site,
        challenge=ceremony.challenge,
        allow_credentials=[words.PublicKeyCredentialDescriptor(id=each) for each in allowed] or None,
        user_verification=words.UserVerificationRequirement.REQUIRED,
    )
    asked: dict[str, Any] = library.helpers.options_to_json_dict(options)
    return asked


def registered(ceremony: Ceremony, credential: str) -> VerifiedRegistration:
    """A new passkey's public half; PasskeyRefused where the browser's answer does not hold."""
    library, _ = _library()
    try:
        made: VerifiedRegistration = library.verify_registration_response(
            credential=library.helpers.parse_registration_credential_json(credential),
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.site,
            expected_origin=ceremony.origin,
            require_user_verification=True,
        )
    except _wrong():
        raise PasskeyRefused(field="credential") from None
    return made


def presented(credential: str) -> AuthenticationCredential:
    library, _ = _library()
    try:
        given: AuthenticationCredential = library.helpers.parse_authentication_credential_json(credential)
    except _wrong():
        raise PasskeyRefused(field="credential") from None
    return given


def proved(ceremony: Ceremony, passkey: Passkey, credential: AuthenticationCredential) -> int:
    """The signature counter of an answer that holds; PasskeyRefused otherwise, also where the counter went back: then
    somebody has a copy."""
    handle = credential.response.user_handle
    if handle is not None and not hmac.compare_digest(handle, handle_of(passkey.staff)):
        raise PasskeyRefused(field="credential")
    try:
        verified = _library()[0].verify_authentication_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.site,
            expected_origin=ceremony.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _wrong():
        raise PasskeyRefused(field="credential") from None
    return int(verified.new_sign_count)


@cache
def _library() -> tuple[Any, Any]:
    """The WebAuthn library and its words. It loads for half a second, which only whoever uses a passkey waits for."""
    return import_module("webauthn"), import_module("webauthn.helpers.structs")


def _wrong() -> tuple[type[Exception], ...]:
    """What a false answer is told by: the library lets some malformed input through as Python's own errors."""
    return import_module("webauthn.helpers.exceptions").WebAuthnException, ValueError, KeyError, TypeError
