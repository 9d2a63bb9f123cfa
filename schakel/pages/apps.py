"""The pages as a Django app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "schakel.pages"
    verbose_name = "Pagina's"
    default_auto_field = "django.db.models.BigAutoField"
