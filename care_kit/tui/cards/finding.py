"""The text of one finding: what was seen, where, why it matters, what to do."""

from collections.abc import Iterator

from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted, day, level_label
from care_kit.tui.views.sift import where
from care_kit.tui.views.view import View
from care_kit.tui.wording import VERDICTS, Part

SHOWN_OBJECTS = 12
LONGEST = 4_000
"""Characters of a text that others wrote which are laid out: hundreds of lines already."""


def finding_card(view: View, one: Finding) -> Iterator[Part]:
    """Verdict, reason, objects, accepted risks, then the check."""
    check = view.now.content.checks[one.check]
    rank = one.severity.label if one.severity else level_label(one.level)
    yield "", f"{VERDICTS[one.verdict]} {one.verdict.label} · {rank} · {one.check}", ""
    yield "", check.title, "bold"
    yield "", f"Cible : {_short(where(one))}", ""
    yield "", _short(one.reason), ""
    for risk in view.accepted(one):
        yield "", risk.sentence, "bold"
    if one.objects:
        yield "", f"{counted(len(one.objects), 'objet')} :", ""
        for name in one.objects[:SHOWN_OBJECTS]:
            yield "- ", _short(name), ""
        left = len(one.objects) - SHOWN_OBJECTS
        if left > 0:
            yield "- ", f"et {counted(left, 'autre')} (touche b).", ""
    yield "", "", ""
    yield "", f"Correction : {check.remediation}", ""
    yield "", f"Pourquoi : {check.why}", ""
    yield "", f"Source : {check.source}, {day(check.source_date)}.", ""
    yield "", f"Provenance : {check.provenance.label}.", ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} caractères)"
