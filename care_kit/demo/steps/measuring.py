"""What the two probes see: a real directory and a real surface, on loopback only."""

import shutil
from contextlib import ExitStack

from care_kit.demo.commands import Commands
from care_kit.model.words.errors import INCOMPLETE, ProbeError


def directory(run: Commands, servers: ExitStack) -> None:
    """Read the lab's Samba domain, or replay its recorded reading, and say so."""
    from care_kit.demo import samba

    run.step("L'annuaire Active Directory, lu par un compte ordinaire")
    try:
        domain = servers.enter_context(samba.running_domain())
    except ProbeError as error:
        run.say(f"{error.sentence}\nLe relevé enregistré sur le même laboratoire est rejoué.")
        run.care("probe", "directory", "--recorded")
    else:
        run.say(f"Contrôleur Samba démarré sur {domain.address} (boucle locale).")
        run.care(
            "probe",
            "directory",
            domain.address,
            "--user",
            domain.user_upn,
            "--ca-file",
            str(domain.ca_file),
            "--certificate-name",
            domain.host_name,
            secret=domain.password,
        )
    run.say("Les dix actions qui font monter le niveau ; voici les premières.")
    run.care("findings", "--actions", first=15)


def exposure(run: Commands, servers: ExitStack) -> None:
    """Refused without an authorisation, then run on a few weak servers."""
    from care_kit.demo.surface import running_surface

    run.step("La surface exposée, dans un périmètre autorisé")
    surface = servers.enter_context(running_surface())
    for limit in surface.limits:
        run.say(limit)
    scope = run.folder / "perimetre.toml"
    scope.write_text(surface.scope_toml(), encoding="utf-8")
    run.care("probe", "exposure", "--scope", scope.name, "--run", expected=6)
    run.say("↑ refusé, comme il se doit : le périmètre n'est pas encore autorisé.")
    run.care("scope", "sign", scope.name, "--name", "Camille Démonstration", "--role", "RSSI")
    # Without nmap the reading is kept and told incomplete: the command says so by its code.
    expected = 0 if shutil.which("nmap") else INCOMPLETE
    run.care("probe", "exposure", "--scope", scope.name, "--run", expected=expected)
