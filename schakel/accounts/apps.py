from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "schakel.accounts"
    verbose_name = "Mensen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from schakel.accounts.passkeys import showed_themselves
        from schakel.accounts.sessions import begin_counting

        authenticator_added.connect(showed_themselves, dispatch_uid="schakel.passkeys")
        user_logged_in.connect(begin_counting, dispatch_uid="schakel.sessions")


class ManagementConfig(AdminConfig):
    """Django's admin, with our own site."""

    default_site = "schakel.accounts.site.ManagementSite"
