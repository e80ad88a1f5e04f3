"""A reading of the lab's hospital domain, for stations where Samba cannot be started.

Record it again, after any change of the seeds or of the probe, on Debian or Ubuntu as root:
`python -m care_kit.demo.samba.record`.
"""

from dataclasses import replace
from pathlib import Path

from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec

FACTS = Path(__file__).parent / "hopital.facts.gz"
STATEMENT = Path(__file__).parent / "hopital.statement.json"
_REPLAYED = (
    "Relevé de démonstration enregistré à l'avance sur un domaine fictif : aucun annuaire n'a été "
    "lu au moment de son utilisation."
)


def recorded_reading() -> tuple[bytes, Statement]:
    """The facts as bytes and their statement, marked as replayed."""
    statement = codec.decode(Statement, STATEMENT.read_bytes())
    return FACTS.read_bytes(), replace(
        statement, replayed=True, limits=(_REPLAYED, *statement.limits)
    )
