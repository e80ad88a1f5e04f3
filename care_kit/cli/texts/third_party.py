"""Other tools' results as text: beside our level, each under the name of its tool."""

from collections.abc import Sequence

from care_kit.cli.terminal import output
from care_kit.model.dossier.third_party import ThirdPartyResult

SHOWN_RULES = 12


def show(results: Sequence[ThirdPartyResult]) -> None:
    """One block per report; nothing when there is none."""
    if not results:
        return
    output.title("Autres outils")
    output.paragraph("Ces résultats sont ceux des outils cités ; ils n'entrent dans aucun calcul.")
    for one in results:
        _block(one)


def _block(one: ThirdPartyResult) -> None:
    when = f", le {one.generated:%d/%m/%Y}" if one.generated else ""
    forest = f" (forêt {one.forest})" if one.forest and one.forest != one.domain else ""
    level = "sans niveau" if one.level is None else f"niveau {one.level} sur 5"
    output.say()
    output.paragraph(f"{one.tool} {one.version}{when} : {one.domain}{forest}, {level}.")
    if one.scores:
        scores = ", ".join(f"{label} {points}" for label, points in one.scores.items())
        output.paragraph(f"Points (0 le mieux, 100 le pire) : {scores}.", "    ")
    _names("Points de contrôle de l'ANSSI concernés", one.failed)
    _names("Autres règles en échec", one.other_rules)
    for caution in one.cautions:
        output.paragraph(f"Réserve : {caution}", "    ")


def _names(label: str, names: Sequence[str]) -> None:
    from care_kit.model.words.french import listed

    if names:
        more = len(names) - SHOWN_RULES
        shown = listed(names[:SHOWN_RULES], more)
        output.paragraph(f"{label} ({len(names)}) : {shown}.", "    ")
