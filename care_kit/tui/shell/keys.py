"""Every key of the application; an id is the name of its line in `touches.toml`."""

from collections.abc import Mapping
from dataclasses import replace

from textual.binding import Binding, BindingType

Bindings = tuple[Binding, ...]

# The unshifted digits of a French keyboard answer too: à & é " ' are 0 1 2 3 4.
_LEVELS = {
    "0": "0,à",
    "1": "1,ampersand",
    "2": "2,é",
    "3": "3,quotation_mark",
    "4": "4,apostrophe",
}

ANSWERS: Bindings = (
    *(
        Binding(
            keys,
            f"answer('{level}')",
            f"Répondre {level}" if level != "0" else "Répondre",
            show=level == "0",
            key_display="0-4",
            id=f"niveau_{level}",
        )
        for level, keys in _LEVELS.items()
    ),
    Binding("question_mark", "answer('nsp')", "Ne sais pas", show=False, id="ne_sais_pas"),
    Binding("o", "yes", "Oui", show=False, id="oui"),
    Binding("n", "no", "Non, ou non applicable", show=False, id="non"),
    Binding("x", "not_applicable", "Non applicable", show=False, id="non_applicable"),
    Binding("v", "value", "Valeur, niveau partiel ou équivalent", show=False, id="valeur"),
    Binding("ctrl+z", "undo", "Annuler la dernière réponse", show=False, id="annuler"),
    Binding("j", "move(1)", "Question suivante", show=False, id="suivante"),
    Binding("k", "move(-1)", "Question précédente", show=False, id="precedente"),
)

QUESTIONS: Bindings = (
    *ANSWERS,
    Binding("u", "next_unanswered", "Sans réponse", id="sans_reponse"),
    Binding("c", "next_conflict", "Conflit", show=False, id="conflit"),
    Binding("r", "next_marked", "Prochaine à revoir", show=False, id="a_revoir"),
    Binding("slash", "find", "Chercher", key_display="/", id="chercher"),
    Binding("e", "explain", "Expliquer le conflit", show=False, id="expliquer"),
    Binding("t", "comment", "Commenter", show=False, id="commenter"),
    Binding("w", "mark", "Marquer à revoir, ou retirer la marque", show=False, id="marquer"),
    Binding("m", "role", "Mes questions : filtrer par métier", show=False, id="mes_questions"),
    Binding("f", "meeting", "Mode réunion", show=False, id="reunion"),
    Binding("escape", "back_to_list", "Revenir à la liste", show=False, id="liste"),
)

MEETING: Bindings = (
    *ANSWERS,
    Binding("right,pagedown", "move(1)", "Suivante", id="page_suivante"),
    Binding("left,pageup", "move(-1)", "Précédente", id="page_precedente"),
    Binding("escape,f", "leave", "Fin", key_display="Échap", id="fin_de_reunion"),
)

HOME: Bindings = (Binding("e", "establishment", "Établissement", show=False, id="etablissement"),)

FINDINGS: Bindings = (
    Binding("slash", "filter", "Filtrer", key_display="/", id="filtrer_constats"),
    Binding("v", "verdict", "Verdict", id="verdict"),
    Binding("s", "severity", "Gravité", id="gravite"),
    Binding("f", "family", "Sonde", show=False, id="famille"),
    Binding("t", "sort", "Trier", id="trier"),
    Binding("r", "group", "Grouper", show=False, id="grouper"),
    Binding("b", "objects", "Tous les objets", show=False, id="objets"),
    Binding("x", "accept", "Accepter le risque", show=False, id="accepter"),
    Binding("escape", "reset", "Retirer les filtres", show=False, id="retirer_filtres"),
)

EVIDENCE: Bindings = (
    Binding("n", "attach", "Joindre", id="joindre"),
    Binding("slash", "filter", "Filtrer", key_display="/", id="filtrer_preuves"),
)

PROBES: Bindings = (
    Binding("d", "directory", "Annuaire", id="annuaire"),
    Binding("e", "exposure", "Exposition", id="exposition"),
    Binding("c", "compare", "Comparer", id="comparer"),
    Binding("x,ctrl+c", "cancel", "Arrêter le relevé", show=False, id="arreter"),
)

_TO_LIST = Binding("escape", "back_to_list", "Revenir à la liste", show=False, id="liste")

PLAN: Bindings = (
    Binding("n", "add", "Ajouter", id="ajouter_action"),
    Binding("e", "change", "Changer", id="changer_action"),
    Binding("x", "withdraw", "Retirer", show=False, id="retirer_action"),
    Binding("s", "suggest", "Proposer", id="proposer"),
    Binding("b", "limits", "Budget", id="budget"),
    _TO_LIST,
)

SUGGESTIONS: Bindings = (
    Binding("t", "take_all", "Toutes", id="toutes"),
    *(
        Binding(
            _LEVELS[level],
            f"target({level})",
            "Niveau visé" if level == "1" else f"Niveau visé {level}",
            show=level == "1",
            key_display="1-4",
            id=f"vise_{level}",
        )
        for level in "1234"
    ),
    Binding("escape", "leave", "Fin", key_display="Échap", id="fin_des_propositions"),
)

_PROGRAMME: Bindings = (
    Binding("p", "programme", "Programme", id="programme"),
    Binding("d", "paper", "Document", id="document"),
)

FUNDING: Bindings = (
    *_PROGRAMME,
    Binding("n", "add", "Dépense", id="ajouter_depense"),
    Binding("f", "invoice", "Facture à la place d'un devis", show=False, id="facture"),
    Binding("x", "withdraw", "Retirer la dépense", show=False, id="retirer_depense"),
    Binding("c", "ceiling", "Plafond notifié", show=False, id="plafond"),
    Binding("t", "period", "Période d'éligibilité", show=False, id="periode"),
    Binding("o", "follow", "Suivre le programme, ou cesser", show=False, id="suivre"),
    Binding("w", "write", "Écrire", id="ecrire_document"),
    _TO_LIST,
)

PRECHECK: Bindings = (
    Binding("slash", "filter", "Filtrer", key_display="/", id="filtrer_remarques"),
    Binding("v", "gravity", "Gravité", id="gravite_remarques"),
    Binding("e", "calendar", "Échéances", id="echeances"),
    Binding("w", "write", "Liste", id="ecrire_liste"),
    _TO_LIST,
)

COUNTER: Bindings = (
    Binding("c", "copy", "Copier", id="copier"),
    *_PROGRAMME,
    Binding("a", "attachments", "Pièces", id="pieces_a_joindre"),
    _TO_LIST,
)

PACKAGE: Bindings = (
    Binding("n", "build", "Construire", id="construire"),
    Binding("v", "verify", "Vérifier", id="verifier"),
    _TO_LIST,
)

CONFLICTS: Bindings = (
    Binding("n", "merge", "Fusionner", id="fusionner"),
    _TO_LIST,
)

JOURNAL: Bindings = (
    Binding("slash", "filter", "Chercher", key_display="/", id="chercher_journal"),
    Binding("escape", "reset", "Tout montrer", show=False, id="tout_montrer"),
)

BY_PLACE: Mapping[str, Bindings] = {
    "home": HOME,
    "questions": QUESTIONS,
    "meeting": MEETING,
    "findings": FINDINGS,
    "evidence": EVIDENCE,
    "probes": PROBES,
    "plan": PLAN,
    "suggestions": SUGGESTIONS,
    "funding": FUNDING,
    "precheck": PRECHECK,
    "counter": COUNTER,
    "package": PACKAGE,
    "conflicts": CONFLICTS,
    "journal": JOURNAL,
}

APPLICATION: Bindings = (
    # Before anything else, so that what is typed right after them finds their window open.
    Binding("g", "places", "Aller à", priority=True, id="aller_a"),
    Binding("ctrl+p,colon", "palette", "Commandes", show=False, priority=True, id="commandes"),
    Binding("f1", "help", "Aide", key_display="F1", id="aide"),
    Binding("q", "quit", "Quitter", id="quitter"),
)


def at_once(place: str) -> list[BindingType]:
    """The keys of a place, each done before the next one is looked at.

    Otherwise what is typed quickly after « v » or « / » would reach the questionnaire before the
    window opens, and answer a question.
    """
    return [replace(one, priority=True) for one in BY_PLACE[place]]
