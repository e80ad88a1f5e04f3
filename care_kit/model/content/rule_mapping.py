"""How the rules of another tool relate to ANSSI's points: a declaration, read from content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import Provenance


@dataclass(frozen=True)
class RuleMapping(Strict):
    """Points that each rule of `tool` speaks of; a related rule may test them otherwise."""

    tool: str
    provenance: Provenance
    source: str
    source_date: date
    rules: Mapping[str, tuple[str, ...]]
