"""The demonstration: every step of the main job, through the very commands a user types."""

import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from care_kit.demo.commands import DOSSIER, OUTPUTS, CommandLine, Commands
from care_kit.demo.steps import answering, handing_in, measuring, opening

SLIP = "remise/*.bordereau.pdf"
# What to open first: where it is in the folder, and what it shows.
FIRST = (
    ("remise/exposition_*.pdf", "ce qu'internet voit, pour la direction et le responsable cyber"),
    ("remise/candidature_*.docx", "la candidature, à relire et à signer"),
    ("remise/*.zip", "le paquet de l'examinateur : LISEZ-MOI.html, puis data/rapport.html"),
    (SLIP, "son bordereau signé (clé de démonstration)"),
    ("controle.pdf", "ce qui manque, à imprimer et à cocher"),
    ("plan.xlsx", "le plan d'actions, à compléter puis à relire avec « care plan import »"),
    ("echeances.ics", "les échéances, pour votre agenda"),
    (f"{OUTPUTS}/*-counter-copy.txt", "les valeurs à recopier au guichet"),
)


def tour(folder: Path, command_line: CommandLine) -> int:
    """Run the whole demonstration into `folder`; 0 when every step did what it should.

    `command_line` is what answers `care` and its arguments.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f"{date.today():%Y%m%d}-", dir=folder)).resolve()
    run = Commands(made, command_line)
    opening.create(run)
    opening.share(run)
    with ExitStack() as servers:
        measuring.directory(run, servers)
        measuring.exposure(run, servers)
    answering.answers(run)
    answering.evidence(run)
    answering.assessment(run)
    answering.plan(run)
    handing_in.calendar(run)
    handing_in.precheck(run)
    handing_in.money(run)
    handing_in.papers(run)
    handing_in.package(run)
    return _summary(run)


def _summary(run: Commands) -> int:
    run.step("À ouvrir d'abord")
    run.say(f"Tout est dans {run.folder}")
    unsigned = find_spec("pyhanko") is None
    for pattern, shows in FIRST:
        if unsigned and pattern == SLIP:
            continue
        found = sorted(run.folder.glob(pattern))
        if not found:
            run.surprises.append(f"rien n'a été écrit sous le nom {pattern}")
        for path in found:
            run.say(f"  {path.relative_to(run.folder)}\n      {shows}")
    for surprise in run.surprises:
        print(f"Inattendu : {surprise}.", file=sys.stderr)
    if run.surprises:
        return 1
    run.say(f"\nOuvrez l'application : care tui --dossier {run.folder / DOSSIER}")
    return 0
