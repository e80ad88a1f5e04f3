"""What a reading did not see, in French sentences for its statement."""

from dataclasses import dataclass

from care_kit.model.facts.directory import HIDDEN_SYSTEM, DirectoryFacts, Section, dns_name
from care_kit.probes.directory.target import Target

UNREAD = "de la forêt non lu."


@dataclass(frozen=True)
class Limits:
    """`breaks` make the reading incomplete; `notes` only qualify it."""

    breaks: tuple[str, ...]
    notes: tuple[str, ...]


def limits(facts: DirectoryFacts, target: Target) -> Limits:
    """Every limit of a reading, from what came back and from how it was asked."""
    gaps = facts.observation_gaps
    breaks = [one for one in facts.unreadable if one not in gaps]
    others = facts.forest_domains
    breaks.extend(unread(others[dn]) for dn in sorted(others.keys() - {facts.domain_dn.casefold()}))
    if not facts.shows_system:
        breaks.append(HIDDEN_SYSTEM)
    notes = [
        "Lecture par LDAP seulement : le partage SYSVOL et le contenu des secrets n'ont pas été "
        "lus ; ce que ce compte ne voit pas n'a pas été jugé."
    ]
    if target.unverified:
        notes.append(
            "Le certificat du serveur n'a pas été vérifié, par choix explicite : l'identité du "
            "serveur lu n'est pas prouvée."
        )
    notes.extend((*gaps, *_hidden(facts)))
    return Limits(tuple(breaks), tuple(notes))


def unread(domain_dn: str) -> str:
    """The sentence that tells of a domain of the forest that this reading is not about."""
    return f"Domaine {dns_name(domain_dn)} {UNREAD}"


def _hidden(facts: DirectoryFacts) -> list[str]:
    accounts = [
        one for one in facts.entries if one.text("sAMAccountName") and "user" in one.classes
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
    visible = any("msDS-PasswordSettings" in one.classes for one in facts.entries)
    if governed and not visible:
        said.append(f"{Section.POLICIES} : leur contenu est caché à ce compte.")
    return said
