"""All settings, from the environment; a wrong value stops the start. Described in docs/handbook/beheerders.md.

Messages are in Dutch: an operator reads them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from schakel.mail.site import WrongSetting, parse_sender, parse_site, parse_smtp

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str, default: str) -> bool:
    value = os.environ.get(name, default)
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}; verwacht: 0 of 1")
    return value == "1"


def _number(name: str, default: int, smallest: int = 1) -> int:
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not smallest <= int(value) <= 1_000_000:
        raise ImproperlyConfigured(f"{name} is {value!r}; verwacht: een geheel getal vanaf {smallest}")
    return int(value)


def _one_of(name: str, default: str, *allowed: str) -> str:
    value = os.environ.get(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; verwacht: {', '.join(allowed)}")
    return value


def _data_folder() -> Path:
    folder = Path(os.environ.get("SCHAKEL_DATA", "data")).resolve()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"SCHAKEL_DATA is {folder}, en dat is geen map")
    return folder


def _secret_key(folder: Path) -> str:
    """From the environment, else from `secret-key` in the data folder (written once by the `schakel` command)."""
    key = os.environ.get("SCHAKEL_SECRET_KEY", "")
    file = folder / "secret-key"
    if not key and file.is_file():
        key = file.read_text(encoding="ascii").strip()
    if 0 < len(key) < 32:
        raise ImproperlyConfigured(
            f"de geheime sleutel (SCHAKEL_SECRET_KEY, of {file}) is te kort; verwacht: 32 tekens of meer"
        )
    if not key:
        raise ImproperlyConfigured(
            f"er is geen geheime sleutel: zet SCHAKEL_SECRET_KEY (32 tekens of meer), of herstel {file} "
            "(de opdracht `schakel` maakt dat bestand als het er niet is)"
        )
    return key


def _database(folder: Path) -> dict[str, object]:
    """SQLite in the data folder, or what SCHAKEL_DATABASE_URL says: `postgresql://user:password@host:port/name`."""
    address = os.environ.get("SCHAKEL_DATABASE_URL", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "schakel.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # a second writer waits instead of failing half-way
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000",
            },
            "CONN_MAX_AGE": 60,  # opening the file again takes some 2 ms of every page
        }
    parts = urlparse(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "SCHAKEL_DATABASE_URL is niet leesbaar; verwacht: postgresql://gebruiker:wachtwoord@machine:poort/naam"
        )
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("SCHAKEL_DATABASE_URL: de poort is geen getal van 0 tot 65535") from error
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _hosts() -> list[str]:
    """Names without https:// or a path. A wrong one would make the site refuse every visitor."""
    value = os.environ.get("SCHAKEL_HOSTS", "127.0.0.1,localhost,[::1]")
    hosts = [host.strip() for host in value.split(",") if host.strip()]
    if not hosts or not all(
        re.fullmatch(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]", host) for host in hosts
    ):
        raise ImproperlyConfigured(
            f"SCHAKEL_HOSTS is {value!r}; verwacht: namen met een komma ertussen, zonder https:// en zonder poort, "
            "zoals schakel.voorbeeld.be"
        )
    return hosts


def _readable(name: str, parse: Callable[[str], object]) -> str:
    """What the environment says, once `parse` accepts it; empty when it says nothing."""
    value = os.environ.get(name, "")
    try:
        _ = parse(value) if value else None
    except WrongSetting as error:
        raise ImproperlyConfigured(f"{name} {error}") from error
    return value


def _mail(site: str) -> tuple[str, str]:
    """The mail server and who writes. With a server, the sender and the address of the site must be known too."""
    server, sender = _readable("SCHAKEL_SMTP_URL", parse_smtp), _readable("SCHAKEL_MAIL_FROM", parse_sender)
    for name, value in (("SCHAKEL_MAIL_FROM", sender), ("SCHAKEL_SITE_URL", site)):
        if server and not value:
            raise ImproperlyConfigured(f"SCHAKEL_SMTP_URL is gezet, dan moet {name} dat ook zijn")
    return server, sender


def _federation() -> dict[str, object]:
    """Signing in through an OpenID Connect service such as ACM/IDM; nothing when no issuer is set."""
    issuer, name = os.environ.get("SCHAKEL_OIDC_ISSUER", ""), os.environ.get("SCHAKEL_OIDC_NAME", "ACM/IDM")
    client, secret = os.environ.get("SCHAKEL_OIDC_CLIENT", ""), os.environ.get("SCHAKEL_OIDC_SECRET", "")
    if not issuer:
        if client or secret:
            raise ImproperlyConfigured("SCHAKEL_OIDC_ISSUER ontbreekt; verwacht: het adres van de aanmelddienst")
        return {}
    parts = urlparse(issuer)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ImproperlyConfigured(f"SCHAKEL_OIDC_ISSUER is {issuer!r}; verwacht: https://naam/pad")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ImproperlyConfigured("SCHAKEL_OIDC_ISSUER moet met https:// beginnen")
    if not client or not secret:
        raise ImproperlyConfigured("met SCHAKEL_OIDC_ISSUER horen ook SCHAKEL_OIDC_CLIENT en SCHAKEL_OIDC_SECRET")
    app = {"provider_id": "oidc", "name": name, "client_id": client, "secret": secret}
    asked = {"server_url": issuer, "scope": ["openid", "email"]}  # the address, and nothing more about somebody
    return {"openid_connect": {"APPS": [{**app, "settings": asked}], "OAUTH_PKCE_ENABLED": True}}


DATA_FOLDER = _data_folder()
SECRET_KEY = _secret_key(DATA_FOLDER)
DEBUG = False
ALLOWED_HOSTS = _hosts()
HTTPS = _flag("SCHAKEL_HTTPS", "0")  # set behind a proxy that speaks https and sets X-Forwarded-Proto
_SITE = _readable("SCHAKEL_SITE_URL", parse_site)
SMTP_URL, MAIL_FROM = _mail(_SITE)
# The address in mails and on paper. Never from the Host header of a request: anybody can write that.
SITE_URL = parse_site(
    _SITE or (f"https://{ALLOWED_HOSTS[0].lstrip('.*') or 'localhost'}" if HTTPS else "http://127.0.0.1:8000")
)
SITE_GIVEN = bool(_SITE)  # else pages and files name the address at which a visitor reached them
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "schakel.accounts.apps.AccountsConfig",
    "schakel.audit.apps.AuditConfig",
    "schakel.mail.apps.MailConfig",
    "schakel.register.apps.RegisterConfig",
    "schakel.cooperation.apps.CooperationConfig",
    "schakel.upkeep.apps.UpkeepConfig",
    "schakel.search.apps.SearchConfig",
    "schakel.analyses.apps.AnalysesConfig",
    "schakel.ingest.apps.IngestConfig",
    "schakel.pages.apps.PagesConfig",
    "schakel.api.apps.ApiConfig",
    "schakel.operations.apps.OperationsConfig",
    "schakel.accounts.apps.ManagementConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "schakel.operations.requests.RequestLog",
    "schakel.operations.headers.SecurityHeaders",
    "schakel.operations.headers.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "schakel.pages.language.AddressLanguage",
    "django.middleware.common.CommonMiddleware",
    "schakel.api.gate.ApiGate",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schakel.accounts.sessions.SessionEnds",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schakel.pages.gate.FormGate",
]

ROOT_URLCONF = "schakel.config.urls"
WSGI_APPLICATION = "schakel.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schakel.pages.context.site",
            ],
        },
    }
]

DATABASES = {"default": _database(DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_IDLE_SECONDS = 60 * 60 * 2  # who signed in and did nothing for so long, signs in again
SESSION_LONGEST_SECONDS = 60 * 60 * 12  # and everybody after a working day
# Who acts for these kinds of body gets nothing before they set up a second factor.
SECOND_FACTOR_FOR: tuple[str, ...] = ("region", "cluster")

# --- signing in: django-allauth, by invitation only ---
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_work"
ACCOUNT_ADAPTER = "schakel.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # nobody signs up; it says that a password is used
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address already
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "schakel.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "schakel.accounts.passkeys.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on this machine only
SOCIALACCOUNT_ADAPTER = "schakel.accounts.adapter.FederatedAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # whom the service says has this verified address, is the person we invited
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = _federation()

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "locale"]

TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "schakel.pages.libraries.MapLibreFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing asks for the plain names: half the work at the first start
SEARCH_INDEX_FOLDER = DATA_FOLDER / "search"
ROADS_FILE = DATA_FOLDER / "roads" / "roads.npz"  # what `schakel load osm` keeps
SEARCH_TALLY_SECONDS = 10  # how long counts of searches wait in memory; 0: written at once

CSRF_FAILURE_VIEW = "schakel.pages.errors.token_missing"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Django's admin draws its arrows as data: pictures
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

API_REQUESTS_A_MINUTE = _number("SCHAKEL_API_LIMIT", 300)  # per client and per web process
WEB_PROCESSES = _number("SCHAKEL_WEB_PROCESSES", 2)
WEB_THREADS = _number("SCHAKEL_WEB_THREADS", 2)

LOG_HANDLER = _one_of("SCHAKEL_LOG_TO", "file", "file", "stderr")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "schakel.operations.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "file": {
            "()": "schakel.operations.logs.DataFolderHandler",
            "filename": DATA_FOLDER / "log" / "schakel.jsonl",
            "formatter": "json",
        },
    },
    "root": {
        "handlers": [LOG_HANDLER],
        "level": _one_of("SCHAKEL_LOG_LEVEL", "INFO", "DEBUG", "INFO", "WARNING", "ERROR"),
    },
    "loggers": {
        # Django's own handlers would repeat what the request log says, or send mail
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # the request log has every status already
        "django_tasks_db": {"level": "WARNING"},
    },
}
