from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "schakel.ingest"
    verbose_name = "Inlezen"
    default_auto_field = "django.db.models.BigAutoField"
