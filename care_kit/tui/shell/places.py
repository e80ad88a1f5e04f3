"""The screens one can go to; each is imported at its first visit, so that we start quickly."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A screen: `letter` after « g », a function key, and the command that shows the same.

    `key` is empty for the screens that came once the function keys were all taken; `where` is
    "module:class" under `care_kit.tui.screens`.
    """

    id: str
    title: str
    letter: str
    key: str
    where: str
    command: str

    @property
    def named(self) -> str:
        """The title, with the function key when there is one."""
        return f"{self.title} ({self.key.upper()})" if self.key else self.title


PLACES: Sequence[Place] = (
    Place("home", "Accueil", "a", "f2", "home:HomeScreen", "care assess"),
    Place("questions", "Questionnaire", "q", "f3", "questions:QuestionsScreen", "care answer"),
    Place("findings", "Constats", "c", "f4", "findings:FindingsScreen", "care findings"),
    Place("evidence", "Preuves", "p", "f5", "evidence:EvidenceScreen", "care evidence list"),
    Place("probes", "Sondes", "s", "f6", "probes:ProbesScreen", "care readings list"),
    Place("plan", "Plan", "l", "f8", "plan:PlanScreen", "care plan list"),
    Place("funding", "Financement", "f", "f9", "funding:FundingScreen", "care funding"),
    Place("precheck", "Pré-contrôle", "r", "f12", "precheck:PrecheckScreen", "care precheck"),
    Place("counter", "Guichet", "g", "", "counter:CounterScreen", "care counter copy"),
    Place("package", "Paquet", "t", "", "package:PackageScreen", "care export package"),
    Place("conflicts", "Copies", "o", "", "conflicts:ConflictsScreen", "care conflicts"),
    Place("journal", "Journal", "j", "f7", "journal:JournalScreen", "care journal"),
)
"""In the order of the menu. F10 and F11 belong to many terminals: leave them alone."""


def place(place_id: str) -> Place:
    """The place with this id; KeyError when there is none."""
    return {one.id: one for one in PLACES}[place_id]
