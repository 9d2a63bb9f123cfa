"""Every personal field that is kept: whose it is, why, and how long. Page, export and erasing follow this table.

A field is `app.Model.field`, as Django names it. A test fails when a model has a text, an e-mail address or a reference
to an account that stands neither in `PERSONAL` nor in `NOT_PERSONAL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of somebody in one or more fields."""

    what: Text
    why: Text
    how_long: Text
    fields: tuple[str, ...]


WITH_ACCOUNT: tuple[Kept, ...] = (
    Kept(
        _("E-mailadres en taal van wie zich aanmeldt"),
        _("Om je aan te melden en je mails te sturen die bij je werk horen."),
        _(
            "Tot je account gewist wordt: als jij dat vraagt, of twee jaar nadat je je voor het laatst aanmeldde "
            "zonder rol."
        ),
        ("accounts.User.email", "accounts.User.language", "account.EmailAddress.email", "account.EmailAddress.user"),
    ),
    Kept(
        _("Wachtwoord (alleen een controlegetal), tweede stap en toegangssleutels"),
        _("Om na te gaan dat jij het bent."),
        _("Tot je ze vervangt of je account gewist wordt."),
        ("accounts.User.password", "mfa.Authenticator.user", "mfa.Authenticator.data", "account.EmailConfirmation.key"),
    ),
    Kept(
        _("Koppeling met een aanmelddienst zoals ACM/IDM"),
        _("Om je te herkennen als je je daar aanmeldt."),
        _("Tot je account gewist wordt."),
        (
            *("socialaccount.SocialAccount.user", "socialaccount.SocialAccount.uid"),
            *("socialaccount.SocialAccount.extra_data", "socialaccount.SocialToken.token"),
            "socialaccount.SocialToken.token_secret",
        ),
    ),
    Kept(
        _("Voor welke instantie je werkt, in welke rol, van wanneer tot wanneer"),
        _("Om te weten wat je mag zien en doen, en wie toen wat mocht."),
        _("Zolang de instantie in het register staat; na het wissen zonder wie je was."),
        ("accounts.Membership.user", "accounts.User_groups.user", "accounts.User_user_permissions.user"),
    ),
    Kept(
        _("Dat je uitgenodigd werd: je adres, je taal, wie je uitnodigde en wie je opvolgt"),
        _("Om je de mail met de link te sturen, en om de uitnodiging te kunnen intrekken."),
        _("Tot dertig dagen nadat ze aanvaard of ingetrokken werd of te oud werd."),
        (
            *("accounts.Invitation.email", "accounts.Invitation.language"),
            *("accounts.Invitation.by", "accounts.Invitation.leaver"),
        ),
    ),
    Kept(
        _("Dat je aangemeld bent"),
        _("Om je niet bij elke pagina opnieuw te laten aanmelden."),
        _("Tot je afmeldt, na twee uur stilte, en zeker na twaalf uur."),
        ("sessions.Session.session_key", "sessions.Session.session_data"),
    ),
    Kept(
        _("Wat je deed: in het logboek, bij uitspraken, voorstellen, foto's, samenvoegingen en in het beheer"),
        _("Om na te gaan wie wat veranderde, het terug te zetten en erop te antwoorden."),
        _(
            "Zolang het register bestaat; na het wissen staat er 'gewist account'. Het beheer houdt een eigen "
            "lijst een jaar bij."
        ),
        (
            *("audit.Entry.actor", "register.Statement.author", "register.Merge.by", "register.Merge.undone_by"),
            *("register.Proposal.author", "register.Proposal.decided_by", "upkeep.Photo.author"),
            "cooperation.SpendList.by",
            *("admin.LogEntry.user", "admin.LogEntry.object_repr", "admin.LogEntry.change_message"),
        ),
    ),
    Kept(
        _("Een vraag die je plaatste: je adres voor antwoorden en wie de raming schreef"),
        _("Om je de antwoorden te sturen en later te tonen wie de raming maakte."),
        _(
            "Onbevestigd: twee weken. Anders tot een jaar na de laatste dag om te antwoorden; de vraag zelf "
            "blijft, zonder je adres."
        ),
        (
            *("cooperation.Need.owner", "cooperation.Need.email", "cooperation.Need.buyer_name"),
            *("cooperation.Estimate.author", "cooperation.Estimate.author_words"),
        ),
    ),
)
VISITORS: tuple[Kept, ...] = (
    Kept(
        _("Een melding dat iets niet klopt"),
        _("Om het register te verbeteren en je te antwoorden als je dat wilt."),
        _("Je adres tot je antwoord hebt, hoogstens een jaar. De tekst blijft, zonder wie ze schreef."),
        ("cooperation.Report.email", "cooperation.Report.text", "cooperation.Report.proposed"),
    ),
    Kept(
        _("Een voorstel voor de gids"),
        _("Om het na te kijken en je te antwoorden."),
        _("Onbevestigd: een week. Anders je adres tot je antwoord hebt, hoogstens een jaar."),
        ("cooperation.Suggestion.email", "cooperation.Suggestion.text", "cooperation.Suggestion.phone"),
    ),
    Kept(
        _("Een proefplaats of werk dat een bedrijf aanbiedt"),
        _("Om het bedrijf te bereiken."),
        _("Onbevestigd: een week. Anders adres en telefoon tot een jaar nadat het is afgehandeld."),
        ("cooperation.TasterPlace.email", "cooperation.TasterPlace.phone", "cooperation.TasterPlace.text"),
    ),
)
EVERYBODY: tuple[Kept, ...] = (
    Kept(
        _("Mails die we stuurden"),
        _("Om te weten of ze aankwamen, en niets twee keer te sturen."),
        _("Adres en inhoud 30 dagen nadat de mail weg is; een mail waarover niemand besliste 90 dagen."),
        ("mail.Message.to", "mail.Message.context", "mail.Message.reply"),
    ),
    Kept(
        _("Dat je een soort mails niet meer wilt"),
        _("Om ze je niet meer te sturen."),
        _("Altijd, als een controlegetal waaruit je adres niet te lezen is. Wissen haalt het weg."),
        ("mail.OptOut.address",),
    ),
    Kept(
        _("Dat je mails over nieuwe vragen wilt"),
        _("Om je te mailen als er een nieuwe openbare vraag is."),
        _("Tot je je afmeldt met de link in een mail, of tot je gewist wordt."),
        ("cooperation.Alert.email",),
    ),
    Kept(
        _("Het adres waarop een organisatie over een vraag gevraagd werd, en wat ze antwoordde"),
        _("Om het antwoord bij de vraag te houden."),
        _("Het adres tot een jaar na de laatste dag om te antwoorden. Het antwoord blijft bij de vraag."),
        ("cooperation.Invitation.email", "cooperation.Answer.text", "cooperation.Question.text"),
    ),
    Kept(
        _("Namen van leveranciers die een gemeente opgaf en die op een organisatie van het register lijken"),
        _("Om een mens te laten nakijken of het dezelfde is. Andere namen uit de lijst bewaren we niet."),
        _(
            "Tot de lijst nagekeken is, hoogstens 30 dagen. Wie in het register staat, blijft onthouden tot de "
            "gemeente dat wist."
        ),
        ("cooperation.SpendCandidate.name", "cooperation.SpendCandidate.number", "cooperation.SpendPair.name"),
    ),
    Kept(
        _("Contactgegevens van organisaties, die een naam van een mens kunnen bevatten"),
        _("Om de organisatie te kunnen bereiken: ze staan in de gids."),
        _("Zolang de organisatie ze zegt of een bron ze noemt. Vraag met een melding om ze weg te halen."),
        (
            *("register.Organisation.email", "register.Organisation.phone", "register.Organisation.name"),
            *("register.Organisation.legal_name", "register.Organisation.name_sorted", "register.Statement.values"),
            *(
                "register.Organisation.previous_names",
                "register.Organisation.merged_names",
                "register.Statement.remarks",
            ),
            *("register.Proposal.values", "register.Proposal.seen", "register.Organisation.description"),
            *("register.NegativeStatement.searched_by", "register.Task.provider_name"),
        ),
    ),
)
PERSONAL: tuple[Kept, ...] = (*WITH_ACCOUNT, *VISITORS, *EVERYBODY)

# Whose address it is follows from the address itself: exported to who has it, and taken out when they are erased.
BY_ADDRESS = (
    *("mail.Message.to", "cooperation.Report.email", "cooperation.Suggestion.email", "cooperation.TasterPlace.email"),
    *("cooperation.Alert.email", "cooperation.Need.email", "cooperation.Invitation.email", "accounts.Invitation.email"),
)
# Would let whoever reads it in; never exported.
SECRET = (
    *("accounts.User.password", "mfa.Authenticator.data", "account.EmailConfirmation.key"),
    *("socialaccount.SocialToken.token", "socialaccount.SocialToken.token_secret"),
    *("sessions.Session.session_key", "sessions.Session.session_data", "mail.Message.context"),
)

# Model -> its other texts and codes, and why they are not about a person.
NOT_PERSONAL: Mapping[str, tuple[str, str]] = {
    "accounts.InvitedRole": ("kind key role", "the body and the role; who is invited is listed"),
    "accounts.Membership": ("kind key role", "the body and the role; the person is listed"),
    "admin.LogEntry": ("object_id", "numbers and codes; the words are listed"),
    "analyses.Published": ("kind", "codes of analyses"),
    "analyses.Result": ("level code nis_code state content", "figures about municipalities, protected when small"),
    "analyses.Run": ("kind fingerprint digest parameters versions counts", "figures and versions"),
    "audit.Entry": ("body action subject details", "codes, keys of bodies and numbers of rows; the person is listed"),
    "auth.Group": ("name", "names of groups"),
    "auth.Permission": ("name codename", "names of rights"),
    "contenttypes.ContentType": ("app_label model", "names of tables"),
    "cooperation.Alert": ("service nis_code language", "codes; the address is listed"),
    "cooperation.Answer": ("kind reason", "codes; the text is listed"),
    "cooperation.Estimate": ("need_key basis", "key and how it was computed; the author is listed"),
    "cooperation.Invitation": (
        "organisation_key why",
        "key of an organisation and what the matching said; the address is listed",
    ),
    "cooperation.Need": (
        "key state text services places spot customer contract unit body language withdrawn_because form_key",
        "what is asked, where and for whom; the owner and the address are listed",
    ),
    "cooperation.Outcome": ("organisation_key result awarded_to reason", "codes and keys of organisations"),
    "cooperation.Question": ("answer", "the answer of the buyer, a body or a company; the question is listed"),
    "cooperation.Report": (
        "organisation_key field language outcome",
        "key of an organisation, codes and what an editor did with it",
    ),
    "cooperation.SearchTally": ("service nis_code", "counts"),
    "cooperation.Skipped": ("organisation_key reason missing", "keys of organisations"),
    "cooperation.SpendAccount": ("nis_code account category", "accounts of a municipality"),
    "cooperation.SpendAmount": ("category account standing organisation_key", "sums"),
    "cooperation.SpendCandidate": (
        "mark proposals amounts decision",
        "a keyed checksum, organisations of the register and sums; name and number are listed",
    ),
    "cooperation.SpendList": ("nis_code fingerprint counts", "of a municipality; who uploaded it is listed"),
    "cooperation.SpendPair": (
        "nis_code mark organisation_key refused",
        "a keyed checksum and organisations of the register; the name is listed",
    ),
    "cooperation.SpendPeers": ("category shares", "figures about municipalities"),
    "cooperation.Suggestion": (
        "language outcome name nis_code website organisation_key",
        "name, place and website of an initiative, and what an editor did with it",
    ),
    "cooperation.TasterPlace": (
        "language outcome company nis_code",
        "name and place of a company, and what an editor did with it",
    ),
    "cooperation.Unaware": ("organisation_key service", "keys of organisations"),
    "django_tasks_database.DBTaskResult": (
        "status args_kwargs task_path worker_ids queue_name backend_name return_value exception_class_path traceback",
        "names of tasks and numbers of rows",
    ),
    "mail.Message": ("key message_id kind language status", "codes and keys; address and content are listed"),
    "mail.OptOut": ("kind", "the kind of letter; the address is listed"),
    "mfa.Authenticator": ("type", "the kind; what it holds is listed"),
    "operations.JobMark": ("key", "names of jobs"),
    "register.Area": ("digest nis_codes", "codes of municipalities"),
    "register.Cluster": ("source_url source_date remarks slug name description website", "clusters of municipalities"),
    "register.ClusterMember": ("source_url source_date remarks role since until", "municipalities"),
    "register.Employment": ("provenance status status_note status_date newest_on key", "totals"),
    "register.Establishment": (
        "provenance status status_note status_date newest_on key name vestigingseenheidsnummer street "
        "house_number postal_code locality nis_code precision opening_hours replaced_by",
        "where an organisation is",
    ),
    "register.Initiative": (
        "source_url source_date remarks key title summary organisation_key place goal status",
        "initiatives of organisations",
    ),
    "register.Locality": ("source_url source_date remarks name postal_code", "places"),
    "register.MapLayer": ("key content", "lines behind the maps"),
    "register.Merge": ("kept merged reason", "keys of organisations and why; who did it is listed"),
    "register.MunicipalFigure": ("source_url source_date remarks indicator unit", "figures about municipalities"),
    "register.Municipality": (
        "source_url source_date remarks nis_code slug name arrondissement neighbours population",
        "municipalities",
    ),
    "register.NegativeStatement": (
        "source_url source_date remarks service method searched_on",
        "municipality, service and method; who searched is listed",
    ),
    "register.Offer": (
        "provenance status status_note status_date newest_on key establishment_key service words customers "
        "area_knowledge area_words capacity_unit capacity_from",
        "what an organisation does",
    ),
    "register.Organisation": (
        "provenance status status_note status_date newest_on slug ondernemingsnummer kinds website languages "
        "succeeded_by",
        "numbers, codes and dates; how to reach it is listed",
    ),
    "register.Partner": ("source_url source_date remarks key name kind place website", "bodies"),
    "register.PopulationPoint": ("source_url source_date remarks key name", "places"),
    "register.Proposal": (
        "organisation_key entity key body state reason",
        "keys and codes; the people and the values are listed",
    ),
    "register.Recognition": (
        "provenance status status_note status_date newest_on key establishment_key law valid_from valid_until",
        "recognitions of organisations",
    ),
    "register.Region": ("slug name settings", "the region"),
    "register.Run": ("fingerprint counts version", "loads"),
    "register.Source": ("key title rank url licence", "sources"),
    "register.Statement": (
        "entity key organisation_key stated_on url digest",
        "keys, dates and addresses of pages; the author and the values are listed",
    ),
    "register.Task": (
        "source_url source_date remarks key title services organisation_key status",
        "tasks of municipalities",
    ),
    "socialaccount.SocialAccount": ("provider", "the name of the service; the person is listed"),
    "socialaccount.SocialApp": ("provider provider_id name client_id secret key settings", "settings of a service"),
    "upkeep.Photo": (
        "organisation_key digest alt reason",
        "key of an organisation and what can be seen; the author is listed",
    ),
    "upkeep.ProfileAsk": ("organisation_key", "key of an organisation"),
}
