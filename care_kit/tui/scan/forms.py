"""The windows that configure a probe, and the request they make."""

import hashlib
from datetime import datetime
from pathlib import Path

from care_kit.model.words.errors import InputError
from care_kit.probes.directory.target import LDAPS_PORT, Target
from care_kit.probes.exposure.journal import beside
from care_kit.tui.scan.wire import RESTART, RESUME, DirectoryRequest, ExposureRequest
from care_kit.tui.views.view import View
from care_kit.tui.windows.form import Field, FormScreen
from care_kit.tui.windows.text import TextScreen

_DIRECTORY = (
    "Contrôleur de domaine (nom ou adresse)",
    "Compte ordinaire (compte@domaine)",
    "Certificat de l'autorité, PEM (vide : celles du poste)",
    "Nom attendu dans le certificat (vide : le contrôleur)",
    "StartTLS au lieu de LDAPS (oui ou non)",
    "Port (vide : 636, ou 389 avec StartTLS)",
    "Accepter un certificat non vérifié (oui ou non ; inscrit au relevé)",
)
_DEFAULTS = ("", "", "", "", "non", "", "non")
STARTTLS_PORT = 389


def directory(before: tuple[str, ...] | None) -> FormScreen:
    """Which directory; nothing is kept but in this window."""
    fields = [
        Field(label, text) for label, text in zip(_DIRECTORY, before or _DEFAULTS, strict=True)
    ]
    note = "Lecture seule, chiffrée. Mot de passe demandé ensuite, jamais gardé."
    return FormScreen("Relever l'annuaire", fields, target, note)


def target(
    server: str,
    user: str,
    ca_file: str,
    certificate_name: str,
    starttls: str,
    port: str,
    unverified: str,
) -> Target:
    """The target typed; InputError when it cannot be one."""
    if not server or not user:
        raise InputError("Il manque le contrôleur ou le compte.", "Donnez les deux.")
    with_starttls = _yes(starttls)
    authority = Path(ca_file).expanduser() if ca_file else None
    if authority is not None and not authority.is_file():
        raise InputError(f"Le certificat « {ca_file} » n'existe pas.", "Vérifiez le chemin.")
    return Target(
        server=server,
        user=user,
        port=_port(port) if port else STARTTLS_PORT if with_starttls else LDAPS_PORT,
        starttls=with_starttls,
        ca_file=authority,
        certificate_name=certificate_name or None,
        unverified=_yes(unverified),
    )


def password(aimed: Target) -> FormScreen:
    """The password, hidden, held only until it is handed to the probe."""
    trust = "SANS vérifier le certificat" if aimed.unverified else "certificat vérifié"
    note = f"{aimed.url}, {trust}, compte {aimed.user}."
    return FormScreen("Mot de passe", [Field("Mot de passe", secret=True)], _not_empty, note)


def request(aimed: Target, secret: tuple[str, ...]) -> DirectoryRequest:
    """What the probe is asked."""
    return DirectoryRequest(aimed, secret[0])


def exposure(view: View, before: tuple[str, ...] | None) -> FormScreen:
    """Which scope, which means, and what becomes of an interrupted run, when there is one."""
    path, without_nmap = before[:2] if before else ("", "non")
    fields = [
        Field("Fichier de périmètre signé (perimetre.toml)", path),
        Field("Sans nmap, par connexions simples (oui ou non)", without_nmap),
    ]
    if beside(view.dossier.path).exists():
        fields.append(Field(f"Relevé interrompu : {RESUME} ou {RESTART}", RESUME))
    note = "Rien n'est envoyé avant que le plan soit montré et accepté."
    return FormScreen("Relever l'exposition", fields, lambda *texts: planned(view, *texts), note)


def planned(
    view: View, path: str, without_nmap: str, interrupted: str = RESUME
) -> tuple[ExposureRequest, TextScreen]:
    """The request and its plan; CareError unless the scope is signed and in force."""
    from care_kit.probes.exposure.plan import plan
    from care_kit.probes.exposure.scope import authorise, read_scope

    use_nmap, restart = not _yes(without_nmap), _restart(interrupted)
    file = Path(path).expanduser()
    scope, raw = read_scope(file)
    digest = hashlib.sha256(raw).hexdigest()
    signatures = view.now.state.signatures
    signed = signatures.get(digest) or next(iter(list(signatures.values())[-1:]), None)
    authorise(scope, raw, signed, datetime.now().astimezone())
    told = "est oublié : tout est refait" if restart else "est repris : le terminé n'est pas refait"
    waiting = [f"Le relevé interrompu {told}."] if beside(view.dossier.path).exists() else []
    lines = (*waiting, *plan(scope, use_nmap=use_nmap).describe())
    parts = [("", one, "") for one in lines]
    window = TextScreen("Ce qui sera envoyé", parts, "lancer la mesure")
    return ExposureRequest(file, digest, view.dossier.path, use_nmap, restart), window


def _yes(text: str) -> bool:
    if text.casefold() in ("oui", "o"):
        return True
    if text.casefold() in ("non", "n", ""):
        return False
    raise InputError(f"« {text} » n'est ni oui ni non.", "Tapez oui, ou non.")


def _restart(text: str) -> bool:
    if text.casefold() not in (RESUME, RESTART):
        raise InputError(f"« {text} » n'est pas un choix.", f"Tapez {RESUME}, ou {RESTART}.")
    return text.casefold() == RESTART


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise InputError(f"« {text} » n'est pas un port.", "LDAPS écoute d'ordinaire sur 636.")
    return int(text)


def _not_empty(secret: str) -> None:
    if not secret:
        raise InputError("Le mot de passe est vide.", "Tapez-le, ou Échap pour renoncer.")
