"""The demonstration: every step of the main job, through the very commands a user types."""

import os
import shlex
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from care_kit.demo import material
from care_kit.model.errors import ProbeError

DOSSIER = "demo.care"


class Tour:
    """Runs `care` commands in one folder and shows them as they would be typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.surprises: list[str] = []

    def heading(self, text: str) -> None:
        """Announce a step."""
        print(f"\n━━ {text} ━━", flush=True)

    def care(
        self, *arguments: str, typed: str = "", secret: str = "", expected: tuple[int, ...] = (0,)
    ) -> int:
        """Run one command; an exit code outside `expected` is remembered as a surprise."""
        print(f"$ care {shlex.join(arguments)}", flush=True)
        environment = {**os.environ, "CARE_AUTHOR": "Camille Démonstration", "PYTHONUTF8": "1"}
        if secret:
            environment["CARE_LDAP_PASSWORD"] = secret
        done = subprocess.run(  # noqa: S603 - our own command, arguments never go through a shell
            [sys.executable, "-m", "care_kit", *arguments],
            cwd=self.folder,
            input=typed.encode() if typed else b"",
            env=environment,
            check=False,
        )
        if done.returncode not in expected:
            self.surprises.append(f"« care {arguments[0]} » a rendu le code {done.returncode}")
        return done.returncode


def tour(folder: Path) -> int:
    """Run the whole demonstration into `folder`; 0 when every step did what it should."""
    folder.mkdir(parents=True, exist_ok=True)
    run = Path(tempfile.mkdtemp(prefix=f"{date.today():%Y%m%d}-", dir=folder)).resolve()
    steps = Tour(run)
    _create(steps)
    with ExitStack() as servers:
        _directory(steps, servers)
        _exposure(steps, servers)
    _answers(steps)
    _evidence(steps)
    _assess(steps)
    _export(steps)
    return _summary(steps)


def _create(steps: Tour) -> None:
    steps.heading("1. Un dossier pour un GHT de deux entités juridiques")
    material.copy("etablissement.toml", steps.folder)
    steps.care("init", DOSSIER, "--from", "etablissement.toml")
    steps.care("programme", "follow", "d1")


def _directory(steps: Tour, servers: ExitStack) -> None:
    from care_kit.demo import samba

    steps.heading("2. L'annuaire Active Directory, lu par un compte ordinaire")
    try:
        domain = servers.enter_context(samba.running_domain())
    except ProbeError as error:
        print(
            f"{error.sentence}\nLe relevé enregistré sur le même laboratoire est rejoué.",
            flush=True,
        )
        steps.care("probe", "directory", "--recorded")
        return
    print(f"Contrôleur Samba démarré sur {domain.address} (boucle locale).", flush=True)
    steps.care(
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


def _exposure(steps: Tour, servers: ExitStack) -> None:
    from care_kit.demo.surface import running_surface

    steps.heading("3. La surface exposée, dans un périmètre autorisé")
    surface = servers.enter_context(running_surface())
    for limit in surface.limits:
        print(limit, flush=True)
    scope = steps.folder / "perimetre.toml"
    scope.write_text(surface.scope_toml(), encoding="utf-8")
    steps.care("probe", "exposure", "--scope", scope.name, "--run", expected=(6,))
    print("↑ refusé, comme il se doit : le périmètre n'est pas encore autorisé.", flush=True)
    steps.care("scope", "sign", scope.name, "--name", "Camille Démonstration", "--role", "RSSI")
    steps.care("probe", "exposure", "--scope", scope.name, "--run")


def _answers(steps: Tour) -> None:
    steps.heading("4. Le questionnaire : un fichier préparé, puis le mode ligne")
    material.copy("reponses.toml", steps.folder)
    steps.care("answer", "--from", "reponses.toml")
    steps.care("answer", typed="2\nq\n")


def _evidence(steps: Tour) -> None:
    steps.heading("5. Les preuves, avec la date qu'elles portent")
    day = date.today()
    recent, old = str(day - timedelta(days=90)), str(day - timedelta(days=800))
    material.document(steps.folder, "pssi.pdf", "Politique de sécurité", recent)
    material.document(steps.folder, "sauvegarde.png", "Architecture de sauvegarde", recent)
    note = steps.folder / "exercice.txt"
    note.write_text("Compte rendu fictif d'un exercice de crise ancien.\n", encoding="utf-8")
    steps.care("evidence", "add", "pssi.pdf", "--for", "CK-GOV-02", "--date", recent)
    steps.care("evidence", "add", "sauvegarde.png", "--for", "CK-SAU-03", "--date", recent)
    steps.care("evidence", "add", note.name, "--for", "CK-CRI-03", "--date", old)


def _assess(steps: Tour) -> None:
    steps.heading("6. L'évaluation, et ce qu'un examinateur refuserait")
    steps.care(
        "explain",
        "CK-ADM-04",
        "--text",
        "Renouvellement prévu au prochain arrêt de maintenance.",
    )
    steps.care("assess")
    steps.care("precheck", expected=(1,))
    print("↑ code 1 : ce dossier de démonstration est volontairement incomplet.", flush=True)


def _export(steps: Tour) -> None:
    steps.heading("7. Le paquet de preuves, vérifiable sans l'outil")
    steps.care("export", "package", "--to", "remise")
    for package in sorted((steps.folder / "remise").glob("*.zip")):
        steps.care("verify", str(package.relative_to(steps.folder)))
    steps.heading("8. La candidature au financement")
    steps.care(
        "spending",
        "add",
        "--domain",
        "d1",
        "--label",
        "Cloisonnement de l'administration (devis fictif)",
        "--amount",
        "12 000,50",
    )
    steps.care("export", "application", "--domain", "d1", "--to", "remise")


def _summary(steps: Tour) -> int:
    steps.heading("Résumé")
    for path in sorted(steps.folder.rglob("*")):
        if path.is_file():
            print(f"  {path}  ({path.stat().st_size:,} octets)".replace(",", " "))
    for surprise in steps.surprises:
        print(f"Inattendu : {surprise}.", file=sys.stderr)
    if steps.surprises:
        return 1
    print(f"\nOuvrez l'application : care tui --dossier {steps.folder / DOSSIER}")
    return 0
