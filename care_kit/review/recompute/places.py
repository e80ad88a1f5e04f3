"""Names a place in `dossier.json` in words a reader of the report recognises."""

from collections.abc import Sequence

from care_kit.model.words.text import shown

_HEADS = {
    "made_at": "date de fabrication",
    "judged_on": "jour du jugement",
    "tool": "outil",
    "profile": "profil",
    "questionnaire": "questionnaire",
    "programmes": "programmes",
    "state": "dossier",
    "assessment": "évaluation",
    "objectives": "objectif",
    "remarks": "remarque",
    "findings": "constat",
    "statements": "déclaration du relevé",
    "actions": "action d'annuaire",
    "exposure": "exposition",
    "third_party": "autre outil",
    "pieces": "emplacement de la pièce",
    "content": "contenu",
    "answers": "réponse",
    "evidence": "pièce",
    "readings": "relevé",
    "explanations": "explication",
    "spending": "dépense",
    "ceilings": "plafond",
    "periods": "période",
    "shares": "part d'activité",
    "headcounts": "effectif",
    "establishment": "établissement",
    "overall": "ensemble",
    "domains": "domaine",
    "indicators": "indicateur",
    "directory": "niveau d'annuaire",
    "level": "niveau",
    "index": "indice",
    "coverage": "couverture",
    "confidence": "confiance",
    "not_applicable": "part non applicable",
    "unknown": "inconnus",
    "conflict": "contradiction",
    "explanation": "explication",
    "declared": "déclaré",
    "measured": "mesuré",
    "retained": "retenu",
    "low": "plancher",
    "high": "plafond",
    "amount": "montant",
    "verdict": "verdict",
    "severity": "gravité",
    "gravity": "gravité",
    "sentence": "phrase",
    "missing": "manques",
    "author": "auteur",
    "at": "moment",
    "comment": "commentaire",
    "reason": "motif",
    "title": "titre",
    "objects": "objets",
    "acceptances": "risque accepté",
    "reported": "constat reçu",
    "comments": "remarque laissée",
    "marks": "marque de relecture",
}


def place(path: Sequence[str]) -> str:
    """« évaluation, domaine « GOV », niveau »: known words in French, ids as they stand."""
    words = [_HEADS.get(step) or f"« {shown(step)} »" for step in path]
    return ", ".join(words) or "racine"
