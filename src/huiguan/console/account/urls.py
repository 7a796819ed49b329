"""Addresses of one's own account."""

from __future__ import annotations

from django.urls import path

from huiguan.console.account import authenticator, passkeys, views

app_name = "account"
urlpatterns = [
    path("", views.account, name="account"),
    path("language", views.language, name="language"),
    path("password", views.password, name="password"),
    path("proof", views.proof, name="proof"),
    path("sessions", views.end_others, name="end_others"),
    path("sessions/<int:session>", views.end_session, name="end_session"),
    path("authenticator", authenticator.authenticator, name="authenticator"),
    path("authenticator/removal", authenticator.removal, name="authenticator_removal"),
    path("recovery-codes", authenticator.recovery_codes, name="recovery_codes"),
    path("passkeys", passkeys.passkeys, name="passkeys"),
    path("passkeys/options", passkeys.options, name="passkey_options"),
    path("passkeys/<int:number>/name", passkeys.rename, name="passkey_name"),
    path("passkeys/<int:number>/removal", passkeys.removal, name="passkey_removal"),
]
