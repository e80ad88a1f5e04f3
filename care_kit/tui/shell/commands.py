"""What the command palette offers: every entry names the command line that does the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from care_kit.tui.shell import themes
from care_kit.tui.shell.places import PLACES


@dataclass(frozen=True)
class Command:
    """`place` is gone to first (empty: stay), then `action` is run there (empty: nothing more)."""

    title: str
    line: str
    place: str = ""
    action: str = ""


OFFERED = (
    Command("Corriger l'établissement", "care establishment set", "home", "establishment"),
    Command("Réponses à d'anciennes questions", "care questionnaire migrate", "home", "migrate"),
    Command("Chercher une question", "care questions", "questions", "find"),
    Command("Prochaine question sans réponse", "care answer", "questions", "next_unanswered"),
    Command("Prochain conflit", "care explain", "questions", "next_conflict"),
    Command("Prochaine question à revoir", "care mark", "questions", "next_marked"),
    Command("Commenter la question", "care comment", "questions", "comment"),
    Command("Marquer la question à revoir", "care mark", "questions", "mark"),
    Command("Annuler la dernière réponse", "care withdraw", "questions", "undo"),
    Command("Mes questions : filtrer par métier", "care questions", "questions", "role"),
    Command("Mode réunion", "care answer", "questions", "meeting"),
    Command("Filtrer les constats", "care findings", "findings", "filter"),
    Command("Accepter un risque", "care risk accept", "findings", "accept"),
    Command("Joindre une preuve", "care evidence add", "evidence", "attach"),
    Command("Relever l'annuaire", "care probe directory", "probes", "directory"),
    Command("Relever l'exposition", "care probe exposure", "probes", "exposure"),
    Command("Comparer deux relevés", "care readings compare", "probes", "compare"),
    Command("Ajouter une action au plan", "care plan add", "plan", "add"),
    Command("Changer l'action", "care plan change", "plan", "change"),
    Command("Retirer l'action", "care plan withdraw", "plan", "withdraw"),
    Command("Proposer des actions", "care plan suggest", "plan", "suggest"),
    Command("Budget et coût d'un jour", "care plan list --budget", "plan", "limits"),
    Command("Ajouter une dépense", "care spending add", "funding", "add"),
    Command("Facture à la place d'un devis", "care spending add --replaces", "funding", "invoice"),
    Command("Retirer une dépense", "care spending withdraw", "funding", "withdraw"),
    Command("Plafond notifié par l'ARS", "care spending ceiling", "funding", "ceiling"),
    Command("Période d'éligibilité", "care programme period", "funding", "period"),
    Command("Suivre le programme", "care programme follow", "funding", "follow"),
    Command("Écrire le document", "care export application", "funding", "write"),
    Command("Filtrer les remarques", "care precheck", "precheck", "filter"),
    Command("Échéances", "care calendar", "precheck", "calendar"),
    Command("Écrire la liste de contrôle", "care precheck --checklist", "precheck", "write"),
    Command("Copier le champ", "care counter copy", "counter", "copy"),
    Command("Pièces à joindre", "care counter attachments", "counter", "attachments"),
    Command("Construire le paquet", "care export package", "package", "build"),
    Command("Vérifier un paquet", "care verify", "package", "verify"),
    Command("Fusionner une copie du dossier", "care merge", "conflicts", "merge"),
)


def everything() -> Iterator[Command]:
    """The places, what can be done there, the themes."""
    for one in PLACES:
        yield Command(f"Aller à : {one.title}", one.command, one.id)
    yield from OFFERED
    for name, title in themes.TITLES.items():
        line = f"care tui --theme {name}"
        yield Command(f"Thème : {title}", line, action=f"app.theme('{name}')")
