"""What a reading did not see, in French sentences for its statement."""

from dataclasses import dataclass

from care_kit.model.directory_facts import DirectoryFacts, Part, Section
from care_kit.probes.directory.target import Target

_DOMAIN_PARTITION = 2  # FLAG_CR_NTDS_DOMAIN of systemFlags


@dataclass(frozen=True)
class Limits:
    """`breaks` make the reading incomplete; `notes` only qualify it."""

    breaks: tuple[str, ...]
    notes: tuple[str, ...]


def limits(facts: DirectoryFacts, target: Target) -> Limits:
    """Every limit of a reading, from what came back and from how it was asked."""
    breaks = list(facts.unreadable)
    domains = sum(
        1
        for entry in facts.entries
        if entry.part is Part.CONFIGURATION
        and (entry.integer("systemFlags") or 0) & _DOMAIN_PARTITION
    )
    if domains > 1:
        breaks.append(f"La forêt compte {domains} domaines ; un seul a été lu.")
    notes = [
        "Lecture par LDAP seulement : le partage SYSVOL et le contenu des secrets n'ont pas été "
        "lus ; ce que ce compte ne voit pas n'a pas été jugé."
    ]
    if target.unverified:
        notes.append(
            "Le certificat du serveur n'a pas été vérifié, par choix explicite : l'identité du "
            "serveur lu n'est pas prouvée."
        )
    notes.extend(_hidden(facts))
    return Limits(tuple(breaks), tuple(notes))


def _hidden(facts: DirectoryFacts) -> list[str]:
    accounts = [
        one
        for one in facts.entries
        if one.text("sAMAccountName") and _is_account(one.texts("objectClass"))
    ]
    blind = sum(1 for one in accounts if one.integer("userAccountControl") is None)
    said = []
    if blind:
        said.append(
            f"userAccountControl n'est pas lisible sur {blind} comptes sur {len(accounts)}."
        )
    closed = sum(1 for one in accounts if one.descriptor is None)
    if closed:
        said.append(
            f"Les permissions ne sont pas lisibles sur {closed} comptes sur {len(accounts)}."
        )
    governed = any(one.values("msDS-PSOApplied") for one in facts.entries)
    visible = any("msDS-PasswordSettings" in one.texts("objectClass") for one in facts.entries)
    if governed and not visible:
        said.append(f"{Section.POLICIES} : leur contenu est caché à ce compte.")
    return said


def _is_account(classes: tuple[str, ...]) -> bool:
    return "user" in classes
