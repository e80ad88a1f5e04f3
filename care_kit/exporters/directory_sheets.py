"""Sheets about the directory, and every offending object of every finding on its own row."""

from collections.abc import Iterator

from care_kit.exporters import directory_views, views
from care_kit.exporters.directory_views import OtherTool
from care_kit.exporters.material import Material
from care_kit.exporters.table import Row, Sheet, columns
from care_kit.exporters.views import FindingRow
from care_kit.model.words.french import day

OBJECTS = "Objets"
MAX_ROWS = 1_048_000  # a sheet holds 1,048,576 rows


def directory_sheets(material: Material) -> tuple[Sheet, ...]:
    """What to do, on what, and what other tools said."""
    return _actions(material), _objects(material), _other_tools(material)


def _actions(material: Material) -> Sheet:
    rows = tuple(
        (
            forest.level.forest,
            row.rank,
            row.action.level,
            row.action.point,
            row.title,
            row.action.objects,
            row.action.effort.label,
            row.remediation,
            "\n".join(risk.sentence for risk in row.risks),
        )
        for forest in directory_views.forests(material)
        for row in forest.actions
    )
    headings = columns(
        ("Forêt", 24),
        ("Rang", 8),
        ("Niveau", 8),
        ("Point", 32),
        ("Intitulé", 40),
        ("Nombre d'objets", 10),
        ("Effort (estimé par care-kit)", 14),
        ("À faire", 60),
        ("Risque accepté", 40),
    )
    return Sheet("Actions annuaire", headings, rows)


def _objects(material: Material) -> Sheet:
    """One row per object, up to what a sheet can hold; what is left out is said."""
    rows: list[Row] = []
    total = 0
    for group in views.findings(material):
        for row in (*group.concluded, *group.not_tested, *group.errors):
            total += len(row.finding.objects)
            if len(rows) < MAX_ROWS:
                rows.extend(_each(row))
    if total > MAX_ROWS:
        del rows[MAX_ROWS:]
        left = f"{total - MAX_ROWS} objets de plus, entiers dans dossier.json"
        rows.append((left, "", "", "", "", ""))
    headings = columns(
        ("Contrôle", 32),
        ("Verdict", 14),
        ("Gravité ou niveau", 16),
        ("Cible", 28),
        ("Objet", 70),
        ("Risque accepté", 40),
    )
    return Sheet(OBJECTS, headings, tuple(rows))


def _each(row: FindingRow) -> Iterator[Row]:
    one = row.finding
    covered = [(frozenset(risk.objects), risk.sentence) for risk in row.risks]
    for name in one.objects:
        risks = "\n".join(sentence for names, sentence in covered if name in names)
        yield one.check, one.verdict.label, row.weight, row.place, name, risks


def _other_tools(material: Material) -> Sheet:
    """One row per thing said, each under the name of its tool."""
    rows: list[Row] = []
    for other in directory_views.other_tools(material):
        one = other.result
        about = (one.tool, one.version, day(one.generated), one.domain)
        rows += [(*about, *line) for line in _said(other)]
    rows += [
        ("BloodHound", "", day(piece.effective), "", "Pièce jointe", piece.title, "", "")
        for piece in directory_views.bloodhound(material)
    ]
    headings = columns(
        ("Outil", 16),
        ("Version", 12),
        ("Établi le", 14),
        ("Domaine", 28),
        ("Rubrique", 28),
        ("Élément", 40),
        ("Ce que dit l'outil", 40),
        ("Verdict de care-kit", 20),
    )
    return Sheet("Autres outils", headings, tuple(rows))


def _said(other: OtherTool) -> Iterator[tuple[str, str, str, str]]:
    """Heading, item, what the tool says of it, our own verdict on it."""
    one = other.result
    yield "Niveau", "Niveau sur 5", "sans niveau" if one.level is None else str(one.level), ""
    for label, points in other.scores:
        yield "Points (0 le mieux, 100 le pire)", label, str(points), ""
    for row in other.rows:
        said = ", ".join(row.rules) or "le point lui-même"
        ours = row.ours.label if row.ours else "non mesuré"
        yield "Point de l'ANSSI concerné", row.point, f"en échec : {said}", ours
    for rule in one.other_rules:
        yield "Autre règle en échec", rule, "en échec", ""
    for point in other.ours_only:
        yield "Échec chez care-kit seul", point, "rien", "échec"
    for caution in one.cautions:
        yield "Réserve", caution, "", ""
