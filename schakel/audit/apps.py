from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "schakel.audit"
    verbose_name = "Logboek"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from schakel.audit.guard import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="schakel.audit.guard")
