"""Shape of an OPSSIES v013 file, CaRE D1 profile: the only module that knows its field names.

Source: opssies.github.io, version 013 (schema, D1 schema, FAQ, read in February 2025 state). The
official D1 schema requires almost nothing; this shape requires what the profile asks for.
"""

from enum import IntEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

EVENT_TYPE, ANALYSIS_TYPE, TLP = 29, 5, "amber"
DEFAULT_CONTEXT = 6
DATE_FORMAT = "%Y%m%d-%H%M%S"
FUNCTIONAL_CATEGORIES = range(1, 75)
TECHNICAL_CATEGORIES = range(1, 15)
"""Codes that bear a label in the documentation; the schema's own enumerations say 1 to 72."""

ANS_SIREN, ANS_SHORT, ANS_NAME = "187512751", "ANS", "Agence du Numérique en Santé"


class IdType(IntEnum):
    """What an identifier is."""

    FINESS_RANGE = 1
    FINESS_SITE = 2
    FINESS_ENTITY = 3
    SIREN = 4
    SIRET = 5
    GHT = 6


class ActorType(IntEnum):
    """What an actor is."""

    SITE = 1
    GROUP = 2
    THIRD_PARTY = 3


class Role(IntEnum):
    """What an actor does in an audit; one actor per role."""

    REQUESTER = 1
    PROVIDER = 2
    CONTROLLER = 3
    AUDITED = 4

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return ("commanditaire", "prestataire", "contrôleur", "audité")[self - 1]


class NameType(IntEnum):
    """Short or full name."""

    SHORT = 1
    FULL = 2


class DateType(IntEnum):
    """The only kind of date of the profile."""

    DONE = 7


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Identifier(_Part):
    """A number and what it is."""

    kind: Annotated[int, Field(alias="stakeholderIdType")]
    text: Annotated[str, Field(alias="__text")]


class Name(_Part):
    """A name and what it is."""

    kind: Annotated[int, Field(alias="stakeholderNameType")]
    text: Annotated[str, Field(alias="__text")]


class _Actor(_Part):
    names: Annotated[list[Name], Field(alias="stakeholderNameTypes")]
    kind: Annotated[int, Field(alias="stakeholderType")]
    role: Annotated[int, Field(alias="stakeholderRoleType")]


class CommonActor(_Actor):
    """An actor of every event: its identifier is a single object."""

    id: Annotated[Identifier, Field(alias="stakeholderId")]

    @property
    def ids(self) -> list[Identifier]:
        """The identifier as a list, as event actors have it."""
        return [self.id]


class EventActor(_Actor):
    """An actor of one event: its identifiers are a list."""

    ids: Annotated[list[Identifier], Field(alias="stakeholderId")]


class Moment(_Part):
    """A date, `AAAAMMJJ-HHMMSS`."""

    kind: Annotated[int, Field(alias="dateType")]
    text: Annotated[str, Field(alias="__text")]


class FunctionalContext(_Part):
    """What the audited assets are for."""

    category: Annotated[int, Field(alias="functionalContextCategory")]
    text: Annotated[str, Field(alias="__text")]
    personal: Annotated[bool, Field(alias="isPersonalData")]
    health: Annotated[bool, Field(alias="isPersonalHealthcareData")]
    users: Annotated[int, Field(alias="userCount")]


class TechnicalContext(_Part):
    """What the audited assets are made of."""

    category: Annotated[int, Field(alias="technicalContextCategory")]
    text: Annotated[str, Field(alias="__text")]
    dynamic: Annotated[bool, Field(alias="isDynamic")]
    authenticatable: Annotated[bool, Field(alias="isAuthenticatable")]
    on_cloud: Annotated[bool, Field(alias="isOnCloud")]


class Assets(_Part):
    """What was audited."""

    functional: Annotated[list[FunctionalContext], Field(alias="functionalContexts")] = []
    technical: Annotated[list[TechnicalContext], Field(alias="technicalContexts")] = []
    asns: Annotated[list[str], Field(alias="autonomousSystemNumbers")] = []
    domains: list[str] = []
    ipv4: Annotated[list[str], Field(alias="subnetIpV4s")] = []
    ipv6: Annotated[list[str], Field(alias="subnetIpV6s")] = []


class Outcome(_Part):
    """The level, by rules that CERT Santé does not publish."""

    level: int


class AuditEvent(_Part):
    """One audit."""

    actors: Annotated[list[EventActor], Field(alias="stakeholders")]
    dates: list[Moment]
    scopes: list[Assets]
    outcome: Outcome
    tlp: str
    analysis: Annotated[int, Field(alias="eventAnalysisType")]
    kind: Annotated[int, Field(alias="eventType")]


class Events(_Part):
    """Common actors, then the audits."""

    actors: Annotated[list[CommonActor], Field(alias="stakeholders")] = []
    event: list[AuditEvent]


class Document(_Part):
    """The whole file; everything but `events` is optional and recommended at most."""

    events: Events
    license: Any = None
    definitions: Any = None
    extraction_date: Annotated[str | None, Field(alias="extractionDate")] = None
