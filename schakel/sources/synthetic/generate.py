"""Write an invented register in the format of a region pack: valid, clearly labelled, the same for the same seed.

Real are only the municipalities, localities and clusters of the region it is based on. Names are numbered and start
with "Voorbeeld"; mail and web addresses end in `.example`; numbers have right check digits but lie in ranges far from
those in use (ondernemingsnummers from 1.900.000.000, vestigingseenheidsnummers from 8.900.000.000).
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib import resources
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from schakel.core import taxonomy
from schakel.core.errors import InvalidInput
from schakel.core.identifiers import check_digits, format_ondernemingsnummer, format_vestigingseenheidsnummer
from schakel.core.model import FINDABLE, Kind, LifeStatus
from schakel.sources.region_pack.model import MunicipalityRow, RegionPack
from schakel.sources.region_pack.parse import read_pack
from schakel.sources.region_pack.schema import SETTINGS_FILE, TABLES
from schakel.sources.synthetic.places import Places

MAX_ORGANISATIONS = 400_000  # as many as the ranges of invented numbers allow
BUILT_IN_REGION = "zuid-oost-vlaanderen"
WEB = "https://voorbeeld.example"

_FIRST_ORGANISATION, _FIRST_ESTABLISHMENT = 19_000_000, 89_000_000  # the first eight of ten digits
_COPIED = ("municipalities", "localities", "clusters", "cluster_members")
_STATUSES = {"live": 90, "uncertain": 4, "closed": 4, "announced": 1, "historical": 1}
_KINDS = {
    Kind.MAATWERKBEDRIJF: 20,
    Kind.MAATWERKAFDELING: 5,
    Kind.LOKALE_DIENSTENECONOMIE: 15,
    Kind.KRINGLOOPCENTRUM: 8,
    Kind.SOCIAL_ENTERPRISE: 20,
    Kind.COOPERATIVE: 8,
    Kind.LOCAL_GOVERNMENT_SERVICE: 8,
    Kind.SERVICE_VOUCHER_COMPANY: 8,
    Kind.CARE_ORGANISATION: 4,
    Kind.VOLUNTEER_INITIATIVE: 3,
    Kind.ENERGIEHUIS: 1,
}
_LAWS = {
    Kind.MAATWERKBEDRIJF: "collectief_maatwerk",
    Kind.MAATWERKAFDELING: "collectief_maatwerk",
    Kind.LOKALE_DIENSTENECONOMIE: "lokale_diensteneconomie",
    Kind.KRINGLOOPCENTRUM: "kringloopcentrum",
    Kind.SERVICE_VOUCHER_COMPANY: "dienstencheques",
}
_CUSTOMERS = (
    "citizen",
    "company",
    "local_government",
    "citizen;company",
    "company;local_government",
    "citizen;company;local_government",
)
_HOURS = ("mo 09:00-12:00,13:00-17:00; tu 09:00-12:00,13:00-17:00; th 09:00-12:00", "we 13:00-18:00; sa 10:00-16:00")

Cells: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[str, Cells]  # table and cells


def write_synthetic_pack(out: Path, *, organisations: int, seed: int = 1, base: Path | None = None) -> None:
    """Write an invented pack of so many organisations to the folder `out`, made if it is not there.

    `base`: the pack whose municipalities, localities, clusters and rules are used; the built-in region if left out.
    Its slug gets "-verzonnen" behind it, so that it can never be loaded over the real one. Raises InvalidInput for a
    number below 1 or above `MAX_ORGANISATIONS`, and PackFaults if the base is faulty.
    """
    if not 1 <= organisations <= MAX_ORGANISATIONS:
        raise InvalidInput(f"Het aantal organisaties moet tussen 1 en {MAX_ORGANISATIONS} liggen.")
    folder = base if base is not None else Path(str(resources.files("regions").joinpath(BUILT_IN_REGION)))
    pack = read_pack(folder)
    out.mkdir(parents=True, exist_ok=True)
    (out / SETTINGS_FILE).write_text(_settings_text(pack), encoding="utf-8")
    for name in _COPIED:
        if (folder / TABLES[name].file).is_file():
            shutil.copyfile(folder / TABLES[name].file, out / TABLES[name].file)
    with ExitStack() as stack:
        writers: dict[str, tuple[Any, list[str]]] = {}
        for table in TABLES.values():
            if table.name not in _COPIED:
                file = stack.enter_context((out / table.file).open("w", newline="", encoding="utf-8"))
                writers[table.name] = csv.writer(file, lineterminator="\n"), list(table.columns)
                writers[table.name][0].writerow(table.columns)
        generator = _Generator(pack, organisations, Random(seed))  # noqa: S311 (repeatable on purpose)
        for name, cells in generator.rows():
            writer, columns = writers[name]
            writer.writerow([cells.get(column, "") for column in columns])


def _settings_text(pack: RegionPack) -> str:
    """`region.toml` of the invented region. A JSON text is a valid TOML text."""

    def words(texts: Mapping[str, str]) -> str:
        return "{ " + ", ".join(f"{language} = {_quote(text)}" for language, text in texts.items()) + " }"

    settings = pack.settings
    invented = {"nl": "verzonnen", "en": "invented", "fr": "fictif"}
    name = {language: f"{text[:150]} ({invented[language]})" for language, text in settings.name.items()}
    description = {
        "nl": "Verzonnen gegevens om mee te testen en te meten.",
        "en": "Invented data for tests and measurements.",
        "fr": "Données fictives pour tester et mesurer.",
    }
    lines = [
        "[region]",
        f"slug = {_quote(settings.slug[:69] + '-verzonnen')}",
        f"name = {words(name)}",
        f"compiled_on = {_quote(settings.compiled_on)}",
        "synthetic = true",
        'licence = "CC0 1.0; verzonnen gegevens"',
        f"description = {words(description)}",
    ]
    for goal in settings.goals:
        lines += ["", "[[goals]]", f"key = {_quote(goal.key)}", f"title = {words(goal.title)}"]
        lines += [f"text = {words(goal.text)}", f"source_url = {_quote(goal.source_url)}"]
    rules = settings.assumed_area
    lines += ["", "[assumed_area]"]
    lines += [
        f"on_site = {_quote(rules.on_site)}",
        f"visit = {_quote(rules.visit)}",
        f"remote = {_quote(rules.remote)}",
    ]
    return "\n".join([*lines, ""])


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


class _Generator:
    """Draws the rows, one organisation after the other."""

    def __init__(self, pack: RegionPack, organisations: int, random: Random) -> None:
        self.random = random
        self.count = organisations
        self.places = Places(pack)
        self.clusters = [(member.cluster, member.nis_code) for member in pack.cluster_members if member.until is None]
        self.services = list(taxonomy.services())
        random.shuffle(self.services)  # which services are frequent differs per seed
        self.service_weights = list(accumulate(1 / (rank + 2) ** 0.9 for rank in range(len(self.services))))
        self.establishments = 0
        self.living: list[str] = []  # those that may succeed another

    def rows(self) -> Iterator[Row]:
        for number in range(1, self.count + 1):
            yield from self.organisation(number)
        yield from self.around()

    def source(self) -> Cells:
        year, month = self.random.randint(2016, 2026), self.random.randint(1, 9)
        return {
            "source_url": f"{WEB}/bron",
            "source_date": f"{year}" if month > 8 else f"{year}-{month:02d}",
            "remarks": "Verzonnen.",
            "verified": "no" if self.random.random() < 0.1 else "",
        }

    def draw(self, weights: Mapping[Any, int]) -> Any:
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def organisation(self, number: int) -> Iterator[Row]:
        random = self.random
        slug = f"voorbeeld-{number:06d}"
        status = LifeStatus(self.draw(_STATUSES))
        kind = self.draw(_KINDS)
        municipality = self.places.draw_municipality(random)
        places = random.choices(range(len(self.services)), cum_weights=self.service_weights, k=random.randint(1, 5))
        services = [self.services[place] for place in dict.fromkeys(places)]
        label = services[0].labels["nl"].split(",")[0].split(" (")[0]
        what = ", ".join(random.choice(service.synonyms or (service.labels["nl"],)) for service in services)
        first_eight = str(_FIRST_ORGANISATION + number)
        closed = status is LifeStatus.CLOSED
        yield (
            "organisations",
            {
                "slug": slug,
                "name": f"Voorbeeld {label} {number}",
                "legal_name": f"Voorbeeld {number} vzw" if random.random() < 0.4 else "",
                "previous_names": f"Voorbeeld Vroeger {number}@{random.randint(2005, 2022)}"
                if random.random() < 0.03
                else "",
                "ondernemingsnummer": format_ondernemingsnummer(first_eight + check_digits(first_eight)),
                "kinds": kind,
                "description": f"Verzonnen organisatie in {municipality.name}: {what}.",
                "website": f"{WEB}/{slug}" if random.random() < 0.7 else "",
                "email": f"{slug}@voorbeeld.example" if random.random() < 0.6 else "",
                "phone": f"+32 00 {number // 100 % 1000:03d} {number % 100:02d} 00" if random.random() < 0.6 else "",
                "languages": random.choice(("nl", "nl;fr", "nl;fr;en")) if random.random() < 0.3 else "",
                "status": status if status is not LifeStatus.LIVE else "",
                "status_note": "" if status is LifeStatus.LIVE else "Verzonnen toestand.",
                "status_date": "" if status is LifeStatus.LIVE else str(random.randint(2012, 2025)),
                "succeeded_by": random.choice(self.living) if closed and self.living and random.random() < 0.3 else "",
                **self.source(),
            },
        )
        if status is LifeStatus.LIVE:
            self.living.append(slug)
        keys = []
        for cells in self.establishments_of(slug, status, municipality):
            keys.append(cells["key"])
            yield "establishments", cells
        for service in services:
            yield "offers", self.offer(slug, service.code, status, municipality, keys)
        yield from self.recognition_and_staff(slug, kind, status, keys)

    def establishments_of(self, slug: str, status: LifeStatus, home: MunicipalityRow) -> Iterator[Cells]:
        random = self.random
        how_many = random.choices((0, 1, 2), weights=(5, 80, 15))[0]
        for place in range(1, how_many + 1):
            self.establishments += 1
            spot = self.places.draw_spot(random, home if place == 1 else self.places.draw_municipality(random))
            first_eight = str(_FIRST_ESTABLISHMENT + self.establishments)
            yield {
                "key": f"{slug}/{place}",
                "organisation": slug,
                "name": f"Voorbeeldvestiging {place}",
                "vestigingseenheidsnummer": format_vestigingseenheidsnummer(first_eight + check_digits(first_eight)),
                "is_seat": "yes" if place == 1 else "no",
                "street": "Voorbeeldstraat" if spot.lat else "",
                "house_number": str(random.randint(1, 200)) if spot.lat else "",
                "postal_code": spot.postal_code,
                "locality": spot.locality,
                "nis_code": spot.nis_code,
                "lat": spot.lat,
                "lon": spot.lon,
                "opening_hours": random.choice(_HOURS) if random.random() < 0.3 else "",
                "status": status if status is not LifeStatus.LIVE else "",
                **self.source(),
            }

    def offer(self, slug: str, service: str, status: LifeStatus, home: MunicipalityRow, keys: list[str]) -> Cells:
        random = self.random
        if status in FINDABLE and random.random() < 0.03:
            status = LifeStatus.CLOSED
        bound = keys and random.random() < 0.3
        measured = random.random() < 0.2
        return {
            "key": f"{slug}/{service.replace('_', '-')}",
            "organisation": slug,
            "establishment": random.choice(keys) if bound else "",
            "service": service,
            "words": "",
            "customers": random.choice(_CUSTOMERS),
            "area": self.area(home, has_place=bool(keys)),
            "capacity_amount": str(random.randint(5, 400)) if measured else "",
            "capacity_unit": "uren per week" if measured else "",
            "capacity_from": f"2026-{random.randint(1, 12):02d}" if measured else "",
            "status": status if status is not LifeStatus.LIVE else "",
            **self.source(),
        }

    def area(self, home: MunicipalityRow, *, has_place: bool) -> str:
        """Half stated, half not: assumed where there is an establishment, unknown where there is none."""
        random = self.random
        choice = random.random()
        if choice < 0.25:
            return ";".join(f"nis:{code}" for code in self.places.draw_near(random, home))
        if choice < 0.40 and has_place:
            return f"radius:{random.choice((5, 10, 15, 20))}"
        own = [slug for slug, nis_code in self.clusters if nis_code == home.nis_code] if choice < 0.45 else []
        if own:
            return f"cluster:{own[0]}"
        if choice < 0.50:
            return random.choice(("region", "region", "region;outside", "outside"))
        return ""

    def recognition_and_staff(self, slug: str, kind: Kind, status: LifeStatus, keys: list[str]) -> Iterator[Row]:
        random = self.random
        if kind in _LAWS:
            yield (
                "recognitions",
                {
                    "key": f"{slug}/erkenning",
                    "organisation": slug,
                    "establishment": keys[0] if keys and random.random() < 0.3 else "",
                    "law": _LAWS[kind],
                    "valid_from": str(random.randint(2010, 2024)),
                    "status": "historical" if status not in FINDABLE else "",
                    **self.source(),
                },
            )
        if random.random() < 0.4:
            heads = random.randint(2, 300)
            target = random.random() < 0.3
            yield (
                "employment",
                {
                    "organisation": slug,
                    "year": str(random.randint(2021, 2025)),
                    "headcount": str(heads),
                    "fte": f"{heads * random.uniform(0.6, 1):.1f}" if random.random() < 0.7 else "",
                    "target_group_headcount": str(int(heads * random.uniform(0.3, 0.9))) if target else "",
                    "is_minimum": "yes" if random.random() < 0.05 else "",
                    **self.source(),
                },
            )

    def around(self) -> Iterator[Row]:
        """What is not one organisation's: a bit of everything for each municipality."""
        random = self.random
        for municipality in self.places.municipalities:
            code = municipality.nis_code
            common = {"nis_code": code}
            services = random.sample(self.services, min(3, len(self.services)))
            yield (
                "negative_statements",
                {
                    **common,
                    "service": services[0].code,
                    "searched_by": "Voorbeeldcoördinator",
                    "method": "Verzonnen zoektocht.",
                    "searched_on": "2026-06",
                    **self.source(),
                },
            )
            yield (
                "tasks",
                {
                    **common,
                    "key": f"voorbeeldtaak-{code}",
                    "title": f"Voorbeeldtaak: {services[1].labels['nl']}"[:300],
                    "services": services[1].code,
                    "organisation": random.choice(self.living) if self.living else "",
                    "year": str(random.randint(2018, 2025)),
                    "status": "historical",
                    **self.source(),
                },
            )
            partner = {"key": f"voorbeeldpartner-{code}", "name": f"Voorbeeldpartner {municipality.name}"}
            yield "partners", {**common, **partner, "kind": "voorbeeld", **self.source()}
            initiative = {"key": f"voorbeeldinitiatief-{code}", "title": f"Voorbeeldinitiatief {municipality.name}"}
            more = {"goal": random.choice(("jobs", "doorstroom", "awareness")), "year": "2024", "status": "historical"}
            yield "initiatives", {**common, **initiative, **more, **self.source()}
            figure = {"indicator": "verzonnen_maat", "year": "2024", "value": f"{random.uniform(1, 20):.1f}"}
            yield "municipal_figures", {**common, **figure, "unit": "procent", **self.source()}
