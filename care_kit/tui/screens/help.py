"""F1: the keys and the marks, in French."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

HELP = """\
Répondre à la question affichée
  0 à 4      le niveau constaté (AZERTY : avec ou sans Majuscule)
  ?          ne sais pas : compte zéro
  v          une valeur (taux, date, oui ou non, nombre), ou un niveau :
             p3 tenu en partie, e3 par une mesure équivalente
  n          non applicable : un motif est demandé
  e          expliquer un conflit entre déclaré et mesuré
Chaque réponse est enregistrée aussitôt ; la dernière fait foi.

Se déplacer
  ↑ ↓, k j   question précédente, suivante
  u          prochaine question sans réponse
  c          prochain conflit
  Entrée     lire la question ; plier ou déplier un domaine
  Tab        passer de la liste à la question
  Échap      revenir à la liste
  q          quitter : tout est déjà enregistré

Lire la liste
  [ ] sans réponse    [x] répondu    [?] ne sais pas
  [~] partiel         [=] mesure équivalente
  [-] non applicable  [!] conflit    *   socle (question bloquante)
  2/6 : deux questions répondues sur six

Lire le résultat
  Niveau      le plus bas niveau retenu parmi les questions du socle
  Indice      de 0 à 100 : le premier nombre compte zéro ce qui est
              inconnu, le second le compte plein
  Couverture  part des questions répondues ou mesurées
  Non appl.   part des questions écartées comme non applicables
  s.o.        sans objet
"""


class HelpScreen(ModalScreen[None]):
    """Closes with the key that opened it, Escape, Enter or q."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "dismiss(None)", "Fermer")
    ]

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="help"):
            yield Static(HELP, markup=False)
            yield Static("Échap : fermer", markup=False)
