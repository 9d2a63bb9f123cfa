"""A sign-in service that speaks OpenID Connect: `python -m tests.accounts.oidc_provider PORT FOLDER REDIRECT_URI`.

A process of its own with `allauth.idp`, which plays what ACM/IDM is for a real site. It serves on loopback and says
"ready" when it does. Everybody in PEOPLE can sign in there; whether it vouches for the address differs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

CLIENT, SECRET = "schakel-voorbeeld", "geheim-voor-de-tests"
PASSWORD = "een-lang-wachtwoord"
PEOPLE = {"bea@voorbeeld.example": True, "cis@voorbeeld.example": False, "onbekend@voorbeeld.example": True}


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def configure(folder: Path) -> None:
    """Settings of the service: nothing of ours."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    settings.configure(
        SECRET_KEY="only-for-tests-" + "y" * 40,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.accounts.oidc_provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=pem,
        SESSION_COOKIE_NAME="provider",
        USE_TZ=True,
    )


def fill(redirect_uri: str) -> None:
    """The one site that may ask, and the people."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    site = Client(id=CLIENT, name="Schakel", scopes="openid\nemail", skip_consent=True, redirect_uris=redirect_uri)
    site.set_secret(SECRET)
    site.save()
    for email, verified in PEOPLE.items():
        person = User.objects.create_user(email.split("@")[0], email, PASSWORD)
        EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)


def main(port: int, folder: Path, redirect_uri: str) -> None:
    """Serve until the process is ended."""
    configure(folder)
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    fill(redirect_uri)
    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
