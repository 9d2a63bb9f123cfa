"""One fault at a time, then all at once: each is found in its place, with what is expected."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.sources.region_pack.schema import TABLES
from tests.sources.region_pack.packs import faults_of, klein, read_rows, row_of, set_cell, write_rows

# file, row, column, text, words of what is expected
CELLS = [
    ("organisations.csv", 2, "ondernemingsnummer", "0999.000.031", "controlegetal: na 09990000 komt 30"),
    ("organisations.csv", 3, "ondernemingsnummer", "999000129", "rekenblad"),
    ("organisations.csv", 2, "slug", "Voorbeeld Strijkerij", "kleine letters"),
    ("organisations.csv", 3, "name", "", "verplicht"),
    ("organisations.csv", 3, "kinds", "maatwerkbedrijf;winkel", "in plaats van 'winkel': maatwerkbedrijf,"),
    ("organisations.csv", 3, "kinds", "cooperative;cooperative", "elke waarde één keer"),
    ("organisations.csv", 3, "website", "www.voorbeeld.example", "https://"),
    ("organisations.csv", 3, "email", "info@voorbeeld", "mailadres"),
    ("organisations.csv", 3, "phone", "bel ons", "telefoonnummer"),
    ("organisations.csv", 3, "languages", "nl;Frans", "taalcode"),
    ("organisations.csv", 3, "languages", "nl;", "één ;"),
    ("organisations.csv", 3, "previous_names", "Oud@vroeger", "JJJJ"),
    ("organisations.csv", 3, "status", "gestopt", "live, uncertain, unconfirmed, announced, closed of historical"),
    ("organisations.csv", 3, "status_date", "45992", "2025-12-01"),
    ("organisations.csv", 4, "source_date", "23/11/2026", "2026-11-23"),
    ("organisations.csv", 5, "source_date", "1/2/2026", "2026-02-01 of 2026-01-02"),
    ("organisations.csv", 3, "source_url", "", "verplicht"),
    ("organisations.csv", 3, "verified", "ja", "yes of no"),
    ("organisations.csv", 3, "description", "tekst\0met nul", "stuurtekens"),
    ("organisations.csv", 3, "legal_name", "-", "leeg vak"),
    ("organisations.csv", 3, "name", "x" * 301, "hoogstens 300 tekens; dit zijn er 301"),
    ("organisations.csv", 3, "succeeded_by", "voorbeeld-groem", "misschien voorbeeld-groen"),
    ("organisations.csv", 3, "succeeded_by", "voorbeeld-fietsen", "iets anders dan de rij zelf"),
    ("municipalities.csv", 2, "nis_code", "4509", "vijf cijfers"),
    ("municipalities.csv", 2, "population_2020", "14.803", "geheel getal"),
    ("municipalities.csv", 3, "population_2020", "-5", "0 of meer"),
    ("municipalities.csv", 2, "area_km2", "56,96", "56.96"),
    ("municipalities.csv", 2, "area_km2", "NaN", "getal"),
    ("municipalities.csv", 2, "area_km2", "1e999", "getal"),
    ("municipalities.csv", 2, "neighbours", "45064;44021", "44021 is Gent"),
    ("municipalities.csv", 2, "lat", "48.8", "breedtegraad in België"),
    ("municipalities.csv", 2, "lat", "3.7", "verwisseld"),
    ("municipalities.csv", 2, "lon", "", "lat en lon allebei"),
    ("localities.csv", 2, "postal_code", "9999", "bestaat"),
    ("localities.csv", 2, "postal_code", "9660", "9660 hoort bij Brakel"),
    ("localities.csv", 2, "nis_code", "44021", "gemeente van de regio"),
    ("cluster_members.csv", 2, "cluster", "andere-cluster", "clusters.csv"),
    ("cluster_members.csv", 2, "role", "trekker", "lead of participant"),
    ("cluster_members.csv", 4, "until", "2017", "niet voor since"),
    ("establishments.csv", 2, "vestigingseenheidsnummer", "2.999.000.073", "komt 72"),
    ("establishments.csv", 2, "vestigingseenheidsnummer", "0999.000.030", "van 2 tot 8"),
    ("establishments.csv", 2, "is_seat", "1", "yes of no"),
    ("establishments.csv", 2, "nis_code", "41002", "41002 is Aalst"),
    ("establishments.csv", 2, "postal_code", "9690", "9690 hoort bij Kluisbergen"),
    ("establishments.csv", 2, "postal_code", "96000", "vier cijfers"),
    ("establishments.csv", 2, "opening_hours", "maandag 9-17", "openingsuren zoals"),
    ("establishments.csv", 2, "opening_hours", "mo 09:00-08:00", "oplopen"),
    ("establishments.csv", 2, "opening_hours", "mo 09:00-12:00; mo 13:00-14:00", "twee keer"),
    ("establishments.csv", 2, "organisation", "bestaat-niet", "organisations.csv"),
    ("establishments.csv", 3, "replaced_by", "voorbeeld/weg", "establishments.csv"),
    ("establishments.csv", 2, "lon", "50.7", "verwisseld"),
    ("recognitions.csv", 2, "law", "maatwerk", "collectief_maatwerk"),
    ("recognitions.csv", 2, "establishment", "voorbeeld-fietsen/ronse", "deze is van voorbeeld-fietsen"),
    ("recognitions.csv", 6, "valid_until", "2009", "niet voor valid_from"),
    ("offers.csv", 2, "service", "laundry_ironin", "misschien laundry_ironing"),
    ("offers.csv", 2, "customers", "citizen,company", "citizen, company of local_government"),
    ("offers.csv", 2, "customers", "", "verplicht"),
    ("offers.csv", 2, "area", "nis:41002", "41002 is Aalst"),
    ("offers.csv", 2, "area", "cluster:voorbeeldcluste", "misschien voorbeeldcluster"),
    ("offers.csv", 2, "area", "radius:-5", "groter dan 0"),
    ("offers.csv", 2, "area", "Ronse", "nis:41002, cluster:naam"),
    ("offers.csv", 2, "capacity_amount", "-1", "0 of meer"),
    ("offers.csv", 2, "capacity_amount", "inf", "getal"),
    ("offers.csv", 9, "status", "live", "de organisatie voorbeeld-kringloop-oud is closed"),
    ("offers.csv", 10, "status", "", "de organisatie voorbeeld-kruidenier is announced"),
    ("negative_statements.csv", 2, "service", "eethuis", "dienstenlijst"),
    ("negative_statements.csv", 2, "searched_on", "", "verplicht"),
    ("employment.csv", 2, "year", "24", "vier cijfers"),
    ("employment.csv", 2, "headcount", "-3", "0 of meer"),
    ("employment.csv", 2, "target_group_fte", "41.6", "hoogstens het totaal in fte (41.5)"),
    ("tasks.csv", 2, "services", "bicycle_point;fietsen", "dienstenlijst"),
    ("partners.csv", 2, "kind", "x" * 61, "hoogstens 60"),
    ("initiatives.csv", 2, "goal", "tewerkstelling", "jobs, doorstroom"),
    ("municipal_figures.csv", 2, "value", "10,5", "10.5"),
]


@pytest.mark.parametrize(("file", "row", "column", "text", "expected"), CELLS)
def test_wrong_cell_is_the_one_fault_found(file: str, row: int, column: str, text: str, expected: str) -> None:
    files = klein()
    set_cell(files, file, row, column, text)
    found = [fault for fault in faults_of(files) if (fault.row, fault.column) == (row, column)]
    assert len(found) == 1
    assert found[0].file == file
    assert expected in found[0].expected
    if text:
        assert found[0].found[:20] in text


def test_wrong_cell_gives_no_second_fault_elsewhere() -> None:
    """But for cells that others point at, one mistake is one line."""
    for file, row, column, text, _ in CELLS:
        if (file, column) in (("organisations.csv", "slug"), ("municipalities.csv", "nis_code")):
            continue
        files = klein()
        set_cell(files, file, row, column, text)
        if (file, column, text) == ("municipalities.csv", "neighbours", "45064;44021"):
            continue
        assert len(faults_of(files)) == 1, (file, row, column, text, faults_of(files))


def test_all_wrong_cells_together_are_all_listed() -> None:
    files = klein()
    places: dict[tuple[str, int, str], str] = {}
    for file, row, column, text, expected in CELLS:
        if (file, column) not in (("organisations.csv", "slug"), ("municipalities.csv", "nis_code")):
            set_cell(files, file, row, column, text)
            places[file, row, column] = expected
    faults = faults_of(files)
    listed = {(fault.file, fault.row, fault.column) for fault in faults}
    # these need the neighbouring cell, which is wrong itself in this crowd
    hidden = {("municipalities.csv", 2, "lon"), ("localities.csv", 2, "postal_code")}
    hidden.add(("establishments.csv", 2, "postal_code"))
    hidden.add(("recognitions.csv", 2, "establishment"))
    assert places.keys() - listed <= hidden
    assert [fault.row or 0 for fault in faults if fault.file == "offers.csv"] == sorted(
        fault.row or 0 for fault in faults if fault.file == "offers.csv"
    )


# --- whole files ---


def _only(files: dict[str, bytes], file: str) -> tuple[int | None, str | None, str, str]:
    faults = faults_of(files)
    assert [fault.file for fault in faults] == [file], faults
    return faults[0].row, faults[0].column, faults[0].found, faults[0].expected


def test_latin_1_text_says_where_and_how_to_save() -> None:
    files = klein()
    set_cell(files, "organisations.csv", 4, "description", "Café")
    files["organisations.csv"] = files["organisations.csv"].decode().encode("latin-1", errors="replace")
    row, _, found, expected = _only(files, "organisations.csv")
    assert row == 4
    assert "0xE9" in found
    assert "Café" in found
    assert "CSV UTF-8" in expected


def test_latin_1_text_does_not_hide_the_other_faults_of_the_file() -> None:
    files = klein()
    set_cell(files, "organisations.csv", 4, "description", "Café")
    set_cell(files, "organisations.csv", 5, "status", "dicht")
    files["organisations.csv"] = files["organisations.csv"].decode().encode("latin-1", errors="replace")
    assert [(fault.row, fault.column) for fault in faults_of(files)] == [(4, None), (5, "status")]


def test_utf_16_and_binary_files_are_refused() -> None:
    files = klein()
    files["tasks.csv"] = "key,nis_code".encode("utf-16")
    assert "UTF-16" in _only(files, "tasks.csv")[2]


def test_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    files = {name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in klein().items()}
    assert faults_of(files) == []


def test_missing_file_is_named_and_references_into_it_stay_silent() -> None:
    files = klein()
    del files["organisations.csv"]
    assert "ontbreekt" in _only(files, "organisations.csv")[3]
    files = klein()
    del files["region.toml"]
    assert "ontbreekt" in _only(files, "region.toml")[3]


def test_optional_file_may_be_missing_but_not_what_others_refer_to() -> None:
    files = klein()
    del files["partners.csv"]
    assert faults_of(files) == []
    del files["clusters.csv"]
    assert {(fault.file, fault.column) for fault in faults_of(files)} == {
        ("cluster_members.csv", "cluster"),
        ("offers.csv", "area"),
    }


def test_unknown_file_is_refused_with_the_known_names() -> None:
    files = klein()
    files["organisation.csv"] = b"slug\n"
    assert "organisations.csv" in _only(files, "organisation.csv")[3]


def test_missing_and_unknown_column_are_both_named() -> None:
    files = klein()
    files["partners.csv"] = files["partners.csv"].replace(b"kind,", b"soort,", 1)
    found = {(fault.row, fault.column) for fault in faults_of(files)}
    assert found == {(1, "kind"), (1, "soort")}


def test_optional_column_may_be_left_out() -> None:
    files = klein()
    files["partners.csv"] = b"key,name,kind,source_url\nx,X,koepel,https://voorbeeld.example\n"
    assert faults_of(files) == []


def test_column_twice_is_refused() -> None:
    files = klein()
    files["partners.csv"] = b"key,name,kind,name,source_url\nx,X,koepel,Y,https://voorbeeld.example\n"
    assert _only(files, "partners.csv")[:3] == (1, "name", "twee keer dezelfde kolom")


def test_semicolons_and_tabs_between_columns_are_recognised() -> None:
    for mark, word in ((b";", "puntkomma"), (b"\t", "tabs")):
        files = klein()
        files["partners.csv"] = files["partners.csv"].replace(b",", mark)
        row, _, found, expected = _only(files, "partners.csv")
        assert row == 1
        assert word in found
        assert "komma's tussen de kolommen" in expected


def test_row_with_too_many_cells_is_said_once() -> None:
    files = klein()
    files["partners.csv"] += b"nieuw,Naam, met komma,koepel,,,,https://voorbeeld.example,,,\n"
    row, column, found, expected = _only(files, "partners.csv")
    assert (row, column, found) == (4, None, "11 vakken")
    assert "10 vakken" in expected


def test_quote_that_never_closes_is_said_with_its_row() -> None:
    files = klein()
    files["partners.csv"] += b'nieuw,"Naam,koepel,,,,https://voorbeeld.example,,,\n'
    row, _, found, _ = _only(files, "partners.csv")
    assert row == 4
    assert "aanhalingsteken" in found


def test_cell_over_several_lines_counts_as_one_row() -> None:
    files = klein()
    set_cell(files, "organisations.csv", 2, "description", "regel\nnog een\nen nog een")
    set_cell(files, "organisations.csv", 4, "status", "dicht")
    assert _only(files, "organisations.csv")[0] == 4


def test_empty_rows_are_left_out_but_counted() -> None:
    files = klein()
    lines = files["partners.csv"].split(b"\n")
    files["partners.csv"] = b"\n".join(
        [lines[0], b"", b",,,,,,,,,", lines[1], lines[2].replace(b"koepel,", b",", 1), b""]
    )
    assert faults_of(files) != []
    assert {fault.row for fault in faults_of(files)} == {5}


def test_empty_file_is_refused() -> None:
    files = klein()
    files["partners.csv"] = b""
    assert "leeg bestand" in _only(files, "partners.csv")[2]


def test_duplicate_keys_name_the_earlier_row() -> None:
    files = klein()
    set_cell(files, "offers.csv", 5, "key", "voorbeeld-strijkerij/strijk")
    assert "rij 2" in _only(files, "offers.csv")[3]
    files = klein()
    set_cell(files, "organisations.csv", 9, "slug", "voorbeeld-groen")
    assert ("organisations.csv", 9, "slug") in {(f.file, f.row, f.column) for f in faults_of(files)}
    files = klein()
    set_cell(files, "employment.csv", 3, "year", "2024")
    assert "organisation + year" in _only(files, "employment.csv")[3]


def test_without_a_column_rows_are_not_called_the_same() -> None:
    """Two years of one organisation, and no column that tells them apart: only that is said."""
    files = klein()
    rows = read_rows(files, "employment.csv")
    year = rows[0].index("year")
    assert len({row[0] for row in rows[1:]}) < len(rows) - 1
    write_rows(files, "employment.csv", [row[:year] + row[year + 1 :] for row in rows])
    assert _only(files, "employment.csv") == (1, "year", "", "deze kolom; ze ontbreekt")


def test_succession_in_a_circle_is_said_once() -> None:
    files = klein()
    row = row_of(files, "organisations.csv", "voorbeeld-fietsen")
    set_cell(files, "organisations.csv", row, "succeeded_by", "voorbeeld-kringloop-oud")
    found = _only(files, "organisations.csv")
    assert found[:2] == (row, "succeeded_by")
    assert "→" in found[2]


def test_neighbour_that_does_not_name_back_is_a_fault() -> None:
    files = klein()
    set_cell(files, "municipalities.csv", 5, "neighbours", "45064")
    found = _only(files, "municipalities.csv")
    assert found[:3] == (3, "neighbours", "45041")


# --- region.toml ---


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ('slug = "voorbeeldstreek"', 'slug = "Voorbeeld Streek"', "region.slug", "kleine letters"),
        ('slug = "voorbeeldstreek"', "", "region.slug", "tekst"),
        ("synthetic = true", 'synthetic = "ja"', "region.synthetic", "zonder aanhalingstekens"),
        ('"2026-10-01"', '"1/10/2026"', "region.compiled_on", "2026-10-01"),
        ('nl = "Voorbeeldstreek", ', "", "region.name", "minstens nl"),
        ('nl = "Voorbeeldstreek"', "nl = 3", "region.name.nl", "tekst"),
        ('fr = "Région', 'de = "Région', "region.name.de", "nl, en, fr"),
        ("[assumed_area]", "[assumed]", "assumed_area", "een deel"),
        ('remote = "region"', 'remote = "overal"', "assumed_area.remote", "municipality_and_neighbours"),
        ('remote = "region"', "", "assumed_area.remote", "municipality"),
        ("[assumed_area]", '[profiles]\nask = "iedereen"\n[assumed_area]', "profiles.ask", "everyone"),
        ("[assumed_area]", "[profiles]\nowner_edits = 3\n[assumed_area]", "profiles.owner_edits", "after_review"),
        ("[assumed_area]", "[profiles]\nask_every_days = 30\n[assumed_area]", "profiles.ask_every_days", "van 60"),
        ("[assumed_area]", "[profiles]\nold_months = true\n[assumed_area]", "profiles.old_months", "geheel getal"),
        ("[assumed_area]", "[profiles]\nold_months = 6\n[assumed_area]", "profiles", "kleiner dan old_months"),
        ("[assumed_area]", "[profiles]\nweg = 6\n[assumed_area]", "profiles.weg", "leaves_months"),
        ("[assumed_area]", "[blind_spots]\nsearch_months = 0\n[assumed_area]", "blind_spots.search_months", "van 1"),
        (
            "[assumed_area]",
            "[blind_spots]\nminutes = { odd_jobs = 5 }\n[assumed_area]",
            "blind_spots.minutes.odd_jobs",
            "zelf heen gaat",
        ),
        (
            "[assumed_area]",
            "[blind_spots]\nminutes = { bicycle_point = 0 }\n[assumed_area]",
            "blind_spots.minutes.bicycle_point",
            "van 1 tot 120",
        ),
        ("[assumed_area]", "[blind_spots]\nminutes = 5\n[assumed_area]", "blind_spots.minutes", "bicycle_point"),
        ("[assumed_area]", "[needs]\nsize = 0\n[assumed_area]", "needs.size", "van 1 tot 50"),
        ("[assumed_area]", "[needs]\ndays = true\n[assumed_area]", "needs.days", "geheel getal"),
        ("[assumed_area]", "[needs]\nweg = 6\n[assumed_area]", "needs.weg", "most_a_week"),
        ("[assumed_area]", "[blind_spots]\nweg = 6\n[assumed_area]", "blind_spots.weg", "offer_months"),
        ('key = "doorstroom"', 'key = "jobs"', "goals[2].key", "één keer"),
        ('source_url = "https://', 'source_url = "', "goals[1].source_url", "https"),
        ("[[goals]]", "[goals]", None, "geldige TOML"),
        ('licence = "', "licence = ", None, "geldige TOML"),
    ],
)
def test_wrong_setting_is_named(old: str, new: str, column: str | None, expected: str) -> None:
    files = klein()
    text = files["region.toml"].decode()
    assert old in text
    files["region.toml"] = text.replace(old, new, 1).encode()
    found = [fault for fault in faults_of(files) if fault.column == column]
    assert found, faults_of(files)
    assert found[0].file == "region.toml"
    assert any(expected in fault.expected for fault in found)


def test_broken_toml_says_the_line() -> None:
    files = klein()
    files["region.toml"] = b"[region]\nslug = = 3\n"
    assert _only(files, "region.toml")[0] == 2


# --- whatever the bytes ---


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(klein())), st.binary(max_size=300))
def test_arbitrary_bytes_in_any_file_give_faults_and_nothing_else(file: str, data: bytes) -> None:
    files = klein()
    files[file] = data
    faults_of(files)  # raises if anything but PackFaults comes out


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(klein())), st.integers(0, 2000), st.binary(min_size=1, max_size=12))
def test_bytes_overwritten_in_a_valid_file_give_faults_and_nothing_else(file: str, place: int, data: bytes) -> None:
    files = klein()
    content = files[file]
    at = place % len(content)
    files[file] = content[:at] + data + content[at + len(data) :]
    faults_of(files)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(sorted(TABLES)),
    st.integers(0, 30),
    st.text(st.characters(codec="utf-8"), max_size=20) | st.from_regex(r"[0-9a-z:;@/.,\- ]{0,20}", fullmatch=True),
)
def test_any_text_in_any_cell_gives_faults_and_nothing_else(table: str, column: int, text: str) -> None:
    files = klein()
    columns = read_rows(files, f"{table}.csv")[0]
    set_cell(files, f"{table}.csv", 2, columns[column % len(columns)], text)
    faults_of(files)


@pytest.mark.parametrize("data", [b"[" * 50_000, b"x = " + b"9" * 5000, b"\0", b"\xff", b'"' * 200_000])
def test_hostile_files_give_faults_and_nothing_else(data: bytes) -> None:
    for file in ("region.toml", "offers.csv"):
        files = klein()
        files[file] = data
        assert faults_of(files)
