"""A dossier for a hospital group, and what each of its entities weighs."""

from datetime import date, timedelta

from care_kit.demo import material
from care_kit.demo.commands import DOSSIER, Commands

SOURCE = "Valeur fictive de la démonstration"
# Legal entities of `etablissement.toml`, and their share of the combined activity (percent).
SHARES = {
    "990000010": "40",
    "990000036": "26",
    "990000069": "14",
    "990000085": "12",
    "990000101": "8",
}


def create(run: Commands) -> None:
    """The dossier, the programmes it applies to, the days that count."""
    run.step("Un dossier pour un GHT de cinq entités juridiques")
    run.say("Un seul fichier garde tout : réponses, preuves, relevés, journal.")
    material.copy("etablissement.toml", run.folder)
    run.care("init", DOSSIER, "--from", "etablissement.toml")
    for programme in ("d1", "d2"):
        run.care("programme", "follow", programme)
    starts, ends = date.today() - timedelta(days=300), date.today() + timedelta(days=60)
    for programme, kind in (("d1", "eligible"), ("d2", "operational")):
        run.care("programme", "period", programme, kind, str(starts), str(ends), "--source", SOURCE)


def share(run: Commands) -> None:
    """The shares of the combined activity, typed one by one: no file gives them."""
    run.step("Ce que pèse chaque entité dans l'activité combinée")
    for finess, percent in SHARES.items():
        run.care("ght", "share", finess, percent, "--source", SOURCE)
