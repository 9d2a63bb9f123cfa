"""Dutch words for the codes of the register, for those who manage it (pages have their own, in three languages)."""

from __future__ import annotations

from schakel.core.model import AreaKnowledge, Customer, EntityKind, Kind, LifeStatus, PointPrecision, SourceRank

KINDS: dict[str, str] = {
    Kind.MAATWERKBEDRIJF: "maatwerkbedrijf",
    Kind.MAATWERKAFDELING: "maatwerkafdeling",
    Kind.LOKALE_DIENSTENECONOMIE: "lokale diensteneconomie",
    Kind.KRINGLOOPCENTRUM: "kringloopcentrum",
    Kind.SOCIAL_ENTERPRISE: "sociale onderneming (zonder een van deze erkenningen)",
    Kind.COOPERATIVE: "coöperatie",
    Kind.LOCAL_GOVERNMENT_SERVICE: "dienst van een lokaal bestuur",
    Kind.SERVICE_VOUCHER_COMPANY: "dienstenchequebedrijf",
    Kind.CARE_ORGANISATION: "zorgorganisatie",
    Kind.VOLUNTEER_INITIATIVE: "vrijwilligersinitiatief",
    Kind.ENERGIEHUIS: "energiehuis",
}
CUSTOMERS: dict[str, str] = {
    Customer.CITIZEN: "inwoners",
    Customer.COMPANY: "bedrijven",
    Customer.LOCAL_GOVERNMENT: "lokale besturen",
}
STATUSES: dict[str, str] = {
    LifeStatus.LIVE: "bestaat",
    LifeStatus.UNCERTAIN: "onzeker",
    LifeStatus.ANNOUNCED: "aangekondigd",
    LifeStatus.CLOSED: "gestopt",
    LifeStatus.HISTORICAL: "geschiedenis",
}
SERVICE_AREAS: dict[str, str] = {
    AreaKnowledge.STATED: "een bron zegt het",
    AreaKnowledge.ASSUMED: "aanname",
    AreaKnowledge.UNKNOWN: "niet bekend",
}
PRECISIONS: dict[str, str] = {
    PointPrecision.ADDRESS: "adres",
    PointPrecision.LOCALITY: "deelgemeente",
    PointPrecision.MUNICIPALITY: "gemeente",
}
RANKS: dict[str, str] = {
    SourceRank.EDITOR: "redactie",
    SourceRank.OWNER: "de organisatie zelf",
    SourceRank.OFFICIAL_REGISTER: "officieel register",
    SourceRank.PUBLICATION: "publicatie",
}
ENTITIES: dict[str, str] = {
    EntityKind.ORGANISATION: "organisatie",
    EntityKind.ESTABLISHMENT: "vestiging",
    EntityKind.OFFER: "aanbod",
    EntityKind.RECOGNITION: "erkenning",
    EntityKind.EMPLOYMENT: "tewerkstelling",
}
LAWS: dict[str, str] = {
    "collectief_maatwerk": "collectief maatwerk",
    "individueel_maatwerk": "individueel maatwerk",
    "lokale_diensteneconomie": "lokale diensteneconomie",
    "arbeidsmatige_activiteiten": "arbeidsmatige activiteiten",
    "kringloopcentrum": "kringloopcentrum",
    "erkende_so": "erkend als sociale onderneming (CV erkend als SO)",
    "dienstencheques": "dienstencheques",
}
LANGUAGES: dict[str, str] = {"nl": "Nederlands", "fr": "Frans", "en": "Engels", "de": "Duits"}
