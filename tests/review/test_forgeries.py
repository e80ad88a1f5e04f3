"""Each figure a reader may see is forged, every manifest honestly redone: refused, and named."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from care_kit.model.formats.codec import canonical_plain
from care_kit.review.codes import Code
from care_kit.review.verification import Problem, Verification
from tests.review.rebuild import Files, files_of, resealed, verified

Change = Callable[[dict[str, Any]], None]


def top_of(files: Files) -> str:
    return min(files).partition("/")[0]


def forged(package: Path, path: str, change: Callable[[bytes], bytes]) -> Verification:
    """The verdict on the package once one of its files was rewritten and all was sealed again."""
    files = files_of(package)
    name = f"{top_of(files)}/{path}"
    before = files[name]
    files[name] = change(before)
    assert files[name] != before, "nothing was forged"
    return verified(resealed(files))


def data(change: Change) -> Callable[[bytes], bytes]:
    """A change of dossier.json, written back in its canonical form."""

    def rewritten(raw: bytes) -> bytes:
        whole = json.loads(raw)
        change(whole)
        return canonical_plain(whole)

    return rewritten


def put(*path: str, value: Any) -> Change:
    def change(whole: dict[str, Any]) -> None:
        here = whole
        for step in path[:-1]:
            here = here[int(step)] if isinstance(here, list) else here[step]
        if isinstance(here, list):
            here[int(path[-1])] = value
        else:
            here[path[-1]] = value

    return change


def drop(name: str, wanted: Callable[[dict[str, Any]], bool]) -> Change:
    def change(whole: dict[str, Any]) -> None:
        whole[name] = [one for one in whole[name] if not wanted(one)]

    return change


def turn(name: str, wanted: Callable[[dict[str, Any]], bool], **values: Any) -> Change:
    def change(whole: dict[str, Any]) -> None:
        next(one for one in whole[name] if wanted(one)).update(values)

    return change


def is_failure(one: dict[str, Any]) -> bool:
    return bool(one["verdict"] == "fail")


def says(outcome: Verification, *words: str) -> Problem:
    """The problem that names the forged place, among those told."""
    assert not outcome.ok
    for one in outcome.problems:
        if all(word in f"{one.file} {one.sentence}" for word in words):
            return one
    raise AssertionError([f"{one.file} {one.sentence}" for one in outcome.problems[:20]])


FIGURES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "index": (
        put("assessment", "overall", "index", "low", value=97.0),
        ("évaluation", "ensemble", "indice", "plancher", "97.0"),
    ),
    "index ceiling": (
        put("assessment", "overall", "index", "high", value=99.0),
        ("ensemble", "indice", "plafond"),
    ),
    "level": (
        put("assessment", "overall", "level", value={"low": 4, "high": 4}),
        ("ensemble", "niveau", "4"),
    ),
    "coverage": (put("assessment", "overall", "coverage", value=1.0), ("couverture",)),
    "share not applicable": (
        put("assessment", "overall", "not_applicable", value=0.5),
        ("part non applicable",),
    ),
    "unknown answers": (put("assessment", "overall", "unknown", value=0), ("inconnus",)),
    "confidence": (
        put("assessment", "overall", "confidence", "3", value=40),
        ("confiance", "« 3 »"),
    ),
    "index of a domain": (
        put("assessment", "domains", "GOV", "index", "low", value=88.0),
        ("domaine", "« GOV »", "indice"),
    ),
    "level of a domain": (
        put("assessment", "domains", "GOV", "level", value={"low": 4, "high": 4}),
        ("domaine", "« GOV »", "niveau"),
    ),
    "declared level": (
        put("assessment", "indicators", "CK-GOV-01", "declared", value=4),
        ("indicateur", "« CK-GOV-01 »", "déclaré"),
    ),
    "retained level": (
        put("assessment", "indicators", "CK-EXP-04", "retained", value={"low": 4, "high": 4}),
        ("« CK-EXP-04 »", "retenu"),
    ),
    "confidence of an answer": (
        put("assessment", "indicators", "CK-GOV-02", "confidence", value=3),
        ("« CK-GOV-02 »", "confiance"),
    ),
    "conflict": (
        put("assessment", "indicators", "CK-ADM-04", "conflict", value=False),
        ("« CK-ADM-04 »", "contradiction"),
    ),
    "explanation": (
        put("assessment", "indicators", "CK-ADM-04", "explanation", value="Tout va bien."),
        ("« CK-ADM-04 »", "explication"),
    ),
    "directory level": (
        put("assessment", "directory", "0", "level", value={"low": 5, "high": 5}),
        ("niveau d'annuaire", "niveau"),
    ),
    "blocking points": (
        put("assessment", "directory", "0", "blocking", value=[]),
        ("niveau d'annuaire", "blocking"),
    ),
    "answer": (
        put("state", "answers", "CK-GOV-01", "level", value=4),
        ("réponse", "« CK-GOV-01 »", "niveau", "imprimé 4", "recalculé 2"),
    ),
    "answer's author": (
        put("state", "answers", "CK-GOV-01", "author", value="Quelqu'un d'autre"),
        ("« CK-GOV-01 »", "auteur"),
    ),
    "answer's moment": (
        put("state", "answers", "CK-GOV-01", "at", value="2020-01-01T00:00:00Z"),
        ("« CK-GOV-01 »", "moment"),
    ),
    "comment": (
        put("state", "answers", "CK-ADM-04", "comment", value="Tout est fait."),
        ("« CK-ADM-04 »", "commentaire"),
    ),
    "reason": (
        put("state", "answers", "CK-TIE-03", "reason", value="Tous nos hébergeurs sont certifiés."),
        ("« CK-TIE-03 »", "motif"),
    ),
    "hospital": (
        put("state", "establishment", "name", value="CHU d'à côté"),
        ("établissement", "CHU d'à côté"),
    ),
    "FINESS": (
        put("state", "establishment", "entities", "0", "finess_ej", value="990000036"),
        ("établissement", "990000036"),
    ),
    "amount": (
        put("state", "spending", "0", "amount", value="999.00"),
        ("dépense", "montant", "999.00", "12000.50"),
    ),
    "ceiling": (
        put("state", "ceilings", "0", "amount", value="900000"),
        ("plafond", "montant"),
    ),
    "share of activity": (
        put("state", "shares", "990000010", "share", value="100"),
        ("part d'activité", "« 990000010 »"),
    ),
    "action": (
        put("state", "actions", "A-1", "state", value="done"),
        ("« A-1 »",),
    ),
    "accepted risk": (
        put("state", "acceptances", "0", "until", value="2099-01-01"),
        ("risque accepté", "2099-01-01"),
    ),
    "piece's date": (
        lambda whole: next(iter(whole["state"]["evidence"].values())).update(
            effective="2026-11-30"
        ),
        ("pièce", "effective"),
    ),
    "piece's path": (
        lambda whole: whole["pieces"].update({next(iter(whole["pieces"])): "data/ailleurs.txt"}),
        ("emplacement de la pièce", "data/ailleurs.txt"),
    ),
    "programme followed": (put("state", "programmes", value=[]), ("dossier", "programmes")),
    "objective's state": (
        put("objectives", "d1", "D1.O2.B", "state", value="shown"),
        ("objectif", "« d1 »", "« D1.O2.B »", "shown"),
    ),
    "what an objective misses": (
        put("objectives", "d1", "D1.O2.B", "missing", value=[]),
        ("objectif", "« D1.O2.B »", "manques"),
    ),
    "remark removed": (
        lambda whole: whole["remarks"].pop(0),
        ("remarque", "imprimé absent"),
    ),
    "remark softened": (
        turn("remarks", lambda one: one["gravity"] == "blocking", gravity="warning"),
        ("remarque", "gravité"),
    ),
    "all remarks removed": (put("remarks", value=[]), ("remarque", "imprimé absent")),
    "finding removed": (
        drop("findings", lambda one: one["check"] == "vuln_adcs_control"),
        ("aucun constat", "vuln_adcs_control"),
    ),
    "every failure removed": (drop("findings", is_failure), ("aucun constat",)),
    "finding turned": (
        turn("findings", is_failure, verdict="pass"),
        ("constats.json", "verdict", "pass", "fail"),
    ),
    "objects of a finding": (
        turn("findings", lambda one: len(one["objects"]) > 1, objects=[]),
        ("constats.json", "objets"),
    ),
    "severity of a finding": (
        turn("findings", lambda one: one["check"].startswith("EXP") or True, severity="low"),
        ("constats.json", "gravité"),
    ),
    "reason of a finding": (
        turn("findings", is_failure, reason="Rien à signaler."),
        ("constats.json", "motif", "Rien à signaler."),
    ),
    "statement's dates": (
        lambda whole: next(iter(whole["statements"].values())).update(ended="2026-11-30T00:00:00Z"),
        ("déclaration du relevé", "ended"),
    ),
    "statement's completeness": (
        lambda whole: next(iter(whole["statements"].values())).update(limits=["Aucune."]),
        ("declaration.json",),
    ),
    "action of the directory": (put("actions", "0", "objects", value=0), ("action d'annuaire",)),
    "head": (put("state", "head", value="0" * 64), ("dossier", "head")),
    "number of events": (put("state", "events", value=3), ("dossier", "events")),
    "date of the package": (
        put("made_at", value="2026-01-01T00:00:00Z"),
        ("daté", "après la fabrication"),
    ),
    "day of judgement": (put("judged_on", value="2025-01-01"), ("jugé au 01/01/2025",)),
    "version of the questionnaire": (
        put("questionnaire", "version", value=99),
        ("questionnaire", "99"),
    ),
    "fingerprint of a check": (
        put("content", "fingerprints", "check/vuln_guest", value="0" * 64),
        ("check/vuln_guest",),
    ),
    "reader of the profile": (
        put("profile", "reader", value="Tout le monde"),
        ("profil", "Tout le monde"),
    ),
    "marking": (put("profile", "tlp", value="TLP:CLEAR"), ("profil", "TLP:CLEAR")),
    "unknown key": (put("certified", value=True), ("certified",)),
}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_forged_figure_of_the_data_is_refused_and_named(
    redacted_package: Path, figure: str
) -> None:
    change, words = FIGURES[figure]
    says(forged(redacted_package, "data/dossier.json", data(change)), *words)


@pytest.mark.parametrize(
    ("page", "before", "after", "words"),
    [
        ("data/rapport.html", r"8,9", "97,9", ("Synthèse", "97,9")),
        ("data/rapport.html", r"Aucun hébergeur\.", "Parfait.", ("Parfait.",)),
        ("data/rapport.html", r"bloquante?s", "mineures", ("mineures",)),
        ("data/rapport.html", r"échec", "succès", ("succès",)),
        ("data/rapport.html", r"contradiction expliquée", "concordant", ("concordant",)),
        ("data/rapport.html", r"GHT des Marais", "CHU d'ailleurs", ("CHU d'ailleurs",)),
        ("data/bordereau.html", r"990000010", "990000036", ("bordereau.html", "990000036")),
        ("data/bordereau.html", r"TLP:AMBER", "TLP:CLEAR", ("bordereau.html", "TLP:CLEAR")),
        ("LISEZ-MOI.html", r"sha512sum --check", "true --check", ("LISEZ-MOI.html", "true")),
        ("data/rapport.html", r"</body>", "<script>alert(1)</script></body>", ("ne voit pas",)),
    ],
)
def test_a_forged_sentence_of_a_page_is_refused_and_named(
    redacted_package: Path, page: str, before: str, after: str, words: tuple[str, ...]
) -> None:
    def change(raw: bytes) -> bytes:
        return re.sub(before, after, raw.decode("utf-8"), count=1).encode("utf-8")

    assert says(forged(redacted_package, page, change), page.rpartition("/")[2], *words)


def test_a_forged_cell_is_refused_and_named_by_sheet_line_and_column(
    redacted_package: Path,
) -> None:
    book = load_workbook(io.BytesIO(_workbook(redacted_package)))
    for name in book.sheetnames[::4]:
        cell = book[name].cell(2, 2)
        kept, cell.value = cell.value, "forgé"
        outcome = forged(redacted_package, "data/dossier.xlsx", lambda _: _saved(book))
        told = says(outcome, "dossier.xlsx", f"feuille « {name} », ligne 2", "forgé")
        assert told.printed == "forgé"
        cell.value = kept


def test_a_sheet_removed_or_hidden_is_refused(redacted_package: Path) -> None:
    book = load_workbook(io.BytesIO(_workbook(redacted_package)))
    book[book.sheetnames[1]].sheet_state = "hidden"
    hidden = forged(redacted_package, "data/dossier.xlsx", lambda _: _saved(book))
    assert says(hidden, "dossier.xlsx", "le reste").code is Code.DOCUMENT
    del book[book.sheetnames[1]]
    removed = forged(redacted_package, "data/dossier.xlsx", lambda _: _saved(book))
    says(removed, "feuille «", "absente")


def _workbook(package: Path) -> bytes:
    files = files_of(package)
    return files[f"{top_of(files)}/data/dossier.xlsx"]


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Source-Organization", "CHU d'à côté"),
        ("External-Identifier", "990000036"),
        ("Care-Kit-TLP", "TLP:CLEAR"),
        ("Bagging-Date", "2020-01-01"),
        ("Care-Kit-Journal-Head", "0" * 64),
        ("Bag-Software-Agent", "care-kit 9.9"),
        ("Care-Kit-Redacted", "false"),
        ("Internal-Sender-Identifier", "autre"),
        ("Contact-Name", "Quelqu'un"),
    ],
)
def test_a_forged_line_of_the_label_is_refused_and_named(
    redacted_package: Path, line: str, value: str
) -> None:
    def change(raw: bytes) -> bytes:
        kept = [one for one in raw.decode().splitlines() if not one.startswith(f"{line}: ")]
        return "\n".join([*kept, f"{line}: {value}", ""]).encode()

    assert says(forged(redacted_package, "bag-info.txt", change), line, value[:20])


def test_a_package_that_pretends_to_be_older_does_not_escape(redacted_package: Path) -> None:
    change = data(put("format", value="care-kit/dossier/1"))
    outcome = forged(redacted_package, "data/dossier.json", change)
    assert [one.code for one in outcome.problems] == [Code.DATA_FORMAT]


def test_findings_and_data_forged_together_still_betray_the_results(
    redacted_package: Path,
) -> None:
    """A consistent lie about what stayed at the hospital: the scores no longer follow."""
    files = files_of(redacted_package)
    for name in files:
        if name.endswith("constats.json"):
            kept = [one for one in json.loads(files[name]) if one["verdict"] != "fail"]
            files[name] = canonical_plain(kept)
    name = f"{top_of(files)}/data/dossier.json"
    files[name] = data(drop("findings", is_failure))(files[name])
    outcome = verified(resealed(files))
    says(outcome, "aucun constat pour le contrôle")


def test_raw_facts_judge_a_forged_finding_of_a_complete_package(complete_package: Path) -> None:
    files = files_of(complete_package)
    turned = turn("findings", is_failure, verdict="pass")
    for name in files:
        if name.endswith("constats.json"):
            whole = {"findings": json.loads(files[name])}
            if any(map(is_failure, whole["findings"])):
                turned(whole)
                files[name] = canonical_plain(whole["findings"])
    name = f"{top_of(files)}/data/dossier.json"
    files[name] = data(turned)(files[name])
    says(verified(resealed(files)), "dossier.json", "constat", "imprimé pass, recalculé fail")


def test_another_version_compares_figures_and_says_so(redacted_package: Path) -> None:
    """The same content, printed by another version: figures are still those of the journal."""
    files = files_of(redacted_package)
    top = top_of(files)
    for name in files:
        if name.startswith(f"{top}/") and not name.endswith((".xlsx", ".jsonl")):
            files[name] = files[name].replace(b"care-kit 0.1.0", b"care-kit 0.0.9")
    name = f"{top}/data/dossier.json"
    files[name] = data(put("tool", "version", value="0.0.9"))(files[name])
    honest = verified(resealed(files))
    assert honest.ok, honest.problems
    assert "care-kit 0.0.9 et vérifié par 0.1.0" in honest.reserves[0]
    assert "sous une réserve" in honest.sentence or "sous 1 réserve" in honest.sentence.replace(
        "\u00a0", " "
    )
    lying = {**files, name: data(FIGURES["index"][0])(files[name])}
    says(verified(resealed(lying)), "indice", "97.0")
    report = f"{top}/data/rapport.html"
    page = {**files, report: files[report].replace(b"8,9", b"97,9", 1)}
    says(verified(resealed(page)), "rapport.html", "97,9")


def test_forty_figures_at_least_are_forged() -> None:
    assert len(FIGURES) >= 40
