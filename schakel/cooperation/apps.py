from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "schakel.cooperation"
    verbose_name = "Samenwerking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the letters about needs."""
        from schakel.cooperation.needs import letters  # noqa: F401 (the registry needs the apps to be ready)
