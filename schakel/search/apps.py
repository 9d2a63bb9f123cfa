from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "schakel.search"
    verbose_name = "Zoeken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from schakel.register import write  # models are only there now
        from schakel.search.tasks import enqueue_rebuild

        if enqueue_rebuild not in write.listeners:
            write.listeners.append(enqueue_rebuild)
