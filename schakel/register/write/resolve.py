"""Write the rows of the register from the statements. Always inside the transaction of a write: never half."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from schakel.core.linkage.resolve import effective_status, resolve_record
from schakel.core.model import EntityKind, LifeStatus, SourceRank, Statement
from schakel.register import models
from schakel.register.read.merges import known_as, merges
from schakel.register.write import bulk, rows
from schakel.register.write.places import Places, load_places
from schakel.register.write.rows import Row, Thing, is_complete

CHUNK = 500  # organisations at a time: bounds memory and the number of parameters of one query
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

CHILDREN: tuple[type[Model], ...] = (models.Establishment, models.Recognition, models.Offer, models.Employment)

# What an organisation keeps of itself when another is merged into it.
_IDENTITY = ("name", "status", "status_note", "status_date", "succeeded_by")
_PLACED = ("name", "street", "postal_code", "locality", "nis_code")


class Groups:
    """Which organisations are one: every slug with the slug it is known under, after merges that stand."""

    def __init__(self) -> None:
        self._into = merges()
        self._members: dict[str, list[str]] = defaultdict(list)
        for merged in sorted(self._into):
            self._members[self.root(merged)].append(merged)

    def root(self, slug: str) -> str:
        """The slug this organisation is known under today."""
        return known_as(slug, self._into)

    def members(self, root: str) -> list[str]:
        """`root` and every slug that was merged into it."""
        return [root, *self._members.get(root, ())]


def resolve_organisations(slugs: Iterable[str], *, today: date, progress: Progress | None = None) -> int:
    """Write the rows of these organisations and all that belongs to them; returns how many organisations there were.

    `today` decides which municipalities are members of a cluster. An organisation about which nobody says anything
    any more disappears from the register; its statements stay.
    """
    groups, places = Groups(), load_places(today)
    roots = sorted({groups.root(slug) for slug in slugs})
    for start in range(0, len(roots), CHUNK):
        chunk = roots[start : start + CHUNK]
        _write_chunk(chunk, groups, places)
        if progress is not None:
            progress("gegevens samenvoegen", min(start + CHUNK, len(roots)), len(roots))
    return len(roots)


def resolve_everything(*, today: date, progress: Progress | None = None) -> int:
    """As `resolve_organisations`, for every organisation that anybody ever said something about."""
    slugs = set(models.Statement.objects.values_list("organisation_key", flat=True).distinct())
    slugs.update(models.Organisation.objects.values_list("slug", flat=True))
    count = resolve_organisations(slugs, today=today, progress=progress)
    models.Area.objects.filter(offers__isnull=True).delete()
    return count


def live_statements(organisation_keys: Sequence[str]) -> Iterator[tuple[str, Statement]]:
    """Statements that count, with the organisation they are about; withdrawn ones and withdrawn sources left out."""
    # Sources are looked up here and not joined: SQLite would read everything a source ever said, for each chunk.
    speakers = {
        number: (key, SourceRank(rank))
        for number, key, rank in models.Source.objects.filter(withdrawn_at__isnull=True).values_list(
            "id", "key", "rank"
        )
    }
    query = (
        models.Statement.objects.filter(organisation_key__in=organisation_keys, withdrawn_at__isnull=True)
        .order_by("id")
        .values_list(
            "organisation_key", "id", "entity", "key", "source_id", "values", "stated_on", "recorded_at", "verified"
        )
    )
    for owner, number, entity, key, speaker, values, stated_on, recorded_at, verified in query.iterator(2000):
        if speaker not in speakers:
            continue
        source, rank = speakers[speaker]
        yield (
            owner,
            Statement(
                id=number,
                entity=EntityKind(entity),
                key=key,
                source=source,
                rank=rank,
                values=values,
                stated_on=stated_on,
                recorded_at=recorded_at,
                verified=verified,
            ),
        )


def _write_chunk(chunk: Sequence[str], groups: Groups, places: Places) -> None:
    members = [slug for root in chunk for slug in groups.members(root)]
    said: dict[str, list[Statement]] = defaultdict(list)
    for owner, statement in live_statements(members):
        said[groups.root(owner)].append(statement)
    found = [record for root in chunk if (record := build_record(root, said.get(root, ()), places)) is not None]
    bulk.upsert(models.Organisation, [record.organisation for record in found], "slug")
    numbers = dict(models.Organisation.objects.filter(slug__in=chunk).values_list("slug", "id"))
    for model in CHILDREN:
        children = [
            {**row, "organisation_id": numbers[record.organisation["slug"]]}
            for record in found
            for row in record.children[model]
        ]
        if model is models.Offer:
            for row, number in zip(children, places.area_numbers([row["area"] for row in children]), strict=True):
                row["area_id"] = number
        bulk.upsert(model, children, "key")
        standing = model._default_manager.filter(organisation_id__in=numbers.values()).values_list("id", "key")
        keys = {row["key"] for row in children}
        gone = [number for number, key in standing if key not in keys]
        if gone:
            model._default_manager.filter(id__in=gone).delete()
    shown = {record.organisation["slug"] for record in found}
    models.Organisation.objects.filter(slug__in=[slug for slug in members if slug not in shown]).delete()


@dataclass(frozen=True, slots=True)
class Record:
    """One organisation resolved: its row and, per table, the rows that belong to it."""

    organisation: Row
    children: Mapping[type[Model], Sequence[Row]]


def build_record(root: str, statements: Sequence[Statement], places: Places) -> Record | None:
    """The rows that follow from what is said; `None` when nobody says what the organisation is."""
    own = [statement for statement in statements if statement.entity is EntityKind.ORGANISATION]
    if not own:
        return None
    things: dict[EntityKind, list[Thing]] = defaultdict(list)
    for thing in _things(root, statements):
        entity = thing.resolved.entity
        if entity is EntityKind.ORGANISATION or is_complete(thing, _REQUIRED[entity]):
            things[entity].append(thing)
    (organisation,) = things.pop(EntityKind.ORGANISATION)
    belongings = [thing for kind in things.values() for thing in kind]
    return Record(
        rows.organisation_row(organisation, belongings, _merged_names(own, root)),
        _children(organisation, things, places),
    )


def things_of(root: str) -> list[tuple[str, Thing]]:
    """The organisation known as `root` and all that belongs to it, each with the slug it was first said under."""
    owners: dict[int, str] = {}
    statements: list[Statement] = []
    for owner, statement in live_statements(Groups().members(root)):
        owners[statement.id] = owner
        statements.append(statement)
    return [(owners[_first(thing).id], thing) for thing in _things(root, statements)]


def _first(thing: Thing) -> Statement:
    return next((said for said in thing.statements if said.key == thing.key), thing.statements[0])


def _things(root: str, statements: Sequence[Statement]) -> list[Thing]:
    by_thing: dict[tuple[EntityKind, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_thing[statement.entity, _canonical_key(statement, root)].append(statement)
    return [
        _organisation(about, root)
        if entity is EntityKind.ORGANISATION
        else Thing(resolve_record(about, key=key), about)
        for (entity, key), about in sorted(by_thing.items())
    ]


_REQUIRED = {
    EntityKind.ESTABLISHMENT: _PLACED,
    EntityKind.RECOGNITION: ("law",),
    EntityKind.OFFER: ("service",),
    EntityKind.EMPLOYMENT: ("headcount", "fte", "target_group_headcount", "target_group_fte"),
}


def _canonical_key(statement: Statement, root: str) -> str:
    """Statements on organisations that were merged are about one organisation, and about the same year of it."""
    if statement.entity is EntityKind.ORGANISATION:
        return root
    if statement.entity is EntityKind.EMPLOYMENT:
        return f"{root}/{statement.key.rsplit('/', 1)[1]}"
    return statement.key


def _organisation(statements: Sequence[Statement], root: str) -> Thing:
    """The merged organisations fill gaps, but do not rename or close the one that was kept."""
    keeps_name = any(statement.key == root and statement.values.get("name") for statement in statements)
    heard = [
        statement if statement.key == root or not keeps_name else _without(statement, _IDENTITY)
        for statement in statements
    ]
    return Thing(resolve_record(heard, key=root), statements)


def _without(statement: Statement, names: Sequence[str]) -> Statement:
    values = {name: value for name, value in statement.values.items() if name not in names}
    return Statement(
        id=statement.id,
        entity=statement.entity,
        key=statement.key,
        source=statement.source,
        rank=statement.rank,
        values=values,
        stated_on=statement.stated_on,
        recorded_at=statement.recorded_at,
        verified=statement.verified,
    )


def _merged_names(statements: Sequence[Statement], root: str) -> list[str]:
    others: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.key != root:
            others[statement.key].append(statement)
    names = (resolve_record(about).values.get("name") for _, about in sorted(others.items()))
    return [str(name) for name in names if name]


def _children(
    organisation: Thing, things: Mapping[EntityKind, Sequence[Thing]], places: Places
) -> dict[type[Model], list[Row]]:
    establishments = [
        rows.establishment_row(thing, organisation, places.locate(thing.values))
        for thing in things[EntityKind.ESTABLISHMENT]
    ]
    by_key = {row["key"]: row for row in establishments}
    offers: list[Row] = []
    for thing in things[EntityKind.OFFER]:
        bound = by_key.get(str(thing.values.get("establishment")))
        statuses = [organisation.stated_status, thing.stated_status]
        if bound is not None:
            statuses.append(LifeStatus(bound["status"]))
        area = places.area(thing.values, establishments, bound)
        offers.append(rows.offer_row(thing, status=effective_status(*statuses), area=area))
    return {
        models.Establishment: establishments,
        models.Recognition: [rows.recognition_row(thing) for thing in things[EntityKind.RECOGNITION]],
        models.Offer: offers,
        models.Employment: [rows.employment_row(thing) for thing in things[EntityKind.EMPLOYMENT]],
    }
