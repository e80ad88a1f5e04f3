"""From what a package carries to the material its documents were made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from care_kit.assessment.examiner.documents import LOOKED_INTO, looked_at, wrong
from care_kit.assessment.readings.progress import exposure_progress
from care_kit.assessment.standing.situation import assessed, followed, statement_of
from care_kit.assessment.standing.situation import judged as found_in_facts
from care_kit.catalog.content import Content
from care_kit.dossier.folding.fold import WITHHELD
from care_kit.dossier.folding.migration import wordings
from care_kit.dossier.journal.chain import Record
from care_kit.exporters.data import plain
from care_kit.exporters.material import Material
from care_kit.exporters.redaction import redacted_state
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.identity import ContentIdentity
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.dossier.state import DossierState, ReadingRecord
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import canonical, sha512
from care_kit.model.results.level_held import ExposureProgress
from care_kit.model.words.errors import CareError
from care_kit.model.words.text import shown
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.review.codes import Code
from care_kit.review.recompute.erasures import Erasures
from care_kit.review.recompute.figures import differences
from care_kit.review.recompute.files import PackagedDossier
from care_kit.review.recompute.printed import DATA, Said, UnreadableError
from care_kit.review.verification import Contents, Problem

WORD_ONLY = (
    "Les faits bruts des relevés ne sont pas dans ce paquet : les constats des sondes, l'évolution "
    "de l'exposition et les résultats d'autres outils reposent sur la seule parole de "
    "l'établissement. Leurs empreintes sont dans le journal."
)
TOO_LARGE = (
    "Des faits bruts sont trop volumineux pour être jugés à nouveau ici : leurs constats reposent "
    "sur la parole de l'établissement."
)
OWN_TABLES = (
    "Les tables datées de l'établissement ne sont pas rejouées ici : ses constats d'exposition "
    "reposent sur sa parole."
)


@dataclass(frozen=True)
class Basis:
    """What a recompute starts from: the package, its folded journal, what it says, the content."""

    contents: Contents
    records: tuple[Record, ...]
    state: DossierState
    printed_state: object
    said: Said
    content: Content
    identity: ContentIdentity
    own: dict[str, bytes]
    profile: ExportProfile


class Judging:
    """Makes the material again; `problems` and `notes` fill on the way."""

    def __init__(self, basis: Basis) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self._basis = basis
        self._kept = PackagedDossier(basis.contents, basis.state)

    def material(self) -> Material:
        """The material; UnreadableError when it cannot be made at all."""
        basis, said = self._basis, self._basis.said
        questionnaire = self._questionnaire()
        statements = {one.id: self._statement(one) for one in basis.state.readings}
        state = self._state()
        findings, progress = self._measured(statements)
        self.problems += _foreign_results(basis)
        unreadable = self._unreadable()
        now = assessed(
            state,
            basis.content,
            questionnaire,
            statements,
            findings,
            said.judged_on,
            unreadable,
            wordings(basis.content.questionnaires),
        )
        accepted = {} if basis.profile.redacted else said.accepted
        return Material(
            state=state,
            questionnaire=questionnaire,
            programmes=followed(state, basis.content),
            checks=basis.content.checks,
            assessment=now.assessment,
            objectives=now.objectives,
            remarks=now.remarks,
            findings=findings,
            statements=statements,
            journal=tuple(record.line() for record in basis.records),
            digest_of=lambda name: accepted.get(name, ""),
            made_at=said.made_at,
            judged_on=said.judged_on,
            judged_readings=said.judged_readings,
            version=said.version,
            opened=lambda digest: BytesIO(self._kept.blob(digest)),
            content=basis.content,
            identity=basis.identity,
            own_files=basis.own,
            unreadable=unreadable,
            progress=progress,
            third_party=said.third_party,
            lines_in_clear=said.lines_in_clear,
        )

    def _questionnaire(self) -> Questionnaire:
        wanted = self._basis.state.questionnaire
        found = self._basis.content.questionnaires.get(wanted)
        if found is None:
            why = f"Le questionnaire « {shown(wanted)} » n'est pas connu ici."
            raise UnreadableError(Problem(DATA, why, Code.CONTENT))
        return found

    def _statement(self, record: ReadingRecord) -> Statement:
        """As the journal names it, or as told when only a redacted one is in the package."""
        told = self._basis.said.statements.get(record.id)
        if told is None:
            why = f"La déclaration du relevé « {shown(record.id)} » manque."
            raise UnreadableError(Problem(DATA, why, Code.READING))
        if not self._basis.profile.redacted and self._kept.holds(record.statement_sha512):
            try:
                return statement_of(self._kept, record)
            except (CareError, ValueError) as cause:
                why = f"La déclaration du relevé « {shown(record.id)} » est illisible."
                raise UnreadableError(Problem(DATA, why, Code.READING)) from cause
        for name in ("probe", "started", "ended", "complete", "facts_sha512"):
            printed, known = getattr(told, name), getattr(record, name)
            if printed != known:
                self.problems.append(_statement_differs(record.id, name, printed, known))
        return told

    def _state(self) -> DossierState:
        basis = self._basis
        if not basis.profile.redacted:
            return basis.state
        erasures = Erasures(plain(basis.state), basis.printed_state, DATA)
        self.problems += erasures.problems
        return redacted_state(basis.state, erasures.erase)

    def _measured(
        self, statements: dict[str, Statement]
    ) -> tuple[tuple[Finding, ...], ExposureProgress]:
        """Findings and progress: from the facts when they are here, else as told."""
        basis, said = self._basis, self._basis.said
        if not basis.state.readings:
            return (), exposure_progress(self._kept, basis.content, said.judged_on)
        why_not = self._why_told()
        if why_not:
            self.notes.append(why_not)
            self.problems += _incomplete(basis)
            return said.findings, said.exposure
        try:
            findings = found_in_facts(self._kept, basis.content, statements, said.judged_on)
            progress = exposure_progress(self._kept, basis.content, said.judged_on)
        except (CareError, ValueError, KeyError, TypeError, ArithmeticError) as cause:
            why = "Les faits bruts d'un relevé ne peuvent pas être relus."
            raise UnreadableError(Problem(DATA, why, Code.READING)) from cause
        told = [plain(one) for one in said.findings]
        again = [plain(one) for one in findings]
        self.problems += differences(DATA, told, again, ("findings",))
        return findings, progress

    def _why_told(self) -> str:
        basis = self._basis
        if basis.profile.redacted or "readings" not in basis.profile.parts:
            return WORD_ONLY
        if any(path.startswith("checks/data/") for path in basis.own):
            return OWN_TABLES
        readings = basis.state.readings
        facts = [one.facts_sha512 for one in readings]
        if not all(map(self._kept.present, [*facts, *(one.statement_sha512 for one in readings)])):
            return WORD_ONLY  # the missing file is named where files are compared
        return "" if all(map(self._kept.holds, facts)) else TOO_LARGE

    def _unreadable(self) -> dict[str, str]:
        """What is wrong with the pieces, looked at again when they are here and not too large."""
        basis = self._basis
        found = {}
        programmes = followed(basis.state, basis.content)
        for one in looked_at(basis.state, programmes, thorough=True):
            if one.name == WITHHELD:  # what a name tells of a file is told no more
                why = basis.said.unreadable.get(one.id, "")
            elif self._kept.holds(one.sha512) or one.size > LOOKED_INTO:
                large = one.size > LOOKED_INTO
                why = wrong(one, b"" if large else self._kept.blob(one.sha512))
            else:
                why = basis.said.unreadable.get(one.id, "")
            if why:
                found[one.id] = why
        return found


def _statement_differs(reading: str, name: str, printed: object, known: object) -> Problem:
    return Problem(
        DATA,
        f"déclaration du relevé « {shown(reading)} », {name} : imprimé {printed}, "
        f"au journal {known}.",
        Code.READING,
        name,
        str(printed),
        str(known),
    )


def _foreign_results(basis: Basis) -> Iterator[Problem]:
    """Results of other tools whose bytes the journal does not name (names in clear only)."""
    if basis.profile.redacted:
        return
    known = {one.result_sha512 for one in basis.state.third_party}
    for one in basis.said.third_party:
        if sha512(canonical(one)) not in known:
            why = f"Le résultat de {shown(one.tool)} n'est pas celui que nomme le journal."
            yield Problem(DATA, why, Code.FINDING)


def _incomplete(basis: Basis) -> Iterator[Problem]:
    """A probe gives a verdict on every check: one without any was taken away."""
    checks, findings = basis.content.checks, basis.said.findings
    for kind in {one.probe for one in basis.state.readings}:
        targets: dict[str, set[str]] = {}
        for one in findings:
            if one.check in checks and checks[one.check].family is kind:
                place = one.target if kind is ProbeKind.DIRECTORY else ""
                targets.setdefault(place, set()).add(one.check)
        mine = {key for key, check in checks.items() if check.family is kind}
        for target, seen in (targets or {"": set[str]()}).items():
            for check in sorted(mine - seen):
                where = f"« {shown(target)} » : " if target else ""
                yield Problem(
                    DATA,
                    f"{where}aucun constat pour le contrôle « {check} », toujours rendu.",
                    Code.FINDING,
                    check,
                )
    for one in findings:
        if one.check not in checks:
            why = f"Le contrôle « {shown(one.check)} » n'existe pas."
            yield Problem(DATA, why, Code.FINDING, shown(one.check))
        elif one.level and one.level not in checks[one.check].levels:
            why = f"Le contrôle « {one.check} » n'échoue pas au niveau {one.level}."
            yield Problem(DATA, why, Code.FINDING, one.check)
