"""What `care probe directory` was asked: which controllers, trusted how, read by which accounts."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from care_kit.cli.terminal import output
from care_kit.model.words.errors import CareError, InputError

if TYPE_CHECKING:
    from care_kit.probes.directory import Reading
    from care_kit.probes.directory.target import Target

T = TypeVar("T")
Servers = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SERVEUR...",
        help="Contrôleurs de domaine (noms ou adresses), un par domaine à lire.",
        show_default=False,
    ),
]
Users = Annotated[
    list[str] | None,
    typer.Option(
        help="Compte ordinaire, forme compte@domaine ; un pour tous, ou un par serveur.",
        show_default=False,
    ),
]
Authorities = Annotated[
    list[Path] | None,
    typer.Option(
        help="Certificat de l'autorité (PEM) ; un pour tous, ou un par serveur.",
        show_default=False,
    ),
]
CertificateNames = Annotated[
    list[str] | None,
    typer.Option(help="Nom attendu dans le certificat de chaque serveur.", show_default=False),
]
PASSWORD_VARIABLE = "CARE_LDAP_PASSWORD"  # noqa: S105 - the name of a variable


def targets(
    servers: Sequence[str],
    users: Sequence[str],
    ca_files: Sequence[Path],
    names: Sequence[str],
    *,
    port: int | None,
    starttls: bool,
    unverified: bool,
    kerberos: bool,
) -> "list[Target]":
    """One target per server; InputError when the options do not fit together."""
    from care_kit.probes.directory.kerberos import account
    from care_kit.probes.directory.target import LDAPS_PORT, Target

    if kerberos and users:
        raise InputError(
            "Avec --kerberos, c'est le ticket du poste qui désigne le compte.",
            "Retirez --user, ou retirez --kerberos pour donner un compte et son mot de passe.",
        )
    if not servers or not (users or kerberos):
        raise InputError(
            "Il manque le serveur ou le compte.",
            "Exemple : care probe directory dc1.ch.lan --user auditeur@ch.lan --ca-file ac.pem",
        )
    places = [_place(one, port, starttls=starttls) for one in servers]
    count = len(servers)
    accounts = [account()] * count if kerberos else _one_each(users, count, "--user")
    files = _one_each(ca_files, count, "--ca-file") if ca_files else [None] * count
    expected = _one_each(names, count, "--certificate-name") if names else [None] * count
    return [
        Target(
            server=server,
            port=number or (389 if starttls else LDAPS_PORT),
            starttls=starttls,
            user=user,
            ca_file=file,
            certificate_name=name,
            unverified=unverified,
            kerberos=kerberos,
        )
        for (server, number), user, file, name in zip(
            places, accounts, files, expected, strict=True
        )
    ]


def _place(typed: str, port: int | None, *, starttls: bool) -> tuple[str, int | None]:
    """Host and port of « dc1 », « dc1:636 » or « ldaps://dc1 »; InputError for what is neither."""
    scheme, apart, rest = typed.strip().partition("://")
    host = rest.rstrip("/") if apart else typed.strip()
    if apart and scheme.lower() != "ldaps" and not (scheme.lower() == "ldap" and starttls):
        raise InputError(
            f"« {typed} » ne se lit pas en clair.",
            "Écrivez le nom du contrôleur seul (LDAPS), ou ajoutez --starttls.",
        )
    name, colon, number = host.rpartition(":")
    if not colon or "]" in number or (":" in name and not name.startswith("[")):
        return host.strip("[]"), port  # no port, or a bare IPv6 address
    if not number.isdecimal() or not 0 < int(number) <= 65_535:
        raise InputError(
            f"« {typed} » ne désigne pas un serveur : « {number} » n'est pas un port.",
            "Exemple : dc1.ch.lan, ou dc1.ch.lan:636.",
        )
    if port is not None and port != int(number):
        raise InputError(
            f"« {typed} » et --port {port} se contredisent.", "Donnez le port une seule fois."
        )
    return name.strip("[]"), int(number)


def _one_each(given: Sequence[T], count: int, option: str) -> list[T]:
    from care_kit.model.words.french import counted

    if len(given) not in (1, count):
        raise InputError(
            f"L'option {option} est donnée {len(given)} fois pour {counted(count, 'serveur')}.",
            "Donnez-la une seule fois pour tous, ou une fois par serveur, dans le même ordre.",
        )
    return list(given) * (count if len(given) == 1 else 1)


def passwords(asked: "Sequence[Target]") -> dict[str, str]:
    """Password of each account; from the environment, else asked without echo.

    The variable of the second account ends in `_2`: a password is never tried on another account,
    which could lock it out.
    """
    users = list(dict.fromkeys(one.user for one in asked if not one.kerberos))
    return {
        user: _password(user, PASSWORD_VARIABLE if rank == 1 else f"{PASSWORD_VARIABLE}_{rank}")
        for rank, user in enumerate(users, 1)
    }


def _password(user: str, variable: str) -> str:
    import getpass
    import os
    import sys

    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise InputError(
            f"Le mot de passe de {user} manque.",
            f"Lancez la commande dans un terminal, ou définissez {variable}.",
        )
    return getpass.getpass(f"Mot de passe de {user} : ")


def readings(
    asked: "Sequence[Target]", refused: list[CareError], progress: Callable[[str, int], None]
) -> "Iterator[Reading]":
    """Each domain in turn; a domain that cannot be read is told, and the next ones are read.

    What was told is added to `refused`.
    """
    from care_kit.probes.directory import read

    secrets = passwords(asked)
    for target in asked:
        if len(asked) > 1:
            output.note(f"{target.url} :")
        try:
            found = read(target, secrets.get(target.user, ""), progress)
        except CareError as error:
            refused.append(error)
            if len(asked) > 1:
                output.failed(error)
            continue
        yield found
        if found.stopped:
            return
