"""The closed lists of words the whole house uses, with their French labels."""

from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """Outcome of one check on one target. Absence of proof is never `PASS` nor `INFO`.

    `INFO` is a proven observation worth telling that is not a weakness.
    """

    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    INFO = "info"
    NOT_TESTED = "not_tested"
    ERROR = "error"

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return _VERDICTS[self]


class Severity(StrEnum):
    """Gravity of an exposure finding (proposed by care-kit, see the check's provenance)."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return _SEVERITIES[self]


class Provenance(StrEnum):
    """Where a statement of the content comes from; "official" means read in an official text."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    PROPOSED = "proposed"

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return _PROVENANCES[self]


class Work(StrEnum):
    """What mending a check asks for (proposed by care-kit)."""

    SETTING = "setting"
    EACH = "each"
    PROJECT = "project"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {"setting": "un réglage", "each": "objet par objet", "project": "un chantier"}[
            self.value
        ]


class Effort(StrEnum):
    """How much work mending a finding is (proposed by care-kit)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return {"low": "faible", "medium": "moyen", "high": "élevé"}[self.value]


class AnswerState(StrEnum):
    """What a person said about an indicator; not answered is the absence of an answer.

    PARTIAL: the level holds on part of the perimeter only. EQUIVALENT: another measure, worth that
    level. Both say why.
    """

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    PARTIAL = "partial"
    EQUIVALENT = "equivalent"

    @property
    def levelled(self) -> bool:
        """True when a level goes with it."""
        return self not in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE)

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return _ANSWERS[self]


class Confidence(IntEnum):
    """How well an answer is supported, from a bare declaration to an independent measure."""

    DECLARED = 0
    DOCUMENT = 1
    DATED_DOCUMENT = 2
    MEASURED = 3

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return _CONFIDENCES[self]


class ProbeKind(StrEnum):
    """The two probes."""

    DIRECTORY = "directory"
    EXPOSURE = "exposure"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return _PROBES[self]


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 marking of a document."""

    RED = "TLP:RED"
    AMBER = "TLP:AMBER"
    GREEN = "TLP:GREEN"
    CLEAR = "TLP:CLEAR"


# The verdict told of several on one thing is the first of these that is among them.
WORST_FIRST = (Verdict.FAIL, Verdict.ERROR, Verdict.NOT_TESTED, Verdict.INFO, Verdict.PASS)

_VERDICTS = {
    Verdict.FAIL: "échec",
    Verdict.PASS: "conforme",
    Verdict.INFO: "information",
    Verdict.NOT_TESTED: "non testé",
    Verdict.ERROR: "erreur",
}
_SEVERITIES = {
    Severity.CRITICAL: "critique",
    Severity.HIGH: "élevée",
    Severity.MEDIUM: "moyenne",
    Severity.LOW: "faible",
    Severity.INFO: "information",
}
_PROVENANCES = {
    Provenance.OFFICIAL: "officiel",
    Provenance.SECONDARY: "secondaire",
    Provenance.PROPOSED: "proposé par care-kit",
}
_ANSWERS = {
    AnswerState.ANSWERED: "répondu",
    AnswerState.UNKNOWN: "ne sais pas",
    AnswerState.NOT_APPLICABLE: "non applicable",
    AnswerState.PARTIAL: "partiel",
    AnswerState.EQUIVALENT: "mesure équivalente justifiée",
}
_CONFIDENCES = {
    Confidence.DECLARED: "déclaré sans preuve",
    Confidence.DOCUMENT: "document joint",
    Confidence.DATED_DOCUMENT: "document daté en cours de validité",
    Confidence.MEASURED: "mesuré par une sonde",
}
_PROBES = {ProbeKind.DIRECTORY: "annuaire", ProbeKind.EXPOSURE: "exposition internet"}


class CallState(StrEnum):
    """Whether a programme's counter takes files on a day."""

    OPEN = "open"
    CLOSED = "closed"
    ANNOUNCED = "announced"
    ABSENT = "absent"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "unknown": "dates non lues",
            "open": "ouvert",
            "closed": "clos",
            "announced": "annoncé",
            "absent": "aucun appel connu",
        }[self.value]


class PeriodKind(StrEnum):
    """What a programme's period bounds."""

    OPERATIONAL = "operational"
    ELIGIBLE = "eligible"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "operational": "phase opérationnelle",
            "eligible": "période d'éligibilité des dépenses",
        }[self.value]
