from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "schakel.operations"
    verbose_name = "Beheer"
    default_auto_field = "django.db.models.BigAutoField"
