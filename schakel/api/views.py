"""The page that explains the API: our own, since the usual ones load scripts from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from schakel.api.app import openapi


@dataclass(frozen=True, slots=True)
class ParameterRow:
    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class OperationRow:
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterRow, ...]


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(schema["enum"])
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            return _kind(choice)
    return str(schema.get("type", ""))


def _body(operation: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of the JSON an operation takes, as if they were parameters; none when it takes none."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if "$ref" not in content.get("schema", {}):
        return []
    model = schema["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
    return [{"name": name, "schema": one, **one} for name, one in model["properties"].items()]


def present_operations(schema: dict[str, Any]) -> list[OperationRow]:
    """Rows for the page, in the order of the description."""
    return [
        OperationRow(
            method=method.upper(),
            path=path,
            summary=operation["summary"],
            description=operation.get("description", ""),
            parameters=tuple(
                ParameterRow(one["name"], _kind(one["schema"]), one.get("description", ""))
                for one in (*_body(operation, schema), *operation["parameters"])
            ),
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters."""
    schema = openapi()
    context = {"title": schema["info"]["title"], "intro": schema["info"]["description"].split("\n\n")}
    return render(request, "api/docs.html", context | {"operations": present_operations(schema)})


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """`/api/v1/` itself: to the explanation."""
    return redirect("api-docs")
