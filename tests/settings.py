"""Settings of the tests: the real ones, made strict."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # not a process that forked off
        shutil.rmtree(folder, ignore_errors=True)


# A data folder for each process that runs tests: they would wait for each other's locks and read each other's index.
# What a test starts stays in the folder of the test.
_process = os.environ.get("PYTEST_XDIST_WORKER", "alone")
if os.environ.get("SCHAKEL_TEST_PROCESS") != _process:
    os.environ["SCHAKEL_TEST_PROCESS"] = _process
    os.environ["SCHAKEL_DATA"] = tempfile.mkdtemp(prefix="schakel-tests-")
    atexit.register(_remove, os.environ["SCHAKEL_DATA"], os.getpid())
os.environ.setdefault("SCHAKEL_SECRET_KEY", "only-for-tests-" + "x" * 40)
if "SCHAKEL_TEST_DATABASE_URL" in os.environ:
    os.environ["SCHAKEL_DATABASE_URL"] = os.environ["SCHAKEL_TEST_DATABASE_URL"]
else:
    os.environ.pop("SCHAKEL_DATABASE_URL", None)

(Path(os.environ["SCHAKEL_DATA"]) / "static").mkdir(parents=True, exist_ok=True)  # whitenoise looks for it

from schakel.config.settings import *  # noqa: F403
from schakel.config.settings import DATABASES, STORAGES, TEMPLATES


class UnknownVariable(Exception):
    """A template of ours names a variable that its view does not give."""


class _Strict(str):
    """Django formats this with the name of a variable it cannot find. Django's own templates may; ours may not."""

    def __bool__(self) -> bool:
        return True  # Django looks no further than an empty text

    def __contains__(self, key: object) -> bool:
        return key == "%s" or super().__contains__(str(key))

    def __mod__(self, name: object) -> str:
        frame = sys._getframe(1)
        context = frame.f_locals.get("context")
        template = getattr(getattr(context, "render_context", None), "template", None)
        origin = str(getattr(getattr(template, "origin", None), "name", ""))
        if "site-packages" in Path(origin).parts:
            return ""
        raise UnknownVariable(f"{origin or '?'}: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Strict("")  # type: ignore[index]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if "postgresql" not in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["SCHAKEL_DATA"]) / f"test-{os.getpid()}.sqlite3")}
SEARCH_TALLY_SECONDS = 0
# Most tests sign in as a coordinator to do something else. Those about it demand it: tests/accounts/test_sign_in.py,
# tests/accounts/test_invitations.py and tests/functional/test_passkeys.py.
SECOND_FACTOR_FOR = ()
LOGGING = {"version": 1, "disable_existing_loggers": False}
