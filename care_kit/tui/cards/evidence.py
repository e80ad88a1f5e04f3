"""The text of one piece: what it is, what it proves and until when, and its first lines."""

from collections.abc import Iterator

from care_kit.assessment.scores.indicators import in_force
from care_kit.dossier.entry.readable import JPEG, PDF, PNG, ZIP
from care_kit.model.dossier.state import Evidence
from care_kit.model.words.errors import DossierError
from care_kit.model.words.french import counted, day, octets
from care_kit.model.words.months import add_months
from care_kit.tui.views.view import View
from care_kit.tui.wording import Part
from care_kit.tui.work.pdf_preview import Preview

SHOWN_BYTES = 4_000
TEXT = "text/plain"
_KINDS = {
    TEXT: "texte",
    PDF: "PDF",
    PNG: "image PNG",
    JPEG: "image JPEG",
    ZIP: "archive ZIP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "classeur Excel",
    "application/vnd.oasis.opendocument.text": "texte ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "classeur ODS",
}


def evidence_card(view: View, piece: Evidence, read: Preview | None) -> Iterator[Part]:
    """Metadata, where it is used, then its first words; `read` is what was read of a PDF so far."""
    kind = _KINDS.get(piece.media_type, piece.media_type)
    yield "", piece.title or piece.name, "bold"
    yield "", f"Fichier : {piece.name} · {kind} · {octets(piece.size)}", ""
    yield "", f"Date portée : {day(piece.effective)}", ""
    if piece.signed_by:
        yield "", f"Signée par {piece.signed_by}.", ""
    if piece.entities:
        yield "", f"Couvre seulement : {view.named(piece.entities)}.", ""
    yield "", f"Jointe par {piece.author}, le {day(piece.at.astimezone())}.", ""
    yield "", "Sert à :", ""
    for subject in piece.subjects:
        yield "- ", _use(view, piece, subject), ""
    yield "", "", ""
    if piece.media_type == PDF:
        yield from _pdf(read)
    else:
        yield from _text(view, piece)
    yield "", "", ""
    yield "", f"SHA-512 : {piece.sha512}", ""


def _use(view: View, piece: Evidence, subject: str) -> str:
    indicator = view.now.questionnaire.indicator(subject)
    if indicator is None:
        return f"{subject} (objectif, pièce attendue ou question d'un autre questionnaire)"
    named = f"{subject} {indicator.title}"
    if piece.effective is None:
        return f"{named} : sans date, ne compte pas comme datée"
    level = view.now.results[subject].declared
    end = day(add_months(piece.effective, indicator.evidence_months(level)))
    valid = in_force(piece, indicator, level, view.today)
    return f"{named} : {'valable' if valid else 'NON VALABLE, validité'} jusqu'au {end}"


def _pdf(read: Preview | None) -> Iterator[Part]:
    if read is None:
        yield "", "Lecture du PDF…", ""
        return
    if read.why:
        yield "", f"Aperçu impossible : {read.why}. Ouvrez le document d'origine.", ""
        return
    yield "", f"PDF de {counted(read.pages, 'page')}. Ce qu'il dit de lui-même :", ""
    for label, value in (("Titre", read.title), ("Auteur", read.author), ("Créé le", read.made)):
        yield "- ", f"{label} : {value or 'non dit'}", ""
    if not read.text:
        yield "", "Les premières pages n'ont pas de texte (document numérisé ?).", ""
        return
    yield from _beginning(read.text)


def _text(view: View, piece: Evidence) -> Iterator[Part]:
    if piece.media_type != TEXT:
        yield "", "Aperçu : seuls textes et PDF se lisent ici ; ouvrez le document d'origine.", ""
        return
    try:
        content = view.dossier.blob(piece.sha512)
    except DossierError as error:
        yield "", f"{error.sentence} {error.next_step}", ""
        return
    more = "\n…" if len(content) > SHOWN_BYTES else ""
    yield from _beginning(content[:SHOWN_BYTES].decode("utf-8", "replace") + more)


def _beginning(text: str) -> Iterator[Part]:
    yield "", "Début du texte :", "bold"
    for line in text.splitlines():
        yield "  ", line, ""
