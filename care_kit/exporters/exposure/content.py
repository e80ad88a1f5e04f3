"""What the exposure report says, in French texts and numbers: the HTML and the PDF only lay out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a weakness was seen: proof, what became of it, and the objects concerned."""

    where: str
    proof: str
    status: str
    objects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One weakness: `number` is its place in the report, `risk` is told in words.

    `places` holds the first ones, `more` counts the others. `accepted` and `reported` are
    sentences: risks accepted for a time, findings of reports received about the same check.
    """

    number: str
    check: str
    title: str
    kind: str
    severity: str
    priority: str
    status: str
    risk: str
    remediation: str
    references: tuple[str, ...]
    places: tuple[Place, ...]
    more: int
    accepted: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """A weakness of the previous reading that this one does not show."""

    title: str
    check: str
    where: str
    severity: str
    status: str


@dataclass(frozen=True)
class Untested:
    """A check without a verdict somewhere, and why, the most frequent reason first."""

    title: str
    check: str
    severity: str
    places: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Received:
    """A finding of a report received, with what was said of it and what we measure."""

    source: str
    title: str
    severity: str
    status: str
    measure: str
    contradicted: bool


@dataclass(frozen=True)
class ReadingLine:
    """One reading: when, from where, its failures by severity, and what it could not test."""

    ended: str
    target: str
    view: str
    state: str
    failures: tuple[int, ...]
    untested: int


@dataclass(frozen=True)
class HeldLines:
    """The « level held » statement; `verdict` is empty when there is none."""

    verdict: str
    terms: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Perimeter:
    """One reading the report is about, as label and value pairs."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExposureReport:
    """The whole report. `counts` pairs each severity with its number of failures."""

    establishment: str
    finess: str
    tlp: str
    made_at: str
    tool: str
    notices: tuple[str, ...]
    sentences: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    severities: tuple[str, ...]
    readings: tuple[ReadingLine, ...]
    held: HeldLines
    perimeters: tuple[Perimeter, ...]
    cautions: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    gone: tuple[Gone, ...]
    untested: tuple[Untested, ...]
    received: tuple[Received, ...]
    method: tuple[str, ...]
