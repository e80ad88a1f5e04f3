"""A real dossier, judged with the shipped content, and the packages made of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from care_kit.assessment.standing.situation import situation
from care_kit.catalog.content import Content, load
from care_kit.demo.recorded import recorded_reading
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence, add_reading
from care_kit.dossier.journal import events
from care_kit.exporters.gather import material
from care_kit.exporters.material import Material
from care_kit.exporters.package import build_package
from care_kit.model.dossier.establishment import Establishment, LegalEntity, Nis2, Site
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.formats.pseudonym import digest
from care_kit.model.words.vocabulary import AnswerState, ProbeKind
from tests.rules.exposure.builders import ADDRESS, HOST, OPEN, certificate, facts, port, tls

TODAY = date.today()
NOW = datetime.now(UTC).replace(microsecond=0)
HOSPITAL = Establishment(
    "GHT des Marais Imaginaires",
    "GHT",
    "Bretagne",
    (
        LegalEntity("CH des Marais", "990000010", (Site("Site de Brume", "990000028"),)),
        LegalEntity("Hôpital de l'Étang", "990000044", (Site("Étang", "990000051"),)),
    ),
    Nis2.ESSENTIAL,
    ose=False,
    ght=True,
)
COMMENT = f"Le serveur {ADDRESS} reste à corriger, d'après l'équipe."


def filled(folder: Path) -> Dossier:
    """An open dossier that holds a bit of everything."""
    dossier = Dossier.create(folder / "ch.care", HOSPITAL, "Camille Testeur")
    _answers(dossier)
    _money(dossier)
    _pieces(dossier, folder)
    _readings(dossier)
    return dossier


def _answers(dossier: Dossier) -> None:
    for programme in ("d1", "d2"):
        if programme in load().programmes:
            dossier.append(events.ProgrammeFollowed(programme, True))

    def answer(indicator: str, level: int | None, state: AnswerState, **more: Any) -> None:
        dossier.append(events.AnswerGiven("socle", 1, indicator, state, level, **more))

    answer("CK-GOV-01", 2, AnswerState.ANSWERED)
    answer("CK-GOV-02", 3, AnswerState.ANSWERED, comment=COMMENT)
    answer("CK-ADM-04", 4, AnswerState.ANSWERED, comment="Renouvelé.")
    answer("CK-ADM-08", None, AnswerState.UNKNOWN, reason="À vérifier.")
    answer("CK-TIE-03", None, AnswerState.NOT_APPLICABLE, reason="Aucun hébergeur.")
    answer("CK-EXP-04", 4, AnswerState.ANSWERED)
    answer("CK-SAU-03", 3, AnswerState.ANSWERED)
    dossier.append(events.ConflictExplained("CK-ADM-04", "Renouvellement au prochain arrêt."))
    dossier.append(events.Commented("CK-GOV-01", "À relire avec la direction."))
    dossier.append(events.ReviewMarked("CK-GOV-02", True))


def _money(dossier: Dossier) -> None:
    dossier.append(
        events.SpendingRecorded("S-1", "d1", "D1.O2.B", "Audit externe", Decimal("12000.50"))
    )
    dossier.append(events.CeilingNotified("d1", Decimal("30000"), "Notification fictive"))
    dossier.append(events.ActivityShareRecorded("990000010", Decimal("60"), "Fictif"))
    dossier.append(
        events.ActionPlanned("A-1", "Isoler une copie", (("CK-SAU-04", 3),), owner="DSI")
    )


def _pieces(dossier: Dossier, folder: Path) -> None:
    note = folder / "exercice.txt"
    note.write_text("Compte rendu fictif.\n", encoding="utf-8")
    add_evidence(dossier, note, ["CK-GOV-02"], TODAY - timedelta(days=60), "Compte rendu")
    page = b"<html><script>alert(1)</script></html>"
    dossier.append(
        events.EvidenceAdded(
            "P-ancienne", "ancienne.html", "Page", "text/plain", len(page), codec.sha512(page),
            None, ("CK-GOV-02",),
        ),
        page,
    )  # fmt: skip
    other = folder / "retire.txt"
    other.write_text("Document retiré.\n", encoding="utf-8")
    gone = add_evidence(dossier, other, ["CK-GOV-01"], None)
    dossier.append(events.EvidenceWithdrawn(gone.evidence_id, "Mauvais document."))


def _readings(dossier: Dossier) -> None:
    raw, statement = recorded_reading()
    add_reading(dossier, raw, statement)
    for days in (40, 2):
        seen = facts(
            ports=(port(443, OPEN), port(3389, OPEN)),
            tls=(tls(shown=certificate()),),
        )
        packed = codec.compress(codec.canonical(replace(seen, taken_at=NOW - timedelta(days=days))))
        add_reading(dossier, packed, _told(packed, NOW - timedelta(days=days)))
    name = "svc_sauvegarde"
    key = digest(dossier.pseudonym_key, name)
    dossier.append(
        events.RiskAccepted("R-1", "vuln_adcs_control", key, "Le temps de migrer.", TODAY)
    )


def _told(packed: bytes, started: datetime) -> Statement:
    return Statement(
        probe=ProbeKind.EXPOSURE,
        tool="care-kit, Nmap 7.93",
        target=HOST,
        account="",
        started=started,
        ended=started + timedelta(minutes=4),
        facts_sha512=codec.sha512(packed),
        complete=True,
        commands=(f"nmap -Pn -sT {ADDRESS}",),
        view="externe",
    )


def gathered(dossier: Dossier, content: Content | None = None) -> Material:
    """The material of the dossier as `care export package` gathers it."""
    return material(dossier, situation(dossier, content or load(), TODAY, thorough=True))


@contextmanager
def opened(folder: Path) -> Iterator[Dossier]:
    dossier = filled(folder)
    try:
        yield dossier
    finally:
        dossier.close()


def built(folder: Path, profile: str) -> Path:
    """A package of that profile, as the command line writes it."""
    with opened(folder) as dossier:
        return build_package(gathered(dossier), load().profiles[profile], folder)
