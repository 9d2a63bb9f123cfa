"""Addresses for people who sign in: of what the sign-in library offers only what we use, each with our own page."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as federated
from django.urls import path, re_path

from schakel.accounts import federation, views

# One address whatever the language: these stand in what a person is handed, or at a sign-in service elsewhere.
unprefixed = [
    path("beginnen/<str:uid>/<str:token>", views.begin, name="begin"),
    path("aanmelden/via/<str:provider_id>/terug", federated.callback, name="openid_connect_callback"),
]
_KEY = r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$"
urlpatterns = [
    path("aanmelden", account.login, name="account_login"),
    path("afmelden", account.logout, name="account_logout"),
    path("aanmelden/uit", account.account_inactive, name="account_inactive"),
    path("aanmelden/uitnodiging", account.signup, name="account_signup"),
    path("aanmelden/sleutel", keys.login_webauthn, name="mfa_login_webauthn"),
    path("aanmelden/tweede-stap", second.authenticate, name="mfa_authenticate"),
    path("aanmelden/gestopt", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("aanmelden/mislukt", social.login_error, name="socialaccount_login_error"),
    path("aanmelden/via/<str:provider_id>", federation.login, name="openid_connect_login"),
    path("wachtwoord/vergeten", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/nieuw/klaar", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(_KEY, account.password_reset_from_key, name="account_reset_password_from_key"),
    path("mijn/wachtwoord", account.password_change, name="account_change_password"),
    path("mijn/wachtwoord/kiezen", account.password_set, name="account_set_password"),
    path("mijn/bevestigen", account.reauthenticate, name="account_reauthenticate"),
    path("mijn/bevestigen/code", second.reauthenticate, name="mfa_reauthenticate"),
    path("mijn/bevestigen/sleutel", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mijn/beveiliging", second.index, name="mfa_index"),
    path("mijn/beveiliging/app", totp.activate_totp, name="mfa_activate_totp"),
    path("mijn/beveiliging/app/uit", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("mijn/beveiliging/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("mijn/beveiliging/codes/nieuw", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("mijn/beveiliging/codes/tekst", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("mijn/beveiliging/sleutels", keys.list_webauthn, name="mfa_list_webauthn"),
    path("mijn/beveiliging/sleutels/nieuw", keys.add_webauthn, name="mfa_add_webauthn"),
    path("mijn/beveiliging/sleutels/<int:pk>/weg", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("mijn/beveiliging/sleutels/<int:pk>/naam", keys.edit_webauthn, name="mfa_edit_webauthn"),
]
