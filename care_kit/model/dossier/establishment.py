"""Who the dossier is about: a hospital alone, or a GHT of several legal entities."""

from dataclasses import dataclass
from enum import StrEnum

from care_kit.model.content.strict import Strict


class Nis2(StrEnum):
    """Status under the NIS 2 directive, as declared by the establishment."""

    ESSENTIAL = "essential"
    IMPORTANT = "important"
    NONE = "none"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "essential": "entité essentielle",
            "important": "entité importante",
            "none": "hors champ",
            "unknown": "à compléter",
        }[self.value]


@dataclass(frozen=True)
class Site(Strict):
    """A geographic site (`finess_eg`, nine characters)."""

    name: str
    finess_eg: str


@dataclass(frozen=True)
class LegalEntity(Strict):
    """A legal entity (`finess_ej`, nine characters) and its sites."""

    name: str
    finess_ej: str
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True)
class Establishment(Strict):
    """The applicant: name, category, region, regulatory profile, and its legal entities."""

    name: str
    category: str
    region: str
    entities: tuple[LegalEntity, ...]
    nis2: Nis2 = Nis2.UNKNOWN
    ose: bool = False
    ght: bool = False

    @property
    def lead(self) -> LegalEntity:
        """The legal entity that carries the file (first listed; support establishment of a GHT)."""
        return self.entities[0]

    @property
    def names(self) -> dict[str, str]:
        """Name of every legal entity and site, by FINESS number, in the order of the tree."""
        found = {}
        for entity in self.entities:
            found[entity.finess_ej] = entity.name
            found.update({site.finess_eg: site.name for site in entity.sites})
        return found

    @property
    def activity_units(self) -> tuple[str, ...]:
        """FINESS numbers the combined activity is shared between; none when there is only one.

        Legal entities when there are several, else the sites of the only one.
        """
        units = [one.finess_ej for one in self.entities]
        if len(units) == 1:
            units = [site.finess_eg for site in self.lead.sites]
        return tuple(units) if len(units) > 1 else ()
