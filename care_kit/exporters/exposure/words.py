"""The sentences of the exposure report: the five of the first page, the level held, the method."""

from collections.abc import Iterator, Mapping, Sequence

from care_kit.exporters.exposure.content import HeldLines, Sheet
from care_kit.exporters.views import FindingRow
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.results.comparison import Change, Comparison, ReadingCounts
from care_kit.model.results.level_held import ExposureProgress, LevelHeld
from care_kit.model.words.french import counted, day, percent
from care_kit.model.words.vocabulary import Severity, Verdict

_DECIDED = (Verdict.FAIL, Verdict.PASS, Verdict.INFO)


def sentences(
    latest: Sequence[ReadingCounts],
    rows: Sequence[FindingRow],
    counts: Mapping[Severity, int],
    progress: ExposureProgress,
    sheets: Sequence[Sheet],
) -> tuple[str, ...]:
    """Five sentences for a manager: what was looked at, found, changed, held, and what is first."""
    return (
        _looked_at(latest, rows),
        _found(counts, sheets),
        _changed(progress.comparisons),
        _level(progress),
        _first(sheets, rows),
    )


def held_lines(progress: ExposureProgress) -> HeldLines:
    """The statement of the « level held » with its terms, or why there is none."""
    found = progress.held
    if found is None:
        why = progress.unheld or "Aucun programme ne demande d'écart entre deux relevés."
        return HeldLines("", (), (why,))
    return HeldLines(found.verdict.label, _terms(found), (*found.reasons, *found.reserves))


def method(tables: DatedTables, tools: Sequence[str]) -> tuple[str, ...]:
    """How the report was made and what it does not say; `tools` are those of its readings."""
    age = max((tables.today - tables.kev.date).days, 0)
    with_nmap = any("nmap" in one.lower() for one in tools)
    return (
        "Les gravités et les priorités sont proposées par care-kit : ni le CERT Santé, ni SILENE, "
        "ni l'ANSSI ne publient leur barème. Ce rapport ne donne ni note, ni certification.",
        "« Non testé » n'est jamais une conformité : le réseau a pu cacher la réponse, ou la "
        "preuve demanderait une intrusion, que la sonde n'essaie pas.",
        "« Plus visible » n'est pas « corrigé » : corrigé veut dire que la preuve du contraire a "
        "été vue.",
        f"Catalogue KEV de la CISA (CC0) : édition {tables.kev.version}, "
        f"{counted(age, 'jour')}. Fins de support : table du "
        f"{day(tables.support.source_date)}.",
        *(("Ports relevés avec nmap (nmap.org), installé sur le poste.",) if with_nmap else ()),
    )


def _looked_at(latest: Sequence[ReadingCounts], rows: Sequence[FindingRow]) -> str:
    checks = len({row.finding.check for row in rows})
    targets = counted(len(latest), "périmètre")
    when = " et ".join(sorted({day(one.ended.date()) for one in latest}))
    views = " et ".join(sorted({one.view or "non précisée" for one in latest}))
    return (
        f"Le relevé du {when} (vue {views}) a passé {counted(checks, 'contrôle')} sur {targets}, "
        "sans intrusion ni essai de mot de passe."
    )


def _found(counts: Mapping[Severity, int], sheets: Sequence[Sheet]) -> str:
    total = sum(counts.values())
    if not total:
        return "Aucune faille n'a été constatée dans ce qui a pu être testé."
    critical, high = counts[Severity.CRITICAL], counts[Severity.HIGH]
    return (
        f"{counted(total, 'constat de faille', 'constats de failles')} de "
        f"{counted(len(sheets), 'sorte')}, dont {counted(critical, 'critique')} et "
        f"{counted(high, 'élevé')}."
    )


def _changed(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return "C'est le premier relevé de ce périmètre : il n'y a pas encore d'évolution à lire."
    met = {change: sum(len(one.of(change)) for one in comparisons) for change in Change}
    when = " et ".join(sorted({day(one.before_ended.date()) for one in comparisons}))
    return (
        f"Depuis le relevé du {when} : {counted(met[Change.FIXED], 'corrigée')}, "
        f"{counted(met[Change.NEW], 'nouvelle')}, "
        f"{counted(met[Change.PERSISTENT], 'persistante')} et "
        f"{counted(met[Change.UNSEEN], 'plus visible', 'plus visibles')} (sans preuve de "
        "correction)."
    )


def _level(progress: ExposureProgress) -> str:
    found = progress.held
    if found is None:
        return "Le niveau tenu entre deux relevés ne peut pas encore être constaté."
    return (
        f"Niveau entre le {day(found.before.ended.date())} et le {day(found.after.ended.date())} "
        f"({found.gap_days} jours, {found.window.objective}) : {found.verdict.label}."
    )


def _first(sheets: Sequence[Sheet], rows: Sequence[FindingRow]) -> str:
    decided = sum(row.finding.verdict in _DECIDED for row in rows)
    share = percent(decided / len(rows)) if rows else "sans objet"
    covered = f"Couverture : {share} des verdicts ont pu être rendus"
    if not sheets:
        return f"{covered} ; le reste, non testé, est à lire avant de conclure."
    first = sheets[0]
    return f"À faire d'abord : « {first.title} » (fiche {first.number}). {covered}."


def _terms(found: LevelHeld) -> tuple[str, ...]:
    return tuple(_said(found))


def _said(found: LevelHeld) -> Iterator[str]:
    window, threshold = found.window, found.threshold
    yield (
        f"Écart de {found.gap_days} jours ; {window.objective} demande de {window.min_days} à "
        f"{window.max_days} jours ({window.source})."
    )
    bounds = counted(threshold.max_critical, "critique")
    if threshold.max_high is not None:
        bounds += f" et {counted(threshold.max_high, 'élevé')}"
    yield f"Seuil ({threshold.label}) : au plus {bounds}. {threshold.source}"
    yield "Ce constat est celui de care-kit : il n'est pas officiel."
