from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "schakel.accounts"
    verbose_name = "Mensen"
    default_auto_field = "django.db.models.BigAutoField"


class ManagementConfig(AdminConfig):
    """Django's admin, with our own site."""

    default_site = "schakel.accounts.site.ManagementSite"
