"""What a municipality spends, as the people of that municipality see it."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from schakel.cooperation.models import SpendAccount, SpendCandidate, SpendList, SpendPair
from schakel.core.permissions import BodyKind, Role
from schakel.operations.prepare import make_editors_group
from schakel.register.models import Organisation
from tests.pages.test_people import inside

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RONSE = "/mijn/uitgaven/ronse"
GREEN = "0407766422"
LIST = """Ondernemingsnummer;Naam leverancier;Algemene rekening;Omschrijving rekening;Bedrag
0407.766.422;Voorbeeld Groen;61400;Onderhoud groen;"1.234,50"
0417.497.106;Tuinen Peeters;61400;Onderhoud groen;2.000,00
;=cmd|'x'!A1;61999;Allerlei;500,00
;Voorbeeld Strijkery;61500;Was en strijk;300,00
;Totaal;;;4.034,50
"""


@pytest.fixture
def editor(klein: None) -> Client:
    Organisation.objects.filter(slug="voorbeeld-groen").update(ondernemingsnummer=GREEN)
    return inside("an", Role.EDITOR)[0]


def upload(client: Client, text: str | bytes = LIST, path: str = RONSE, **more: str) -> HttpResponse:
    data = text.encode() if isinstance(text, str) else text
    form = {"year": "2025", "list": SimpleUploadedFile("lijst.csv", data), **more}
    return client.post(path, form)  # type: ignore[return-value]  # a test response is one


def test_journey_from_file_to_share_to_paper(editor: Client) -> None:
    sent = upload(editor)
    number = SpendList.objects.get().pk
    assert sent["Location"] == f"{RONSE}/{number}/nazicht"
    review = editor.get(sent["Location"]).content.decode()
    assert "Voorbeeld Strijkery" in review
    assert "Tuinen Peeters" not in review
    page = editor.get(f"{RONSE}/{number}").content.decode()
    assert "€\u00a01.234,50 van €\u00a04.034,50" in page
    assert "30,6%" in page  # 1,234.50 of 4,034.50
    assert "33,1%" in page  # of 3,734.50 that was recognised
    assert "nog 1 naam na te kijken" in page
    waiting = SpendCandidate.objects.get()
    key = waiting.proposals[0][0]
    done = editor.post(f"{RONSE}/{number}/nazicht", {f"wie-{waiting.pk}": key, "close": "1"}, follow=True)
    page = done.content.decode()
    assert "38,0%" in page  # 1,534.50 of 4,034.50, all of it recognised
    assert 'href="/taken/ronse#verges"' in page
    assert "Vergelijken met andere gemeenten kan nog niet" in page
    assert SpendCandidate.objects.count() == 0
    assert "Voorbeeld Strijkery" in editor.get(RONSE).content.decode()  # remembered, can be forgotten
    assert editor.get(f"{RONSE}/{number}/nazicht").status_code == 302


def test_files_hold_the_same_sums_and_nothing_to_compute(editor: Client) -> None:
    upload(editor)
    number = SpendList.objects.get().pk
    text = editor.get(f"{RONSE}/{number}/uitgaven.csv").content.decode("utf-8-sig")
    assert "cmd" not in text
    assert "Strijkery" not in text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(float(row["amount"]) for row in rows) == 4034.5
    assert sum(int(row["rows"]) for row in rows) == 4
    book = editor.get(f"{RONSE}/{number}/uitgaven.xlsx").content
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert sheets.sheet_names == ["Bedragen", "Aandelen", "Over deze gegevens"]
    assert sheets.get_sheet_by_name("Aandelen").to_python()[1][:3] == [2025, "Alles samen", 4034.5]
    paper = PdfReader(io.BytesIO(editor.get(f"{RONSE}/{number}/uitgaven.pdf").content))
    assert len(paper.pages) == 1
    assert "1.234,50" in paper.pages[0].extract_text()
    assert editor.get(f"{RONSE}/{number}/uitgaven.exe").status_code == 404


def test_reader_looks_and_changes_nothing_and_others_find_nothing(editor: Client) -> None:
    upload(editor)
    number = SpendList.objects.get().pk
    reader, _ = inside("bea", Role.READER)
    for path in (RONSE, f"{RONSE}/{number}", f"{RONSE}/{number}/nazicht", f"{RONSE}/{number}/uitgaven.csv"):
        assert reader.get(path).status_code == 200, path
    assert "Laad een lijst op" not in reader.get(RONSE).content.decode()
    assert upload(reader).status_code == 404
    for path, form in (
        (f"{RONSE}/{number}", {"remove": "1"}),
        (f"{RONSE}/{number}", {"rekening-61999": "green"}),
        (f"{RONSE}/{number}/nazicht", {"close": "1"}),
        (RONSE, {"forget": "1"}),
    ):
        assert reader.post(path, form).status_code == 404, path
    make_editors_group()
    boss, _ = inside("cis", Role.MANAGER, BodyKind.REGION, "region")
    coordinator, _ = inside("dirk", Role.MANAGER, BodyKind.CLUSTER, "voorbeeldcluster")
    neighbour, _ = inside("els", Role.MANAGER, BodyKind.MUNICIPALITY, "45064")
    for other in (boss, coordinator, neighbour):
        assert other.get(f"{RONSE}/{number}").status_code == 404
        assert upload(other).status_code == 404
    assert neighbour.get(f"/mijn/uitgaven/kluisbergen/{number}").status_code == 404  # the number of another
    assert SpendList.objects.get().closed_at is None
    assert not SpendAccount.objects.exists()


def test_refusals_say_where_and_keep_nothing(editor: Client) -> None:
    page = upload(editor, "Naam;Bedrag\nA;n.v.t.\nB;1,00\n")
    assert page.status_code == 400
    assert "rij 2, kolom Bedrag" in page.content.decode()
    for data, words in (
        (b"", "niet leeg"),
        (b"niets\n", "geen rij met de namen"),
        (b"x" * (10 * 1024**2 + 1), "te groot"),
        (b"PK\x03\x04", "beschadigd"),
    ):
        refused = upload(editor, data)
        assert refused.status_code == 400, words
        assert words in refused.content.decode()
    assert upload(editor, year="1999").status_code == 400
    assert editor.post(RONSE, {"year": "2025", "list": "geen bestand"}).status_code == 400
    assert SpendList.objects.count() == 0
    assert upload(editor, "Naam;Bedrag\nA;n.v.t.\nB;1,00\n", leave_out="yes").status_code == 302
    assert "niet te lezen was" in editor.get(f"{RONSE}/{SpendList.objects.get().pk}").content.decode()


def test_double_click_gives_one_list(editor: Client) -> None:
    upload(editor)
    again = upload(editor)
    assert SpendList.objects.count() == 1
    assert "Er is niets dubbel geteld" in editor.get(again["Location"]).content.decode()


def test_account_is_named_once_and_a_list_goes_with_everything(editor: Client) -> None:
    upload(editor)
    number = SpendList.objects.get().pk
    assert "61999" in editor.get(f"{RONSE}/{number}").content.decode()
    form = {"rekening-61999": "catering", "rekening-1": "green"}
    page = editor.post(f"{RONSE}/{number}", form, follow=True).content.decode()
    assert "Catering en maaltijden" in page
    assert list(SpendAccount.objects.values_list("account", "category")) == [("61999", "catering")]
    assert editor.post(f"{RONSE}/{number}", {"rekening-61999": "onzin"}).status_code == 400
    waiting = SpendCandidate.objects.get()
    assert editor.post(f"{RONSE}/{number}/nazicht", {f"wie-{waiting.pk}": "voorbeeld-groen-x"}).status_code == 400
    editor.post(f"{RONSE}/{number}", {"remove": "1"})
    assert SpendList.objects.count() == SpendCandidate.objects.count() == SpendPair.objects.count() == 0
    assert editor.get(f"{RONSE}/{number}").status_code == 404
    assert editor.get(f"{RONSE}/{2**64}").status_code == 404


def test_work_page_leads_there_and_says_what_waits(editor: Client) -> None:
    upload(editor)
    page = editor.get("/mijn").content.decode()
    assert f'href="{RONSE}"' in page
    other, _ = inside("dirk", Role.MANAGER, BodyKind.CLUSTER, "voorbeeldcluster")
    assert "uitgaven" not in other.get("/mijn").content.decode()
