from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "schakel.cooperation"
    verbose_name = "Samenwerking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the letters about needs, and what becomes of needs when somebody is erased."""
        from schakel.accounts.erase import forgetters, objections
        from schakel.cooperation.needs import letters  # noqa: F401 (the registry needs the apps to be ready)
        from schakel.cooperation.needs.forget import forget_person, refuse_open_needs

        objections.append(refuse_open_needs)
        forgetters.append(forget_person)
