"""`care journal`: who did what, and when."""

from care_kit.cli.terminal import options, output


def journal(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Affiche le journal, chaîne vérifiée."""
    import json

    from care_kit.dossier.journal.labels import LABELS

    with options.open_dossier(dossier, author) as opened:
        lines = [json.loads(line) for line in opened.journal()]
    rows = [
        (str(one["seq"]), one["at"][:19].replace("T", " "), one["author"], LABELS[one["kind"]])
        for one in lines
    ]
    output.table(("N°", "Moment (UTC)", "Auteur", "Événement"), rows)
    output.say(f"Chaîne intègre : {len(lines)} événements, dernière empreinte {lines[-1]['hash']}.")
