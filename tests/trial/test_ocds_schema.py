"""Our releases against the real schemas of the Open Contracting Data Standard 1.1.5."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from schakel.exports.ocds import release_package
from tests.exports.ocds_needs import ALL
from tests.exports.test_ocds import AROUND, releases

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "ocds"
pytestmark = [
    pytest.mark.trial,
    pytest.mark.skipif(
        not SCHEMAS.is_dir(),
        reason="NOT CHECKED: ../shared/data/ocds is not beside the project",
    ),
]


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return found


def test_package_of_every_kind_of_release_is_valid() -> None:
    release = _schema("release-schema.json")
    registry = Registry().with_resource(release["id"], Resource.from_contents(release, default_specification=DRAFT4))
    validator = Draft4Validator(_schema("release-package-schema.json"), registry=registry)
    package = json.loads(json.dumps(release_package(releases(*ALL), **AROUND)))
    assert [f"{'/'.join(map(str, one.path))}: {one.message}" for one in validator.iter_errors(package)] == []
    del package["releases"][0]["ocid"]
    assert list(validator.iter_errors(package)), "the check itself can fail"
