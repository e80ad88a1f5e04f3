"""What a plan of actions would bring: simulated, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from care_kit.model.dossier.money import Action
from care_kit.model.results.assessment import Interval
from care_kit.model.results.wording import interval
from care_kit.model.words.french import counted, euros

TO_COST = "à chiffrer"


@dataclass(frozen=True)
class Gain:
    """Before and after: level (0 to 4), index (0 to 100), ANSSI level of each forest (1 to 5).

    `raised` are the indicators whose retained level rises, with the lowest it may be before and
    after; `failures` and `blocking` count failing findings and blocking remarks that go (a higher
    level may ask for new proofs: `blocking` is then negative).
    """

    level: tuple[Interval | None, Interval | None]
    index: tuple[Interval | None, Interval | None]
    directory: Mapping[str, tuple[Interval, Interval]]
    raised: tuple[tuple[str, float, float], ...]
    failures: int
    blocking: int

    @property
    def points(self) -> float:
        """Points the floor of the index gains."""
        before, after = self.index
        return 0.0 if before is None or after is None else after.low - before.low

    def told(self, given: str) -> tuple[str, ...]:
        """What changes, « avant → après », as French sentences; `given` opens the first one."""
        return (
            f"{given} : niveau {_change(self.level)}, indice {_change(self.index)}.",
            *(
                f"Annuaire {forest} : niveau {_change(levels)}."
                for forest, levels in self.directory.items()
            ),
            f"Constats clos : {self.failures} ; {self._blocking()}.",
        )

    def _blocking(self) -> str:
        """A higher level asks for new proofs: there may be more remarks after than before."""
        if self.blocking < 0:
            return f"remarques bloquantes nouvelles : {-self.blocking}"
        return f"remarques bloquantes levées : {self.blocking}"


@dataclass(frozen=True)
class PlannedAction:
    """An action, its gain alone, and its cost in euros (its own people's days when priced).

    `cost` is None as long as nobody costed the action.
    """

    action: Action
    gain: Gain
    cost: Decimal | None

    @property
    def cost_told(self) -> str:
        """Its cost in French."""
        return TO_COST if self.cost is None else euros(self.cost)


@dataclass(frozen=True)
class Plan:
    """Actions by gain per euro; `left_out` are those the budget does not hold.

    `together` is the gain of `actions` done all at once, which is not the sum of theirs; `cost` is
    a floor as long as some of them are `uncosted`.
    """

    actions: tuple[PlannedAction, ...]
    left_out: tuple[PlannedAction, ...]
    together: Gain
    cost: Decimal
    person_days: Decimal

    @property
    def uncosted(self) -> int:
        """How many of `actions` nobody costed yet."""
        return sum(one.cost is None for one in self.actions)

    @property
    def cost_told(self) -> str:
        """The cost of the whole in French, said to be a floor when it is one."""
        if not self.uncosted:
            return euros(self.cost)
        waiting = counted(self.uncosted, f"action {TO_COST}", f"actions {TO_COST}")
        return f"au moins {euros(self.cost)} ({waiting})"


def _change(bounds: tuple[Interval | None, Interval | None]) -> str:
    return f"{interval(bounds[0])} → {interval(bounds[1])}"
