"""One piece of content printed whole: wording, scale, evidence, references, source, file."""

from functools import singledispatch
from typing import TYPE_CHECKING

from care_kit.cli.terminal import output
from care_kit.model.content.check import Check
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.programme import Objective, Piece
from care_kit.model.content.questionnaire import Indicator, Profile, Reference
from care_kit.model.dossier.typed_answer import invitation
from care_kit.model.words import french
from care_kit.model.words.vocabulary import Provenance

if TYPE_CHECKING:
    from care_kit.catalog.authoring.finding import Found


def whole(found: "Found") -> None:
    """Print the content, then where it comes from."""
    output.title(f"{found.value.id} - {found.value.title}")
    _body(found.value)
    for title in found.held_by:
        _line("Fait partie de", title)
    _line("Fichier", f"{found.file} ({'votre surcouche' if found.own else 'livré'})")


@singledispatch
def _body(value: object) -> None:
    raise TypeError(type(value))


@_body.register
def _indicator(value: Indicator) -> None:
    _line("Question", value.question)
    _line("Pourquoi", value.why)
    _line("Aide", value.help)
    _line("Répond d'ordinaire", value.answered_by)
    blocking = "oui" if value.socle else "non"
    _line("Domaine", f"{value.domain} ; socle : {blocking} ; poids : {value.weight}")
    if Profile.ALL not in value.profiles:
        _line("Demandé", "aux seules entités essentielles")
    output.say("Niveaux :")
    for level, sentence in sorted(value.levels.items()):
        output.paragraph(f"{level} : {sentence}", "  ")
    if value.answer is not None:
        _line("Réponse admise", invitation(value.answer))
    for one in value.evidence:
        _line("Preuve", f"{one.title} (valable {one.validity})")
    for check in value.measured.checks if value.measured else ():
        _line("Mesuré par", f"{check.check} (un échec plafonne à {check.fail_at_most})")
    if value.measured and value.measured.directory_level:
        _line("Mesuré par", "le niveau de l'annuaire")
    for reference in value.references:
        _line("Référence", _reference(reference))
    _origin(value.provenance, value.source)
    _line("Source lue le", french.day(value.source_date))


@_body.register
def _objective(value: Objective) -> None:
    _line("Identifiant officiel", value.official_id or "non établi")
    _line("Cible", value.target)
    _line("Pour qui", value.who)
    _line("Non établi", value.gap)
    for rule in value.readings:
        apart = f", espacés de {rule.min_days} à {rule.max_days} jours" if rule.max_days else ""
        _line("Relevés", f"{rule.count} ({rule.probe.label}){apart}")
    if value.activity_share:
        _line("Activité combinée", f"{value.activity_share} % au moins")
    if value.least_rate:
        _line("Taux", f"{value.least_rate} % au moins")
    for piece in value.pieces:
        _piece(piece)
    if value.indicators:
        _line("S'appuie sur", ", ".join(value.indicators))
    _origin(value.provenance, value.source)


def _piece(value: Piece) -> None:
    kind = "obligatoire" if value.mandatory else "facultative"
    _line("Pièce", f"{value.id}, {kind} : {value.title}")
    _origin(value.provenance, value.source, "  ")


@_body.register
def _check(value: Check) -> None:
    _line("Sonde", value.family.label)
    if value.severity is not None:
        _line("Gravité", value.severity.label)
    if value.levels:
        _line("Niveaux de l'annuaire", ", ".join(map(str, value.levels)))
    if value.work is not None:
        _line("Travail (estimé par care-kit)", value.work.label)
    _line("Pourquoi", value.why)
    _line("Correction", value.remediation)
    for name, threshold in value.thresholds.items():
        _line("Seuil", f"{name} = {french.short(threshold)}")
    for reference in value.references:
        _line("Référence", reference)
    _origin(value.provenance, value.source)
    _line("Source lue le", french.day(value.source_date))


@_body.register
def _profile(value: ExportProfile) -> None:
    _line("Lecteur", value.reader)
    _line("Marquage", value.tlp.value)
    _line("Noms remplacés", "oui" if value.redacted else "non")
    _line("Parties", ", ".join(value.parts))
    _line("Avertissement", value.notice)


def _reference(value: Reference) -> str:
    note = f" ({value.note})" if value.note else ""
    return f"{value.referential} {value.official_id}".strip() + note


def _origin(provenance: Provenance, source: str, indent: str = "") -> None:
    _line("Provenance", provenance.label, indent)
    _line("Source", source, indent)


def _line(label: str, text: str, indent: str = "") -> None:
    if text:
        output.paragraph(f"{label} : {text}", indent)
