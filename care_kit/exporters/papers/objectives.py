"""Objectives and the pieces that show them, as each paper tells them."""

from collections.abc import Iterator

from care_kit.exporters.material import Material
from care_kit.exporters.papers.shape import Section, gap, table
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.dossier.state import Evidence
from care_kit.model.results.assessment import ObjectiveResult, ObjectiveState
from care_kit.model.words.french import TO_COMPLETE, day

NO_OFFICIAL_ID = "identifiant officiel non publié"


def objectives(material: Material, programme: Programme) -> Section:
    """Every objective, its state and what it lacks."""
    rows = []
    for one in programme.objectives:
        result = material.objectives[programme.id][one.id]
        unknown = (gap(text) for text in _unknown(one, result))
        lacking = "\n".join((*result.missing, *result.foreseen, *unknown, *result.computed))
        rows.append(
            (
                one.official_id or NO_OFFICIAL_ID,
                f"{one.title}\n{one.target}",
                result.state.label,
                lacking or "rien à signaler",
            )
        )
    columns = ("Identifiant", "Objectif et cible", "État", "Ce qui manque")
    return Section("Objectifs", tables=(table(columns, (2, 4, 2, 4), rows),))


def reached(material: Material, programme: Programme) -> Section:
    """Every objective that concerns the establishment, and what shows that it is reached."""
    rows = []
    for one in programme.objectives:
        result = material.objectives[programme.id][one.id]
        if result.state is ObjectiveState.NOT_CONCERNED:
            continue
        shown = [*(_named(piece) for piece in _attached(material, one)), *result.computed]
        lacking = [
            gap(text) for text in (*result.missing, *result.foreseen, *_unknown(one, result))
        ]
        rows.append(
            (
                one.official_id or NO_OFFICIAL_ID,
                f"{one.title}\n{one.target}",
                result.state.label,
                "\n".join([*shown, *lacking]) or gap("ce qui montre l'atteinte"),
            )
        )
    columns = ("Identifiant", "Objectif et cible", "État", "Ce qui le montre")
    told = "« Atteint » n'est écrit que si tout ce qui est attendu est au dossier."
    return Section("Objectifs déclarés", (told,), (table(columns, (2, 4, 2, 4), rows),))


def summary(material: Material, programme: Programme) -> Section:
    """One line per objective: what a payment rests on."""
    rows = [
        (
            one.official_id or one.id,
            one.title,
            material.objectives[programme.id][one.id].state.label,
        )
        for one in programme.objectives
    ]
    shown = table(("Identifiant", "Objectif", "État au dossier"), (2, 6, 3), rows)
    return Section("Objectifs", tables=(shown,))


def pieces(material: Material, programme: Programme) -> Section:
    """Pieces expected, those attached, with their dates."""
    rows = [row for one in programme.objectives for row in _piece_rows(material, one)]
    columns = ("Objectif", "Pièce attendue", "Pièce jointe", "Date d'effet")
    unknown = gap("aucune liste de pièces n'est connue pour ce programme")
    shown = table(columns, (2, 4, 4, 2), rows)
    return Section("Pièces", () if rows else (unknown,), (shown,) if rows else ())


def _piece_rows(material: Material, objective: Objective) -> Iterator[tuple[str, ...]]:
    name = objective.official_id or objective.id
    for piece in objective.pieces:
        expected = piece.title if piece.mandatory else f"{piece.title} (facultative)"
        attached = material.state.evidence_for(piece.id)
        for one in attached:
            dated = day(one.effective) if one.effective else gap("date d'effet")
            yield name, expected, f"{one.title or one.name}\nSHA-512 {one.sha512[:16]}…", dated
        if not attached:
            yield name, expected, gap("pièce absente") if piece.mandatory else "non jointe", ""


def _attached(material: Material, objective: Objective) -> list[Evidence]:
    """Documents of the objective or of its pieces, each once."""
    subjects = (objective.id, *(piece.id for piece in objective.pieces))
    found = [one for subject in subjects for one in material.state.evidence_for(subject)]
    return list({one.id: one for one in found}.values())


def _unknown(objective: Objective, result: ObjectiveResult) -> list[str]:
    """What the hospital can still tell; what no source tells has its own section."""
    awaited = f" : {TO_COMPLETE}"
    return [one.replace(awaited, "") for one in result.unknown if one != objective.gap]


def _named(piece: Evidence) -> str:
    dated = f", {day(piece.effective)}" if piece.effective else ""
    return f"{piece.title or piece.name}{dated}"
