"""The official annex is read as it is, and whatever is not a table is refused in a sentence."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from care_kit.catalog.authoring.annex import Annex, rows_of
from care_kit.catalog.authoring.annex_cells import Sheet, read
from care_kit.catalog.authoring.annex_programme import Imported, Origin, programme_of
from care_kit.catalog.content import Content
from care_kit.model.content.programme import Objective
from care_kit.model.words.errors import CareError, InputError
from care_kit.model.words.vocabulary import Provenance

TODAY = date(2026, 11, 21)
HEADER = "Identifiant;Libellé;Cible;Liste des pièces à fournir\n"
ROW = "D2.O1.A;Gouvernance;Un schéma est écrit.;Schéma daté\n"


def annex(text: str, encoding: str = "utf-8") -> Annex:
    return rows_of(read(text.encode(encoding), "a.csv"))


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def titles() -> list[object]:
    return ["Identifiant", "Libellé", "Cible", "Pièces à fournir"]


WORKBOOK = workbook(titles(), ["A1", "Titre", "Cible", "Pièce"])


def imported(content: Content, text: str, source: str = "", dated: date | None = None) -> Imported:
    origin = Origin("a.csv", source, dated, TODAY)
    return programme_of(annex(text), "d2", origin, content)


def first(made: Imported) -> Objective:
    return made.programme.objectives[0]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_recognised_and_said(separator: str) -> None:
    found = read((HEADER + ROW).replace(";", separator).encode(), "a.csv")
    assert rows_of(found).rows[0].id == "D2.O1.A"
    assert "colonnes séparées par" in found.read_as


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_the_encoding_is_recognised_and_said(encoding: str, said: str) -> None:
    found = read((HEADER + ROW).encode(encoding), "a.csv")
    assert f"texte {said}," in found.read_as
    assert rows_of(found).rows[0].target == "Un schéma est écrit."


def test_a_workbook_gives_the_same_rows() -> None:
    raw = workbook(
        ["Annexe 1"], titles(), ["D2.O1.A", "Gouvernance", "Un schéma est écrit.", "Schéma daté"]
    )
    found = read(raw, "a.xlsx")
    assert found.read_as == "classeur XLSX, première feuille"
    assert rows_of(found).rows == annex(HEADER + ROW).rows


def test_bullets_give_one_piece_each_and_a_wrapped_line_stays_with_its_bullet() -> None:
    cell = '"- Schéma daté ;\n• Compte rendu\n  signé\n- Attestation"'
    found = annex(f"{HEADER}A1;Titre;Cible.;{cell}\n").rows[0]
    assert found.pieces == ("Schéma daté", "Compte rendu signé", "Attestation")


def test_a_line_with_a_single_text_is_set_aside_and_told() -> None:
    found = annex(f"{HEADER}Objectif 1;;;\n{ROW}")
    assert found.headings == ("Objectif 1",)
    assert len(found.rows) == 1


def test_columns_are_found_whatever_their_order() -> None:
    found = annex("Cible;Pièces;IDENTIFIANT;Libelle\nFait.;Plan;A1;Titre\n").rows[0]
    assert (found.id, found.title, found.target, found.pieces) == (
        "A1",
        "Titre",
        "Fait.",
        ("Plan",),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "quatre colonnes"),
        ("Nom;Prénom\nA;B\n", "quatre colonnes"),
        (HEADER, "aucune ligne"),
        (f"{HEADER};Titre;Cible;Pièce\n", "Ligne 2 du tableau : l'identifiant manque"),
        (f"{HEADER}A1;;Cible;Pièce\n", "le libellé de « A1 » manque"),
        (HEADER + ROW + ROW, "Ligne 3 du tableau : l'identifiant « D2.O1.A » est déjà pris"),
        (f"{HEADER}A1;=cmd|' /C calc'!A0;Cible;Pièce\n", "une formule de tableur"),
        (f"{HEADER}A1;@SUM(A1);Cible;Pièce\n", "une formule de tableur"),
        (f"{HEADER}A1;<script>alert(1)</script>;Cible;Pièce\n", "contient du balisage"),
        (f"{HEADER}A1;{'x' * 10_001};Cible;Pièce\n", "dépasse 10000 caractères"),
        (f"{HEADER}{'x' * 60};Titre;Cible;Pièce\n", "n'a pas la forme d'un identifiant"),
        (HEADER + ROW + ";" * 60, "2000 lignes ou 50 colonnes"),
        (HEADER + "\n" * 2_100, "2000 lignes"),
    ],
)
def test_a_table_that_is_not_an_annex_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        annex(text)
    assert sentence in caught.value.sentence
    assert caught.value.next_step.endswith(".")


def test_ten_megabytes_are_refused() -> None:
    with pytest.raises(InputError, match="dépasse 4 Mo"):
        read(b"x" * 10_000_000, "a.csv")


def test_bytes_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(InputError, match="ni en UTF-8 ni en Windows-1252"):
        read(b"Identifiant;\x81\x8d", "a.csv")


def test_a_formula_of_a_workbook_is_refused_even_when_its_value_is_innocent() -> None:
    raw = workbook(titles(), ["A1", '="Titre"', "Cible", "Pièce"])
    with pytest.raises(InputError, match="une formule de tableur"):
        read(raw, "a.xlsx")


def test_a_zip_bomb_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 70_000_000)
    with pytest.raises(InputError, match="plus de 60 Mo"):
        read(stream.getvalue(), "a.xlsx")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "rien")
    with pytest.raises(InputError, match="pas un classeur XLSX lisible"):
        read(stream.getvalue(), "a.xlsx")


def test_direction_overrides_do_not_reach_the_content() -> None:
    assert annex(f"{HEADER}A1;Tit\u202ere;Cible.;\n").rows[0].title == "Titre"


def test_it_is_official_only_with_the_text_and_its_date(every: Content) -> None:
    text = "Arrêté du 03/07/2025, annexe 1"
    for source, dated in (("", None), (text, None), ("", TODAY), (" ", TODAY)):
        made = imported(every, HEADER + ROW, source, dated)
        assert made.programme.provenance is Provenance.SECONDARY
        assert first(made).provenance is Provenance.SECONDARY
        assert [one.mandatory for one in first(made).pieces] == [False]
    made = imported(every, HEADER + ROW, text, date(2025, 7, 3))
    assert first(made).provenance is Provenance.OFFICIAL
    assert [one.mandatory for one in first(made).pieces] == [True]
    assert text in first(made).source
    assert "03/07/2025" in first(made).source


def test_the_identifier_read_is_the_official_one_and_nothing_is_added(every: Content) -> None:
    found = first(imported(every, f"{HEADER}D2.X1;Titre;;\n"))
    assert (found.official_id, found.id, found.title) == ("D2.X1", "D2.X1", "Titre")
    assert (len(found.pieces), len(found.readings), len(found.indicators)) == (0, 0, 0)
    assert found.who == "Non précisé par le tableau importé"
    assert "pas donnée" in found.gap


def test_a_known_objective_keeps_its_links_and_the_others_are_told(every: Content) -> None:
    d2 = every.programmes["d2"]
    linked = next(one for one in d2.objectives if one.indicators and one.official_id)
    text = f"{HEADER}{linked.official_id};Nouveau libellé;Fait.;\n"
    made = imported(every, text, "Arrêté", TODAY)
    assert first(made).indicators == linked.indicators
    assert first(made).title == "Nouveau libellé"
    assert set(made.dropped) == {one.id for one in d2.objectives} - {linked.id}
    assert made.programme.version == d2.version + 1
    assert made.programme.milestones == d2.milestones
    assert made.file_name == "care_d2.toml"


def test_figures_read_elsewhere_do_not_become_official(every: Content) -> None:
    objectives = every.programmes["d2"].objectives
    figured = next(one for one in objectives if one.activity_share)
    assert figured.provenance is not Provenance.OFFICIAL
    text = f"{HEADER}{figured.official_id};Libellé;Fait.;\n"
    assert first(imported(every, text, "Arrêté", TODAY)).activity_share == 0


def test_a_programme_name_cannot_be_a_path(every: Content) -> None:
    for name in ("../d2", "d2/x", "", "D 2", "c:d"):
        with pytest.raises(InputError, match="ne peut pas nommer"):
            programme_of(annex(HEADER + ROW), name, Origin("a", "", None, TODAY), every)


def refused_or(action: Callable[[], object]) -> None:
    """Run, accepting a sentence for the user and nothing else."""
    try:
        action()
    except CareError as error:
        assert error.sentence.endswith(".")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    refused_or(lambda: rows_of(read(raw, "a")))


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_any_rows_after_the_header_are_read_or_refused(rows: list[list[str]]) -> None:
    head = ("Identifiant", "Libellé", "Cible", "Pièces")
    sheet = Sheet((head, *map(tuple, rows)), "essai")
    refused_or(lambda: rows_of(sheet))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(WORKBOOK)
    for place, byte in changes:
        raw[4 + place % (len(raw) - 4)] = byte  # what follows the signature of a zip
    refused_or(lambda: rows_of(read(bytes(raw), "a.xlsx")))
