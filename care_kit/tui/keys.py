"""The keys of the questionnaire; the ones shown in the footer are six."""

from textual.binding import Binding

# The unshifted digits of a French keyboard answer too: à & é " ' are 0 1 2 3 4.
_LEVELS = {
    "0": "0,à",
    "1": "1,ampersand",
    "2": "2,é",
    "3": "3,quotation_mark",
    "4": "4,apostrophe",
}

QUESTIONNAIRE = (
    *(
        Binding(keys, f"answer('{level}')", "Répondre", show=level == "0", key_display="0-4")
        for level, keys in _LEVELS.items()
    ),
    Binding("question_mark", "answer('nsp')", "Ne sais pas", show=False),
    Binding("n", "not_applicable", "Non applicable", show=False),
    Binding("v", "value", "Valeur", show=False, id="value"),
    Binding("u", "next_unanswered", "Sans réponse", id="next_unanswered"),
    Binding("c", "next_conflict", "Conflit", id="next_conflict"),
    Binding("e", "explain", "Expliquer", id="explain"),
    Binding("f1", "help", "Aide", key_display="F1", id="help"),
    Binding("q", "app.quit", "Quitter", id="quit"),
    Binding("j", "move(1)", "Suivante", show=False),
    Binding("k", "move(-1)", "Précédente", show=False),
    Binding("escape", "back_to_list", "Liste", show=False),
)
