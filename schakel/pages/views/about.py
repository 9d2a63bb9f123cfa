"""Pages about this site itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from schakel.pages.fresh import personal, settled, site_address
from schakel.pages.presenters.gallery import present_gallery
from schakel.pages.presenters.glossary import present_glossary
from schakel.pages.presenters.sources import present_sources
from schakel.pages.standing import standing
from schakel.register import read
from schakel.wording.personal import EVERYBODY, VISITORS, WITH_ACCOUNT

RUNS = 50


@settled
def sources(request: HttpRequest) -> HttpResponse:
    """Who speaks here, and every load."""
    page = present_sources(read.list_sources(), read.list_runs(RUNS), standing(request))
    return render(request, "pages/sources.html", {"page": page})


@settled
def glossary(request: HttpRequest) -> HttpResponse:
    """Terms, each explained once."""
    return render(request, "pages/glossary.html", {"page": present_glossary()})


@settled
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@settled
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept and what is not."""
    tables = {"with_account": WITH_ACCOUNT, "visitors": VISITORS, "everybody": EVERYBODY}
    return render(request, "pages/privacy.html", tables)


@require_safe
@personal
def components(request: HttpRequest) -> HttpResponse:
    """Every component with its states, with examples that are invented."""
    return render(request, "pages/components.html", {"page": present_gallery()})


@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may visit: everything but the administration, personal pages and endless filters."""
    lines = ["User-agent: *", "Disallow: /beheer/", f"Disallow: {reverse('my_list')}", f"Disallow: {reverse('guide')}?"]
    lines += [
        "Disallow: /*gids.pdf",  # made when somebody asks
        f"Disallow: {reverse('siting')}?",
        "Disallow: /open-data/*?",
        f"Sitemap: {site_address(request)}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class Favicon(RedirectView):
    """Browsers that ask for the old name get the hexagons."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        """The address of the picture."""
        return static("schakel/favicon.svg")
