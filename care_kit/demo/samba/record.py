"""Records the reading that ships with the demonstration: `python -m care_kit.demo.samba.record`.

Starts the hospital seed, reads it as any directory is read, and writes the facts and their
statement next to `care_kit.demo.recorded`, where they replace the former ones.
"""

from care_kit.demo import recorded
from care_kit.demo.samba import Seed, running_domain
from care_kit.model.formats.codec import canonical
from care_kit.probes.directory import Target, collect


def record() -> None:
    """Replace the recorded reading by a fresh one; needs what `unavailable` checks."""
    with running_domain(Seed.HOPITAL) as domain:
        target = Target(domain.address, domain.user_upn, ca_file=domain.ca_file)
        facts, statement = collect(target, domain.password)
    recorded.FACTS.write_bytes(facts)
    recorded.STATEMENT.write_bytes(canonical(statement))


if __name__ == "__main__":
    record()
