from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "schakel.analyses"
    verbose_name = "Analyses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from schakel.analyses.record import KEPT_AS_THEY_ARE
        from schakel.audit.guard import stand_over

        stand_over(self, *KEPT_AS_THEY_ARE)
