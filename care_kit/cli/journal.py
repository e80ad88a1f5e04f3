"""`care journal`: who did what, and when."""

from care_kit.cli import options, output


def journal(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Affiche le journal, chaîne vérifiée."""
    import json

    with options.open_dossier(dossier, author) as opened:
        lines = [json.loads(line) for line in opened.journal()]
    rows = [
        (str(one["seq"]), one["at"][:19].replace("T", " "), one["author"], _FRENCH[one["kind"]])
        for one in lines
    ]
    output.table(("N°", "Moment (UTC)", "Auteur", "Événement"), rows)
    output.say(f"Chaîne intègre : {len(lines)} événements, dernière empreinte {lines[-1]['hash']}.")


_FRENCH = {
    "DossierCreated": "dossier créé",
    "AnswerGiven": "réponse donnée",
    "ConflictExplained": "conflit expliqué",
    "EvidenceAdded": "preuve jointe",
    "ReadingAdded": "relevé enregistré",
    "ScopeSigned": "périmètre autorisé",
    "RiskAccepted": "risque accepté",
    "RiskAcceptanceWithdrawn": "acceptation retirée",
    "QuestionnaireChosen": "choix d'un questionnaire",
    "ProgrammeFollowed": "choix d'un programme",
    "SpendingRecorded": "dépense enregistrée",
    "CeilingNotified": "plafond notifié",
    "FindingReported": "constat d'un rapport reçu",
    "ReportedFindingFollowed": "suite d'un constat reçu",
    "ThirdPartyResultAdded": "résultat d'un autre outil",
}
