"""What organisations and who edits for them read in their mail about their profile."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.core.model import Json
from schakel.mail.letters import Button, Context, Facts, Items, Letter, Paragraph, Part, Quote, letter, word
from schakel.wording.dates import date_words

_EXAMPLE: dict[str, Json] = {
    "name": "Voorbeeld Strijkerij",
    "phone": "055 00 00 01",
    "email": "strijkerij@voorbeeld.example",
    "website": "https://voorbeeld.example/strijkerij",
    "offers": ["Wassen en strijken: Ronse"],
    "heard_on": "2026-02-01",
    "leaves_on": "2028-02-01",
    "confirm": "/bevestig/voorbeeld",
    "edit": "/mijn/organisatie/voorbeeld-strijkerij",
}


@letter(
    "confirm-profile",
    reason=_("je organisatie in de gids van de sociale economie staat"),
    example=_EXAMPLE,
    secret=True,
)
def confirm_profile(context: Context) -> Letter:
    """Is everything still right? What stands there, one button to say yes, and what happens without an answer."""
    name = word(context, "name")
    heard = context.get("heard_on")
    since = (
        gettext("De laatste keer dat we iets van jullie hoorden, was %(date)s.") % {"date": date_words(str(heard))}
        if heard
        else gettext("We weten niet wanneer dit voor het laatst werd nagekeken.")
    )
    return Letter(
        gettext("Klopt dit nog? %(name)s in de gids") % {"name": name},
        Paragraph(since + " " + gettext("Dit staat er nu:")),
        *_what_stands(context),
        Button(gettext("Ja, alles klopt"), word(context, "confirm")),
        Paragraph(
            gettext("Je hoeft je niet aan te melden. De knop opent een pagina waarop je nog één keer bevestigt.")
        ),
        Button(gettext("Nee, er is iets veranderd"), word(context, "edit")),
        Paragraph(
            gettext(
                "Antwoordt niemand, dan verdwijnt dit profiel op %(date)s uit de gids. Het blijft te vinden als 'niet "
                "meer bevestigd', en één klik zet het terug."
            )
            % {"date": date_words(word(context, "leaves_on"))}
        ),
    )


@letter(
    "profile-left",
    reason=_("je organisatie in de gids van de sociale economie stond"),
    example={**_EXAMPLE, "asked_on": "2026-09-01"},
    secret=True,
)
def profile_left(context: Context) -> Letter:
    """It happened, as announced, and how to undo it."""
    name = word(context, "name")
    return Letter(
        gettext("%(name)s staat niet meer in de gids") % {"name": name},
        Paragraph(
            gettext(
                "We vroegen op %(date)s of alles nog klopt, en kregen geen antwoord. Daarom staat dit profiel vanaf "
                "vandaag niet meer in de gids. Wie de naam zoekt, vindt het nog, als 'niet meer bevestigd'."
            )
            % {"date": date_words(word(context, "asked_on"))}
        ),
        *_what_stands(context),
        Button(gettext("Alles klopt: zet het terug"), word(context, "confirm")),
        Button(gettext("Er is iets veranderd"), word(context, "edit")),
    )


@letter(
    "proposal-decided",
    reason=_("je een wijziging voorstelde"),
    example={
        "name": "Voorbeeld Strijkerij",
        "accepted": False,
        "fields": ["Telefoon"],
        "reason": "Dit nummer neemt niemand op.",
        "edit": "/mijn/organisatie/voorbeeld-strijkerij",
    },
)
def proposal_decided(context: Context) -> Letter:
    """What an editor decided about a change that waited."""
    name, fields = word(context, "name"), context.get("fields")
    parts: list[Part] = [Items(tuple(str(field) for field in fields))] if isinstance(fields, list) else []
    if context.get("accepted") is True:
        subject = gettext("Je wijziging staat in de gids: %(name)s") % {"name": name}
        first = gettext("Een coördinator keek deze wijziging na. Ze staat nu in de gids:")
    else:
        subject = gettext("Je wijziging werd niet overgenomen: %(name)s") % {"name": name}
        first = gettext("Een coördinator nam deze wijziging niet over:")
        parts += [Paragraph(gettext("Dit is waarom:")), Quote(word(context, "reason"))]
    return Letter(subject, Paragraph(first), *parts, Button(gettext("Naar het profiel"), word(context, "edit")))


@letter(
    "photo-decided",
    reason=_("je een foto toevoegde"),
    example={
        "name": "Voorbeeld Strijkerij",
        "accepted": False,
        "alt": "Drie mensen strijken lakens.",
        "reason": "Er is iemand herkenbaar die niet gevraagd is.",
        "edit": "/mijn/organisatie/voorbeeld-strijkerij/fotos",
    },
)
def photo_decided(context: Context) -> Letter:
    """What an editor decided about a photo that waited."""
    name = word(context, "name")
    parts: list[Part] = [Quote(word(context, "alt"))]
    if context.get("accepted") is True:
        subject = gettext("Je foto staat in de gids: %(name)s") % {"name": name}
        first = gettext("Een coördinator keek deze foto na. Bezoekers zien hem nu:")
    else:
        subject = gettext("Je foto werd niet overgenomen: %(name)s") % {"name": name}
        first = gettext("Een coördinator nam deze foto niet over:")
        parts += [Paragraph(gettext("Dit is waarom:")), Quote(word(context, "reason"))]
    return Letter(subject, Paragraph(first), *parts, Button(gettext("Naar de foto's"), word(context, "edit")))


def _what_stands(context: Context) -> tuple[Part, ...]:
    missing = gettext("niet bekend")
    rows = (
        (gettext("Telefoon"), str(context.get("phone") or missing)),
        (gettext("E-mail"), str(context.get("email") or missing)),
        (gettext("Website"), str(context.get("website") or missing)),
    )
    offers = context.get("offers")
    listed = tuple(str(offer) for offer in offers) if isinstance(offers, list) else ()
    return (Facts(rows), Items(listed or (gettext("We kennen geen aanbod van vandaag."),)))
