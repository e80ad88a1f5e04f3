"""What a screen reads: a situation, and look-ups each worked out once, when first asked.

Moving about reads these; nothing is recomputed until something is written.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from care_kit.assessment.programme.calendar import deadlines
from care_kit.assessment.risks.acceptance import accepted
from care_kit.assessment.standing.situation import Situation, followed
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.folding.migration import migration
from care_kit.model.content.questionnaire import Indicator
from care_kit.model.dossier.acceptance import Accepted
from care_kit.model.dossier.migration import Migration
from care_kit.model.dossier.state import Comment, Evidence
from care_kit.model.facts.finding import Finding
from care_kit.model.results.calendar import Deadline


class View:
    """One moment of a dossier; `dossier` is there for stored bytes, only the application writes."""

    def __init__(self, now: Situation, dossier: Dossier, today: date) -> None:
        self.now = now
        self.dossier = dossier
        self.today = today

    @cached_property
    def questions(self) -> tuple[Indicator, ...]:
        """Every question, domain after domain."""
        grouped = self.by_domain
        return tuple(one for domain in self.now.questionnaire.domains for one in grouped[domain.id])

    @cached_property
    def by_domain(self) -> Mapping[str, tuple[Indicator, ...]]:
        """Questions of each domain, as the questionnaire orders them."""
        found: dict[str, list[Indicator]] = {one.id: [] for one in self.now.questionnaire.domains}
        for indicator in self.now.questionnaire.indicators:
            found[indicator.domain].append(indicator)
        return {domain: tuple(group) for domain, group in found.items()}

    @cached_property
    def by_check(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings of each check."""
        found: dict[str, list[Finding]] = {}
        for one in self.now.findings:
            found.setdefault(one.check, []).append(one)
        return {check: tuple(group) for check, group in found.items()}

    @cached_property
    def pieces(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Pieces attached to each subject, oldest first."""
        found: dict[str, list[Evidence]] = {}
        for piece in self.now.state.evidence.values():
            for subject in piece.subjects:
                found.setdefault(subject, []).append(piece)
        return {subject: tuple(group) for subject, group in found.items()}

    @cached_property
    def comments(self) -> Mapping[str, tuple[Comment, ...]]:
        """Remarks left on each question, oldest first."""
        found: dict[str, list[Comment]] = {}
        for one in self.now.state.comments:
            found.setdefault(one.indicator, []).append(one)
        return {indicator: tuple(group) for indicator, group in found.items()}

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Everything dated, in the order of their last day."""
        now = self.now
        programmes = followed(now.state, now.content)
        return deadlines(now.state, programmes, now.questionnaire, now.statements)

    @cached_property
    def migration(self) -> Migration:
        """What becomes of the answers given to older questions."""
        return migration(self.now.state, self.now.content.questionnaires)

    def named(self, numbers: Iterable[str]) -> str:
        """The legal entities and sites of these FINESS numbers."""
        names = self.now.state.establishment.names
        return ", ".join(names.get(one, one) for one in numbers)

    def accepted(self, finding: Finding) -> tuple[Accepted, ...]:
        """The accepted risks that speak of a failing finding."""
        return accepted(self.now.state.acceptances, finding, self.dossier.pseudonym_key, self.today)

    @cached_property
    def haystacks(self) -> tuple[str, ...]:
        """What words are looked for in, finding by finding."""
        checks = self.now.content.checks
        return tuple(
            f"{one.check} {checks[one.check].title} {one.target}:{one.port} {one.reason} "
            f"{' '.join(one.objects)}".casefold()
            for one in self.now.findings
        )
