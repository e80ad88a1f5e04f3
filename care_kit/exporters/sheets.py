"""What each sheet of the workbook holds: columns with their width, rows of texts and numbers."""

from collections.abc import Sequence

from care_kit.exporters import views
from care_kit.exporters.directory_sheets import OBJECTS, directory_sheets
from care_kit.exporters.exposure.workbook import exposure_sheets
from care_kit.exporters.material import Material
from care_kit.exporters.table import Row, Sheet, columns
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.results.assessment import Score
from care_kit.model.results.wording import interval
from care_kit.model.words.french import day, instant, percent
from care_kit.model.words.vocabulary import Confidence

SHOWN_OBJECTS = 20


def sheets(material: Material, profile: ExportProfile) -> tuple[Sheet, ...]:
    """Every sheet, in reading order."""
    return (
        _summary(material, profile),
        _answers(material),
        _findings(material),
        *directory_sheets(material),
        *exposure_sheets(material),
        _objectives(material),
        _pieces(material),
        _readings(material),
        _remarks(material),
    )


def _summary(material: Material, profile: ExportProfile) -> Sheet:
    establishment = material.state.establishment
    questionnaire = material.questionnaire
    score = material.assessment.overall
    rows: list[Row] = [
        ("Établissement", establishment.name),
        ("FINESS juridique porteur", establishment.lead.finess_ej),
        ("Marquage", profile.tlp.value),
        ("Noms remplacés par des pseudonymes", "oui" if profile.redacted else "non"),
        ("Établi le", instant(material.made_at)),
        (
            "Référentiel",
            f"{questionnaire.title}, version {questionnaire.version}",
        ),
        ("Avertissement", questionnaire.notice),
        *_score_rows("Ensemble", score),
        *((f"Confiance : {one.label}", score.confidence.get(one, 0)) for one in Confidence),
        ("Confiance : inconnu", score.unknown),
        *(
            (f"Annuaire, forêt {one.forest} : niveau estimé sur 5", interval(one.level))
            for one in material.assessment.directory
        ),
    ]
    for one in views.domains(material):
        rows.extend(_score_rows(one.domain.title, one.score))
    return Sheet("Synthèse", columns(("Rubrique", 48), ("Valeur", 60)), tuple(rows))


def _score_rows(title: str, score: Score) -> tuple[Row, ...]:
    return (
        (f"{title} : niveau (0 à 4)", interval(score.level)),
        (f"{title} : indice (0 à 100)", interval(score.index)),
        (f"{title} : couverture", percent(score.coverage)),
        (f"{title} : non applicable", percent(score.not_applicable)),
    )


def _answers(material: Material) -> Sheet:
    rows: list[Row] = []
    for domain in views.domains(material):
        for one in domain.rows:
            answer = one.answer
            rows.append(
                (
                    one.indicator.id,
                    domain.domain.title,
                    one.indicator.title,
                    "oui" if one.indicator.socle else "non",
                    one.indicator.weight,
                    one.declared,
                    one.wording,
                    answer.comment if answer else "",
                    one.measured,
                    one.retained,
                    one.confidence,
                    one.conflict,
                    one.result.explanation,
                    answer.author if answer else "",
                    instant(answer.at) if answer else "",
                    len(one.pieces),
                    one.indicator.provenance.label,
                )
            )
    headings = columns(
        ("Indicateur", 12),
        ("Domaine", 24),
        ("Intitulé", 40),
        ("Socle", 8),
        ("Poids", 8),
        ("Déclaré", 34),
        ("Formulation ou motif", 44),
        ("Commentaire", 44),
        ("Mesuré", 14),
        ("Retenu", 12),
        ("Confiance", 24),
        ("Accord", 22),
        ("Explication", 40),
        ("Auteur", 20),
        ("Date", 22),
        ("Pièces", 8),
        ("Provenance", 20),
    )
    return Sheet("Réponses", headings, tuple(rows))


def _findings(material: Material) -> Sheet:
    rows = tuple(
        (
            group.probe.label,
            row.finding.verdict.label,
            row.finding.check,
            row.title,
            row.finding.target,
            row.finding.port or None,
            row.weight,
            row.finding.reason,
            len(row.finding.objects),
            _first_objects(row.finding.objects),
            row.check.remediation if row.check else "",
            "\n".join(risk.sentence for risk in row.risks),
        )
        for group in views.findings(material)
        for row in (*group.concluded, *group.not_tested, *group.errors)
    )
    headings = columns(
        ("Sonde", 18),
        ("Verdict", 14),
        ("Contrôle", 24),
        ("Intitulé", 40),
        ("Cible", 28),
        ("Port", 8),
        ("Gravité ou niveau", 16),
        ("Constat", 50),
        ("Nombre d'objets", 10),
        ("Objets", 40),
        ("Remédiation", 50),
        ("Risque accepté", 40),
    )
    return Sheet("Constats", headings, rows)


def _first_objects(names: Sequence[str]) -> str:
    """A few of them: each one has its own row in another sheet."""
    more = len(names) - SHOWN_OBJECTS
    rest = (f"… et {more} de plus, feuille « {OBJECTS} »",) if more > 0 else ()
    return "\n".join((*names[:SHOWN_OBJECTS], *rest))


def _objectives(material: Material) -> Sheet:
    rows = tuple(
        (
            programme.programme.title,
            objective.official_id or "identifiant officiel non lu par care-kit",
            objective.id,
            objective.title,
            objective.target,
            result.state.label,
            "\n".join((*result.missing, *result.foreseen, *result.unknown, *result.computed)),
            objective.gap,
            objective.provenance.label,
            objective.source,
        )
        for programme in views.objectives(material)
        for objective, result in programme.rows
    )
    headings = columns(
        ("Programme", 30),
        ("Identifiant officiel", 20),
        ("Identifiant", 16),
        ("Objectif", 40),
        ("Cible", 40),
        ("État", 24),
        ("Ce qui manque", 50),
        ("Non connu", 40),
        ("Provenance", 20),
        ("Source", 40),
    )
    return Sheet("Objectifs", headings, rows)


def _pieces(material: Material) -> Sheet:
    rows = tuple(
        (
            row.evidence.id,
            row.evidence.title,
            row.evidence.name,
            row.path,
            "\n".join(row.evidence.subjects),
            day(row.evidence.effective),
            row.evidence.size,
            row.evidence.sha512,
            row.evidence.author,
            instant(row.evidence.at),
        )
        for row in views.pieces(material.state)
    )
    headings = columns(
        ("Pièce", 14),
        ("Titre", 40),
        ("Nom d'origine", 36),
        ("Emplacement", 44),
        ("Sujets", 20),
        ("Date d'effet", 14),
        ("Taille (octets)", 14),
        ("SHA-512", 60),
        ("Auteur", 20),
        ("Ajoutée", 22),
    )
    return Sheet("Preuves", headings, rows)


def _readings(material: Material) -> Sheet:
    rows = tuple(
        (
            row.record.id,
            row.statement.probe.label,
            row.statement.tool,
            row.statement.target,
            row.statement.account,
            row.statement.view,
            instant(row.statement.started),
            instant(row.statement.ended),
            "oui" if row.statement.complete else "non",
            "\n".join(row.statement.limits),
            "\n".join(row.statement.commands),
            len(row.findings),
            row.record.facts_sha512,
        )
        for row in views.readings(material)
    )
    headings = columns(
        ("Relevé", 14),
        ("Sonde", 18),
        ("Outil", 30),
        ("Cible", 28),
        ("Compte", 24),
        ("Vue", 10),
        ("Début", 22),
        ("Fin", 22),
        ("Complet", 10),
        ("Limites", 50),
        ("Commandes", 40),
        ("Constats", 10),
        ("SHA-512 des faits", 60),
    )
    return Sheet("Relevés", headings, rows)


def _remarks(material: Material) -> Sheet:
    rows = tuple(
        (one.gravity.label, one.subject, one.sentence, one.next_step) for one in material.remarks
    )
    headings = columns(("Gravité", 14), ("Sujet", 24), ("Remarque", 70), ("Que faire", 60))
    return Sheet("Remarques", headings, rows)
