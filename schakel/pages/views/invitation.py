"""The page behind the link in an invitation: accept, and for who is new choose how to sign in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from schakel.accounts.door import sign_in
from schakel.accounts.forms import PasswordForm
from schakel.accounts.invitations import accept, account_of, find
from schakel.accounts.models import Invitation, User
from schakel.accounts.read import pending_of
from schakel.core.errors import InvalidInput
from schakel.mail.links import LinkInvalid
from schakel.pages.bodies import body_names
from schakel.pages.presenters.people import role_lines, since_words
from schakel.pages.signed_in import signed_in
from schakel.pages.standing import standing


@sensitive_post_parameters("password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is asked to do and by whom; a program that opens every link of a letter accepts nothing."""
    try:
        response = _answer(request, token)
    except InvalidInput as refusal:
        status = 410 if isinstance(refusal, LinkInvalid) else 400
        response = render(request, "pages/invitation_gone.html", {"fault": str(refusal)}, status=status)
    response["Referrer-Policy"] = "strict-origin"  # the address of this page is a key
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    row = find(token)
    account = account_of(row)
    somebody_else = signed_in(request) and request.user != account
    form = PasswordForm(
        request.POST if "password" in request.POST else None, person=User(email=row.email), auto_id="veld-%s"
    )
    if request.method == "POST" and not somebody_else:
        if account is not None or "without" in request.POST:
            return _accept(request, token, None)
        if form.is_valid():
            return _accept(request, token, form.cleaned_data["password"])
    return _page(request, row, form, known=account is not None, somebody_else=somebody_else)


def _accept(request: HttpRequest, token: str, password: str | None) -> HttpResponse:
    """Only a new account is signed in: the link shows who reads the mail, not who knows the second factor."""
    person, new = accept(token, password=password, language=get_language() or "nl", on=timezone.localdate())
    if new:
        return sign_in(request, person, to=reverse("my_work" if password else "mfa_add_webauthn"))
    messages.success(request, gettext("Aanvaard. Je nieuwe rol staat klaar."))
    return HttpResponseRedirect(reverse("my_work"))


def _page(
    request: HttpRequest, row: Invitation, form: PasswordForm, *, known: bool, somebody_else: bool
) -> HttpResponse:
    pending = pending_of(row)
    context = {
        "email": row.email,
        "roles": role_lines(pending.roles, body_names(pending.roles, standing(request))),
        "by": pending.by,
        "leaver": pending.leaver,
        "until": since_words(row.until.date()),
        "known": known,
        "somebody_else": somebody_else,
        "form": form,
    }
    status = 200 if request.method != "POST" else 409 if somebody_else else 400
    return render(request, "pages/invitation.html", context, status=status)
