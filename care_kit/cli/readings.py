"""`care readings`: the readings of a dossier, compared, and the level held between two of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.assessment.short_ids import SHORT
from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care_kit.model.dossier.state import ReadingRecord
    from care_kit.model.results.comparison import Comparison, Difference, ReadingCounts
    from care_kit.model.results.level_held import HeldThreshold, LevelHeld
    from care_kit.model.words.vocabulary import ProbeKind

SHOWN_OBJECTS = 5
GRAPH_WIDTH = 50

First = Annotated[
    str,
    typer.Argument(metavar="RELEVÉ1", help="Début de son identifiant.", show_default=False),
]
Second = Annotated[
    str,
    typer.Argument(metavar="RELEVÉ2", help="Début de son identifiant.", show_default=False),
]


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Liste les relevés des sondes, et celui qui est jugé."""
    from care_kit.cli.texts import choices as choices_text
    from care_kit.model.words.french import instant

    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    records = sorted(now.state.readings, key=lambda one: (one.ended, one.id))
    if not records:
        output.say("Aucun relevé. « care probe directory » ou « care probe exposure ».")
        return
    judged = {one.judged.id for one in now.choices}
    rows = [
        (
            record.id[:SHORT],
            record.probe.label,
            instant(record.ended),
            now.statements[record.id].view or "sans objet",
            "complet" if record.complete else "INCOMPLET",
            "ILLISIBLE" if record.id in now.damaged else "oui" if record.id in judged else "non",
            now.statements[record.id].target
            + (" (rejoué)" if now.statements[record.id].replayed else ""),
        )
        for record in records
    ]
    output.table(("Relevé", "Sonde", "Fin", "Vue", "État", "Jugé", "Cible"), rows)
    choices_text.show(now)


def use(
    reading: Annotated[
        str,
        typer.Argument(metavar="RELEVÉ", help="Début de son identifiant.", show_default=False),
    ],
    automatic: Annotated[
        bool, typer.Option("--automatic", help="Laisse à nouveau care-kit choisir.")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Fait juger ce relevé pour sa cible, au lieu de celui que care-kit retient."""
    from care_kit.assessment.readings.readings import find
    from care_kit.dossier.journal.events import ReadingChosen

    with options.open_dossier(dossier, author) as opened:
        chosen = find(opened.state.readings, reading)
        opened.append(ReadingChosen(chosen.id, not automatic))
    said = "care-kit choisit à nouveau" if automatic else "ce relevé est jugé pour sa cible"
    output.say(f"Relevé {chosen.id[:SHORT]} : {said}.")


def withdraw(
    reading: Annotated[
        str,
        typer.Argument(metavar="RELEVÉ", help="Début de son identifiant.", show_default=False),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Motif.", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Retire un relevé : il ne compte plus, le journal le garde."""
    from care_kit.assessment.readings.readings import find
    from care_kit.dossier.journal.events import ReadingWithdrawn

    why = options.written(reason, "--reason")
    with options.open_dossier(dossier, author) as opened:
        gone = find(opened.state.readings, reading)
        opened.append(ReadingWithdrawn(gone.id, why))
    output.say(f"Relevé retiré : {gone.id[:SHORT]}.")


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
    from care_kit.assessment.readings import comparison, readings
    from care_kit.catalog.content import load
    from care_kit.model.formats.codec import canonical
    from care_kit.model.words.vocabulary import ProbeKind

    content = load()
    with options.open_dossier(dossier, author) as opened:
        records = opened.state.readings
        typed = readings.find_two(records, first, second)
        pair = typed or readings.last_two(records, _kind(probe))
        old, new = readings.judge(opened, content, pair, options.today())
    found = comparison.compare(old, new)
    if as_json:
        output.say(canonical(found).decode("utf-8"))
        return
    titles = {key: one.title for key, one in content.checks.items()}
    _told(found, titles)
    if found.probe is ProbeKind.EXPOSURE:
        _gap(found)


def _kind(typed: str) -> "ProbeKind":
    from care_kit.model.words.errors import InputError
    from care_kit.model.words.vocabulary import ProbeKind

    if typed not in list(ProbeKind):
        raise InputError(
            f"La sonde « {typed} » n'existe pas.",
            f"Sondes connues : {', '.join(one.value for one in ProbeKind)}.",
        )
    return ProbeKind(typed)


def _told(found: "Comparison", titles: dict[str, str]) -> None:
    from care_kit.assessment.short_ids import SHORT
    from care_kit.model.results.comparison import Change
    from care_kit.model.words.french import instant

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


def _gap(found: "Comparison") -> None:
    """Whether the gap between two exposure readings is one a programme asks for."""
    from care_kit.assessment.readings.level_held import EXPECTED, window_of
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.model.words.french import counted

    window = window_of(find(load(), EXPECTED))
    days = (found.after_ended.date() - found.before_ended.date()).days
    fits = "c'est le cas" if window.min_days <= days <= window.max_days else "ce n'est pas le cas"
    output.paragraph(
        f"Écart : {counted(days, 'jour')}. {window.objective} demande de {window.min_days} à "
        f"{window.max_days} jours : {fits}. « care readings held » dit si le niveau est tenu."
    )


def _line(one: "Difference", titles: dict[str, str]) -> None:
    from care_kit.model.words.french import level_label, listed

    where = f"{one.target}:{one.port}" if one.port else one.target
    rank = one.severity.label if one.severity else level_label(one.level)
    output.paragraph(f"{one.check} ({rank}) {where} - {titles.get(one.check, one.check)}")
    said = [one.label if one else "absent" for one in (one.before, one.after)]
    output.paragraph(f"{said[0]} → {said[1]}", "      ")
    for mark, names in (("+", one.appeared), ("=", one.kept), ("-", one.gone)):
        if names:
            more = len(names) - SHOWN_OBJECTS
            output.paragraph(f"{mark} {listed(names[:SHOWN_OBJECTS], more)}", "      ")


def held(
    first: First = "",
    second: Second = "",
    domain: Annotated[str, typer.Option("--domain", help="Programme qui fixe l'écart.")] = "d1",
    max_critical: Annotated[
        int | None,
        typer.Option(
            min=0, max=100_000, help="Échecs critiques tolérés (hypothèse).", show_default=False
        ),
    ] = None,
    max_high: Annotated[
        int | None,
        typer.Option(
            min=0, max=100_000, help="Échecs élevés tolérés (hypothèse).", show_default=False
        ),
    ] = None,
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Dit si le niveau est tenu entre deux relevés.

    Le seuil est une hypothèse : le seuil officiel n'a pas été retrouvé. Code de sortie : 0 si le
    niveau est tenu sous cette hypothèse, 1 sinon (réserves comprises).
    """
    from care_kit.assessment.readings.level_held import best_pair, level_held, window_of
    from care_kit.assessment.readings.readings import exposure_history, find_two
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.model.formats.codec import canonical
    from care_kit.model.results.level_held import Held

    content = load()
    window = window_of(find(content, domain))
    with options.open_dossier(dossier, author) as opened:
        history = exposure_history(opened, content, options.today())
        typed = find_two(opened.state.readings, first, second)
    pair = _chosen(history, typed) if typed else best_pair(history, window)
    found = level_held(pair, history, window, _threshold(max_critical, max_high))
    output.say(canonical(found).decode("utf-8")) if as_json else _statement(found)
    raise typer.Exit(0 if found.verdict is Held.HELD else 1)


def _graph(readings: "Sequence[ReadingCounts]") -> None:
    """Failures by severity as letters, one line per reading, readable without colour."""
    from care_kit.model.words.french import day
    from care_kit.model.words.vocabulary import Severity

    highest = max(1, *(sum(one.failures.values()) for one in readings))
    for one in readings:
        bar = "".join(
            severity.label[0].upper() * max(1, round(GRAPH_WIDTH * total / highest))
            for severity, total in one.failures.items()
            if total
        )
        output.say(f"{day(one.ended.date())}  {bar or '-'}  {sum(one.failures.values())}")
    output.say("Une lettre par gravité : " + ", ".join(one.label for one in Severity) + ".")


def _chosen(
    history: "Sequence[ReadingCounts]", typed: "tuple[ReadingRecord, ReadingRecord]"
) -> "tuple[ReadingCounts, ReadingCounts]":
    from care_kit.model.words.errors import InputError

    by_id = {one.reading: one for one in history}
    if not by_id.keys() >= {one.id for one in typed}:
        raise InputError(
            "Ce constat porte sur deux relevés d'exposition ; l'un des deux vient d'une autre "
            "sonde.",
            "« care readings list » dit la sonde de chaque relevé.",
        )
    return by_id[typed[0].id], by_id[typed[1].id]


def _threshold(max_critical: int | None, max_high: int | None) -> "HeldThreshold":
    from dataclasses import replace

    from care_kit.catalog.level_held import load_threshold

    base = load_threshold()
    return replace(
        base,
        max_critical=base.max_critical if max_critical is None else max_critical,
        max_high=base.max_high if max_high is None else max_high,
    )


def _statement(found: "LevelHeld") -> None:
    from care_kit.assessment.short_ids import SHORT
    from care_kit.model.words.french import counted, instant
    from care_kit.model.words.vocabulary import Severity

    window, threshold = found.window, found.threshold
    output.title(f"Niveau d'exposition tenu entre deux relevés ({window.objective})")
    headers = ("Relevé", "Fin", *(one.label for one in Severity), "non testés")
    rows = [
        (
            one.reading[:SHORT],
            instant(one.ended),
            *(str(one.failures[severity]) for severity in Severity),
            str(sum(one.untested.values())),
        )
        for one in (found.before, *found.between, found.after)
    ]
    output.table(headers, rows)
    _graph((found.before, *found.between, found.after))
    gap = counted(found.gap_days, "jour")
    output.say(f"Écart : {gap} ; attendu : {window.min_days} à {window.max_days}.")
    bounds = counted(threshold.max_critical, "critique")
    if threshold.max_high is not None:
        bounds += f", {counted(threshold.max_high, 'élevée')}"
    output.paragraph(f"Seuil ({threshold.label}) : au plus {bounds}. {threshold.source}")
    output.paragraph(f"Source de l'écart : {window.source}")
    for sentence in (*found.reasons, *found.reserves):
        output.paragraph(f"- {sentence}")
    output.say(f"Constat : {found.verdict.label}.")
    output.paragraph("Ce constat est celui de care-kit : il n'est pas officiel.")
