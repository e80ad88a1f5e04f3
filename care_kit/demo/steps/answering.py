"""What people say and prove, then where the hospital stands and what to do first."""

from datetime import date, timedelta

from care_kit.demo import material
from care_kit.demo.commands import Commands


def answers(run: Commands) -> None:
    """A prepared file, then line mode."""
    run.step("Le questionnaire : un fichier préparé, puis le mode ligne")
    material.copy("reponses.toml", run.folder)
    run.care("answer", "--from", "reponses.toml")
    run.care("answer", typed="2\nq\n")


def evidence(run: Commands) -> None:
    """Documents with the date they bear, one of them for two entities only."""
    run.step("Les preuves, avec la date qu'elles portent, et ce qu'elles couvrent")
    made = date.today() - timedelta(days=90)
    material.document(run.folder, "pssi.pdf", "Politique de sécurité", made)
    material.document(run.folder, "sauvegarde.png", "Architecture de sauvegarde", made)
    material.document(run.folder, "essai.pdf", "Essai du plan de continuité", made)
    recent, old = str(made), str(made - timedelta(days=710))
    note = run.folder / "exercice.txt"
    note.write_text("Compte rendu fictif d'un exercice de crise ancien.\n", encoding="utf-8")
    run.care("evidence", "add", "pssi.pdf", "--for", "CK-GOV-02", "--date", recent)
    run.care("evidence", "add", "sauvegarde.png", "--for", "CK-SAU-03", "--date", recent)
    run.care("evidence", "add", note.name, "--for", "CK-CRI-03", "--date", old)
    essai = ("evidence", "add", "essai.pdf", "--for", "D2.O1.D-COMPTE-RENDU", "--date", recent)
    run.care(*essai, "--entity", "990000036", "--entity", "990000069")
    run.say("L'essai n'a eu lieu que dans deux entités : quelle part de l'activité couvre-t-il ?")
    run.care("ght", "show")


def assessment(run: Commands) -> None:
    """Level, index, confidence, conflicts; one of them explained."""
    run.step("L'évaluation : déclaré et mesuré, côte à côte")
    why = "Renouvellement prévu au prochain arrêt de maintenance."
    run.care("explain", "CK-ADM-04", "--text", why)
    run.care("assess", first=33)


def plan(run: Commands) -> None:
    """Two actions with a cost, those the tool suggests, and what all of them would bring."""
    run.step("Le plan d'actions, et le gain simulé")
    due = f"{date.today() + timedelta(days=120):%d/%m/%Y}"
    backup = ("plan", "add", "Isoler une copie de sauvegarde", "--levels", "CK-SAU-04:3")
    run.care(*backup, "--service", "6 500", "--days", "5", "--due", due)
    purchase = ("plan", "add", "Recenser les équipements", "--levels", "CK-ACT-01:3")
    run.care(*purchase, "--purchase", "19 000", "--days", "12", "--owner", "DSI")
    run.care("plan", "suggest", "--add", first=7, last=1)
    run.say("Chaque gain est l'évaluation entière, refaite comme si l'action était menée.")
    run.care("plan", "list", "--day-cost", "350", "--budget", "20 000", first=8, last=5)
    run.care("plan", "export", "plan.xlsx")
