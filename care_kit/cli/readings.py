"""`care readings`: the readings of a dossier, compared, and the level held between two of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli import options, output

if TYPE_CHECKING:
    from care_kit.model.comparison import Comparison, Difference

SHOWN_OBJECTS = 5

First = Annotated[
    str,
    typer.Argument(metavar="RELEVÉ1", help="Début de son identifiant.", show_default=False),
]
Second = Annotated[
    str,
    typer.Argument(metavar="RELEVÉ2", help="Début de son identifiant.", show_default=False),
]


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Liste les relevés des sondes."""
    from care_kit.assessment.readings import SHORT
    from care_kit.assessment.situation import statement_of
    from care_kit.model.french import instant

    with options.open_dossier(dossier, author) as opened:
        records = sorted(opened.state.readings, key=lambda one: (one.ended, one.id))
        kept = [(one, statement_of(opened, one)) for one in records]
    if not kept:
        output.say("Aucun relevé. « care probe directory » ou « care probe exposure ».")
        return
    rows = [
        (
            record.id[:SHORT],
            record.probe.label,
            instant(record.ended),
            said.view or "sans objet",
            "complet" if record.complete else "INCOMPLET",
            said.target + (" (rejoué)" if said.replayed else ""),
        )
        for record, said in kept
    ]
    output.table(("Relevé", "Sonde", "Fin", "Vue", "État", "Cible"), rows)


def compare(
    first: First = "",
    second: Second = "",
    probe: Annotated[
        str, typer.Option(help="Sans identifiants : sonde « directory » ou « exposure ».")
    ] = "exposure",
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Compare deux relevés d'une sonde (par défaut, les deux derniers)."""
    from care_kit.assessment import comparison, readings
    from care_kit.catalog.content import load
    from care_kit.model.codec import canonical
    from care_kit.model.errors import InputError

    if bool(first) != bool(second):
        raise InputError("Il manque un relevé.", "Donnez deux identifiants, ou aucun.")
    content = load()
    with options.open_dossier(dossier, author) as opened:
        records = opened.state.readings
        if first:
            pair = (readings.find(records, first), readings.find(records, second))
        else:
            pair = readings.last_two(records, options.probe_kind(probe))
        old, new = (readings.judge(opened, content, one) for one in pair)
    found = comparison.compare(old, new)
    if as_json:
        output.say(canonical(found).decode("utf-8"))
        return
    titles = {key: one.title for key, one in content.checks.items()}
    _told(found, titles)


def _told(found: "Comparison", titles: dict[str, str]) -> None:
    from care_kit.assessment.readings import SHORT
    from care_kit.model.comparison import Change
    from care_kit.model.french import instant

    output.title(f"Sonde « {found.probe.label} » : ce qui a changé")
    output.say(f"Premier relevé : {found.before[:SHORT]}, {instant(found.before_ended)}")
    output.say(f"Second relevé  : {found.after[:SHORT]}, {instant(found.after_ended)}")
    output.paragraph("Les deux relevés sont jugés avec les règles d'aujourd'hui.")
    for caution in found.cautions:
        output.paragraph(f"[!] {caution}")
    counts = (f"{change.label} : {len(found.of(change))}" for change in Change)
    output.say(", ".join(counts))
    for change in Change:
        if found.of(change):
            output.title(f"{change.label.capitalize()} ({len(found.of(change))})")
            for one in found.of(change):
                _line(one, titles)


def _line(one: "Difference", titles: dict[str, str]) -> None:
    where = f"{one.target}:{one.port}" if one.port else one.target
    rank = one.severity.label if one.severity else f"niveau {one.level}"
    output.paragraph(f"{one.check} ({rank}) {where} - {titles.get(one.check, one.check)}")
    said = [one.label if one else "absent" for one in (one.before, one.after)]
    output.paragraph(f"{said[0]} → {said[1]}", "      ")
    for mark, names in (("+", one.appeared), ("=", one.kept), ("-", one.gone)):
        if names:
            more = len(names) - SHOWN_OBJECTS
            shown = ", ".join(names[:SHOWN_OBJECTS])
            output.paragraph(
                f"{mark} {shown}" + (f" et {more} autre(s)" if more > 0 else ""), "      "
            )
