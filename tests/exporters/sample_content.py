"""What a made-up programme asks: questionnaire, checks, objectives; nothing in it is official."""

from datetime import date

from care_kit.catalog.content import Content
from care_kit.model.content.check import Check, ControlPoints
from care_kit.model.content.programme import Milestone, Objective, Piece, Programme, ReadingRule
from care_kit.model.content.questionnaire import Domain, ExpectedEvidence, Indicator, Questionnaire
from care_kit.model.words.vocabulary import ProbeKind, Provenance, Severity

FICTION = "Contenu fictif pour les essais"
TITLES = (
    "Gouvernance et pilotage",
    "Annuaires techniques",
    "Exposition sur internet",
    "Sauvegarde et continuité d'activité",
    "Messagerie et postes de travail",
)


def _indicator(rank: int, domain: int, title: str) -> Indicator:
    return Indicator(
        id=f"CK-{rank:02d}",
        domain=f"D{domain}",
        title=title,
        question=f"Où en êtes-vous : {title.lower()} ?",
        why="Parce que les attaques réelles passent par là.",
        answered_by="RSSI",
        levels={
            0: "Rien n'est en place.",
            2: "La pratique existe sans être vérifiée.",
            4: "La pratique est écrite, appliquée et vérifiée chaque année.",
        },
        evidence=(ExpectedEvidence("Document signé", 12),),
        references=(),
        provenance=Provenance.PROPOSED,
        source=FICTION,
        source_date=date(2026, 1, 15),
        socle=rank % 2 == 1,
        weight=1 + rank % 3,
    )


QUESTIONNAIRE = Questionnaire(
    id="essai",
    version=3,
    title="Référentiel d'essai",
    notice="Référentiel fictif : aucun de ses indicateurs n'est officiel.",
    provenance=Provenance.PROPOSED,
    source=FICTION,
    domains=tuple(Domain(f"D{rank}", title) for rank, title in enumerate(TITLES, 1)),
    indicators=(
        _indicator(1, 1, "La politique de sécurité est signée par la direction"),
        _indicator(2, 1, "Le RSSI rend compte au comité de direction"),
        _indicator(3, 2, "Les comptes à privilèges sont recensés"),
        _indicator(4, 2, "Les mots de passe de service sont renouvelés"),
        _indicator(5, 3, "Les services exposés sont connus et corrigés"),
        _indicator(6, 4, "Une sauvegarde hors ligne est restaurée chaque année"),
        _indicator(7, 5, "La messagerie refuse l'usurpation du domaine"),
    ),
)


def _check(check: str, family: ProbeKind, title: str, severity: Severity | None) -> Check:
    return Check(
        id=check,
        family=family,
        title=title,
        why="Une prise facile pour un attaquant.",
        remediation="Corrigez le réglage, puis relancez la sonde.",
        provenance=Provenance.PROPOSED,
        source=FICTION,
        source_date=date(2026, 1, 15),
        levels=(1,) if family is ProbeKind.DIRECTORY else (),
        severity=severity,
    )


CHECKS = {
    one.id: one
    for one in (
        _check("dont_expire_priv", ProbeKind.DIRECTORY, "Mots de passe sans expiration", None),
        _check("krbtgt", ProbeKind.DIRECTORY, "Clé du domaine ancienne", None),
        _check("tls_old", ProbeKind.EXPOSURE, "Protocole TLS obsolète", Severity.HIGH),
        _check("rdp_open", ProbeKind.EXPOSURE, "Bureau à distance exposé", Severity.CRITICAL),
        _check("dmarc", ProbeKind.EXPOSURE, "Politique DMARC absente", Severity.MEDIUM),
    )
}

PROGRAMME = Programme(
    id="fictif-d1",
    version=1,
    title="Programme fictif, domaine 1",
    text="Arrêté fictif du 1er janvier 2026",
    counter="Guichet fictif",
    notice="Programme inventé pour les essais : aucun montant, aucune date n'est réel.",
    provenance=Provenance.PROPOSED,
    source=FICTION,
    objectives=(
        Objective(
            id="O1",
            title="Auditer l'annuaire deux fois",
            target="Deux audits successifs.",
            who="Chaque entité juridique",
            provenance=Provenance.SECONDARY,
            source="Foire aux questions fictive",
            official_id="F1.O1.A",
            pieces=(
                Piece("O1-P1", "Rapport d'audit", True, Provenance.SECONDARY, FICTION),
                Piece("O1-P2", "Plan d'action signé", True, Provenance.PROPOSED, FICTION),
            ),
            readings=(ReadingRule(ProbeKind.DIRECTORY, 2, 45, 60),),
        ),
        Objective(
            id="O2",
            title="Réduire l'exposition sur internet",
            target="Plus aucun défaut critique.",
            who="GHT",
            provenance=Provenance.PROPOSED,
            source=FICTION,
            gap="le seuil officiel n'est pas dans nos sources.",
            indicators=("CK-05",),
        ),
        Objective(
            id="O3",
            title="Objectif réservé aux établissements isolés",
            target="Sans objet ici.",
            who="Établissement hors GHT",
            provenance=Provenance.PROPOSED,
            source=FICTION,
        ),
    ),
    milestones=(
        Milestone("Dépôt", Provenance.PROPOSED, FICTION, date(2026, 3, 1), date(2026, 12, 31)),
    ),
)

CONTENT = Content(
    questionnaires={QUESTIONNAIRE.id: QUESTIONNAIRE},
    programmes={PROGRAMME.id: PROGRAMME},
    referentials={},
    checks=CHECKS,
    points=ControlPoints(FICTION, date(2026, 1, 15), Provenance.PROPOSED, ()),
    profiles={},
    origins={},
)
