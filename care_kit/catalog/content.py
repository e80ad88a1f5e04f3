"""All content at once: shipped files overlaid by the user's own, cross-checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from care_kit.catalog import consistency, questionnaires, toml_file
from care_kit.catalog.folders import Reader, winner
from care_kit.model.content.check import Check, ControlPoints
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.content.referential import Referential


@dataclass(frozen=True)
class Content:
    """Everything declared in TOML, by id. `origins` tells which file each id came from."""

    questionnaires: Mapping[str, Questionnaire]
    programmes: Mapping[str, Programme]
    referentials: Mapping[str, Referential]
    checks: Mapping[str, Check]
    points: ControlPoints
    profiles: Mapping[str, ExportProfile]
    origins: Mapping[str, str]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator of every questionnaire, once, as its own questionnaire words it.

        Selections come after what they select from, and may word it for other readers.
        """
        found: dict[str, Indicator] = {}
        for each in self.questionnaires.values():
            for one in each.indicators:
                found.setdefault(one.id, one)
        return tuple(found.values())


@cache
def load() -> Content:
    """Read, validate and cross-check every content file; ContentError names the first fault."""
    content = read()
    consistency.verify(content)
    return content


def read() -> Content:
    """Read and validate every content file, without the cross-checks."""
    reader = Reader()
    return Content(
        questionnaires=questionnaires.read_all(reader),
        programmes=reader.folder("questionnaires", "programmes", Programme, lambda one: one.id),
        referentials=reader.folder(
            "questionnaires", "referentials", Referential, lambda one: one.id
        ),
        checks={
            **reader.folder("checks", "directory", Check, lambda one: one.id),
            **reader.folder("checks", "exposure", Check, lambda one: one.id),
        },
        points=toml_file.read(winner("checks", "anssi_points.toml"), ControlPoints),
        profiles=reader.folder("exports", "", ExportProfile, lambda one: one.id),
        origins=reader.origins,
    )
