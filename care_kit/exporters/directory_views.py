"""The directory as readers look at it: what to do first, and what other tools said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from care_kit.assessment.plan.directory_actions import MOST, actions
from care_kit.assessment.risks.acceptance import accepted
from care_kit.exporters.material import Material
from care_kit.model.content.check import Check
from care_kit.model.dossier.acceptance import Accepted
from care_kit.model.dossier.state import Evidence
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.results.assessment import DirectoryAction, DirectoryLevel, PointLeft
from care_kit.model.words.vocabulary import WORST_FIRST, Verdict
from care_kit.probes.imports.bloodhound import TITLE as BLOODHOUND
from care_kit.probes.imports.pingcastle import WHOLE


@dataclass(frozen=True)
class ActionRow:
    """One action, its rank in the forest, its check (None when not shipped here), its risks."""

    rank: int
    action: DirectoryAction
    check: Check | None
    risks: tuple[Accepted, ...]

    @property
    def title(self) -> str:
        """The check's title, its id when unknown."""
        return self.check.title if self.check else self.action.point

    @property
    def remediation(self) -> str:
        """What to do; empty when the check is unknown."""
        return self.check.remediation if self.check else ""


@dataclass(frozen=True)
class ForestRows:
    """One forest, what raises its level, and what else holds back the next one."""

    level: DirectoryLevel
    actions: tuple[ActionRow, ...]
    later: tuple[DirectoryAction, ...]

    @property
    def mend(self) -> tuple[PointLeft, ...]:
        """Points that fail on the way to the next level."""
        return tuple(one for one in self.level.left if one.decided)

    @property
    def look(self) -> tuple[str, ...]:
        """Points without a verdict on the way to the next level."""
        return tuple(one.point for one in self.level.left if not one.decided)


@dataclass(frozen=True)
class SideRow:
    """One of ANSSI's points that another tool speaks of, beside our own verdict on it.

    `rules` are the tool's rules (none when it names the point itself); `ours` is None when we did
    not measure that forest.
    """

    point: str
    title: str
    rules: tuple[str, ...]
    ours: Verdict | None


@dataclass(frozen=True)
class OtherTool:
    """What one report says, point by point, and the failures of ours that it does not speak of."""

    result: ThirdPartyResult
    rows: tuple[SideRow, ...]
    ours_only: tuple[str, ...]

    @property
    def scores(self) -> tuple[tuple[str, int], ...]:
        """Its points, those of the whole first."""
        return tuple(sorted(self.result.scores.items(), key=lambda one: (one[0] != WHOLE, one[0])))


def forests(material: Material) -> tuple[ForestRows, ...]:
    """Every forest measured, in name order."""
    found = actions(material.findings, material.checks, most=len(material.checks))
    return tuple(
        _forest(level, [one for one in found if one.forest == level.forest], material)
        for level in material.assessment.directory
    )


def _forest(
    level: DirectoryLevel, found: Sequence[DirectoryAction], material: Material
) -> ForestRows:
    rows = tuple(
        ActionRow(rank, one, material.checks.get(one.point), _risks(one, material))
        for rank, one in enumerate(found[:MOST], 1)
    )
    lowest = found[0].level if found else 0
    return ForestRows(level, rows, tuple(one for one in found[MOST:] if one.level == lowest))


def other_tools(material: Material) -> tuple[OtherTool, ...]:
    """The reports of other tools, in the order they were given."""
    return tuple(_beside(one, material) for one in material.third_party)


def bloodhound(material: Material) -> tuple[Evidence, ...]:
    """Collections of BloodHound joined as pieces, oldest first."""
    pieces = (one for one in material.state.evidence.values() if one.title.startswith(BLOODHOUND))
    return tuple(sorted(pieces, key=lambda one: (one.at, one.id)))


def _risks(action: DirectoryAction, material: Material) -> tuple[Accepted, ...]:
    today = material.made_at.date()
    return tuple(
        risk
        for one in material.findings
        if (one.check, one.target) == (action.point, action.forest)
        for risk in accepted(material.state.acceptances, one, material.pseudonym_key, today)
    )


def _beside(result: ThirdPartyResult, material: Material) -> OtherTool:
    ours = dict(_verdicts(result.forest or result.domain, material))
    rows = tuple(
        SideRow(point, _title(point, material), result.rules.get(point, ()), ours.get(point))
        for point in result.failed
    )
    only = (one for one, verdict in ours.items() if verdict is Verdict.FAIL)
    return OtherTool(result, rows, tuple(sorted(set(only) - set(result.failed))))


def _verdicts(forest: str, material: Material) -> Iterator[tuple[str, Verdict]]:
    """Our worst verdict on each of ANSSI's points in that forest."""
    found: dict[str, list[Verdict]] = {}
    for one in material.findings:
        check = material.checks.get(one.check)
        if check and check.levels and one.target.casefold() == forest.casefold():
            found.setdefault(one.check, []).append(one.verdict)
    for point, verdicts in found.items():
        yield point, min(verdicts, key=WORST_FIRST.index)


def _title(point: str, material: Material) -> str:
    check = material.checks.get(point)
    return check.title if check else point
