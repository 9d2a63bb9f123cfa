from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "schakel.upkeep"
    verbose_name = "Profielen bijhouden"
    default_auto_field = "django.db.models.BigAutoField"
