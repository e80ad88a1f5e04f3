"""The part of CISO Assistant's library format that our questionnaires share with it.

A library holds a framework; its nodes form a tree. A node that is not assessable is a domain, an
assessable one an indicator; a question with one choice per score is our scale. Format:
https://github.com/intuitem/ciso-assistant-community (tools/README.md).
"""

import re
import unicodedata

from care_kit.model.content.questionnaire import ExpectedEvidence

PACKAGER = "care-kit"
SCALE_QUESTION = "unique_choice"
TEXT_QUESTION = "text"
SOCLE_GROUP = "SOCLE"
ESSENTIAL_GROUP = "ESSENTIELLE"
# Says in our notice whose texts an imported questionnaire holds; read back on export.
RIGHTS = "Droits de la bibliothèque d'origine\u00a0: "
_BY_LEVEL = r" ; ([1-4]) : (\d{1,3})"
_EVIDENCE = re.compile(rf"(?P<title>.+) \((?P<months>\d{{1,3}}) mois(?P<others>(?:{_BY_LEVEL})*)\)")


def slug(text: str, longest: int = 40) -> str:
    """Lower-case letters, digits and hyphens; empty when the text has none."""
    split = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(one for one in split if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-")


def evidence_line(one: ExpectedEvidence) -> str:
    """One line of `typical_evidence`: « Titre (12 mois) », « Titre (12 mois ; 2 : 3 ; 3 : 1) »."""
    by_level = sorted(one.months_by_level.items())
    others = "".join(f" ; {level} : {months}" for level, months in by_level)
    return f"{one.title} ({one.validity_months} mois{others})"


def evidence_of(line: str) -> ExpectedEvidence:
    """What such a line says; a validity that is not written is the usual one."""
    found = _EVIDENCE.fullmatch(line)
    if found is None:
        return ExpectedEvidence(line)
    pairs = re.findall(_BY_LEVEL, found["others"])
    return ExpectedEvidence(
        found["title"], int(found["months"]), {int(level): int(months) for level, months in pairs}
    )
