"""Choosing a service area without knowing its codes: boxes to tick and a number of kilometres."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from schakel.core.errors import InvalidInput
from schakel.core.geography import parse_area_token
from schakel.register import models
from schakel.register.folding import fold

_WHOLE = (("region", "Heel de regio"), ("outside", "Ook buiten de regio"))
_RADIUS = "radius:"


class AreaWidget(forms.Widget):
    """The tokens of an area as boxes; every box has the name of the field and its token as value."""

    template_name = "admin/register/area.html"

    def __init__(self) -> None:
        super().__init__({})
        self.on_site = ""  # how the site reads it today, in words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Groups of boxes, the kilometres, and whether there is something to wipe."""
        chosen = [str(token) for token in value or ()]
        groups = [("Alles", _WHOLE), ("Clusters", _clusters()), ("Gemeenten", _municipalities())]
        known = {token for _, choices in groups for token, _ in choices}
        radius = [token for token in chosen if token.startswith(_RADIUS)]
        gone = [token for token in chosen if token not in known and token not in radius[:1]]
        if gone:
            groups.append(("Bestaat niet (meer) in deze regio", tuple((token, token) for token in gone)))
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "groups": [
                {"title": title, "boxes": [(token, words, token in chosen) for token, words in choices]}
                for title, choices in groups
                if choices
            ],
            "radius": radius[0].removeprefix(_RADIUS).replace(".", ",") if radius else "",
            "chosen": bool(chosen),
            "on_site": self.on_site,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """The tokens that were ticked, and one for the kilometres; nothing when it is said to be unknown."""
        if data.get(f"{name}_unknown"):
            return []
        found: Any = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        tokens = [token for token in found if token]
        kilometres = re.sub(r"\s*km$", "", str(data.get(f"{name}_radius", "")).strip()).replace(",", ".")
        if kilometres:
            tokens.append(f"{_RADIUS}{kilometres}")
        return list(dict.fromkeys(tokens))

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""  # a label for a group of boxes points at nothing


class AreaField(forms.Field):
    """A list of tokens; empty when it is not known."""

    widget = AreaWidget

    def clean(self, value: Any) -> list[str]:
        """Refuses kilometres that are no number, in words that fit the box they were typed in."""
        for token in value or ():
            if token.startswith(_RADIUS):
                try:
                    parse_area_token(token)
                except InvalidInput:
                    typed = token.removeprefix(_RADIUS)
                    raise forms.ValidationError(
                        f"Bij de straal staat '{typed}'. Verwacht wordt een aantal kilometer groter dan 0, zoals 10."
                    ) from None
        return list(value or ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or ()) != set(data or ())


def _clusters() -> Sequence[tuple[str, str]]:
    rows = models.Cluster.objects.values_list("slug", "name")
    return tuple((f"cluster:{slug}", name) for slug, name in sorted(rows, key=lambda row: fold(row[1])))


def _municipalities() -> Sequence[tuple[str, str]]:
    rows = models.Municipality.objects.values_list("nis_code", "name")
    return tuple((f"nis:{code}", name) for code, name in sorted(rows, key=lambda row: fold(row[1])))
