"""`care referential`: other texts, read through the answers already given."""

from collections import Counter
from typing import Annotated

import typer

from care_kit.cli.terminal import options, output


def show() -> None:
    """Liste les référentiels connus."""
    from care_kit.catalog.content import load

    rows = [
        (one.id, str(len(one.measures)), one.provenance.label, one.title)
        for one in load().referentials.values()
    ]
    output.table(("Référentiel", "Mesures", "Origine", "Titre"), rows)


def coverage(
    name: Annotated[
        str, typer.Argument(metavar="RÉFÉRENTIEL", help="recyf ou hygiene.", show_default=False)
    ],
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Montre ce que vos réponses disent d'un référentiel."""
    from dataclasses import asdict

    from care_kit.assessment.scores.coverage import coverage as covered
    from care_kit.catalog.content import load
    from care_kit.model.formats.codec import canonical_plain
    from care_kit.model.words.errors import InputError
    from care_kit.model.words.french import short

    content = load()
    chosen = content.referentials.get(name.strip().lower())
    if chosen is None:
        raise InputError(
            f"Le référentiel « {name} » n'existe pas.",
            f"Référentiels connus : {', '.join(sorted(content.referentials))}.",
        )
    with options.open_dossier(dossier, author) as opened:
        results = options.situation_of(opened).results
    found = covered(chosen, content.indicators, results)
    if as_json:
        output.say(canonical_plain([asdict(one) for one in found]).decode("utf-8"))
        return
    output.title(chosen.title)
    output.paragraph(chosen.notice)
    output.say()
    rows = [
        (
            one.measure,
            one.state.label,
            "" if one.lowest_level is None else short(one.lowest_level),
            measure.subject,
        )
        for one, measure in zip(found, chosen.measures, strict=True)
    ]
    output.table(("Mesure", "État", "Niveau le plus bas", "Sujet"), rows)
    output.say()
    counts = Counter(one.state.label for one in found)
    output.say(", ".join(f"{label} : {count}" for label, count in counts.items()))
