"""What a municipality spends: its lists, one list, looking at names, files. Only for who works for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from schakel.accounts.models import User
from schakel.cooperation.spend import read, write
from schakel.cooperation.spend.read import SpendRecord
from schakel.cooperation.spend.supply import takers_of
from schakel.core.errors import InvalidInput
from schakel.core.model import Municipality
from schakel.core.permissions import Action, Target, may
from schakel.documents.spend import build_spend
from schakel.exports import describe_export
from schakel.exports.spend import spend_csv, spend_xlsx
from schakel.pages.access import actor, behalf, requires
from schakel.pages.bodies import municipality_target
from schakel.pages.errors import refuses_plainly
from schakel.pages.fresh import site_address
from schakel.pages.presenters.spend import (
    MOST_FAULTS,
    UploadForm,
    present_review,
    present_spend,
    read_decisions,
    read_upload,
)
from schakel.pages.presenters.spend_list import category_codes, organisations_of, present_spend_list
from schakel.pages.standing import standing
from schakel.register import read as register

_SHOWN = ["GET", "HEAD", "POST"]


def target_of(request: HttpRequest, slug: str, **_: object) -> Target | None:
    """The municipality of the address."""
    return municipality_target(slug, standing(request))


@require_http_methods(_SHOWN)
@requires(Action.SEE_SPEND, target_of)
def lists(request: HttpRequest, slug: str) -> HttpResponse:
    """The lists of a municipality; POST takes another in, or forgets who a supplier is."""
    place, today = _place(request, slug), timezone.localdate()
    form = UploadForm(today.year - 1)
    if request.method == "POST":
        hand = _hand(request, slug)
        if "forget" in request.POST:
            write.forget_pair(place.nis_code, _number(request.POST["forget"]), hand)
            messages.success(request, gettext("Bij de volgende lijst vragen we het opnieuw."))
            return HttpResponseRedirect(reverse("spend", kwargs={"slug": place.slug}))
        sent = request.FILES.get("list")
        form = read_upload(request.POST, sent if isinstance(sent, UploadedFile) else None, today)
        if not form.fault and isinstance(sent, UploadedFile):
            added, form = _add(place, sent.read(), form, hand)
            if added is not None:
                return _go_to(request, place, added)
    pairs = read.list_pairs(place.nis_code)
    page = present_spend(
        place, read.list_lists(place.nis_code), pairs, register.list_names([one.organisation for one in pairs]), form,
        edits=_edits(request, slug), today=today,
    )  # fmt: skip
    return render(request, "pages/spend.html", {"page": page}, status=400 if form.fault else 200)


@require_http_methods(_SHOWN)
@requires(Action.SEE_SPEND, target_of)
@refuses_plainly
def one_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a list says; POST names accounts, or takes the list away."""
    place = _place(request, slug)
    record = _record(place, number)
    if request.method == "POST":
        return _change(request, place, record)
    takers = takers_of(place.nis_code, category_codes(record), timezone.localdate())
    page = present_spend_list(
        place,
        record,
        peers=read.list_peers(sorted({amount.bucket.year for amount in record.amounts})),
        takers=takers,
        names=register.list_names(organisations_of(record, takers)),
        place_name=standing(request).place_name,
        edits=_edits(request, slug),
    )
    return render(request, "pages/spend_list.html", {"page": page})


@require_http_methods(_SHOWN)
@requires(Action.SEE_SPEND, target_of)
@refuses_plainly
def review(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The names to look at; POST keeps what was said, and closes the list when that was asked."""
    place = _place(request, slug)
    record = _record(place, number)
    back = HttpResponseRedirect(reverse("spend_list", kwargs={"slug": place.slug, "number": number}))
    if request.method == "POST":
        hand = _hand(request, slug)
        write.decide(place.nis_code, number, read_decisions(request.POST, record))
        if "close" in request.POST:
            write.close_list(place.nis_code, number, hand)
            messages.success(request, gettext("Het nazicht is klaar. De namen zijn weg, de bedragen blijven."))
        else:
            messages.success(request, gettext("Bewaard. Je kan later verder kijken."))
        return back
    if record.closed_at is not None:
        return back
    page = present_review(place, record, edits=_edits(request, slug))
    return render(request, "pages/spend_review.html", {"page": page})


@require_safe
@requires(Action.SEE_SPEND, target_of)
@refuses_plainly
def download(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """A list as a file: what was added up, by category and standing."""
    if extension not in _MADE:
        raise Http404
    place = _place(request, slug)
    made, kind = _MADE[extension]
    response = HttpResponse(made(request, place, _record(place, number)), content_type=kind)
    how = "inline" if extension == "pdf" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="uitgaven-{place.slug}-{number}.{extension}"'
    return response


def _change(request: HttpRequest, place: Municipality, record: SpendRecord) -> HttpResponse:
    hand = _hand(request, place.slug)
    if "remove" in request.POST:
        write.remove_list(place.nis_code, record.number, hand)
        messages.success(request, gettext("De lijst is weg."))
        return HttpResponseRedirect(reverse("spend", kwargs={"slug": place.slug}))
    own = {amount.bucket.account for amount in record.amounts if amount.bucket.account}
    said = {name.removeprefix("rekening-"): str(category) for name, category in request.POST.items()}
    write.name_accounts(place.nis_code, {account: said[account] for account in own & said.keys()}, hand)
    messages.success(request, gettext("Bewaard. We onthouden dit voor je volgende lijsten."))
    return HttpResponseRedirect(reverse("spend_list", kwargs={"slug": place.slug, "number": record.number}))


def _add(place: Municipality, data: bytes, form: UploadForm, hand: write.Hand) -> tuple[write.Added | None, UploadForm]:
    """The list that was added, or the form with why it was not."""
    try:
        return write.add_list(place.nis_code, data, year=form.year, leave_out=form.leave_out, hand=hand), form
    except write.ListRefused as refusal:
        rows = tuple(str(fault) for fault in refusal.faults[:MOST_FAULTS])
        more = max(0, len(refusal.faults) - MOST_FAULTS)
        return None, UploadForm(form.year, form.leave_out, str(refusal), rows, more)
    except InvalidInput as refusal:
        return None, UploadForm(form.year, form.leave_out, str(refusal))


def _go_to(request: HttpRequest, place: Municipality, added: write.Added) -> HttpResponse:
    kwargs = {"slug": place.slug, "number": added.number}
    if added.known:
        messages.success(request, gettext("Deze lijst was er al. Er is niets dubbel geteld."))
        return HttpResponseRedirect(reverse("spend_list", kwargs=kwargs))
    messages.success(request, gettext("De lijst is gelezen. Het bestand zelf bewaren we niet."))
    record = read.get_list(place.nis_code, added.number)
    waits = record is not None and record.closed_at is None
    return HttpResponseRedirect(reverse("spend_review" if waits else "spend_list", kwargs=kwargs))


def _place(request: HttpRequest, slug: str) -> Municipality:
    target = target_of(request, slug)
    if target is None:
        raise Http404
    return standing(request).by_nis[target.key]


def _record(place: Municipality, number: int) -> SpendRecord:
    found = read.get_list(place.nis_code, number) if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _edits(request: HttpRequest, slug: str) -> bool:
    target = target_of(request, slug)
    return target is not None and may(actor(request), Action.EDIT_SPEND, target)


def _hand(request: HttpRequest, slug: str) -> write.Hand:
    """Who may change it; whoever may only read finds nothing here."""
    if not _edits(request, slug):
        raise Http404
    assert isinstance(request.user, User)  # noqa: S101 (only who signed in gets here)
    return write.Hand(request.user, behalf(request, Action.EDIT_SPEND, target_of(request, slug)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _csv(request: HttpRequest, place: Municipality, record: SpendRecord) -> bytes:
    return spend_csv(record, place, _names(record), describe_export(site_address(request), now=record.at))


def _xlsx(request: HttpRequest, place: Municipality, record: SpendRecord) -> bytes:
    return spend_xlsx(record, place, _names(record), describe_export(site_address(request), now=record.at))


def _pdf(request: HttpRequest, place: Municipality, record: SpendRecord) -> bytes:
    on = timezone.localdate()
    takers = takers_of(place.nis_code, category_codes(record), on)
    return build_spend(
        place,
        record,
        peers=read.list_peers(sorted({amount.bucket.year for amount in record.amounts})),
        takers=takers,
        names=register.list_names(organisations_of(record, takers)),
        language=get_language() or "nl",
        on=on,
        base_url=site_address(request),
    )


def _names(record: SpendRecord) -> Mapping[str, str]:
    return register.list_names(organisations_of(record, {}))


_MADE: Mapping[str, tuple[Callable[[HttpRequest, Municipality, SpendRecord], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (_pdf, "application/pdf"),
}
