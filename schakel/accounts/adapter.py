"""How signing in behaves here: invitations only, letters through the outbox, no address of a visitor kept."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from schakel.accounts.letters import send_password_reset
from schakel.accounts.models import User
from schakel.accounts.visitors import day_mark


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A mark of the day: only compared with itself, to count attempts."""
        return day_mark(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """A link in the person's language. Somebody who may not sign in gets none."""
        if user.is_active:
            send_password_reset(user, f"{context['uid']}-{context['key']}")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing else: with these settings the library has no other letter to send."""


class FederatedAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """What the service tells of somebody is used now and kept nowhere: only the number it knows them by."""
        sociallogin.account.extra_data = {}


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_totp_issuer(self) -> str:
        return "Schakel"
