"""French typography and spelling: what a reader of ours notices, never a matter of meaning."""

import re
from collections.abc import Iterator, Mapping

_ADDRESS = re.compile(r"https?://\S+")
_RULES = (
    (re.compile(" ([?!;:»%])"), "une espace insécable précède « {} »"),
    (re.compile("(«) "), "une espace insécable suit « {} »"),
    (re.compile(r"[^\s(]([?!;»])(?!\w)"), "une espace insécable précède « {} »"),
    (re.compile(r"\w(:)(?=\s|$)"), "une espace insécable précède « {} »"),
    (re.compile(r"\d(%)"), "une espace insécable précède « {} »"),
    (re.compile(r"«(?=[^\s])"), "une espace insécable suit « « »"),
    (re.compile('["“”]'), "les guillemets français « … » remplacent les guillemets droits"),
    (re.compile(r"\.\.\."), "un seul caractère « … » remplace trois points"),
    (re.compile("  "), "deux espaces se suivent"),
)
_ANGLICISMS: Mapping[str, str] = {
    "mail": "courriel, messagerie",
    "email": "courriel, messagerie",
    "backup": "sauvegarde",
    "reporting": "compte rendu",
    "phishing": "hameçonnage",
    "hacker": "attaquant",
    "firewall": "pare-feu",
    "patch": "correctif",
    "scan": "balayage, relevé",
    "monitoring": "surveillance, supervision",
    "process": "processus",
    "checklist": "liste de contrôle",
    "deadline": "échéance",
    "implémenter": "mettre en œuvre",
    "supporté": "pris en charge",
    "digital": "numérique",
}
_GROUPS: Mapping[str, str] = {
    "Domain Admins": "Admins du domaine",
    "Enterprise Admins": "Administrateurs de l'entreprise",
    "Schema Admins": "Administrateurs du schéma",
    "Account Operators": "Opérateurs de compte",
    "Backup Operators": "Opérateurs de sauvegarde",
    "Server Operators": "Opérateurs de serveur",
    "Print Operators": "Opérateurs d'impression",
}
"""Groups whose name a French directory shows in French: the English one comes in brackets."""
_MISSPELLINGS: Mapping[str, str] = {
    "acceuil": "accueil",
    "addresse": "adresse",
    "connection": "connexion",
    "etablissement": "établissement",
    "language": "langage",
    "malgrés": "malgré",
    "parmis": "parmi",
    "receuil": "recueil",
    "sécurite": "sécurité",
    "traffic": "trafic",
}
_WORDS = re.compile(
    rf"\b({'|'.join(map(re.escape, [*_ANGLICISMS, *_MISSPELLINGS]))})s?\b", re.IGNORECASE
)


def slips(text: str) -> Iterator[str]:
    """What to mend in one text, in French; addresses of pages are left alone."""
    prose = _ADDRESS.sub("adresse", text)
    for rule, mend in _RULES:
        found = rule.search(prose)
        if found:
            yield mend.format(*found.groups())
    for english, french in _GROUPS.items():
        if re.search(rf"(?<![(]){english}", prose):
            yield f"« {english} » : écrivez « {french} ({english}) »"
    for word in _WORDS.finditer(re.sub("|".join(_GROUPS), "groupe", prose)):
        known = word[1].lower()
        better = _ANGLICISMS.get(known) or _MISSPELLINGS[known]
        yield f"« {word[0]} » : préférez « {better} »"


def words(sentence: str) -> int:
    """Number of words; punctuation standing alone is not one."""
    return sum(1 for word in sentence.split() if any(letter.isalnum() for letter in word))


def sentences(text: str) -> int:
    """Number of full stops that end a sentence."""
    return len(re.findall(r"\.(?=\s|$)", text))
