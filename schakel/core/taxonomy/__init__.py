"""The ten themes and the 48 services of the region, with the words people use for them.

Read once from the packaged `themes.toml` and `services.toml`. Codes never change; labels and synonyms may grow.
"""

from schakel.core.taxonomy.catalogue import Service, Theme, service, services, theme, themes

__all__ = ["Service", "Theme", "service", "services", "theme", "themes"]
