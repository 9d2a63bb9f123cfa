"""Logs: one JSON object a line, nothing about visitors, no working links."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from schakel.operations.logs import DataFolderHandler, JsonFormatter, rotate
from schakel.operations.requests import RequestLog


def _line(record: logging.LogRecord) -> dict[str, object]:
    return json.loads(JsonFormatter().format(record))  # type: ignore[no-any-return]


def _respond(status: int) -> RequestLog:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status)

    return RequestLog(view)


def test_request_line_has_no_query_and_no_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="schakel.request"):
        _respond(200)(RequestFactory().get("/gids?q=mijn+ziekte", REMOTE_ADDR="10.9.8.7"))
    line = _line(caplog.records[0])
    assert {name: line[name] for name in ("method", "path", "status")} == {
        "method": "GET",
        "path": "/gids",
        "status": 200,
    }
    assert isinstance(line["ms"], float)
    assert "ziekte" not in json.dumps(line)
    assert "10.9.8.7" not in json.dumps(line)


@pytest.mark.parametrize("path", ["/beginnen/MQ/abc-123", "/en/beginnen/MQ/abc-123"])
def test_one_time_link_is_not_written_down(path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="schakel.request"):
        _respond(200)(RequestFactory().get(path))
    assert "abc-123" not in json.dumps(_line(caplog.records[0]))
    message = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (path,), None)
    assert "abc-123" not in json.dumps(_line(message))


def test_static_files_are_only_logged_when_they_fail(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="schakel.request"):
        _respond(200)(RequestFactory().get("/static/schakel.css"))
        assert caplog.records == []
        _respond(404)(RequestFactory().get("/static/nope.css"))
    assert len(caplog.records) == 1


def test_newline_in_a_path_cannot_forge_a_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="schakel.request"):
        _respond(404)(RequestFactory().get("/gids%0A%7B%22level%22%3A%20%22ERROR%22"))
    assert "\n" not in JsonFormatter().format(caplog.records[0])


def test_traceback_is_kept() -> None:
    try:
        raise ValueError("kapot")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "mis", (), (type(error), error, error.__traceback__))
    assert "ValueError: kapot" in str(_line(record)["traceback"])


def test_log_that_grew_is_moved_and_writers_follow(tmp_path: Path) -> None:
    file = tmp_path / "log" / "schakel.jsonl"
    handler = DataFolderHandler(file)
    handler.setFormatter(JsonFormatter())
    record = logging.LogRecord("x", logging.INFO, "", 0, "een", (), None)
    handler.emit(record)
    assert file.parent.stat().st_mode & 0o077 == 0
    assert not rotate(file, largest_bytes=10_000)
    for number in range(4):
        assert rotate(file, largest_bytes=10, kept=2)
        handler.emit(logging.LogRecord("x", logging.INFO, "", 0, f"regel {number}", (), None))
    handler.close()
    assert "regel 3" in file.read_text()
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "schakel.jsonl",
        "schakel.jsonl.1",
        "schakel.jsonl.2",
    ]
    assert "regel 2" in (file.parent / "schakel.jsonl.1").read_text()
