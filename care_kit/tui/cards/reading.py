"""The text of one reading, and of what changed between two."""

from collections.abc import Iterator, Mapping

from care_kit.model.content.check import Check
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.results.comparison import Change, Comparison
from care_kit.model.words.french import counted, instant, level_label, seconds
from care_kit.tui.views.view import View
from care_kit.tui.wording import Part

SHOWN_OBJECTS = 5
SHOWN_COMMANDS = 20


def reading_card(view: View, record: ReadingRecord) -> Iterator[Part]:
    """How a reading was obtained: its statement."""
    said = view.now.statements[record.id]
    state = "complet" if record.complete else "INCOMPLET"
    yield "", f"Sonde « {record.probe.label} » · {state}", "bold"
    yield "", f"Cible : {said.target}", ""
    if said.account:
        yield "", f"Compte : {said.account}", ""
    if said.view:
        yield "", f"Point de vue : {said.view}", ""
    yield "", f"Fin : {instant(record.ended)}, en {seconds(said.seconds)}", ""
    yield "", f"Outil : {said.tool}", ""
    if said.replayed:
        yield "", "Relevé rejoué : il ne mesure pas votre établissement.", "bold"
    for limit in said.limits:
        yield "- ", limit, ""
    yield "", f"Faits SHA-512 : {record.facts_sha512}", ""
    if said.commands:
        yield "", "Ce qui a été demandé :", ""
    for command in said.commands[:SHOWN_COMMANDS]:
        yield "  ", command, ""
    left = len(said.commands) - SHOWN_COMMANDS
    if left > 0:
        yield "  ", f"et {counted(left, 'autre commande', 'autres commandes')}.", ""


def comparison_card(found: Comparison, checks: Mapping[str, Check]) -> Iterator[Part]:
    """What is new, persistent, no longer visible, fixed."""
    yield "", f"Du {instant(found.before_ended)} au {instant(found.after_ended)}.", ""
    yield "", "Les deux relevés sont jugés avec les règles d'aujourd'hui.", ""
    for caution in found.cautions:
        yield "[!] ", caution, ""
    counts = (f"{change.label} : {len(found.of(change))}" for change in Change)
    yield "", ", ".join(counts), "bold"
    for change in Change:
        if found.of(change):
            yield "", "", ""
            yield "", f"{change.label.capitalize()} ({len(found.of(change))})", "bold"
        for one in found.of(change):
            where = f"{one.target}:{one.port}" if one.port else one.target
            rank = one.severity.label if one.severity else level_label(one.level)
            title = checks[one.check].title if one.check in checks else one.check
            yield "- ", f"{one.check} ({rank}) {where} : {title}", ""
            yield from _objects("  + ", one.appeared)
            yield from _objects("  = ", one.kept)
            yield from _objects("  - ", one.gone)


def _objects(mark: str, names: tuple[str, ...]) -> Iterator[Part]:
    if names:
        left = len(names) - SHOWN_OBJECTS
        more = f" et {counted(left, 'autre')}" if left > 0 else ""
        yield mark, ", ".join(names[:SHOWN_OBJECTS]) + more, ""
