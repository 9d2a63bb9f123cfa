from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "schakel.audit"
    verbose_name = "Logboek"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from schakel.audit import guard

        guard.stand_over(self, guard.LOG)
