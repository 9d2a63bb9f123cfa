"""The procurement adviser as a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schakel.cooperation.needs.draft import read_euro
from schakel.core.errors import InvalidInput
from schakel.core.procurement import Buyer, ContractKind, advise
from schakel.core.procurement.thresholds import LABELS
from schakel.pages.fresh import personal
from schakel.pages.presenters.advice import ProofRow, day_or, present_advice
from schakel.pages.presenters.proofs import present_proofs
from schakel.pages.standing import standing
from schakel.register import read


@require_safe
@personal
def advice(request: HttpRequest) -> HttpResponse:
    """From buyer, contract, estimate and date to the ways that stand open. Never legal advice."""
    asked, today, fault = request.GET, timezone.localdate(), ""
    typed = asked.get("estimate", "")[:20]
    buyer = asked.get("buyer", "") if asked.get("buyer", "") in set(Buyer) else Buyer.LOCAL_GOVERNMENT
    contract = asked.get("contract", "") if asked.get("contract", "") in set(ContractKind) else ContractKind.SERVICES
    estimate = None
    try:
        estimate = read_euro(typed)
    except InvalidInput as refusal:
        fault = str(refusal)
    found = advise(buyer, contract, estimate, day_or(asked.get("on", ""), today))
    page = present_advice(found, dict(LABELS), _proofs(request), typed=typed, fault=fault)
    return render(request, "pages/advice.html", {"page": page}, status=400 if fault else 200)


def _proofs(request: HttpRequest) -> tuple[ProofRow, ...]:
    """Who shows what about the 30 % of article 15; made once per revision of the register."""
    return standing(request).keep("proofs", lambda: present_proofs(read.list_suppliers()))
