from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "schakel.cooperation"
    verbose_name = "Samenwerking"
    default_auto_field = "django.db.models.BigAutoField"
