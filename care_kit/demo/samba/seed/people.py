"""The accounts of the demonstration hospital, as plain data; every name is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from care_kit.demo.samba.seed.store import Value, filetime

NORMAL = 0x200
DISABLED = 0x2
NEVER_EXPIRES = 0x10000
PREAUTH_OFF = 0x400000
REVERSIBLE = 0x80
DES_ONLY = 0x200000
TRANSITION = 0x1000000

_FIRST = (
    "Camille", "Julien", "Sophie", "Nicolas", "Amina", "Pierre", "Claire", "Mehdi", "Hélène",
    "Thomas", "Inès", "François", "Nadia", "Vincent", "Élodie",
)  # fmt: skip
_LAST = (
    "Lambert", "Fontaine", "Chevalier", "Robin", "Masson", "Garnier", "Faure", "Rousseau",
    "Blanchard", "Guérin", "Boyer", "Gauthier", "Marchand", "Perrin", "Morin", "Mathieu",
    "Clément", "Dumont", "Lefort", "Renaud", "Barbier", "Arnaud", "Schmitt", "Colin", "Vidal",
    "Caron", "Picard", "Roger", "Aubert", "Lemoine", "Renard", "Charpentier", "Bertin",
    "Carpentier", "Vasseur", "Benard", "Hubert", "Tessier", "Rivière", "Pons", "Besson",
    "Leclercq", "Menard", "Bouvier", "Prévost", "Poulain", "Delmas", "Cordier", "Royer",
    "Ferrand", "Legros", "Monnier", "Guillon", "Baron", "Joly", "Maillard", "Noël", "Weber",
    "Jacquet", "Collet",
)  # fmt: skip
UNITS = ("Urgences", "Cardiologie", "Imagerie", "Pharmacie", "Laboratoire", "Direction")
CONTRACTORS, ENDED = 48, 11


@dataclass(frozen=True)
class Account:
    """One user: ages in days, unit (OU) under the hospital's, extra attributes."""

    login: str
    name: str
    unit: str
    flags: int = NORMAL
    password_days: float = 60.0
    logon_days: float = 3.0
    created_days: float = 900.0
    extra: Mapping[str, Value] = field(default_factory=dict)


def _gone(account: Account) -> Account:
    """The same account, left by its holder years ago."""
    return replace(account, password_days=1500, logon_days=700, created_days=2500)


def agents() -> tuple[Account, ...]:
    """Sixty agents: one in three left long ago, one in four never renews the password."""
    return tuple(_agent(rank, last) for rank, last in enumerate(_LAST))


def _agent(rank: int, last: str) -> Account:
    first = _FIRST[rank % len(_FIRST)]
    account = Account(
        login=f"a{rank + 1:03d}",
        name=f"{first} {last}",
        unit=UNITS[rank % len(UNITS)],
        flags=NORMAL | NEVER_EXPIRES if rank % 4 == 1 else NORMAL,
    )
    return _gone(account) if rank % 3 == 0 else account


def contractors() -> tuple[Account, ...]:
    """Remote maintenance accounts, all administrators through nested groups; half forgotten.

    The last three never got the mark of protected accounts; one is disabled and still there, and
    the contract of another has ended.
    """
    return tuple(_contractor(rank) for rank in range(1, CONTRACTORS + 1))


def _contractor(rank: int) -> Account:
    account = Account(
        login=f"ext{rank:02d}",
        name=f"Prestataire {rank:02d}",
        unit="Prestataires",
        flags=NORMAL | DISABLED if rank == CONTRACTORS - 1 else NORMAL,
        extra={
            **({} if rank > CONTRACTORS - 3 else {"adminCount": "1"}),
            **({"accountExpires": filetime(30)} if rank == ENDED else {}),
        },
    )
    return _gone(account) if rank % 2 == 0 else account


def administrators() -> tuple[Account, ...]:
    """Members of Domain Admins, each with its own flaw."""
    protected: Mapping[str, Value] = {"adminCount": "1"}
    return (
        Account(
            "svc_pacs",
            "Service PACS",
            "Services",
            flags=NORMAL | NEVER_EXPIRES,
            password_days=3000,
            extra={**protected, "servicePrincipalName": ["MSSQLSvc/pacs.chu-exemple.lan:1433"]},
        ),
        Account(
            "adm_legrand",
            "Administrateur Legrand",
            "Informatique",
            flags=NORMAL | PREAUTH_OFF,
            extra={**protected, "scriptPath": "lecteurs.cmd"},
        ),
        Account(
            "adm_moreau",
            "Administrateur Moreau",
            "Informatique",
            flags=NORMAL | REVERSIBLE,
            password_days=1500,
            extra=protected,
        ),
        Account("adm_dubois", "Administrateur Dubois", "Informatique"),
        Account("archives", "Archives médicales", "Informatique", extra=protected),
    )


def services() -> tuple[Account, ...]:
    """Service and generic accounts, without privilege."""
    aes: Mapping[str, Value] = {"msDS-SupportedEncryptionTypes": "24"}
    controller = ["cifs/dc2.chu-exemple.lan", "ldap/dc1.chu-exemple.lan"]
    return (
        Account(
            "svc_labo",
            "Service automates",
            "Services",
            flags=NORMAL | DES_ONLY | NEVER_EXPIRES,
            extra={**aes, "servicePrincipalName": ["HTTP/labo.chu-exemple.lan"]},
        ),
        Account(
            "svc_portail",
            "Service portail",
            "Services",
            flags=NORMAL | TRANSITION,
            extra={
                **aes,
                "servicePrincipalName": ["HTTP/portail.chu-exemple.lan"],
                "msDS-AllowedToDelegateTo": controller,
            },
        ),
        Account(
            "svc_imagerie",
            "Service imagerie",
            "Services",
            extra={
                **aes,
                "servicePrincipalName": ["HTTP/imagerie.chu-exemple.lan"],
                "msDS-AllowedToDelegateTo": controller[:1],
            },
        ),
        Account("borne_accueil", "Borne d'accueil", "Services", flags=NORMAL | PREAUTH_OFF),
        Account("mig_chirurgie", "Chirurgie (ancien domaine)", "Services"),
        Account("mig_ssr", "SSR (ancien domaine)", "Services"),
        Account("stagiaire_dim", "Stagiaire DIM", "Direction"),
    )


def everyone() -> tuple[Account, ...]:
    """Every seeded user."""
    return (*agents(), *contractors(), *administrators(), *services())
