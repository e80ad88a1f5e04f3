"""What the cross-checks look at: everything the content files declare, seen from below."""

from collections.abc import Mapping
from typing import Protocol

from care_kit.model.content.check import Check, ControlPoints
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.content.referential import Referential


class Declared(Protocol):
    """The part of `catalog.content.Content` that faults are looked for in; mappings are by id."""

    @property
    def questionnaires(self) -> Mapping[str, Questionnaire]:
        """Every questionnaire."""

    @property
    def programmes(self) -> Mapping[str, Programme]:
        """Every funding programme."""

    @property
    def referentials(self) -> Mapping[str, Referential]:
        """Every list of measures that questions refer to."""

    @property
    def checks(self) -> Mapping[str, Check]:
        """Every check of the probes."""

    @property
    def points(self) -> ControlPoints:
        """ANSSI's control points of the directory."""

    @property
    def profiles(self) -> Mapping[str, ExportProfile]:
        """Every export profile."""

    @property
    def origins(self) -> Mapping[str, str]:
        """The file each id came from."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every question, once."""
