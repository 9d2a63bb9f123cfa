"""No more letters of one kind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schakel.mail import links, outbox
from schakel.mail.compose import UNSUBSCRIBE


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or do it: a program that opens every link of a letter to look at it unsubscribes nobody."""
    try:
        found = links.read(UNSUBSCRIBE, token)
    except links.LinkInvalid as refusal:
        return render(request, "mail/unsubscribe.html", {"fault": str(refusal), "done": False}, status=410)
    if request.method == "POST":
        kinds = found["kinds"]
        assert isinstance(kinds, list)  # noqa: S101 (we signed it)
        outbox.opt_out(str(found["address"]), [str(kind) for kind in kinds])
    response = render(request, "mail/unsubscribe.html", {"fault": "", "done": request.method == "POST"})
    response["Referrer-Policy"] = "strict-origin"
    return response
