"""The part of CISO Assistant's library format that our questionnaires share with it.

A library holds a framework; its nodes form a tree. A node that is not assessable is a domain, an
assessable one an indicator; a question with one choice per score is our scale. Format:
https://github.com/intuitem/ciso-assistant-community (tools/README.md).
"""

import re
import unicodedata

PACKAGER = "care-kit"
SCALE_QUESTION = "unique_choice"
TEXT_QUESTION = "text"
SOCLE_GROUP = "SOCLE"
ESSENTIAL_GROUP = "ESSENTIELLE"
# Says in our notice whose texts an imported questionnaire holds; read back on export.
RIGHTS = "Droits de la bibliothèque d'origine\u00a0: "
_EVIDENCE = re.compile(r"(?P<title>.+) \((?P<months>\d{1,3}) mois\)")


def slug(text: str, longest: int = 40) -> str:
    """Lower-case letters, digits and hyphens; empty when the text has none."""
    split = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(one for one in split if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-")


def evidence_line(title: str, months: int) -> str:
    """One line of `typical_evidence`."""
    return f"{title} ({months} mois)"


def evidence_of(line: str) -> tuple[str, int | None]:
    """The title and the validity in months of such a line; None when it gives no validity."""
    found = _EVIDENCE.fullmatch(line)
    return (found["title"], int(found["months"])) if found else (line, None)
